"""Training: it learns, repeats, survives being killed, and leaves a run that reproduces its card."""

import math
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from accelerate import Accelerator

from reprlearn.analysis.evaluation import evaluate
from reprlearn.fit import TrainingError, fit, training
from reprlearn.fit.training import Tally, Training
from reprlearn.nn.config import GPTConfig
from reprlearn.objectives.causal import CausalObjective
from reprlearn.runs import Run
from tests.fit.conftest import smaller


@pytest.fixture(autouse=True)
def _short_records(monkeypatch):
    monkeypatch.setattr(training, "STEPS_PER_RECORD", 10)


def train(recipe, out, **options):
    return list(fit(recipe, out, **options))


@pytest.fixture(scope="module")
def trained(tiny, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "STEPS_PER_RECORD", 10)
        out = tmp_path_factory.mktemp("fit") / "tiny"
        return train(tiny, out), Run(out)


def test_the_loss_falls_below_that_of_guessing_by_frequency(trained):
    records, run = trained
    counts = run.vocabulary.counts / run.vocabulary.counts.sum()
    guessing = -sum(p * math.log(p) for p in counts if p > 0)
    assert records[-1].valid_loss is not None and records[-1].valid_loss < guessing
    assert run.card.metrics["test"]["loss"] < guessing


def test_records_count_up_and_end_each_epoch_with_a_validation(trained, tiny):
    records, run = trained
    assert [r.step for r in records] == sorted({r.step for r in records})
    assert records[-1].step == records[-1].total_steps
    assert [r.epoch for r in records if r.valid_loss is not None] == [1, 2, 3]
    assert run.curves["train_loss"].tolist() == [r.train_loss for r in records]
    assert records[-1].learning_rate < records[0].learning_rate == pytest.approx(tiny.fit.learning_rate, rel=0.1)


def test_the_card_tells_what_was_saved(trained, tiny):
    _, run = trained
    card = run.card
    assert (card.name, card.seed, card.tied, card.architecture) == ("tiny", 0, True, "LSTM")
    assert card.matrices["input"] == card.matrices["output"]
    assert card.n_parameters == sum(p.numel() for p in run.model.parameters())
    assert run.recipe == tiny
    for split in ("valid", "test"):
        assert evaluate(run, split)["loss"] == pytest.approx(card.metrics[split]["loss"], rel=1e-4)


def test_tied_is_one_tensor_after_reload(trained):
    _, run = trained
    assert run.model.input_embedding() is run.model.output_embedding()
    assert run.matrix("input") is run.matrix("output")
    np.testing.assert_array_equal(run.matrix("input"), run.model.input_embedding().numpy())


@contextmanager
def worse_from(first: int) -> Iterator[None]:
    """From this epoch on each validation finds a loss that is far worse, and worse each time, whatever was learned."""
    validate, evaluate = Training._validate, CausalObjective.evaluate

    def worse(self, epoch: int) -> float:
        with pytest.MonkeyPatch.context() as patch:
            if epoch >= first:
                patch.setattr(CausalObjective, "evaluate", lambda *args: evaluate(*args) | {"loss": 10.0 + epoch})
            return validate(self, epoch)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Training, "_validate", worse)
        yield


def test_best_weights_are_kept_not_the_last(tiny, tmp_path):
    with worse_from(3):
        records = train(smaller(tiny, epochs=3), tmp_path / "run")
    losses = [r.valid_loss for r in records if r.valid_loss is not None]
    card = Run(tmp_path / "run").card
    assert card.trained.best_epoch == int(np.argmin(losses)) + 1 == 2
    assert card.metrics["valid"]["loss"] == pytest.approx(losses[1], abs=2e-3)


def test_a_training_without_progress_stops_when_patience_runs_out_and_resumes_no_further(tiny, tmp_path):
    harmful = smaller(tiny, epochs=9, patience=2)
    with worse_from(3):
        losses = [r.valid_loss for r in train(harmful, tmp_path / "run") if r.valid_loss is not None]
    card = Run(tmp_path / "run").card
    assert card.trained.epochs == len(losses) == card.trained.best_epoch + 2 == 4
    patient = train(smaller(tiny, patience=1), tmp_path / "patient")
    assert patient[-1].epoch == 3, "it got better every time"
    training = Training(harmful, harmful.data.load(), Accelerator(mixed_precision="no"), tmp_path)
    training.tally = Tally(step=3 * training.steps_per_epoch, best_epoch=1, best_loss=0.0)
    assert list(training.run(lambda: None, 60)) == []


def test_the_same_recipe_gives_the_same_curve(trained, tiny, tmp_path):
    records, _ = trained
    again = train(tiny, tmp_path / "run")
    other = train(smaller(tiny, seed=1), tmp_path / "other")
    assert [(r.train_loss, r.valid_loss) for r in again] == [(r.train_loss, r.valid_loss) for r in records]
    assert other[-1].valid_loss != records[-1].valid_loss


