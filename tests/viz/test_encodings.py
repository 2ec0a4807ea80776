"""The paired differences: where each encoding stands, and who is ahead."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from reprlearn.viz.encodings import differences_figure

TABLE = pd.DataFrame(
    {
        "encoding": ["quantile", "soft-one-hot", "<b>ple</b>", "concat"],
        "difference": [-0.1, 0.0, 0.01, 0.3],
        "low": [-0.15, 0.0, -0.02, 0.25],
        "high": [-0.05, 0.0, 0.05, 0.4],
        "verdict": ["loss", "", "tie", "win"],
    }
)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_encoding_but_the_reference_stands_at_its_difference_with_its_interval(theme: str) -> None:
    figure = differences_figure(TABLE, title="t", theme=theme)
    points: Any = figure.data[0]
    assert list(points.x) == [-0.1, 0.01, 0.3]
    assert list(points.error_x.array) == pytest.approx([0.05, 0.04, 0.1])
    assert list(points.error_x.arrayminus) == pytest.approx([0.05, 0.03, 0.05])
    assert list(figure.layout.yaxis.ticktext) == ["quantile", "&lt;b&gt;ple&lt;/b&gt;", "concat"]


def test_one_that_is_far_off_does_not_squeeze_the_others_and_is_told_in_full() -> None:
    far = TABLE.assign(difference=[-0.1, 0.0, 0.01, 3.0], low=[-0.15, 0.0, -0.02, 2.5], high=[-0.05, 0.0, 0.05, 4.0])
    figure = differences_figure(far, title="t")
    assert figure.layout.xaxis.range[1] < 0.1
    points: Any = figure.data[0]
    assert points.text[2] == "+3.000 →"


def test_winning_losing_and_neither_have_colours_of_their_own() -> None:
    points: Any = differences_figure(TABLE, title="t").data[0]
    colours = list(points.marker.color)
    assert len(set(colours)) == 3
