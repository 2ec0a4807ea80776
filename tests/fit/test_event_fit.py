"""Training an event model: on one process or two, stopped or not, the numbers are the same, and the card tells them."""

import math
from dataclasses import replace

import numpy as np
import pytest

from reprlearn.analysis.evaluation import evaluate
from reprlearn.data.event_config import EventData
from reprlearn.fit import fit, training
from reprlearn.recipes import find_recipe
from reprlearn.runs import Run


@pytest.fixture(scope="module")
def recipe():
    base = find_recipe("synthetic-soft-one-hot")
    return replace(
        base,
        name="tiny-events",
        data=replace(base.data, n_train_sequences=60),
        model=replace(base.model, width=8, n_buckets=4),
        fit=replace(base.fit, epochs=2, batch_size=8, warmup_steps=5),
    )


@pytest.fixture(scope="module")
def trained(recipe, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "STEPS_PER_RECORD", 3)
        out = tmp_path_factory.mktemp("events") / "tiny"
        return list(fit(recipe, out)), Run(out)


@pytest.fixture(autouse=True)
def _short_records(monkeypatch):
    monkeypatch.setattr(training, "STEPS_PER_RECORD", 3)


def test_the_card_tells_a_log_from_a_text(trained, recipe):
    records, run = trained
    corpus = run.card.corpus
    assert (corpus.kind, corpus.name, corpus.n_words) == ("events", "synthetic", 13)
    assert corpus.n_sequences == {"train": 60, "valid": 500, "test": 500}
    assert records[-1].tokens == 2 * (corpus.n_tokens["train"] - 60)  # the first event of a sequence is not predicted
    assert run.card.capabilities == ["Embeds", "PredictsEvents", "EncodesScalars", "Buckets"]
    assert run.recipe == recipe and run.matrix("output").shape == (13, 8)
    assert run.vocabulary == recipe.data.load().vocabulary


def test_the_card_holds_metrics_baselines_and_the_best_there_is(trained):
    metrics = trained[1].card.metrics["test"]
    own = {"loss", "perplexity", "accuracy", "map_at_5", "mrr", "events"}
    counted = {f"{name}_{m}" for name in ("majority", "bigram") for m in ("loss", "accuracy", "map_at_5", "mrr")}
    assert own | counted | {"oracle_loss", "oracle_loss_without_scalar"} <= metrics.keys()
    assert metrics["oracle_loss"] < metrics["loss"] < math.log(13)  # 13 types, all alike to a model that knows nothing


def test_evaluation_gives_the_cards_numbers(trained):
    _, run = trained
    for split in ("valid", "test"):
        found = evaluate(run, split)
        assert {name: found[name] for name in run.card.metrics[split]} == pytest.approx(run.card.metrics[split])


def test_stopped_and_resumed_it_ends_with_the_same_numbers(trained, recipe, tmp_path):
    records, _ = trained
    steps = fit(recipe, tmp_path / "cut", seconds_between_states=0)
    for _ in range(4):
        next(steps)
    steps.close()
    rest = list(fit(recipe, tmp_path / "cut", resume=True))
    assert rest[0].epoch == 2 and rest[-1].valid_loss == records[-1].valid_loss


def test_two_processes_train_the_same_recipe(recipe, tmp_path, in_a_process):
    still = replace(recipe, model=replace(recipe.model, dropout=0.0), fit=replace(recipe.fit, epochs=1))
    alone = list(fit(still, tmp_path / "alone"))
    done = in_a_process(
        still,
        "from reprlearn.fit import fit, training\ntraining.STEPS_PER_RECORD = 3\n"
        f"list(fit(recipe, Path({str(tmp_path / 'both')!r})))\n",
        launcher=("-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2"),
        SCRIPT=str(tmp_path / "train.py"),
        ACCELERATE_USE_CPU="true",
        OMP_NUM_THREADS="1",
    )
    assert done.returncode == 0, done.stderr[-3000:]
    both = Run(tmp_path / "both")
    assert "2 processes" in both.card.trained.machine
    assert both.curves["tokens"].tolist() == [r.tokens for r in alone]
    np.testing.assert_allclose(both.curves["train_loss"], [r.train_loss for r in alone], rtol=1e-3)


def test_a_table_of_ones_own_is_trained_on_and_scored(recipe, tmp_path):
    def write(path, n):
        rows = [f"s{i},{j * 2},{'abc'[(i + j) % 3]},{(i * j) % 7}" for i in range(n) for j in range(12)]
        path.write_text("who,when,what,amount\n" + "\n".join(rows) + "\n")
        return path

    data = EventData(
        table=write(tmp_path / "own.csv", 40), sequence_column="who", time_column="when", type_column="what",
        scalar_columns=("amount:unit=EUR",),
    )  # fmt: skip
    own = replace(recipe, data=data, fit=replace(recipe.fit, epochs=8))
    list(fit(own, tmp_path / "own"))
    run = Run(tmp_path / "own")
    assert run.card.metrics["test"]["accuracy"] == 1.0  # the types come in turn
    assert [scalar.unit for scalar in run.vocabulary.scalars] == ["EUR"]
    other = evaluate(run, "train", write(tmp_path / "other.csv", 25))
    assert other["events"] > 100 and other["accuracy"] == 1.0
    with pytest.raises(ValueError, match="there is no split 'tset'"):
        evaluate(run, "tset")


def test_a_table_does_not_take_the_place_of_a_log(trained, tmp_path):
    with pytest.raises(ValueError, match="was trained on the log synthetic"):
        evaluate(trained[1], "test", tmp_path / "table.csv")


def test_data_that_changed_since_are_not_scored_in_silence(trained, monkeypatch):
    _, run = trained
    monkeypatch.setattr("reprlearn.data.events.synthetic.N_SEQUENCES", 5001)
    run = Run(run.path)
    object.__setattr__(run.recipe.data, "n_train_sequences", 59)
    with pytest.raises(ValueError, match="another content hash"):
        evaluate(run, "test")