@pytest.mark.parametrize("where", [0.05, 0.37, 0.62, 0.99])
def test_killed_at_any_step_and_resumed_it_ends_with_the_same_numbers(trained, tiny, tmp_path, in_a_process, where):
    records, _ = trained
    # A state is saved with every second record, so that the kill comes between two of them, and steps are done again.
    victim = max(1, int(where * records[-1].total_steps) + random.randrange(-3, 4))
    print(f"killed in step {victim} of {records[-1].total_steps}")
    killed = in_a_process(
        tiny,
        "import os, signal\nfrom reprlearn.fit import fit, loop, training\ntraining.STEPS_PER_RECORD = 10\n"
        "calls, real = [], loop.save\n"
        "loop.save = lambda t: calls.append(t) or (len(calls) % 2 or real(t))\n"
        "step = training.Training._step\n"
        "def dying(self, batch):\n"
        f"    if self.tally.step == {victim}: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return step(self, batch)\n"
        "training.Training._step = dying\n"
        f"list(fit(recipe, Path({str(tmp_path / 'run')!r}), seconds_between_states=0))\n",
    )
    assert killed.returncode == -9, killed.stderr
    assert not (tmp_path / "run").exists()
    begun = (tmp_path / "run.partial" / "state.safetensors").exists()
    rest = train(tiny, tmp_path / "run", resume=begun)
    assert rest[0].step <= victim + 10
    assert rest[-1].valid_loss == records[-1].valid_loss
    run = Run(tmp_path / "run")
    assert run.curves["train_loss"].tolist() == [r.train_loss for r in records]
    assert [file.name for file in run.path.iterdir() if file.name.startswith((".", "state"))] == []


def test_two_trainings_do_not_share_a_folder(tiny, tmp_path):
    first = fit(tiny, tmp_path / "run")
    next(first)
    with pytest.raises(ValueError, match="another training that is running"):
        next(fit(smaller(tiny, seed=5), tmp_path / "run"))
    for _ in first:
        pass
    assert Run(tmp_path / "run").card.seed == tiny.fit.seed


def test_a_mistake_leaves_no_folder_behind(tiny, tmp_path):
    with pytest.raises(ValueError, match="too short"):
        next(fit(smaller(tiny, batch_size=100_000), tmp_path / "run"))
    with pytest.raises(ValueError, match="nothing to resume"):
        next(fit(tiny, tmp_path / "run", resume=True))
    assert list(tmp_path.iterdir()) == []


def test_an_unfinished_training_is_neither_overwritten_nor_resumed_as_another(tiny, tmp_path):
    steps = fit(tiny, tmp_path / "run", seconds_between_states=0)
    next(steps)
    steps.close()
    with pytest.raises(ValueError, match="--resume"):
        next(fit(tiny, tmp_path / "run"))
    with pytest.raises(ValueError, match=r"another fit\.seed \(0, now 5\)"):
        next(fit(smaller(tiny, seed=5), tmp_path / "run", resume=True))


def test_a_finished_run_is_not_overwritten(trained, tiny):
    _, run = trained
    with pytest.raises(ValueError, match="exists already"):
        next(fit(tiny, run.path))


def test_a_broken_state_says_what_to_remove(tiny, tmp_path):
    steps = fit(tiny, tmp_path / "run", seconds_between_states=0)
    next(steps)
    steps.close()
    (tmp_path / "run.partial" / "state.safetensors").write_bytes(b"not a state")
    with pytest.raises(ValueError, match=r"run\.partial and train anew"):
        next(fit(tiny, tmp_path / "run", resume=True))


