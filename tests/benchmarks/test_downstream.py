"""The downstream benchmark: every way is given the same labels, each cell is done once, and the tables belong together."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from benchmarks import downstream, downstream_cells, downstream_features, downstream_tuning
from benchmarks.cells import digest_of
from benchmarks.downstream_cells import Cell, Setting, corpus_of, data_of, finish, n_labels_of, splits_of
from reprlearn.analysis import transfer
from reprlearn.analysis.transfer_ways import BY_NAME
from reprlearn.data import labelled_corpus
from reprlearn.data.config import TextData
from reprlearn.data.labelled import labelled_reviews
from reprlearn.fit import fit
from reprlearn.nn.config import BERTConfig, ELMoConfig, Word2VecConfig
from reprlearn.objectives.config import BidirectionalConfig, MaskedConfig, Word2VecObjectiveConfig
from reprlearn.recipes import FitConfig, Recipe
from reprlearn.runs import Run

DATA = TextData(corpus="reviews", n_words=300, max_train_tokens=4_000)
FIT = FitConfig(epochs=1, batch_size=16, optimiser="adamw", learning_rate=0.01, clip_norm=1.0, snapshot_words=0)
KINDS: dict[str, tuple[Any, Any]] = {
    "word2vec": (Word2VecConfig(width=8), Word2VecObjectiveConfig()),
    "bert": (
        BERTConfig(width=8, n_layers=1, n_heads=2, context_length=128, dropout=0.0),
        MaskedConfig(sequence_length=24),
    ),
    "elmo": (
        ELMoConfig(width=8, n_layers=1, character_width=4, filters=((1, 4),), longest_word=8, dropout=0.0),
        BidirectionalConfig(),
    ),
}


@pytest.fixture(scope="module", autouse=True)
def few_texts() -> Iterator[None]:
    """A part of the texts of both tasks, so that a cell takes a second."""
    sizes = {"train": 400, "valid": 700, "test": 120}
    splits = {
        task: {split: rows.head(sizes[split]) for split, rows in labelled_reviews(task).items()}
        for task in downstream_cells.TASKS
    }
    with pytest.MonkeyPatch.context() as patch:
        for module in (labelled_corpus, downstream_cells):
            patch.setattr(module, "labelled_reviews", splits.__getitem__)
        for cached in (splits_of, corpus_of):
            cached.cache_clear()
        yield
    for cached in (splits_of, corpus_of):
        cached.cache_clear()


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    root = tmp_path_factory.mktemp("runs")
    found = {}
    for name, (model, objective) in KINDS.items():
        recipe = Recipe(name=f"tiny-{name}", data=DATA, model=model, objective=objective, fit=FIT)
        for _ in fit(recipe, root / recipe.name):
            pass
        found[name] = Run(root / recipe.name)
    return found


@pytest.fixture(scope="module")
def setting(runs: dict[str, Run], tmp_path_factory: pytest.TempPathFactory) -> Setting:
    folder = tmp_path_factory.mktemp("downstream")
    return Setting(runs, folder / "results", folder / "features", feature_seeds=2)


def cells_of(setting: Setting) -> pd.DataFrame:
    return pd.read_csv(setting.results / transfer.CELLS)


@pytest.fixture(scope="module")
def done(setting: Setting) -> Setting:
    """A small grid, worked through."""
    downstream_cells.write_texts("sentences", setting.results)
    for way in ("tf-idf", "word2vec-features", "bert-features", "elmo-mix", "bert-fine-tuned", "bert-random"):
        finish(Cell("sentences", BY_NAME[way], 20, 0), setting)
    return setting


def test_the_page_reads_what_the_command_stored(done):
    results = transfer.read_results("sentences", done.results)
    assert results is not None and results.budgets == [20] and results.all_labels is None
    assert sorted(results.cells) == sorted(transfer.COLUMNS)
    table = transfer.accuracies(results).set_index("way")
    assert len(table) == 6 and table["accuracy"].between(0.3, 0.9).all()
    cells = results.cells.loc[results.cells["chosen"]].set_index("way")
    # Log-odds are stored in half precision, and the sign survives that.
    for way in table.index:
        assert table.loc[way, "accuracy"] == pytest.approx(cells.loc[way, "accuracy_test"], abs=1e-6)
    assert cells.loc["bert-fine-tuned", "run"] == "tiny-bert" and cells.loc["bert-fine-tuned", "epochs"] >= 1
    assert cells.loc["bert-fine-tuned", "weights"] == cells.loc["bert-features", "weights"]
    assert pd.isna(cells.loc["bert-random", "weights"]), "of the run it has the form alone"
    shares = transfer.mix_shares(results.cells)
    assert len(shares) == 2 and sum(shares) == pytest.approx(1, abs=1e-3)
    expected = splits_of("sentences")["test"]
    assert results.texts["review_id"].tolist() == expected["review_id"].tolist()


def test_one_layer_of_several_is_chosen_by_the_validation_texts(done):
    rows = [row for row in cells_of(done).to_dict("records") if row["way"] == "bert-features"]
    assert [row["layer"] for row in rows] == [0, 1]
    best = max(rows, key=lambda row: (row["accuracy_valid"], -row["log_loss_valid"]))
    assert [row for row in rows if row["chosen"]] == [best]


def test_a_finished_cell_is_skipped_and_a_changed_run_is_not(done, runs, monkeypatch):
    def fails(*_: Any) -> Any:
        raise AssertionError("worked at again")

    for part in (downstream_features, downstream_tuning):
        monkeypatch.setattr(part, "answers", fails)
    for way in ("tf-idf", "bert-features", "bert-fine-tuned", "bert-random"):
        finish(Cell("sentences", BY_NAME[way], 20, 0), done)
    changed = replace(done, runs={**runs, "bert": runs["elmo"]})
    for way in ("bert-features", "bert-fine-tuned"):
        with pytest.raises(AssertionError):
            finish(Cell("sentences", BY_NAME[way], 20, 0), changed)
    with pytest.raises(AssertionError):
        finish(Cell("sentences", BY_NAME["tf-idf"], 20, 1), done)


def test_features_and_networks_are_given_the_same_texts(setting, runs):
    for seed in (0, 1):
        cell = Cell("sentences", BY_NAME["bert-fine-tuned"], 30, seed)
        tuned: Any = downstream_tuning.recipe_of(cell, setting).data.load().splits
        everything = corpus_of("sentences", runs["bert"]).splits
        drawn = downstream_cells.drawn_of(cell, runs["bert"])
        assert tuned["train"].texts == tuple(everything["train"].texts[i] for i in drawn)
        assert tuned["valid"].texts == everything["valid"].texts and len(tuned["valid"].texts) == 500
        assert tuned["test"].texts == everything["test"].texts


def test_a_network_from_random_weights_differs_in_its_start_alone(setting):
    tuned, random = (
        downstream_tuning.recipe_of(Cell("reviews", BY_NAME[f"bert-{use}"], 300, 1), setting)
        for use in ("fine-tuned", "random")
    )
    tuned_model, random_model = tuned.model.__dict__, random.model.__dict__
    assert tuned_model["start_from"] and random_model["start_from"] is None
    assert {**tuned_model, "start_from": None} == random_model
    assert (tuned.data, tuned.fit, tuned.objective) == (random.data, random.fit, random.objective)
    assert tuned.fit.seed == tuned.data.draw == 1  # type: ignore[union-attr]
    assert tuned.data.max_words == 128  # type: ignore[union-attr]


def test_the_fewer_the_labels_the_more_passes(setting):
    epochs = [
        downstream_tuning.recipe_of(Cell("reviews", BY_NAME["bert-random"], n, 0), setting).fit.epochs
        for n in (100, 300, 1_000, None)
    ]
    assert epochs == sorted(epochs, reverse=True) and len(set(epochs)) == 4


def test_with_all_labels_one_fit_of_a_head_stands_for_every_seed(setting, tmp_path):
    own = replace(setting, results=tmp_path)
    finish(Cell("sentences", BY_NAME["word2vec-features"], None, 0), own)
    rows = cells_of(own).to_dict("records")
    assert [row["seed"] for row in rows] == [0, 1] and all(row["all_labels"] for row in rows)
    assert len({row["accuracy_test"] for row in rows}) == 1 and len({row["hash"] for row in rows}) == 2
    assert (
        {row["n_labels"] for row in rows} == {n_labels_of("sentences", None)} == {len(splits_of("sentences")["train"])}
    )


def test_features_are_made_once(done, runs, monkeypatch):
    downstream_features.features_of.cache_clear()
    monkeypatch.setattr(downstream_features, "layer_means", lambda *_: pytest.fail("made again"))
    train, valid, test = downstream_features.features_of("sentences", runs["bert"], done.features)
    assert train.shape[:2] == (2, len(splits_of("sentences")["train"])) and valid.shape[1] == 500
    assert test.shape[1] == len(splits_of("sentences")["test"]) and test.dtype == np.float32


def test_digests_are_of_what_matters(setting, runs):
    def digest(part: Any, **change: Any) -> str:
        cell = Cell(**({"task": "sentences", "way": BY_NAME["bert-fine-tuned"], "n_labels": 100, "seed": 0} | change))
        return digest_of(*part.identity(cell, setting), cell.seed)

    for part, ways in (
        (downstream_tuning, ("bert-fine-tuned", "bert-random", "elmo-fine-tuned")),
        (downstream_features, ("tf-idf", "bert-features", "elmo-features", "elmo-mix")),
    ):
        digests = {
            digest(part, way=BY_NAME[way], **change)
            for way in ways
            for change in ({}, {"seed": 1}, {"n_labels": 300}, {"n_labels": None})
        }
        assert len(digests) == 4 * len(ways)
    assert data_of(Cell("reviews", BY_NAME["tf-idf"], 20_000, 0), None).n_labels is None, "more than there are: all"
    assert n_labels_of("reviews", 20_000) == n_labels_of("reviews", None) == len(splits_of("reviews")["train"])


def test_a_run_that_is_not_there_is_said_and_its_ways_left_out(runs, monkeypatch, capsys, tmp_path):
    finished: list[str] = []
    monkeypatch.setattr(downstream, "finish", lambda cell, _: finished.append(cell.way.name))
    monkeypatch.setattr(downstream, "write_texts", lambda *_: None)
    arguments = [
        "downstream",
        "--results",
        str(tmp_path),
        "--bert",
        str(runs["bert"].path),
        "--tasks",
        "sentences",
        "--budgets",
        "100",
    ]
    monkeypatch.setattr(sys, "argv", [*arguments, "--elmo", "nowhere", "--gpt", "nowhere", "--word2vec", "nowhere"])
    downstream.main()
    assert set(finished) == {"tf-idf", "bert-features", "bert-fine-tuned", "bert-random"}
    assert finished.count("bert-features") == 5 and finished.count("bert-random") == 3
    assert "the ways of elmo are left out: there is no run 'nowhere'" in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", [*arguments, "--budgets", "many"])
    with pytest.raises(SystemExit):
        downstream.main()
    assert "not 'many'" in capsys.readouterr().err


def test_tables_are_printed_from_what_is_stored(done, capsys):
    from benchmarks.downstream_tables import show

    show("sentences", done.results)
    said = capsys.readouterr().out
    assert "bert-fine-tuned less bert-random" in said and "20 labels:" in said and "120 test texts" in said
    show("reviews", Path(done.results / "none"))
    assert capsys.readouterr().out == ""
