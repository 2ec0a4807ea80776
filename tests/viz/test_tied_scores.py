"""Figures about scored tokens: every run at its values, told apart without colour, in both themes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.viz.bands import band_changes
from reprlearn.viz.calibration import FEWEST, calibration_gaps
from reprlearn.viz.neighbour_mass import lift_figure
from reprlearn.viz.wrapped_title import wrapped_title

ROLES = {"u": "untied", "<i>t</i>": "tied", "v": "untied", "not shown": "tied"}
LABELS = ["below 20", "<unk>"]


def table(names: tuple[str, str, str], at: float) -> pd.DataFrame:
    return pd.DataFrame({names[0]: [at, at * 2], names[1]: [at - 0.1, np.nan], names[2]: [at + 0.2, np.nan]})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_run_and_band_has_its_point_and_interval(theme: str) -> None:
    tables = {name: table(("difference", "lower", "upper"), -0.3) for name in ("u", "<i>t</i>", "v")}
    figure = band_changes(tables, LABELS, roles=ROLES, title="t", theme=theme)
    points: list[Any] = list(figure.data)
    assert list(points[0].y) == pytest.approx(np.expm1([-0.3, -0.6]))
    assert points[0].error_y.array[0] == pytest.approx(np.expm1(-0.1) - np.expm1(-0.3))
    assert points[0].error_y.array[1] == 0, "a band without an interval has none drawn"
    assert len({round(float(trace.x[0]), 6) for trace in points}) == 3, "runs of a band stand side by side"
    assert all(abs(x - round(x)) < 0.5 for trace in points for x in trace.x)
    assert (
        list(figure.layout.xaxis.ticktext) == ["below 20", "&lt;unk&gt;"] and points[1].name == "&lt;i&gt;t&lt;/i&gt;"
    )
    assert (
        points[0].marker.line.color == points[2].marker.line.color
        and points[0].marker.symbol != points[2].marker.symbol
    )


def test_the_lift_stands_on_a_log_axis_with_one_marked() -> None:
    figure = lift_figure({"u": table(("lift", "lower", "upper"), 2.0)}, LABELS, roles=ROLES, title="t", one="alone")
    points: Any = figure.data[0]
    assert list(points.y) == [2.0, 4.0] and figure.layout.yaxis.type == "log"
    assert figure.layout.shapes[0].y0 == 1
    assert [note.y for note in figure.layout.annotations if note.text == "alone"] == [0], "log10 of one"


def test_calibration_draws_the_gap_of_bins_with_enough_guesses() -> None:
    bins = pd.DataFrame(
        {"confidence": [0.1, 0.5], "accuracy": [0.15, 0.4], "n": [FEWEST, FEWEST - 1], "margin": [0.1, 0.1]}
    )
    figure = calibration_gaps({"u": bins}, roles=ROLES, title="t", sides=("above", "below"))
    points: Any = figure.data[0]
    assert list(points.x) == [0.1] and list(points.y) == pytest.approx([0.05])
    low, high = figure.layout.yaxis.range
    assert low == -high and high > 0.15, "above and below zero have the same room"


def test_a_long_title_is_wrapped_and_the_plot_makes_room() -> None:
    short, long = wrapped_title("a finding"), wrapped_title("a finding with its numbers " * 7)
    assert "<br>" not in short["title"]["text"] and long["title"]["text"].count("<br>") == 2
    assert long["title"]["text"].replace("<br>", " ") == ("a finding with its numbers " * 7).strip()
    assert long["margin_t"] - short["margin_t"] == pytest.approx(52)
