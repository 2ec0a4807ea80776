"""Figures of the vectors: path, similarity, truth."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis import bucket_path
from reprlearn.viz import buckets_path, buckets_ranges, buckets_similarity, style
from reprlearn.viz.buckets_axis import bucket_colours
from tests.bucket_runs import GAP, HOUR, make_run

vector_path: Any = bucket_path.vector_path
path_figure: Any = buckets_path.path_figure
similarity_heatmap: Any = buckets_similarity.similarity_heatmap
ranges_figure: Any = buckets_ranges.ranges_figure


def ring(figure: Any) -> Any:
    (trace,) = [trace for trace in figure.data if trace.name == "value"]
    return trace


@pytest.mark.parametrize(("feature", "scalar"), [("gap", GAP), ("hour", HOUR)])
def test_the_ring_stands_on_the_path_at_the_value(feature: str, scalar: Any) -> None:
    path = vector_path(make_run(), feature)
    swept = path[path["kind"] == "sweep"]
    row = swept.iloc[100]
    figure = path_figure(path, scalar, value=row["value"], smoothness=0.5)
    assert (ring(figure).x[0], ring(figure).y[0]) == pytest.approx((row["x"], row["y"]), abs=1e-5)
    moved = buckets_path.mark_point(figure, path, scalar, float(swept["value"].iloc[7]))
    assert ring(moved).x[0] == pytest.approx(swept["x"].iloc[7], abs=1e-5), "one ring, where the value is now"
    beyond = buckets_path.mark_point(figure, path, GAP, 1e9) if feature == "gap" else None
    assert beyond is None or ring(beyond).x[0] == pytest.approx(swept["x"].iloc[-1], abs=1e-5)
    shown = sum(path.attrs["explained_variance"])
    assert figure.layout.title.text == f"Smoothness 0.50; the map shows {shown:.0%} of the path’s variance"


def test_a_missing_value_has_a_place_of_its_own() -> None:
    path = vector_path(make_run(), "gap")
    figure = path_figure(path, GAP, value=float("nan"))
    assert ring(figure).x[0] == pytest.approx(path.query("kind == 'missing'")["x"].item())
    assert not [trace for trace in path_figure(path, GAP).data if trace.name == "value"], "no value, no ring"
    of_hour = path_figure(vector_path(make_run(), "hour"), HOUR, value=float("nan"))
    assert not [trace for trace in of_hour.data if trace.name == "value"], "no training value was missing"


def test_buckets_on_the_map_are_numbered_and_coloured() -> None:
    figure = path_figure(vector_path(make_run(), "gap"), GAP)
    (own,) = [trace for trace in figure.data if trace.text is not None and "<b>1</b>" in trace.text]
    assert list(own.text) == [f"<b>{i}</b>" for i in range(1, 9)]
    assert list(own.marker.color) == bucket_colours(GAP, 8)
    concat = path_figure(vector_path(make_run("concat"), "gap"), GAP)
    assert len(concat.data) == len(figure.data) - 1


def naive_dips(similarity: np.ndarray, closed: bool) -> np.ndarray:
    n = len(similarity)
    dips = np.empty_like(similarity)
    for i in range(n):
        for j in range(n):
            ways = [list(range(min(i, j), max(i, j) + 1))]
            if closed:
                ways.append([k % n for k in range(max(i, j), min(i, j) + n + 1)])
            dips[i, j] = max(similarity[i, way].min() for way in ways)
    return dips


@pytest.mark.parametrize("closed", [False, True])
def test_the_lowest_similarity_on_the_way(closed: bool) -> None:
    for n in (1, 2, 9):
        similarity = np.random.default_rng(n).uniform(size=(n, n))
        np.testing.assert_array_equal(buckets_similarity._dips(similarity, closed), naive_dips(similarity, closed))


def test_the_heat_map_names_values_that_come_back() -> None:
    values = np.linspace(0, 40, 50)
    part = np.digitize(values, [10, 20, 30])
    group = np.array([0, 1, 0, 2])[part]
    again = (group[:, None] == group[None]).astype(float)
    title = similarity_heatmap(values, again, GAP, value=3.0).layout.title.text
    assert title.startswith("Alike, with others between: ") and title.endswith(" h")
    never = (part[:, None] == part[None]).astype(float)
    assert (
        similarity_heatmap(values, never, GAP).layout.title.text
        == "No value is much like another beyond its neighbours"
    )
    # On a circle the first and the last are neighbours, and so are 0 and 3.
    ends = np.array([0, 1, 2, 0])[part]
    around = (ends[:, None] == ends[None]).astype(float)
    assert similarity_heatmap(values, around, HOUR).layout.title.text.startswith("No value")
    assert similarity_heatmap(values, around, GAP).layout.title.text.startswith("Alike")


def test_the_heat_map_is_the_matrix() -> None:
    values, similarity = bucket_path.value_similarity(make_run("mask"), "gap", n=30)
    figure = similarity_heatmap(values, similarity, GAP)
    np.testing.assert_allclose(figure.data[0].z, similarity, rtol=1e-6)
    assert figure.data[0].zmin == 0 and figure.data[0].zmax == 1


def test_ranges_say_how_far_off_the_learned_edges_are() -> None:
    ranges = pd.DataFrame({"low": [1.0, 10], "high": [10.0, 100], "group": ["A", "<B>"]})
    segments = pd.DataFrame({"bucket": [1, 3], "low": [1.0, 12], "high": [12.0, 100], "share": 0.5})
    match = pd.DataFrame({"edge": [10.0], "learned": [12.0], "learned_off": [0.012], "quantile_off": [0.034]})
    figure = ranges_figure(ranges, segments, match, GAP, 4)
    assert figure.layout.title.text == "Learned edges are off by 1.2% of the data, even shares by 3.4%"
    true, learned = figure.data
    np.testing.assert_allclose(np.sinh(np.add(list(true.base), list(true.x))), [10, 100])
    np.testing.assert_allclose(np.sinh(list(learned.base)), [1, 12])
    assert list(true.text) == ["<b>A</b>", "<b>&lt;B&gt;</b>"] and list(learned.text) == ["<b>1</b>", "<b>3</b>"]
    assert list(learned.marker.color) == [bucket_colours(GAP, 4)[0], bucket_colours(GAP, 4)[2]]
    assert figure.layout.shapes[0].x0 == pytest.approx(np.arcsinh(10.0))
    nothing = match.assign(learned_off=np.nan)
    assert ranges_figure(ranges, segments, nothing, GAP, 4).layout.title.text == "No edge was learned"
    assert ranges_figure(ranges, segments, match, GAP, 4, theme="dark").data[0].marker.line.color == style.page_colour(
        "dark"
    )
    narrow = pd.DataFrame({"bucket": [1, 2, 3], "low": [1.0, 12, 12.1], "high": [12.0, 12.1, 100], "share": 0.3})
    assert list(ranges_figure(ranges, narrow, match, GAP, 4).data[1].text) == ["<b>1</b>", "", "<b>3</b>"]
