"""A training that others watch: what it writes as it goes, and that a stop costs no step."""

from __future__ import annotations

import errno
import json
import os
import signal
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors import SafetensorError

from reprlearn.__main__ import main
from reprlearn.fit import fit, journal, state, training
from reprlearn.fit.estimate import estimate
from reprlearn.recipes import Recipe
from reprlearn.runs import Run
from tests.fit.conftest import smaller


@pytest.fixture(autouse=True)
def _short_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "STEPS_PER_RECORD", 10)
    monkeypatch.setattr(journal, "SECONDS_BETWEEN_LOOKS", 0.0)


def stop_at(step: int) -> Callable[..., bool]:
    return lambda tally, total_steps, loss: tally.step == step


def signal_at(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """Have SIGTERM come in the middle of this step."""
    real = training.Training._step

    def signalled(self: training.Training, batch: Any) -> Any:
        if self.tally.step == step:
            os.kill(os.getpid(), signal.SIGTERM)
        return real(self, batch)

    monkeypatch.setattr(training.Training, "_step", signalled)


@pytest.mark.parametrize("step", [1, 37, 95])
def test_stopped_at_any_step_and_resumed_it_ends_with_the_same_numbers(tiny: Recipe, tmp_path: Path, step: int) -> None:
    whole = list(fit(tiny, tmp_path / "whole"))
    taken = []
    with pytest.raises(KeyboardInterrupt):
        for record in fit(tiny, tmp_path / "run", on_step=stop_at(step), seconds_between_states=1e9):
            taken.append(record.step)
    assert taken[-1] == step, "the last record tells of the step it was stopped after"
    rest = list(fit(tiny, tmp_path / "run", resume=True))
    assert rest[0].step > step, "no step is taken twice"
    assert rest[-1].valid_loss == whole[-1].valid_loss
    np.testing.assert_array_equal(Run(tmp_path / "run").matrix("input"), Run(tmp_path / "whole").matrix("input"))


def test_a_stop_after_the_last_step_comes_too_late(tiny: Recipe, tmp_path: Path) -> None:
    short = smaller(tiny, epochs=1)
    list(fit(short, tmp_path / "run", on_step=lambda tally, total_steps, loss: tally.step == total_steps))
    assert Run(tmp_path / "run").card.trained.epochs == 1


def test_the_files_tell_what_the_records_tell(tiny: Recipe, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched = tmp_path / "watched"
    watched.mkdir()
    moments: list[dict[str, Any]] = []
    write = journal.write_atomically

    def noted(path: Path, content: bytes) -> None:
        moments.append(json.loads(content))
        write(path, content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "write_atomically", noted)
        journal.train_watched(tiny, tmp_path / "run", watched)
    lines = [json.loads(line) for line in (watched / journal.RECORDS).read_text().splitlines() if line]
    columns = list(lines[0])
    assert lines == Run(tmp_path / "run").curves.filter(columns).replace({np.nan: None}).to_dict("records")
    total = lines[-1]["total_steps"]
    steps = [moment for moment in moments if moment["stage"] == "steps"]
    assert [moment["step"] for moment in steps] == list(range(1, total + 1)) and steps[-1]["seconds_left"] == 0
    assert moments[0]["stage"] == "data" and json.loads((watched / journal.NOW).read_text())["stage"] == "finish"
    said = capsys.readouterr().err
    assert "epoch 3: valid loss" in said and "\r" not in said, "lines for a log, no bar"


def test_the_words_of_the_snapshots_are_there_while_it_trains(tiny: Recipe, tmp_path: Path) -> None:
    going = fit(tiny, tmp_path / "run")
    next(going)
    partial = tmp_path / "run.partial"
    assert (partial / "words.parquet").exists() and (partial / "snapshots" / "epoch-00.safetensors").exists()
    assert not [file for file in (partial / "snapshots").iterdir() if not file.name.startswith("epoch-")]
    going.close()


def test_a_signal_stops_it_within_a_step_and_it_goes_on(
    tiny: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        signal_at(patch, 33)
        with pytest.raises(KeyboardInterrupt):
            journal.train_watched(tiny, tmp_path / "run", tmp_path)
    before = [json.loads(line) for line in (tmp_path / journal.RECORDS).read_text().splitlines() if line]
    assert before[-1]["step"] == 34, "the step that was under way is taken to its end, and kept"
    journal.train_watched(tiny, tmp_path / "run", tmp_path, resume=True)
    assert asdict(next(iter(fit(tiny, tmp_path / "again"))))["total_steps"] == before[-1]["total_steps"]
    assert (tmp_path / "run" / "card.json").exists()


def test_a_signal_while_the_data_are_read_ends_it_at_once(tiny: Recipe, tmp_path: Path) -> None:
    class Slow:
        def load(self) -> None:
            os.kill(os.getpid(), signal.SIGTERM)
            raise AssertionError("it went on reading")

    slow = smaller(tiny)
    object.__setattr__(slow, "data", Slow())
    with pytest.raises(KeyboardInterrupt):
        journal.train_watched(slow, tmp_path / "run", tmp_path)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL, "and the signal means what it did before"


def test_files_that_cannot_be_written_cost_no_training(tiny: Recipe, tmp_path: Path) -> None:
    (tmp_path / "no folder").write_text("")
    journal.train_watched(smaller(tiny, epochs=1), tmp_path / "run", tmp_path / "no folder")
    assert (tmp_path / "run" / "card.json").exists()


def test_a_full_disk_is_one_line_and_nothing_saved_is_lost(
    tiny: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe, out = tmp_path / "tiny.json", tmp_path / "run"
    recipe.write_text(json.dumps(tiny.to_dict()))
    real, calls = state.save_file, []

    def full(*arguments: Any, **options: Any) -> None:
        calls.append(1)
        if len(calls) > 1:
            raise SafetensorError("Error while serializing: I/O error: No space left on device (os error 28)")
        real(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(state, "save_file", full)
        assert main(["train", str(recipe), "--out", str(out), "--progress", str(tmp_path)]) == 2
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error: ")]
    assert len(said) == 1 and os.strerror(errno.ENOSPC) in said[0] and "make room" in said[0] and "--resume" in said[0]
    assert not out.exists()
    assert main(["train", str(recipe), "--out", str(out), "--resume"]) == 0
    assert Run(out).card.trained.epochs == 3


def test_an_estimate_tells_size_and_steps_and_leaves_nothing(tiny: Recipe, tmp_path: Path) -> None:
    found = estimate(tiny, seconds=0.1)
    records = list(fit(tiny, tmp_path / "run"))
    card = Run(tmp_path / "run").card
    assert found["n_parameters"] == card.n_parameters
    assert found["steps_per_epoch"] * tiny.fit.epochs == records[-1].total_steps
    assert found["n_train"] == card.corpus.n_tokens["train"]
    assert found["seconds"] == pytest.approx(tiny.fit.epochs * found["seconds_per_epoch"] + found["seconds_besides"])
    assert 0 < found["seconds"] < 600
    assert sorted(file.name for file in tmp_path.iterdir()) == ["run"]
