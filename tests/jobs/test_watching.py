"""What a training says of itself, also where a kill cut a line off or sent it some steps back."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reprlearn.jobs.job import Job
from reprlearn.jobs.watching import NOW, RECORDS, Moment, moment, records, thinned
from reprlearn.progress import Progress
from tests.jobs.conftest import asking


@pytest.fixture
def job(store: Path) -> Job:
    made = Job(name="x", status="running", recipe=asking().to_dict(), created=0, queued=0, started=100.0)
    made.folder.mkdir(parents=True)
    return made


def line(step: int, loss: float = 5.0, valid: float | None = None) -> str:
    fields: dict[str, Any] = {"total_steps": 900, "epoch": 1, "tokens": step * 10, "learning_rate": 0.1}
    return json.dumps(
        asdict(
            Progress(
                step=step, train_loss=loss, valid_loss=valid, tokens_per_second=1.0, elapsed_seconds=step, **fields
            )
        )
    )


def test_records_are_read_as_a_curve(job: Job) -> None:
    (job.folder / RECORDS).write_text("\n".join([line(50), line(100, 4.0, 4.5), ""]))
    frame = records(job)
    assert frame["step"].tolist() == [50, 100] and np.isnan(frame["valid_loss"].iloc[0])
    assert frame["valid_loss"].iloc[1] == 4.5 and frame["valid_loss"].dtype == np.float64


def test_steps_that_are_taken_again_replace_those_that_were_lost(job: Job) -> None:
    (job.folder / RECORDS).write_text(
        "\n".join([line(50), line(100), line(150, 9.0), "", line(100, 7.0), line(130, 6.0)])
    )
    assert records(job)[["step", "train_loss"]].to_numpy().tolist() == [[50, 5.0], [100, 7.0], [130, 6.0]]


@pytest.mark.parametrize("junk", ['{"step": 150, "tr', "[]", "{}", "null", "\x00", "9" * 50])
def test_a_line_that_was_cut_off_costs_itself_alone(job: Job, junk: str) -> None:
    (job.folder / RECORDS).write_text("\n".join([line(50), junk, line(200)]))
    assert records(job)["step"].tolist() == [50, 200]


def test_without_a_file_there_are_no_records_and_nothing_is_known(job: Job) -> None:
    frame = records(job)
    assert list(frame.columns) == [field for field in Progress.__dataclass_fields__] and frame.empty
    assert moment(job) == Moment()


def test_the_present_moment(job: Job) -> None:
    said = {
        "stage": "steps",
        "step": 90,
        "total_steps": 900,
        "loss": 4.0,
        "seconds_left": 60.0,
        "at": time.time() - 3,
        "new": 1,
    }
    (job.folder / NOW).write_text(json.dumps(said))
    now = moment(job)
    assert (now.stage, now.step, now.loss, now.seconds_left) == ("steps", 90, 4.0, 60.0)
    assert now.share == pytest.approx(0.1) and 2 < now.seconds_ago < 30


@pytest.mark.parametrize("content", ["", "{", "[]", "3", '{"at": "x"}', '{"at": null}', "\x00"])
def test_a_moment_that_cannot_be_read_is_unknown(job: Job, content: str) -> None:
    (job.folder / NOW).write_text(content)
    assert moment(job).step is None


def test_a_diverging_loss_is_no_number_to_draw(job: Job) -> None:
    (job.folder / NOW).write_text('{"stage": "steps", "step": 9, "total_steps": 90, "loss": NaN, "at": 200.0}')
    assert moment(job).loss is None and moment(job).step == 9


def test_what_was_said_before_the_present_start_is_old_news(job: Job) -> None:
    (job.folder / NOW).write_text('{"stage": "steps", "step": 9, "total_steps": 90, "loss": 1.0, "at": 99.0}')
    assert moment(job).stage == "data" and moment(job).step is None
    assert moment(job.but(status="stopped")).step == 9


def test_a_long_curve_is_thinned_and_keeps_validations_and_its_end(job: Job) -> None:
    n = 5_003
    (job.folder / RECORDS).write_text(
        "\n".join(line(i, loss=5 - i / n, valid=4.0 if i % 1_000 == 1 else None) for i in range(1, n + 1))
    )
    frame = records(job)
    few = thinned(frame, 100)
    assert 100 <= len(few) <= 110 and few["step"].iloc[-1] == n
    assert len(few["valid_loss"].dropna()) == len(frame["valid_loss"].dropna())
    assert bool(few["train_loss"].is_monotonic_decreasing) and thinned(few, 1_000) is few
