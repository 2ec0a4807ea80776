"""What a training says of itself while it goes on: where it stands, and its curves."""

from __future__ import annotations

import json
import math
import time
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reprlearn.jobs.job import Job
from reprlearn.jobs.places import partial_folder, run_folder
from reprlearn.progress import Progress

if TYPE_CHECKING:
    import pandas as pd

# The files that `python -m reprlearn train --progress` writes; see reprlearn/fit/journal.py.
RECORDS, NOW = "records.jsonl", "now.json"
MOST_POINTS = 600


@dataclass(frozen=True)
class Moment:
    """Where a training stands; numbers are None where they are not known yet.

    stage: "data", "steps" or "finish".  loss: of the step taken last, in nats.  seconds_ago: how long ago this was written.
    """

    stage: str = "data"
    step: int | None = None
    total_steps: int | None = None
    loss: float | None = None
    tokens_per_second: float | None = None
    seconds_left: float | None = None
    seconds_ago: float = 0.0

    @property
    def share(self) -> float:
        """Of the steps that have been taken."""
        return min(1.0, self.step / self.total_steps) if self.step and self.total_steps else 0.0


def moment(job: Job) -> Moment:
    """Where the training stands, by its own last word."""
    try:
        said: dict[str, Any] = json.loads((job.folder / NOW).read_text(encoding="utf-8"))
        at = float(said.pop("at", 0.0))
        known = {field.name for field in fields(Moment)}
        there = {key: value for key, value in said.items() if key in known and _is_sound(value)}
        if job.started is not None and at < job.started:  # of the start before this one
            there = {"stage": "data"} if job.status == "running" else there
        return Moment(**{**there, "seconds_ago": max(0.0, time.time() - at)})
    except (OSError, ValueError, TypeError, AttributeError):
        return Moment()


def _is_sound(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, int | float) and math.isfinite(value))


def records(job: Job) -> pd.DataFrame:
    """The progress records so far, a row each, with the columns of `reprlearn.progress.Progress`."""
    import pandas as pd

    names = [field.name for field in fields(Progress)]
    rows: list[dict[str, Any]] = []
    for line in _lines(job.folder / RECORDS):
        try:
            row = {name: json.loads(line)[name] for name in names}
        except (ValueError, KeyError, TypeError):
            continue  # cut off by a kill
        # A training that was killed went on from an earlier step: what it had done since counts no more.
        while rows and rows[-1]["step"] >= row["step"]:
            rows.pop()
        rows.append(row)
    frame = pd.DataFrame(rows, columns=names)
    return frame.astype({name: "float64" for name in names if name not in ("step", "total_steps", "epoch", "tokens")})


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def thinned(frame: pd.DataFrame, n: int = MOST_POINTS) -> pd.DataFrame:
    """At most about `n` rows of a curve: training losses in the mean over neighbouring records, and every validation."""
    if len(frame) <= n:
        return frame
    size = -(-len(frame) // n)
    means = frame["train_loss"].groupby(frame.index // size).transform("mean")
    kept = (frame.index % size == size - 1) | frame["valid_loss"].notna() | (frame.index == len(frame) - 1)
    return frame.assign(train_loss=means).loc[kept]


def folder_of(job: Job) -> Path:
    """The folder of the run, as far as it has come."""
    done = run_folder(job.name)
    return done if done.is_dir() else partial_folder(job.name)
