"""The live curve: as long as the training will be, its two axes one, and nothing drawn that is not so."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from reprlearn.viz.live_curve import TITLE_COLUMNS, live_curve
from reprlearn.viz.text import n_columns

AXES = ("epochs", "loss", "perplexity")


def curves(n: int = 10, total: int = 40) -> pd.DataFrame:
    steps = np.arange(1, n + 1)
    valid = np.where(steps % 4 == 0, 5.0 - steps / 10, np.nan)
    return pd.DataFrame({"step": steps, "total_steps": total, "train_loss": 6.0 - steps / 10, "valid_loss": valid})


def drawn(frame: pd.DataFrame, **options: object) -> go.Figure:
    given: dict = {"epochs": 5, "title": "t", "axis_titles": AXES, "trace_names": ("validation", "training"), **options}
    return live_curve(frame, **given)


def named(figure: go.Figure, name: str) -> go.Scatter:
    return next(trace for trace in figure.data if trace.name == name)


def test_losses_stand_at_their_epochs_on_the_whole_axis() -> None:
    figure = drawn(curves())
    assert list(figure.layout.xaxis.range) == [0, 5]
    assert list(named(figure, "training").x) == pytest.approx([5 * step / 40 for step in range(1, 11)])
    assert list(named(figure, "validation").x) == [0.5, 1.0] and list(named(figure, "validation").y) == [4.6, 4.2]


def test_the_right_axis_is_the_exponential_of_the_left() -> None:
    figure = drawn(curves())
    left, right = figure.layout.yaxis, figure.layout.yaxis2
    assert left.range == right.range and right.overlaying == "y" and len(right.tickvals) >= 2
    for value, text in zip(right.tickvals, right.ticktext, strict=True):
        assert math.exp(value) == pytest.approx(float(text.replace(",", "")))
        assert left.range[0] <= value <= left.range[1]


def test_a_loss_that_is_no_cross_entropy_has_no_perplexity() -> None:
    figure = drawn(curves(), axis_titles=("epochs", "loss", None))
    assert "yaxis2" not in figure.layout.to_plotly_json()


def test_before_the_first_record_there_is_the_present_moment_or_nothing() -> None:
    empty = curves().head(0)
    assert [trace.name for trace in drawn(empty).data if trace.name] == []
    moment = drawn(empty, now=(0.1, 8.5)).data[0]
    assert list(moment.x) == [0.5] and list(moment.y) == [8.5]
    nothing, something = drawn(curves(0)), drawn(curves())
    assert not nothing.layout.yaxis.showticklabels, "an axis of no losses has no numbers"
    assert something.layout.yaxis.showticklabels


def test_a_level_goes_across_and_is_in_sight_and_its_name_is_text() -> None:
    figure = drawn(curves(), level=(7.5, "<b>guess</b>"))
    line = next(trace for trace in figure.data if trace.mode == "lines+text")
    assert list(line.x) == [0, 5] and list(line.y) == [7.5, 7.5] and line.text[1] == "&lt;b&gt;guess&lt;/b&gt;"
    assert figure.layout.yaxis.range[0] < 7.5 < figure.layout.yaxis.range[1]


def test_a_loss_that_is_no_number_hides_nothing() -> None:
    frame = curves()
    frame.loc[3, "train_loss"] = math.inf
    low, high = drawn(frame).layout.yaxis.range
    assert math.isfinite(low) and math.isfinite(high) and low < 4.2 < high


@pytest.mark.parametrize(
    "title", ["Validation perplexity fell from 270.4 to 221.4 in 2 epochs", "검증 퍼플렉서티가 내려갔다 " * 3]
)
def test_a_long_title_has_as_many_lines_as_it_needs_and_takes_no_room_from_the_curves(title: str) -> None:
    short, long = drawn(curves()).layout, drawn(curves(), title=title).layout
    lines = long.title.text.split("<br>")
    assert len(lines) > 1 and max(map(n_columns, lines)) <= TITLE_COLUMNS and " ".join(lines) == title.strip()
    assert long.height - long.margin.t == short.height - short.margin.t
