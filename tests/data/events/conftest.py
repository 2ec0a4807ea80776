"""Tables of one's own, made from rows."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

Row = Sequence[object]


def sound_rows(n_sequences: int = 20, n_events: int = 6) -> list[list[object]]:
    """Rows (id, when, what, x) that load: an event an hour, two types in turn."""
    return [
        [f"s{i}", f"2024-05-01T{j:02d}:00", "ab"[j % 2], i + j / 10]
        for i in range(n_sequences)
        for j in range(n_events)
    ]


@pytest.fixture
def csv_table(tmp_path: Path) -> Callable[..., Path]:
    """Write rows as a CSV file."""

    def make(rows: Iterable[Row], header: Row = ("id", "when", "what", "x"), name: str = "events.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        return path

    return make
