"""Long grids: a cell is trained once, by one process, and its rows stand in place of older ones of the same name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from benchmarks.cells import add, claimed, read, recipe_digest, settings
from reprlearn.recipes import LSTM_TIED


def test_a_cell_is_left_to_the_process_that_is_at_it(tmp_path: Path) -> None:
    with claimed(tmp_path, "cells.csv", "abc") as first:
        assert first
        with claimed(tmp_path, "cells.csv", "abc") as second:
            assert not second
        with claimed(tmp_path, "cells.csv", "another") as other:
            assert other
    with claimed(tmp_path, "cells.csv", "abc") as again:
        assert again, "it was not finished"


def test_a_finished_cell_is_not_trained_again(tmp_path: Path) -> None:
    add(tmp_path, {"seed": 0}, {"cells.csv": pd.DataFrame([{"seed": 0, "hash": "abc"}])})
    with claimed(tmp_path, "cells.csv", "abc") as wanted:
        assert not wanted


def test_rows_of_one_key_stand_in_place_of_older_ones(tmp_path: Path) -> None:
    for name in ("cells.csv", "blocks.parquet"):
        for seed, loss in ((0, 1.0), (1, 2.0), (0, 3.0)):
            rows = pd.DataFrame({"form": ["a", "a"], "seed": [seed, seed], "loss": [loss, loss + 0.5]})
            add(tmp_path, {"form": "a", "seed": seed}, {name: rows})
        table = read(tmp_path / name, [])
        assert sorted(zip(table["seed"], table["loss"], strict=True)) == [(0, 3.0), (0, 3.5), (1, 2.0), (1, 2.5)]
    assert read(tmp_path / "none.csv", ["seed"]).empty


def test_a_digest_hangs_on_how_is_trained_and_not_on_names() -> None:
    digest = recipe_digest(LSTM_TIED, "text")
    assert digest == recipe_digest(replace(LSTM_TIED, name="another", summary="x"), "text")
    others = [
        recipe_digest(LSTM_TIED, "another text"),
        *(
            recipe_digest(replace(LSTM_TIED, **{part: replace(getattr(LSTM_TIED, part), **change)}), "text")
            for part, change in (
                ("model", {"tied": False}),
                ("fit", {"seed": 3}),
                ("objective", {"augmented_gain": 0.5}),
            )
        ),
    ]
    assert len({digest, *others}) == 5


def test_a_field_that_is_added_with_a_default_changes_no_digest() -> None:
    @dataclass(frozen=True)
    class Before:
        width: int
        kind: str = "one"
        depth: int = 2

    @dataclass(frozen=True)
    class After(Before):
        new: float = 0.0

    assert settings(Before(3)) == settings(After(3)) == {"width": 3, "kind": "one"}
    assert settings(After(3, new=0.1, depth=4)) == {"width": 3, "kind": "one", "depth": 4, "new": 0.1}
