"""A store of its own for every test, and trainings that are over in a moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reprlearn import jobs
from reprlearn.jobs import processes, queue, workers
from reprlearn.recipes import QUICK_DEMO, Recipe

WAIT_SECONDS = 240.0


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of runs, beside a folder of one shipped run."""
    shipped = tmp_path / "shipped" / "lstm-tied"
    shipped.mkdir(parents=True)
    (shipped / "card.json").write_text("{}")
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", shipped.parent)
    monkeypatch.setenv("REPRLEARN_RUNS", str(tmp_path / "runs"))
    for name in ("REPRLEARN_READONLY", "REPRLEARN_QUEUE", "REPRLEARN_TRAININGS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "runs"


@pytest.fixture
def stubbed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Workers are threads of the test, and start `tests.jobs.stub` for a training. What is left of it is ended."""
    monkeypatch.setattr(workers, "COMMAND", "tests.jobs.stub")
    monkeypatch.setattr(workers, "NICENESS", -20)
    monkeypatch.setattr(workers, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(queue, "tend", lambda: None)
    yield
    for job in jobs.read_all()[0]:
        processes.end(job.pid, job.process, at_once=True)


def asking(summary: str = "work", **fit: object) -> Recipe:
    """A recipe that the stub understands."""
    return replace(QUICK_DEMO, summary=summary, fit=replace(QUICK_DEMO.fit, **fit))


def until(is_so: Callable[[], object], what: str = "") -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.02)


def worker(slot: int = 0) -> threading.Thread:
    """A worker, at work."""
    thread = threading.Thread(target=workers.work, args=(slot,), daemon=True)
    thread.start()
    return thread
