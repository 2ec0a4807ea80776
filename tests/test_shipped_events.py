"""The event runs that come with the project: they reproduce their cards, are twins, and the proof's first seed is theirs."""

from dataclasses import replace

import pytest

from reprlearn.analysis.encoding_benchmark import cells, results
from reprlearn.analysis.evaluation import evaluate
from reprlearn.analysis.projection import ProjectionConfig, stored_layout
from reprlearn.recipes import RECIPES
from reprlearn.runs import Run
from reprlearn.runs.store import SHIPPED

ENCODINGS = ("none", "concat", "mask", "soft-one-hot", "quantile", "ple")
LOGS = ("flights", "synthetic")
NAMES = [f"{log}-{encoding}" for log in LOGS for encoding in ENCODINGS]


@pytest.fixture(scope="module")
def shipped() -> dict[str, Run]:
    return {name: Run(SHIPPED / name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_evaluate_reproduces_the_card(shipped, name):
    run = shipped[name]
    for split in ("valid", "test"):
        measured = evaluate(run, split)
        for metric, value in run.card.metrics[split].items():
            assert measured[metric] == pytest.approx(value, rel=1e-3), metric


@pytest.mark.parametrize("name", NAMES)
def test_a_run_is_what_its_recipe_would_make(shipped, name):
    assert shipped[name].recipe == RECIPES[name]


@pytest.mark.parametrize("log", LOGS)
def test_runs_of_a_log_are_twins_in_everything_but_the_encoding(shipped, log):
    twins = [shipped[f"{log}-{encoding}"] for encoding in ENCODINGS]
    recipes = {
        (run.recipe.data, replace(run.recipe.model, encoding="none"), run.recipe.objective, run.recipe.fit)  # type: ignore[call-arg]
        for run in twins
    }
    assert len(recipes) == 1
    assert len({run.card.corpus.content_hash for run in twins}) == 1
    assert len({run.card.training.tokens for run in twins}) == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_model_beats_counting_and_none_beats_the_best_there_is(shipped, name):
    metrics = shipped[name].card.metrics["test"]
    # Of the synthetic log, pairs of types are all there is to know without the scalar.
    slack = 0.01 if name == "synthetic-none" else 0.0
    assert metrics["loss"] < metrics["bigram_loss"] + slack < metrics["majority_loss"]
    assert metrics["loss"] > metrics.get("oracle_loss", 0.0)


@pytest.mark.parametrize("name", NAMES)
def test_every_matrix_has_its_maps(shipped, name):
    run = shipped[name]
    for which in run.card.distinct_matrices:
        layout = stored_layout(run, which, ProjectionConfig(method="umap", n_dims=2))
        assert layout is not None and len(layout.points) == len(run.vocabulary)


@pytest.mark.parametrize("name", NAMES)
def test_the_proofs_first_seed_is_the_shipped_run(shipped, name):
    log, encoding = name.split("-", 1)
    rows = [r for r in cells().to_dict("records") if (r["log"], r["encoding"], r["seed"]) == (log, encoding, 0)]
    assert len(rows) == 1
    assert rows[0]["loss"] == pytest.approx(shipped[name].card.metrics["test"]["loss"], abs=2e-3)


def test_the_proof_is_complete_and_holds():
    for log in LOGS:
        table = {row["encoding"]: row for row in results(log).to_dict("records")}
        assert len(table) == 8 and all(row["n_seeds"] == 5 for row in table.values())
    synthetic = {row["encoding"]: row for row in results("synthetic").to_dict("records")}
    assert synthetic["soft-one-hot"]["gap_closed"] >= 0.95
    assert abs(synthetic["none"]["loss"] - synthetic["none"]["oracle_loss_without_scalar"]) <= 0.01
    flights = {row["encoding"]: row for row in results("flights").to_dict("records")}
    assert flights["none"]["verdict"] == flights["concat"]["verdict"] == "win"
