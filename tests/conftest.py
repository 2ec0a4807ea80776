"""What every test stands on: shapes checked at run time, few threads, browsers where they are promised, two tiny trained runs."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from jaxtyping import install_import_hook

if TYPE_CHECKING:
    from reprlearn.data.events.log import EventLog

# Before anything imports them: the shapes in their signatures become checks. Only under pytest, since they cost time.
install_import_hook(["reprlearn.nn", "reprlearn.objectives"], "beartype.beartype")

# How long an example takes says nothing of what it shows.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")

BROWSER_REQUIRED = "REPRLEARN_REQUIRE_BROWSER"


def pytest_configure(config: pytest.Config) -> None:
    # Spinning threads of several torch processes starve each other on a small machine.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where a browser is required (CI), a browser test that skipped has failed."""
    outcome = yield
    report: pytest.TestReport = outcome.get_result()  # type: ignore[attr-defined]
    in_browser = item.get_closest_marker("browser") or "browser" in Path(item.fspath).parent.parts
    if report.skipped and in_browser and os.environ.get(BROWSER_REQUIRED) and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{BROWSER_REQUIRED} is set, so this may not skip: {report.longrepr}"


def in_a_thread(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine to its end. In a thread: that of the tests may have a running loop, which Playwright started in it."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def write_sentences(folder: Path) -> Path:
    """A folder corpus of made-up sentences, a few hundred, from one seed: train, valid and test."""
    draw = random.Random(0)
    who = [
        "the director",
        "the actor",
        "the cast",
        "this film",
        "the story",
        "the music",
        "her performance",
        "the ending",
    ]
    verb = ["is", "was", "seems", "feels", "remains", "looks"]
    how = ["wonderful", "terrible", "slow", "funny", "moving", "boring", "great", "awful", "clever", "empty"]
    more = ["and i loved it", "and i hated it", "from start to finish", "in every scene", "but too long", "once again"]
    folder.mkdir(parents=True, exist_ok=True)
    for split, lines in (("train", 400), ("valid", 60), ("test", 60)):
        sentences = (
            f"{draw.choice(who)} {draw.choice(verb)} {draw.choice(how)} {draw.choice(more)} ." for _ in range(lines)
        )
        (folder / f"{split}.txt").write_text("\n".join(sentences) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def tiny_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two trained runs, `tiny-untied` and `tiny-tied`: recipes that differ in `tied` alone, seconds to make.

    Point REPRLEARN_RUNS at it. Read-only: tests that change a run copy it first.
    """
    from reprlearn.fit import fit
    from reprlearn.recipes import LSTM_UNTIED, FitConfig

    root = tmp_path_factory.mktemp("tiny")
    corpus = write_sentences(root / "corpus")
    untied = replace(
        LSTM_UNTIED,
        name="tiny-untied",
        summary="A tiny model for tests",
        data=replace(LSTM_UNTIED.data, folder=corpus, n_words=60),
        model=replace(LSTM_UNTIED.model, width=12, n_layers=1, dropout=0.0),
        fit=FitConfig(epochs=3, batch_size=4, optimiser="adamw", learning_rate=0.02, clip_norm=1.0, snapshot_words=20),
    )
    runs = root / "runs"
    for recipe in (untied, replace(untied, name="tiny-tied", model=replace(untied.model, tied=True))):
        losses = [record.valid_loss for record in fit(recipe, runs / recipe.name)]
        assert losses[-1] is not None and losses[-1] < 2.5  # guessing by frequency costs 3.5: these models learned
    return runs


@pytest.fixture(scope="session")
def contextual_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the runs of `contextual_runs`, trained once. Read-only: tests that change a run copy it first."""
    from tests.contextual_runs import write_contextual_runs

    return write_contextual_runs(tmp_path_factory.mktemp("contextual"))


@pytest.fixture(scope="session")
def flights() -> EventLog:
    """The departures from New York, read once."""
    from reprlearn.data.event_config import EventData

    return EventData().load()


@pytest.fixture(scope="session")
def synthetic() -> EventLog:
    """The log with a known best loss, drawn once."""
    from reprlearn.data.event_config import EventData

    return EventData(log="synthetic").load()


@pytest.fixture
def only_tiny_runs(tiny_runs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The two tiny runs, and no others, as the runs there are: a copy the test may change; returns their folder."""
    runs = tmp_path / "runs"
    shutil.copytree(tiny_runs, runs)
    monkeypatch.setenv("REPRLEARN_RUNS", str(runs))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    return runs
