"""The whole way with real processes: a worker, a training that is stopped, resumed, killed and resumed, and the run it leaves."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from reprlearn import jobs
from reprlearn.analysis.snapshot_neighbours import neighbourhoods
from reprlearn.fit import fit, training
from reprlearn.jobs import uploads, watching
from reprlearn.nn.config import LSTMConfig
from reprlearn.objectives.config import CausalConfig
from reprlearn.recipes import QUICK_DEMO, FitConfig
from reprlearn.runs import Run, find_runs
from tests.conftest import write_sentences
from tests.jobs.conftest import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
FIT = FitConfig(epochs=12, batch_size=4, optimiser="adamw", learning_rate=0.01, clip_norm=1.0, snapshot_words=20)


def test_a_training_that_is_stopped_and_killed_ends_with_the_numbers_of_one_that_was_not(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (write_sentences(tmp_path / "text") / "train.txt").read_bytes()
    upload = uploads.receive(uploads.new_owner(), "sentences.txt", text)
    recipe = replace(
        upload.in_recipe(QUICK_DEMO),
        model=LSTMConfig(tied=True, width=8, n_layers=1, dropout=0.1), objective=CausalConfig(sequence_length=5), fit=FIT,
    )  # fmt: skip
    recipe = replace(recipe, data=replace(recipe.data, n_words=60))
    jobs.submit(recipe, "mine", upload=upload, maps=False)

    def reaches(step: int) -> bool:
        jobs.tend()
        assert jobs.read("mine").status != "failed", jobs.log_lines(jobs.read("mine"))
        return (watching.moment(jobs.read("mine")).step or 0) >= step

    until(lambda: reaches(30), "the training takes its steps")
    neighbours = neighbourhoods(watching.folder_of(jobs.read("mine")))
    assert neighbours is not None and neighbours.words[0] == "<eos>"
    jobs.stop("mine")
    until(lambda: jobs.read("mine").status == "stopped")
    assert "stopped" in jobs.log_lines(jobs.read("mine"))[-1]
    stopped_at = int(watching.records(jobs.read("mine"))["step"].iloc[-1])
    jobs.resume("mine")
    until(lambda: reaches(stopped_at + 30), "it goes on")
    pid = jobs.read("mine").pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    until(lambda: jobs.read("mine").status == "failed")
    jobs.resume("mine")
    until(lambda: jobs.tend() or jobs.read("mine").status in ("done", "failed"), "it ends")
    job = jobs.read("mine")
    assert job.status == "done", jobs.log_lines(job)

    run = Run(store / "mine")
    assert [found.name for found in find_runs()[0] if found.name == "mine"] == ["mine"]
    steps = watching.records(job)["step"]
    assert steps.is_monotonic_increasing and steps.iloc[-1] == watching.records(job)["total_steps"].iloc[-1]
    monkeypatch.setattr(training, "STEPS_PER_RECORD", 1_000)
    asked = json.loads((job.folder / "recipe.json").read_text())
    assert run.card.recipe == asked
    whole = list(fit(run.recipe, tmp_path / "whole"))
    assert run.curves["valid_loss"].dropna().tolist() == [record.valid_loss for record in whole if record.valid_loss]
