"""From a view to figures: layouts found, points put together, maps aligned. Cached, since most reruns change none of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from reprlearn.analysis.comparison import compare
from reprlearn.analysis.places import places
from reprlearn.analysis.projection import Layout, align, compute_layout
from reprlearn.analysis.reduction import umap_neighbors
from reprlearn.ui import loaders
from reprlearn.ui.embedding_space.controls import STORED, Side, View
from reprlearn.ui.embedding_space.kinds import of_events, said
from reprlearn.ui.linked_maps import MAX_POINTS
from reprlearn.ui.text import language, t
from reprlearn.viz.maps import word_map
from reprlearn.viz.place_map import place_map
from reprlearn.viz.point_names import MAX_NAMES, name_points
from reprlearn.viz.text import wrapped

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

    from reprlearn.analysis.projection import ProjectionConfig
    from reprlearn.runs import Run

# In a map half as wide as a small window.
TITLE_COLUMNS, LONG_TITLE_PX = 22, 14
# What a map must be made from anew: the files of each side, the question, its language, and which layouts there are by now.
Key = tuple


@dataclass(frozen=True)
class Scene:
    """What is drawn. Word ids are those of the first side in all figures and tables.

    points:  a frame a side: word_id, word, x, y(, z), count, log_frequency, norm, cluster, cluster_label(, overlap)(, short:
             of event types, the name for the map)
    places:  where the view asks for them, the same columns of those drawn words that are places, x and y their longitude
             and latitude; their figure is the last one
    changes: comparing, every shared word by how much its neighbours changed; else None
    n_words, n_in_band, n_shown: the run's words, those the band lets through (and both sides know), those drawn
    """

    figures: tuple[go.Figure, ...]
    points: tuple[pd.DataFrame, ...]
    layouts: tuple[Layout, ...]
    places: pd.DataFrame | None
    changes: pd.DataFrame | None
    n_words: int
    n_in_band: int
    n_shown: int


def find_layouts(view: View) -> tuple[list[Layout], list[Side]]:
    """A layout for each side, and the sides whose layout is not the one asked for because nobody has computed that yet."""
    found = [loaders.stored_layout(side.run, side.which, view.config) for side in view.sides]
    if view.config.method == "pca" and None in found:
        # Principal components take about a second: no reason to ask.
        found = [compute_layout(side.run, side.which, view.config) for side in view.sides]
    if None not in found:
        return [layout for layout in found if layout], []
    missing = [side for side, layout in zip(view.sides, found, strict=True) if layout is None]
    stand_in = replace(view.config, n_neighbors=STORED.n_neighbors, min_dist=STORED.min_dist, seed=STORED.seed)
    if any(loaders.stored_layout(side.run, side.which, stand_in) is None for side in view.sides):
        stand_in = replace(stand_in, method="pca")
    layouts, _ = find_layouts(replace(view, config=stand_in))
    return layouts, missing


def make_scene(view: View, layouts: list[Layout]) -> Scene:
    """The figures of a view and the tables behind them."""
    key = (
        tuple((loaders.stamp(side.run.path), side.which) for side in view.sides),
        tuple((layout.config, layout.trustworthiness) for layout in layouts),
        view.colour, view.counts, view.places, language(),
    )  # fmt: skip
    return _make_scene(key, view, layouts)


@st.cache_resource(max_entries=24, show_spinner=False)
def _make_scene(key: Key, _view: View, _layouts: list[Layout]) -> Scene:
    view, first = _view, _view.sides[0]
    tables = [loaders.word_table(side.run, side.which) for side in view.sides]
    points = [layout.points.merge(table, on="word_id") for layout, table in zip(_layouts, tables, strict=True)]
    changes = None
    if view.comparing:
        changes = comparison(*view.sides)
        points = _comparable(points, changes)
    if of_events(first.run):
        short = np.array(first.run.vocabulary.types, dtype=object)
        points = [frame.assign(short=short[frame["word_id"]]) for frame in points]
    in_band = points[0].loc[points[0]["count"].between(*view.counts)]
    # A map may hold the leading words alone; all that the band lets through are counted.
    n_in_band = len(in_band) if view.comparing else int(tables[0]["count"].between(*view.counts).sum())
    kept = in_band.nlargest(MAX_POINTS, "count")["word_id"]
    points = [frame.loc[frame["word_id"].isin(kept)] for frame in points]
    sides = zip(view.sides, _layouts, points, strict=True)
    figures = [draw(view, side, layout, frame, every_name=True) for side, layout, frame in sides]
    if view.comparing:
        _same_view(*figures)
    globe = _on_globe(first.run, points[0]) if view.places else None
    if globe is not None:
        figures.append(draw_places(view, globe, every_name=True))
    return Scene(
        tuple(figures), tuple(points), tuple(_layouts), globe, changes,
        n_words=len(first.run.vocabulary), n_in_band=n_in_band, n_shown=len(kept),
    )  # fmt: skip


def _on_globe(run: Run, points: pd.DataFrame) -> pd.DataFrame:
    """Those of the points that are places, with longitude and latitude in the coordinates' stead."""
    return points.drop(columns=["x", "y"]).merge(places(run)[["word_id", "x", "y"]], on="word_id")


