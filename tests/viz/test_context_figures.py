"""The figures of the Context page hold what they were given, and nothing a word brings along is read as markup."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.viz.attention import head_heatmap, head_overview
from reprlearn.viz.layer_lines import layer_lines
from reprlearn.viz.occurrence_map import Colours, layer_strip, occurrence_map
from reprlearn.viz.style import colour_of

HOSTILE = "<b>&x</b>"
DRAW = np.random.default_rng(0)


@pytest.fixture
def points() -> pd.DataFrame:
    n = 12
    return pd.DataFrame(
        {
            "occurrence": range(n),
            "x": DRAW.normal(size=n),
            "y": DRAW.normal(size=n),
            "short": HOSTILE,
            "sentence": HOSTILE,
        }
    )


def traces(figure: Any) -> list[Any]:
    return list(figure.data)


def test_the_map_holds_every_occurrence_and_names_the_colours_it_uses(points: pd.DataFrame) -> None:
    values = ["a"] * 5 + ["b"] * 4 + ["c", "d", "e"]
    colours = Colours(values, ["a", "b"], [f"{HOSTILE} (5)", "b (4)"], other="others (3)", n_other=3)
    figure = occurrence_map(points, colours, explained_variance=(0.4, 0.2))
    occurrences, mean, *legend = traces(figure)
    assert occurrences.customdata.tolist() == list(range(12)) and occurrences.x == pytest.approx(
        points["x"].to_numpy(), rel=1e-6
    )
    shown = list(occurrences.marker.color)
    assert len(set(shown[:5])) == len(set(shown[5:9])) == 1 and shown[0] != shown[5]
    assert set(shown[9:]) == {colour_of("neutral")}
    assert [each.name for each in legend] == ["&lt;b&gt;&amp;x&lt;/b&gt; (5)", "b (4)", "others (3)"]
    assert [each.marker.color for each in legend] == [shown[0], shown[5], shown[9]]
    assert (mean.x, mean.y) == ((0,), (0,))
    assert "<b>" not in "".join([*occurrences.text, *occurrences.hovertext])


def test_numbers_are_coloured_along_a_scale_without_a_legend(points: pd.DataFrame) -> None:
    figure = occurrence_map(points, Colours(range(1, 13), title="place"), explained_variance=(0.4, 0.2))
    marker = traces(figure)[0].marker
    assert list(marker.color) == list(range(1, 13)) and marker.colorbar.title.text == "place"
    assert len(traces(figure)) == 2


def test_the_strip_has_a_map_for_each_layer_with_the_same_points(points: pd.DataFrame) -> None:
    frames = [points, points.assign(x=points["y"]), points]
    colours = Colours(["a"] * 12, ["a"], ["a"])
    figure = layer_strip(frames, colours, names=["0", "1", "2"], notes=["x", "y", "z"], current=1, chosen=4)
    found = [trace for trace in traces(figure) if len(trace.x) == 12]
    for trace, frame in zip(found, frames, strict=True):
        assert trace.x == pytest.approx(frame["x"].to_numpy(), rel=1e-6)
    chosen = [trace for trace in traces(figure) if len(trace.x) == 1]
    assert [float(trace.x[0]) for trace in chosen] == pytest.approx([frame["x"].iloc[4] for frame in frames], rel=1e-6)
    layout: Any = figure.layout
    assert [layout[axis].linecolor == colour_of("highlight") for axis in ("xaxis", "xaxis2", "xaxis3")] == [
        False,
        True,
        False,
    ]


def test_lines_hold_a_cosine_a_layer_and_the_axis_reaches_all_of_them() -> None:
    frame = pd.DataFrame({"layer": range(3), "cosine": [1.0, 0.2, -0.3]})
    band = pd.DataFrame({"layer": range(3), "low": [0.9, 0.1, -0.5], "high": [1.0, 0.5, 0.0]})
    figure = layer_lines(
        {HOSTILE: frame},
        roles={HOSTILE: "tied"},
        bands={HOSTILE: band},
        references={HOSTILE: np.array([0.1, 0.2, 0.3])},
    )
    shape, dotted, line = traces(figure)
    assert line.y == pytest.approx([1.0, 0.2, -0.3]) and dotted.y == pytest.approx([0.1, 0.2, 0.3])
    assert shape.y == pytest.approx([0.9, 0.1, -0.5, 0.0, 0.5, 1.0])
    assert not any("<b>" in trace.name for trace in traces(figure))
    layout: Any = figure.layout
    low, high = layout.yaxis.range
    assert low < -0.5 and high > 1


def test_the_heatmap_holds_the_weights_in_the_order_of_the_words() -> None:
    weights = DRAW.dirichlet(np.ones(4), size=4)
    (heat,) = traces(head_heatmap(weights, [HOSTILE, "b", "c", "b"]))
    assert heat.z == pytest.approx(weights, rel=1e-6)
    assert heat.text[0][1].startswith("“&lt;b&gt;&amp;x&lt;/b&gt;” gives") and "“b”" in heat.text[0][1]
    layout: Any = head_heatmap(weights, [HOSTILE, "b", "c", "b"]).layout
    assert layout.xaxis.ticktext == layout.yaxis.ticktext == ("&lt;b&gt;&amp;x&lt;/b&gt;", "b", "c", "b")
    assert layout.yaxis.autorange == "reversed", "the first word stands at the top"


def test_each_head_has_its_own_square_in_the_overview_and_a_click_on_it_names_it() -> None:
    weights = DRAW.dirichlet(np.ones(5), size=(2, 3, 5))
    notes = [[f"{layer}.{head}" for head in range(3)] for layer in range(2)]
    heat, squares = traces(head_overview(weights, chosen=(2, 1), notes=notes))
    columns, rows = np.asarray(heat.x), np.asarray(heat.y)
    for (x, y), place in zip(zip(squares.x, squares.y, strict=True), squares.customdata, strict=True):
        layer, head = (int(each) for each in place)
        inside = np.ix_(np.abs(rows - y) < 0.5, np.abs(columns - x) < 0.5)
        assert np.asarray(heat.z)[inside] == pytest.approx(weights[layer - 1, head - 1], rel=1e-6)
    assert [list(each) for each in squares.customdata] == [[layer, head] for layer in (1, 2) for head in (1, 2, 3)]
    layout: Any = head_overview(weights, chosen=(2, 1), notes=notes).layout
    marked = [shape for shape in layout.shapes if shape.line.color == colour_of("highlight")]
    assert len(marked) == 1 and (marked[0].x0 + 0.5, marked[0].y0 + 0.5) == pytest.approx((0.0, 1.12))
