from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprlearn.viz import maps, style
from reprlearn.viz.html import standalone_html
from reprlearn.viz.labels import label_box, place_labels
from reprlearn.viz.views import MAP_HEIGHT_PX, MAP_WIDTH_PX, in_px, opening_view, walls_px
from tests.viz.conftest import word_points

# Plotly's types do not know what a trace or an axis holds.
word_map: Any = maps.word_map
COLOURS = ("log_frequency", "norm", "cluster", "overlap")


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("n_dims", [2, 3])
def test_every_word_is_a_point_that_carries_its_id(colour, n_dims: int) -> None:
    points = word_points(n_dims=n_dims).sample(frac=1, random_state=0)
    trace = word_map(points, colour=colour).data[0]
    assert trace.type == ("scattergl" if n_dims == 2 else "scatter3d")
    by_id = points.set_index("word_id").loc[np.asarray(trace.customdata)]
    assert len(trace.customdata) == 400 and set(trace.customdata) == set(range(400))
    np.testing.assert_array_equal(trace.x, by_id["x"])
    np.testing.assert_array_equal(trace.y, by_id["y"])
    assert [word.replace("&lt;", "<").replace("&gt;", ">") for word in trace.text] == by_id["word"].tolist()
    assert [hover.replace(",", "") for hover in trace.hovertext] == by_id["count"].astype(str).tolist()
    assert np.all(np.diff(by_id["count"]) >= 0), "frequent words lie on top"
    assert np.all(np.diff(np.asarray(trace.marker.size, dtype=int)) >= 0), "and are larger"


def test_ten_thousand_words_are_light_to_send() -> None:
    for colour in COLOURS:
        assert len(word_map(word_points(10_000), colour=colour).to_json()) < 360_000, colour


def test_colours_and_ticks_of_the_bar_say_the_same(points: pd.DataFrame) -> None:
    marker = word_map(points, colour="log_frequency").data[0].marker
    counts = np.sort(points["count"])
    ticks = {text: value for text, value in zip(marker.colorbar.ticktext, marker.colorbar.tickvals, strict=True)}
    codes = np.asarray(marker.color, dtype=float)
    assert abs(codes[np.abs(counts - 1000).argmin()] - ticks["1,000"]) < 2
    assert abs(codes[-1] - ticks["100,000"]) < 2
    assert codes[0] == 0, "a word that never occurs has the colour of the rarest"


def test_each_cluster_has_its_colour_and_its_name_on_the_map(points: pd.DataFrame) -> None:
    figure = word_map(points, colour="cluster")
    trace = figure.data[0]
    by_id = points.set_index("word_id").loc[np.asarray(trace.customdata)]
    np.testing.assert_array_equal(trace.marker.color, by_id["cluster"])
    names = {note.text for note in figure.layout.annotations if note.name == "cluster"}
    assert names == {f"first{i}, second{i}" for i in range(6)}
    for note in figure.layout.annotations:
        number = int(note.text[5])
        assert abs(note.x - number) < 0.5 and abs(note.y - number) < 0.5, "a name stands where its words are"
    solid = word_map(word_points(n_dims=3), colour="cluster")
    assert [trace.name for trace in solid.data] == ["words", "clusters"]


def test_highlighted_words_are_drawn_once_more_and_named(points: pd.DataFrame) -> None:
    figure = word_map(points, highlight=[7, 3, 9999])
    trace = figure.data[1]
    np.testing.assert_array_equal(trace.x, points.set_index("word_id").loc[[7, 3], "x"])
    assert trace.marker.size[0] > trace.marker.size[1], "the searched word is the larger"
    assert {note.text for note in figure.layout.annotations} == {"word7", "word3"}


def test_names_of_groups_give_way_to_highlighted_words(points: pd.DataFrame) -> None:
    # Highlighted words in the middle of each group, where its name would stand.
    highlight = [int(np.argmin(np.abs(points["x"] - group["x"].median()))) for _, group in points.groupby("cluster")]
    figure = word_map(points, colour="cluster", highlight=highlight)
    low_x, high_x = figure.layout.xaxis.range
    low_y, high_y = figure.layout.yaxis.range
    unit = max((high_x - low_x) / MAP_WIDTH_PX, (high_y - low_y) / MAP_HEIGHT_PX)
    boxes: dict[str, list[tuple[float, float, float]]] = {"cluster": [], "highlight": []}
    for note in figure.layout.annotations:
        dx, dy = (note.ax, -note.ay) if note.name == "highlight" else (note.xshift, note.yshift)
        boxes[note.name].append((note.x / unit + dx, note.y / unit + dy, len(note.text) * 15 * 0.56 / 2))
    assert boxes["cluster"] and len(boxes["highlight"]) == len(highlight)
    for x, y, width in boxes["cluster"]:
        for other_x, other_y, other_width in boxes["highlight"]:
            assert abs(x - other_x) >= width + other_width or abs(y - other_y) >= 15