def test_divergence_is_said_and_not_saved(tiny, tmp_path):
    wild = smaller(tiny, learning_rate=1e30, clip_norm=1e30, momentum=0.0)
    with pytest.raises(TrainingError, match="learning-rate"):
        train(wild, tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_snapshots_hold_the_frequent_words_of_every_epoch(trained, tiny):
    _, run = trained
    snapshots = run.snapshots
    assert sorted(snapshots) == [0, 1, 2, 3]
    counts = run.vocabulary.counts
    kept = snapshots[3]["word_ids"]
    assert counts[kept].min() >= np.sort(counts)[-20]
    best = snapshots[run.card.trained.best_epoch]["input"].astype(np.float32)
    np.testing.assert_allclose(best, run.matrix("input")[kept], atol=2e-3)
    assert "output" not in snapshots[0]
    assert not np.allclose(snapshots[0]["input"], snapshots[3]["input"])


def test_snapshots_within_an_epoch_are_kept_at_even_shares_of_it(tiny, tmp_path):
    train(smaller(tiny, epochs=2, snapshots_per_epoch=4), tmp_path / "run")
    snapshots = Run(tmp_path / "run").snapshots
    assert list(snapshots) == [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]
    steps = [
        np.linalg.norm(snapshots[b]["input"].astype(float) - snapshots[a]["input"]) for a, b in pairwise(snapshots)
    ]
    assert min(steps) > 0, "none is another's copy"


def test_untied_snapshots_hold_both_matrices(tiny, tmp_path):
    untied = replace(tiny, model=replace(tiny.model, tied=False), fit=replace(tiny.fit, epochs=1))
    train(untied, tmp_path / "run")
    assert {"input", "output"} <= set(Run(tmp_path / "run").snapshots[1])


@pytest.mark.parametrize(
    "fields",
    [
        {"optimiser": "adamw", "learning_rate": 0.01},
        {"optimiser": "muon", "learning_rate": 0.01, "momentum": 0.0},
        {"precision": "bf16"},
    ],
)
def test_other_optimisers_and_precision_learn_too(tiny, tmp_path, fields):
    records = train(smaller(tiny, epochs=2, **fields), tmp_path / "run")
    assert (records[-1].valid_loss or math.inf) < records[0].train_loss - 0.5


@pytest.mark.parametrize("optimiser", ["adamw", "muon"])
def test_other_optimisers_resume_exactly(tiny, tmp_path, optimiser):
    recipe = smaller(tiny, optimiser=optimiser, learning_rate=0.01, momentum=0.9, epochs=2)
    whole = train(recipe, tmp_path / "whole")
    steps = fit(recipe, tmp_path / "cut", seconds_between_states=0)
    for _ in range(3):
        next(steps)
    steps.close()
    assert train(recipe, tmp_path / "cut", resume=True)[-1].valid_loss == whole[-1].valid_loss


def test_two_processes_train_the_same_recipe(tiny, tmp_path, in_a_process):
    # Dropout draws differ from process to process, so the recipe compared has none.
    still = replace(
        tiny, model=replace(tiny.model, dropout=0.0, recurrent_dropout=0.0), fit=replace(tiny.fit, epochs=2)
    )
    alone = train(still, tmp_path / "alone")
    done = in_a_process(
        still,
        "from accelerate import PartialState\nfrom reprlearn.fit import fit, training\ntraining.STEPS_PER_RECORD = 10\n"
        f"records = list(fit(recipe, Path({str(tmp_path / 'both')!r}), seconds_between_states=0))\n"
        "state = PartialState()\n"
        f"Path({str(tmp_path)!r}, f'world-{{state.process_index}}').write_text(str(state.num_processes))\n",
        launcher=("-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2"),
        SCRIPT=str(tmp_path / "train.py"),
        ACCELERATE_USE_CPU="true",
        OMP_NUM_THREADS="1",
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert [(tmp_path / f"world-{rank}").read_text() for rank in (0, 1)] == ["2", "2"]
    both = Run(tmp_path / "both")
    for column in ("train_loss", "input_gradient_norm", "output_gradient_norm"):
        np.testing.assert_allclose(both.curves[column], [getattr(r, column) for r in alone], rtol=1e-3)
    assert both.card.metrics["test"]["loss"] == pytest.approx(
        Run(tmp_path / "alone").card.metrics["test"]["loss"], rel=1e-4
    )
    assert "2 processes" in both.card.trained.machine


@pytest.fixture(scope="module")
def transformer(tiny):
    return replace(
        tiny,
        name="tiny-gpt",
        model=GPTConfig(tied=True, width=12, n_layers=1, n_heads=2, context_length=12, dropout=0.1),
        objective=replace(tiny.objective, sequence_length=12, augmented_gain=0.5),
        fit=replace(tiny.fit, epochs=2, optimiser="adamw", learning_rate=0.02, momentum=0.9),
    )


def test_a_transformer_trains_resumes_and_is_read_back(transformer, tmp_path):
    whole = train(transformer, tmp_path / "whole")
    run = Run(tmp_path / "whole")
    assert (run.card.architecture, run.card.tied, run.card.capabilities) == (
        "GPT",
        True,
        ["Embeds", "Predicts", "Contextual", "Attends"],
    )
    assert run.model.input_embedding() is run.model.output_embedding()
    assert evaluate(run, "test")["loss"] == pytest.approx(run.card.metrics["test"]["loss"], rel=1e-4)
    assert (whole[-1].valid_loss or math.inf) < whole[0].train_loss - 0.5
    assert whole[0].input_gradient_norm and whole[0].output_gradient_norm
    assert {"word_ids", "input"} == set(run.snapshots[2])
    steps = fit(transformer, tmp_path / "cut", seconds_between_states=0)
    for _ in range(2):
        next(steps)
    steps.close()
    assert train(transformer, tmp_path / "cut", resume=True)[-1].valid_loss == whole[-1].valid_loss


def test_sequences_longer_than_the_context_are_refused_by_name(transformer, tmp_path):
    with pytest.raises(ValueError, match=r"objective\.sequence_length"):
        replace(transformer, objective=replace(transformer.objective, sequence_length=13))


def test_the_curve_of_an_augmented_loss_is_that_of_the_cross_entropy_in_it(tiny, tmp_path):
    augmented = replace(tiny, objective=replace(tiny.objective, augmented_gain=0.5), fit=replace(tiny.fit, epochs=1))
    plain, more = (
        train(recipe, tmp_path / recipe.objective.kind / str(i)) for i, recipe in enumerate((tiny, augmented))
    )
    assert more[0].train_loss == pytest.approx(plain[0].train_loss, rel=0.3), (
        "the augmented part would make it several times as much"
    )
