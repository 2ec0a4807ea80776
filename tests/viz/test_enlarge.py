"""Figures for a room: what is given in pixels grows by one factor, what is given in the data's units does not."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from reprlearn.viz.enlarge import enlarge
from reprlearn.viz.style import LABEL_PX, TEXT_PX, themed


def made() -> go.Figure:
    figure = go.Figure(
        [
            go.Scatter(x=[1, 2], y=[3, 4], line={"width": 3}, marker={"size": np.array([4, 8], dtype=np.uint8)},
                       error_y={"array": [0.5, 0.5], "thickness": 2, "width": 5}, textfont={"size": 10}),
            go.Bar(x=[1, 2], y=[3, 4], width=0.6, marker={"line": {"width": 2}}),
        ]
    )  # fmt: skip
    figure.add_annotation(x=1, y=2, text="here", yshift=20, font_size=11)
    figure.add_hline(y=3, line={"width": 2})
    figure.update_layout(height=400, margin={"l": 100, "t": 50}, xaxis={"range": [0, 5], "domain": [0, 0.9]})
    return themed(figure, "dark")


def test_pixels_grow_and_data_stay() -> None:
    figure: Any = enlarge(made(), 1.5)
    line, bars = figure.data
    assert (line.line.width, line.error_y.thickness, line.error_y.width, line.textfont.size) == (4.5, 3, 7.5, 15)
    assert line.marker.size.tolist() == [6, 12] and list(line.error_y.array) == [0.5, 0.5]
    assert bars.width == 0.6 and bars.marker.line.width == 3
    note, rule, layout = figure.layout.annotations[0], figure.layout.shapes[0], figure.layout
    assert (note.yshift, note.font.size, note.x, note.y, note.text) == (30, 16.5, 1, 2, "here")
    assert (rule.line.width, rule.y0) == (3, 3)
    assert (layout.height, layout.margin.l, layout.margin.t) == (600, 150, 75)
    assert tuple(layout.xaxis.range) == (0, 5) and tuple(layout.xaxis.domain) == (0, 0.9)
    template = layout.template.layout
    assert (template.font.size, template.xaxis.tickfont.size) == (1.5 * TEXT_PX, 1.5 * LABEL_PX)
    assert template.font.color == made().layout.template.layout.font.color  # type: ignore[attr-defined]


def test_a_figure_that_is_kept_stays_as_it_is_and_may_be_given_a_height() -> None:
    kept = made()
    before = kept.to_json()
    larger: Any = enlarge(kept, 2, height_px=333)
    assert kept.to_json() == before and larger.layout.height == 333
    assert enlarge(kept, 2).to_json() == enlarge(kept, 2).to_json()


def test_a_factor_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="factor=0"):
        enlarge(made(), 0)