def test_a_far_island_does_not_shrink_the_map_and_is_not_hidden_silently(points: pd.DataFrame) -> None:
    points.loc[points["word_id"] == 5, ["x", "y"]] = (500.0, -500.0)
    figure = word_map(points)
    low, high = figure.layout.xaxis.range
    assert high - low < 20
    (note,) = figure.layout.annotations
    assert note.text.startswith("1 far-off word") or note.text.split()[0].isdigit()
    assert 5 in set(figure.data[0].customdata), "it can still be reached"
    assert not word_map(word_points()).layout.annotations


def test_axes_carry_the_variance_of_components_and_nothing_for_umap(points: pd.DataFrame) -> None:
    pca = word_map(points, explained_variance=(0.123, 0.04)).layout
    assert "12.3%" in pca.xaxis.title.text and "4.0%" in pca.yaxis.title.text
    umap = word_map(points).layout
    assert not umap.xaxis.title.text and umap.xaxis.showticklabels is False
    assert umap.yaxis.scaleanchor == "x", "distances are the same in both directions"
    assert umap.uirevision == "map", "a rerun does not reset the view"


def test_words_are_text_whatever_they_contain(points: pd.DataFrame) -> None:
    points.loc[1, "word"] = "<a href='javascript:alert(1)'>&x</a></script><script>alert(1)</script>"
    figure = word_map(points, highlight=[1])
    assert all("<" not in word for word in figure.data[0].text)
    assert all("<" not in note.text for note in figure.layout.annotations)
    page = standalone_html(figure, title="</title><script>alert(2)</script>").decode()
    assert "<script>alert" not in page


def test_the_exported_page_stands_alone_and_leaves_the_figure_as_it_was(points: pd.DataFrame) -> None:
    figure = word_map(points)
    before = figure.to_json()
    page = standalone_html(figure, theme="dark").decode()
    assert figure.to_json() == before
    assert "Plotly.newPlot" in page and len(page) > 1_000_000
    assert 'src="http' not in page and "#0E1117" in page


def test_cosines_are_in_the_hover_text_when_there_are_any(points: pd.DataFrame) -> None:
    points["cosine"] = np.linspace(-1, 1, len(points))
    trace = word_map(points).data[0]
    assert trace.hovertext[-1] == "100,000<br>cosine -1.000"


def test_no_points_make_an_empty_map() -> None:
    for colour in COLOURS:
        figure = word_map(word_points().iloc[:0], colour=colour)
        assert len(figure.data[0].x) == 0 and json.loads(figure.to_json())


def test_a_missing_column_and_an_unknown_colour_are_named(points: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="overlap"):
        word_map(points.drop(columns="overlap"), colour="overlap")
    with pytest.raises(ValueError, match="'rainbow'"):
        word_map(points, colour="rainbow")


@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300), st.integers(1, 25)), min_size=1, max_size=30),
    st.sampled_from([0.0, 20.0]),
)
def test_no_label_covers_another(labels: list[tuple[float, float, int]], first_shift: float) -> None:
    centres = np.array([label[:2] for label in labels])
    texts = ["x" * length for _, _, length in labels]
    placed = place_labels(centres, texts, np.arange(len(labels)), 15, first_shift_px=first_shift)
    boxes = []
    for i, dx, dy in placed:
        assert np.hypot(dx, dy) <= 40.1, "a label stays near its point"
        boxes.append((*(centres[i] + (dx, dy)), len(texts[i]) * 15 * 0.56 / 2, 15 / 2))
    for i, (x, y, width, height) in enumerate(boxes):
        for other_x, other_y, other_width, other_height in boxes[:i]:
            assert abs(x - other_x) >= width + other_width - 1e-9 or abs(y - other_y) >= height + other_height - 1e-9
    assert placed[0][0] == len(labels) - 1, "the heaviest label is always there"


def test_maps_are_figures_in_either_theme(points: pd.DataFrame) -> None:
    light, dark = (word_map(points, theme=theme) for theme in ("light", "dark"))
    assert isinstance(light, go.Figure)
    colours = [figure.to_dict()["layout"]["template"]["layout"]["font"]["color"] for figure in (light, dark)]
    assert colours[0] != colours[1]


def test_no_name_of_a_highlighted_word_lies_over_the_edge():
    n = 40
    x = np.linspace(0, 10, n)  # wide and low: the highlighted words stand at its right edge
    points = pd.DataFrame({
        "word_id": range(n), "word": [f"disappointing{i}" for i in range(n)], "x": x, "y": np.linspace(0, 2, n),
        "count": 10, "cluster": 0, "cluster_label": "a, b",
    })  # fmt: skip
    figure = word_map(points, colour="cluster", highlight=[n - 1, n - 2, n - 3], name_clusters=False)
    notes = [note for note in figure.layout.annotations if note.name == "highlight"]
    left, right = walls_px(opening_view(points))
    assert len(notes) == 3
    for note in notes:
        (at,) = in_px(np.array([[note.x, note.y]]), opening_view(points))
        _, _, half, _ = label_box(0, 0, note.text, style.TEXT_PX)
        assert left[0] + left[2] <= at[0] + note.ax - half and at[0] + note.ax + half <= right[0] - right[2]
