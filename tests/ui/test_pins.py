"""Pins: as many as a report holds and no more, in the order a visitor gives them, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from reprlearn.ui import pins
from reprlearn.viz.report import View


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A visit."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(pins.st, "session_state", state)
    return state


def view(title: str, size: int = 10) -> View:
    return View(title, "", datetime(2026, 1, 9, tzinfo=UTC), figures=("x" * size,))


def add(*titles: str) -> None:
    for title in titles:
        assert pins.add(view(title), "tied_vs_untied", {"part": ["words"]}) is None


def titles() -> list[str]:
    return [pin.view.title for pin in pins.pins()]


def test_they_are_moved_named_and_taken_out() -> None:
    add("a", "b", "c")
    first, second, third = (pin.id for pin in pins.pins())
    pins.move(third, -1)
    assert titles() == ["a", "c", "b"]
    pins.move(first, -1)
    pins.move(second, 1)
    assert titles() == ["a", "c", "b"], "the ends stay where they are"
    pins.remove(first)
    pins.write(third, title="  ", note="n" * 5_000)
    assert titles() == ["c", "b"] and pins.pins()[0].view.note == "n" * pins.MOST_NOTE
    pins.write(second, title="x" * 500, note="")
    assert titles() == ["c", "x" * pins.MOST_TITLE]
    pins.move(99, 1)
    add("d")
    assert pins.pins()[-1].id not in (first, second, third), "an id is not used again"


def test_there_is_an_end_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    add("a")
    assert pins.add(view("a"), "", {}) == "twice"
    assert pins.add(view("large", pins.MOST_BYTES_EACH + 1), "", {}) == "large"
    monkeypatch.setattr(pins, "MOST_BYTES", 25)
    add("b")
    assert pins.add(view("c"), "", {}) == "full"
    monkeypatch.setattr(pins, "MOST", 2)
    assert pins.add(view("d"), "", {}) == "many"
    assert titles() == ["a", "b"]


def test_another_visit_sees_none(monkeypatch: pytest.MonkeyPatch) -> None:
    add("a")
    monkeypatch.setattr(pins.st, "session_state", {})
    assert pins.pins() == () and pins.n_bytes() == 0


def test_what_is_written_over_the_limit_counts_as_it_is_kept() -> None:
    long = replace(view("t" * 1_000), note="n" * 9_000)
    assert pins.add(long, "", {}) is None
    assert len(titles()[0]) == pins.MOST_TITLE and len(pins.pins()[0].view.note) == pins.MOST_NOTE
