"""The runs that come with the project: they reproduce their cards, and the pair differs in `tied` alone."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from reprlearn.analysis.evaluation import evaluate
from reprlearn.recipes import RECIPES
from reprlearn.runs import Run
from reprlearn.runs.store import SHIPPED

ROOT = Path(__file__).parents[1]
NAMES = ("lstm-tied", "lstm-untied")
LIMIT_MB, FILE_LIMIT_MB = 150, 20


@pytest.fixture(scope="module")
def shipped() -> dict[str, Run]:
    return {name: Run(SHIPPED / name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("split", ["valid", "test"])
def test_evaluate_reproduces_the_card(shipped, name, split):
    run = shipped[name]
    measured = evaluate(run, split)
    for metric in ("perplexity", "perplexity_without_unk"):
        assert measured[metric] == pytest.approx(run.card.metrics[split][metric], rel=0.005)
    assert measured["tokens"] == run.card.corpus.n_tokens[split]


def test_the_pair_has_the_same_text_seed_and_budget_and_the_published_sizes(shipped):
    tied, untied = (shipped[name].card for name in NAMES)
    assert tied.corpus == untied.corpus
    assert tied.seed == untied.seed
    assert tied.training.tokens == untied.training.tokens
    assert (round(tied.n_parameters / 1e6, 2), round(untied.n_parameters / 1e6, 2)) == (2.65, 4.65)
    assert (tied.distinct_matrices, untied.distinct_matrices) == (("input",), ("input", "output"))


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_run_is_what_its_recipe_would_make(shipped, name):
    assert shipped[name].recipe == RECIPES[name]


def test_tied_is_one_tensor_and_untied_are_two(shipped):
    tied, untied = shipped["lstm-tied"], shipped["lstm-untied"]
    assert tied.model.input_embedding() is tied.model.output_embedding()
    assert not np.allclose(untied.matrix("input"), untied.matrix("output"))


@pytest.mark.parametrize("name", NAMES)
def test_every_matrix_has_its_maps_and_neighbours(shipped, name):
    from reprlearn.analysis.projection import ProjectionConfig, stored_layout

    run = shipped[name]
    for which in run.card.distinct_matrices:
        for method in ("umap", "pca"):
            for n_dims in (2, 3):
                layout = stored_layout(run, which, ProjectionConfig(method=method, n_dims=n_dims))
                assert layout is not None and len(layout.points) == len(run.vocabulary)
                assert 0.5 < layout.trustworthiness <= 1
        assert (run.maps_folder / f"{which}-neighbours.parquet").is_file()


def test_reserved_words_were_never_seen(shipped):
    for run in shipped.values():
        assert len(run.vocabulary.reserved_ids) == 20
        assert all(run.vocabulary.counts[i] == 0 for i in run.vocabulary.reserved_ids)


def test_snapshots_follow_the_whole_training(shipped):
    for run in shipped.values():
        assert sorted(run.snapshots) == list(range(run.recipe.fit.epochs + 1))
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
    assert sum(file.stat().st_size for file in files) < LIMIT_MB * 2**20
    assert max(file.stat().st_size for file in files) < FILE_LIMIT_MB * 2**20
    assert {file.suffix for file in files} <= {".json", ".safetensors", ".parquet"}


def test_a_word_shipped_in_one_run_has_the_same_id_in_the_other(shipped):
    assert shipped["lstm-tied"].vocabulary.words == shipped["lstm-untied"].vocabulary.words


def test_recipes_of_the_pair_differ_in_tied_alone(shipped):
    tied, untied = (shipped[name].recipe for name in NAMES)
    assert replace(tied, name=untied.name, summary=untied.summary, model=replace(tied.model, tied=False)) == untied