def _comparable(points: list[pd.DataFrame], changes: pd.DataFrame) -> list[pd.DataFrame]:
    """Both sides cut to the words they share, under the first side's ids, the second turned onto the first."""
    a, b = points
    shared = changes[["word_id_a", "word_id_b", "overlap"]]
    a = a.merge(shared, left_on="word_id", right_on="word_id_a").drop(columns=["word_id_a", "word_id_b"])
    b = b.merge(shared, left_on="word_id", right_on="word_id_b")
    b = b.assign(word_id=b["word_id_a"]).drop(columns=["word_id_a", "word_id_b"])
    return [a, _same_size(align(b, a, on="word_id"), a) if len(shared) > 3 else b]


def _same_size(points: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Aligning shrinks a map that has little in common with the other; both are to be read, so both are drawn at one size."""
    axes = [axis for axis in ("x", "y", "z") if axis in points]
    here, there = (frame[axes].to_numpy(np.float64) for frame in (points, reference))
    centre, ratio = (
        dict(zip(axes, here.mean(axis=0), strict=True)),
        float(np.sqrt(there.var(0).sum() / max(here.var(0).sum(), 1e-12))),
    )
    return points.assign(**{axis: (points[axis] - centre[axis]) * ratio + centre[axis] for axis in axes})


def _same_view(a: go.Figure, b: go.Figure) -> None:
    """Open both maps on one stretch of the plane: aligned, they compare place by place."""
    first: Any = a.layout
    second: Any = b.layout
    for axis in ("xaxis", "yaxis"):
        low, high = zip(first[axis].range or (0, 0), second[axis].range or (0, 0), strict=True)
        if first[axis].range and second[axis].range:
            first[axis].range = second[axis].range = (min(low), max(high))


def draw(
    view: View,
    side: Side,
    layout: Layout,
    points: pd.DataFrame,
    highlight: Sequence[int] = (),
    theme: str = "light",
    *,
    every_name: bool = False,
) -> go.Figure:
    """One map. On the page the highlight and the theme are the browser's, and of the names of few event types it shows
    those that have room; a map that leaves the page carries its own.
    """
    revision = f"{side.run.path}/{side.which}/{layout.config}/{view.comparing}"
    title = side.name if view.comparing else method(layout.config) if view.places else ""
    # Each of few event types is named by its code, where of many words the groups are.
    singly = "short" in points and "z" not in points and len(points) <= MAX_NAMES
    figure = word_map(
        points, colour=view.colour, highlight=highlight, theme=theme, name_clusters=not singly,
        colour_title=t(f"embedding_space.colour_title.{view.colour}"), uirevision=revision,
        explained_variance=layout.explained_variance, outside_text=said(side.run, "embedding_space.outside", n="{n}"),
    )  # fmt: skip
    _title(figure, title)
    return name_points(figure, points, every_name=every_name) if singly else figure


def draw_places(
    view: View, points: pd.DataFrame, highlight: Sequence[int] = (), theme: str = "light", *, every_name: bool = False
) -> go.Figure:
    """The map by longitude and latitude. On the page all have names, of which the browser shows those that have room."""
    return place_map(
        points, colour=view.colour, title=t("embedding_space.places"), highlight=highlight, theme=theme,
        colour_title=t(f"embedding_space.colour_title.{view.colour}"), uirevision=f"{view.sides[0].run.path}/places",
        outside_text=t("embedding_space.places.outside", n="{n}"), compass=t("embedding_space.places.compass"),
        every_name=every_name,
    )  # fmt: skip


def _title(figure: go.Figure, title: str) -> None:
    """Give a map its title; a long one in small print, on lines short enough to stand beside the map's tools."""
    lines = [as_plotly(line) for line in wrapped(title, TITLE_COLUMNS)]
    figure.update_layout(title_text="<br>".join(lines), title_font_size=LONG_TITLE_PX if len(lines) > 1 else None)


def as_plotly(text: str) -> str:
    """Text from outside, safe where Plotly reads a few tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def comparison(a: Side, b: Side) -> pd.DataFrame:
    """`reprlearn.analysis.comparison.compare`, cached."""
    return _comparison((loaders.stamp(a.run.path), a.which, loaders.stamp(b.run.path), b.which), a, b)


@st.cache_resource(max_entries=6, show_spinner=False)
def _comparison(key: Key, _a: Side, _b: Side) -> pd.DataFrame:
    return compare(_a.run, _a.which, _b.run, _b.which)


def method(config: ProjectionConfig) -> str:
    """ "UMAP 2-D", as the choice of maps says it."""
    return t(f"embedding_space.map.{config.method}{config.n_dims}")


def describe(config: ProjectionConfig, n_words: int) -> str:
    """A layout's parameters in words, as they are where there are so many words."""
    if config.method == "pca":
        return t("embedding_space.config.pca", n_dims=config.n_dims)
    return t(
        "embedding_space.config.umap", n_dims=config.n_dims, n_neighbors=umap_neighbors(config, n_words), min_dist=f"{config.min_dist:g}",
        seed=config.seed,
    )  # fmt: skip
