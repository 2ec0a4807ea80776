"""Differences over seeds: every comparison stands at its value with its interval, in the colour of what it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.viz import style
from reprlearn.viz.run_marks import run_marks
from reprlearn.viz.seeds import as_percent, seed_differences

MARKS = run_marks({"plain": "untied", "AL": "untied", "RE": "tied", "REAL": "tied"})
TABLE = pd.DataFrame(
    {
        "form": ["AL", "RE", "REAL"],
        "label": ["AL vs plain", "<b>tied</b>", "both"],
        "difference": [0.004, -0.06, -0.08],
        "low": [-0.002, -0.07, -0.09],
        "high": [0.01, -0.05, -0.07],
    }
)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_row_has_its_value_its_interval_and_its_colour(theme: str) -> None:
    figure = seed_differences(TABLE, MARKS, title="t", theme=theme)
    *intervals, points = list[Any](figure.data)
    assert list(points.x) == TABLE["difference"].tolist() and list(points.y) == [0, 1, 2]
    assert [list(line.x) for line in intervals] == TABLE[["low", "high"]].to_numpy().tolist()
    untied, tied = style.colour_of("untied"), style.colour_of("tied")
    assert list(points.marker.color) == [untied, tied, tied] == [line.line.color for line in intervals]
    assert points.marker.symbol[1] != points.marker.symbol[2], "two tied ones differ, and not by colour"
    assert list(figure.layout.yaxis.ticktext) == ["AL vs plain", "&lt;b&gt;tied&lt;/b&gt;", "both"]
    low, high = figure.layout.xaxis.range
    assert low < -0.09 and high > 0.01, "zero and all intervals are in view"


def test_zero_is_in_view_when_all_are_on_one_side() -> None:
    figure = seed_differences(TABLE.iloc[1:], MARKS, title="t")
    assert figure.layout.xaxis.range[0] < -0.09 < 0 < figure.layout.xaxis.range[1]


def test_a_difference_in_loss_is_said_as_the_change_of_perplexity() -> None:
    assert as_percent(float(np.log(82.7 / 87.3))) == "−5.3%"
    assert as_percent(0.0) == "+0.0%"
