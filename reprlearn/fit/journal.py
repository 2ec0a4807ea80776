"""A training that others watch: its progress in files that programs read, and a clean stop when it is told to.

`RECORDS` holds the progress records, a JSON object a line; after a resumption, records go on from an earlier step than the last
line's, and replace what stands there for the steps after. `NOW` is one JSON object, replaced whole about once a second:

    stage              "data" (reading it), "steps", or "finish" (scoring and writing the run)
    step, total_steps  where the training stands; in the stage "data" neither is known
    loss               of the step taken last, in nats
    tokens_per_second  over the steps since this process began, `seconds_left` at that speed (of the steps)
    at                 Unix time of writing

A file that cannot be written, on a full disk for instance, costs the watchers their view and not the training.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from torch import Tensor

from reprlearn.cache import write_atomically
from reprlearn.fit.bar import epoch_line
from reprlearn.fit.loop import fit
from reprlearn.fit.training import Tally
from reprlearn.recipes import Recipe

RECORDS, NOW = "records.jsonl", "now.json"
SECONDS_BETWEEN_LOOKS = 1.0


def train_watched(recipe: Recipe, out: Path, folder: Path, *, resume: bool = False) -> None:
    """Train as `fit` does, with the progress in `folder` and a few lines on standard error.

    SIGTERM stops it: within a step, with everything saved, once it has taken one. KeyboardInterrupt tells of that.
    """
    journal = Journal(folder)
    with _stopped_by_signal(journal):
        for record in fit(recipe, out, resume=resume, on_step=journal.step):
            journal.record(asdict(record))
            if record.valid_loss is not None:
                _say(epoch_line(record, recipe.objective.kind))
            if record.step == record.total_steps:
                journal.now("finish", step=record.step, total_steps=record.total_steps, loss=record.train_loss)
    _say(f"the run is in {out}")


class Journal:
    """Writes the files, and knows whether the training is to stop."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told_to_stop = self.stepping = False
        self._looked = 0.0
        self._began: tuple[float, int, int] | None = None  # when, at which step, after how many tokens
        self.now("data")
        _say("reading the data")
        with suppress(OSError), (folder / RECORDS).open("a", encoding="utf-8") as file:
            file.write("\n")  # the last line may have been cut off

    def step(self, tally: Tally, total_steps: int, loss: Tensor) -> bool:
        """A step was taken. Returns whether the training is to stop with it."""
        now = time.monotonic()
        if self._began is None:
            self.stepping, self._began = True, (now, tally.step, tally.tokens)
            _say(f"step {tally.step:,} of {total_steps:,}")
        if now - self._looked >= SECONDS_BETWEEN_LOOKS or self.told_to_stop:
            self._looked = now
            began, first, tokens = self._began
            seconds, steps = now - began, tally.step - first
            speed = {}
            if steps:
                speed["tokens_per_second"] = (tally.tokens - tokens) / seconds
                speed["seconds_left"] = (total_steps - tally.step) * seconds / steps
            self.now("steps", step=tally.step, total_steps=total_steps, loss=loss.item(), **speed)
        return self.told_to_stop

    def record(self, fields: dict[str, Any]) -> None:
        """Append a progress record."""
        with suppress(OSError), (self.folder / RECORDS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(fields) + "\n")

    def now(self, stage: str, **fields: Any) -> None:
        """Replace what is said of this moment."""
        with suppress(OSError):
            write_atomically(
                self.folder / NOW, json.dumps({"stage": stage, **fields, "at": time.time()}).encode()
            )  # fmt: skip


@contextmanager
def _stopped_by_signal(journal: Journal) -> Iterator[None]:
    def stop(*_: object) -> None:
        if not journal.stepping:
            raise KeyboardInterrupt  # nothing is there yet that would have to be saved
        journal.told_to_stop = True

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
