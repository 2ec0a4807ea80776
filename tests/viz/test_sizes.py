"""Sizes: the lines are the table's, the runs stand where their cards say, the gap is marked where one looks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from reprlearn.viz import style
from reprlearn.viz.sizes import saved_curve, size_curves

TABLE = pd.DataFrame(
    {
        "n_words": [1_000, 1_000, 10_000, 10_000, 50_000, 50_000],
        "tied": [False, True] * 3,
        "n_parameters": [500_000, 400_000, 3_000_000, 2_000_000, 14_000_000, 9_000_000],
        "n_bytes": [1, 1, 6_000_000, 4_000_000, 28_000_000, 18_000_000],
    }
)
RUNS = pd.DataFrame(
    {
        "run": ["a", "<b>"],
        "n_words": [10_000, 5_000],
        "n_parameters": [3_100_000, 90_000],
        "n_bytes": [6_200_000, 180_000],
    }
)
ROLES = {"a": "untied", "<b>": "tied"}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_gap_and_runs(theme: str) -> None:
    figure = size_curves(TABLE, RUNS, ROLES, at=10_000, title="t", saved_text="1M fewer", theme=theme)
    untied, tied, gap, a, b = list[Any](figure.data)
    assert list(untied.y) == [500_000, 3_000_000, 14_000_000] and untied.line.color == style.colour_of("untied")
    assert list(tied.y) == [400_000, 2_000_000, 9_000_000] and tied.line.dash != untied.line.dash
    assert list(gap.x) == [10_000] * 2 and list(gap.y) == [2_000_000, 3_000_000]
    assert (list(a.x), list(a.y), b.name) == ([10_000], [3_100_000], "&lt;b&gt;")
    assert a.customdata[0] == "6.2 MB"
    # The axes are logarithmic, and hold the runs too.
    assert 10 ** figure.layout.yaxis.range[0] < 90_000 and 10 ** figure.layout.yaxis.range[1] > 14_000_000
    assert "10k" in figure.layout.xaxis.ticktext and "5M" in figure.layout.yaxis.ticktext


def test_the_share_is_marked_at_the_width_looked_at() -> None:
    table = pd.DataFrame({"width": [64, 200, 650], "share": [0.48, 0.43, 0.3]})
    line, mark = list[Any](saved_curve(table, at=200, title="t").data)
    assert list(line.y) == [0.48, 0.43, 0.3]
    assert (list(mark.x), list(mark.text)) == ([200], ["43%"])
