"""The language models that come with the project: they reproduce their cards, and are what their recipes make."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from reprlearn.analysis.evaluation import evaluate
from reprlearn.analysis.scores import stored_scores, summary
from reprlearn.recipes import RECIPES
from reprlearn.runs import Run
from reprlearn.runs.store import SHIPPED

ROOT = Path(__file__).parents[1]
LSTMS, GPTS = ("lstm-untied", "lstm-tied", "lstm-untied-al", "lstm-tied-al"), ("gpt-untied", "gpt-tied")
NAMES = (*LSTMS, *GPTS)
MOST_BYTES, MOST_BYTES_OF_A_FILE = 150_000_000, 20_000_000


@pytest.fixture(scope="module")
def shipped() -> dict[str, Run]:
    return {name: Run(SHIPPED / name) for name in NAMES}


# Of the validation text the stored scores hold every token, and another test sums them up.
@pytest.mark.parametrize("name", NAMES)
def test_evaluate_reproduces_the_card(shipped, name):
    run = shipped[name]
    measured = evaluate(run, "test")
    for metric in ("perplexity", "perplexity_without_unk"):
        assert measured[metric] == pytest.approx(run.card.metrics["test"][metric], rel=0.005)
    assert measured["tokens"] == run.card.corpus.n_tokens["test"]


@pytest.mark.parametrize("name", NAMES)
def test_the_stored_scores_sum_up_to_the_card(shipped, name):
    run = shipped[name]
    scores = stored_scores(run)
    assert scores is not None and len(scores) == run.card.corpus.n_tokens["valid"]
    assert summary(scores)["loss"] == pytest.approx(run.card.metrics["valid"]["loss"], abs=2e-3)


@pytest.mark.parametrize("twins", [LSTMS, GPTS])
def test_twins_have_the_same_text_seed_and_budget(shipped, twins):
    first, *others = (shipped[name].card for name in twins)
    for card in others:
        assert card.corpus == first.corpus
        assert card.seed == first.seed
        assert card.training.tokens == first.training.tokens


def test_all_know_the_same_words(shipped):
    assert len({tuple(run.vocabulary.words) for run in shipped.values()}) == 1


def test_the_lstms_have_the_published_sizes(shipped):
    sizes = [round(shipped[name].card.n_parameters / 1e6, 2) for name in LSTMS]
    assert sizes == [4.65, 2.65, 4.65, 2.65]


@pytest.mark.parametrize(("untied", "tied"), [*zip(LSTMS[::2], LSTMS[1::2], strict=True), GPTS])
def test_a_tied_twin_saves_one_matrix(shipped, untied, tied):
    two, one = (shipped[name] for name in (untied, tied))
    assert two.card.distinct_matrices == ("input", "output") and one.card.distinct_matrices == ("input",)
    assert two.card.n_parameters - one.card.n_parameters == two.matrix("output").size


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_run_is_what_its_recipe_would_make(shipped, name):
    assert shipped[name].recipe == RECIPES[name]


@pytest.mark.parametrize("name", NAMES)
def test_people_were_asked_about_every_matrix(shipped, name):
    card = shipped[name].card
    assert tuple(card.similarity) == card.distinct_matrices
    assert all(set(found) == {"wordsim353", "simlex999", "analogies"} for found in card.similarity.values())


@pytest.mark.parametrize(("untied", "tied"), [LSTMS[:2], GPTS])
def test_tied_is_one_tensor_and_untied_are_two(shipped, untied, tied):
    untied, tied = shipped[untied], shipped[tied]
    assert tied.model.input_embedding() is tied.model.output_embedding()
    assert not np.allclose(untied.matrix("input"), untied.matrix("output"))


@pytest.mark.parametrize("name", NAMES)
def test_every_matrix_has_its_maps_neighbours_and_film(shipped, name):
    from reprlearn.analysis.film import stored_film
    from reprlearn.analysis.projection import ProjectionConfig, stored_layout

    run = shipped[name]
    for which in run.card.distinct_matrices:
        for n_dims in (2, 3):
            layout = stored_layout(run, which, ProjectionConfig(method="umap", n_dims=n_dims))
            assert layout is not None and len(layout.points) == len(run.vocabulary)
            assert 0.5 < layout.trustworthiness <= 1
        assert (run.maps_folder / f"{which}-neighbours.parquet").is_file()
        film = stored_film(run, which)
        assert film is not None and film.epochs == list(run.snapshots)


def test_reserved_words_were_never_seen(shipped):
    for run in shipped.values():
        assert len(run.vocabulary.reserved_ids) == 20
        assert all(run.vocabulary.counts[i] == 0 for i in run.vocabulary.reserved_ids)


def test_snapshots_follow_the_whole_training(shipped):
    for run in shipped.values():
        fit = run.recipe.fit
        n = fit.snapshots_per_epoch
        np.testing.assert_allclose(list(run.snapshots), np.arange(fit.epochs * n + 1) / n)
        norms = run.curves[["input_gradient_norm", "output_gradient_norm"]]
        assert norms.notna().all().all() and (norms > 0).all().all()


def test_showing_a_shipped_map_imports_no_umap_and_runs_no_model():
    code = (
        "import sys\n"
        "import reprlearn\n"
        "from reprlearn.analysis.geometry import word_table\n"
        "from reprlearn.analysis.neighbours import neighbours_of\n"
        "from reprlearn.analysis.projection import ProjectionConfig, stored_layout\n"
        "run = reprlearn.load('lstm-tied')\n"
        "layout = stored_layout(run, 'input', ProjectionConfig(method='umap', n_dims=2))\n"
        "print(len(layout.points), len(word_table(run, 'input')), len(neighbours_of(run, 'input', 'film', k=5)))\n"
        "print([name for name in ('umap', 'numba', 'torch') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=dict(os.environ))
    assert done.stdout.splitlines() == ["10000 10000 5", "[]"], done.stderr


def test_what_ships_is_small_and_holds_no_pickle():
    files = [file for file in SHIPPED.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
    assert max(file.stat().st_size for file in files) < MOST_BYTES_OF_A_FILE
    assert {file.suffix for file in files} <= {".json", ".safetensors", ".parquet"}
