"""From a view to figures: layouts found, points put together, maps aligned. Cached, since most reruns change none of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from reprlearn.analysis.neighbours import compare
from reprlearn.analysis.projection import Layout, align, compute_layout
from reprlearn.ui import loaders
from reprlearn.ui.embedding_space.controls import STORED, Side, View
from reprlearn.ui.linked_maps import MAX_POINTS
from reprlearn.ui.text import as_text, t
from reprlearn.viz.maps import word_map

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go
    from streamlit.delta_generator import DeltaGenerator

    from reprlearn.analysis.projection import ProjectionConfig

# What a map must be made from anew: the files of each side, the question, and which layouts there are by now.
Key = tuple


@dataclass(frozen=True)
class Scene:
    """What is drawn. Word ids are those of the first side in all figures and tables.

    points:  a frame a side: word_id, word, x, y(, z), count, log_frequency, norm, cluster, cluster_label(, overlap)
    changes: comparing, every shared word by how much its neighbours changed; else None
    n_words, n_in_band, n_shown: the run's words, those the band lets through (and both sides know), those drawn
    """

    figures: tuple[go.Figure, ...]
    points: tuple[pd.DataFrame, ...]
    layouts: tuple[Layout, ...]
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
        view.colour, view.counts,
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
    in_band = points[0].loc[points[0]["count"].between(*view.counts)]
    kept = in_band.nlargest(MAX_POINTS, "count")["word_id"]
    points = [frame.loc[frame["word_id"].isin(kept)] for frame in points]
    figures = [
        draw(view, side, layout, frame) for side, layout, frame in zip(view.sides, _layouts, points, strict=True)
    ]
    if view.comparing:
        _same_view(*figures)
    return Scene(
        tuple(figures), tuple(points), tuple(_layouts), changes,
        n_words=len(first.run.vocabulary), n_in_band=len(in_band), n_shown=len(kept),
    )  # fmt: skip


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
    view: View, side: Side, layout: Layout, points: pd.DataFrame, highlight: Sequence[int] = (), theme: str = "light"
) -> go.Figure:
    """One map. On the page the highlight and the theme are the browser's; a map that leaves the page carries its own."""
    revision = f"{side.run.path}/{side.which}/{layout.config}/{view.comparing}"
    return word_map(
        points, colour=view.colour, title=as_plotly(side.name) if view.comparing else "", highlight=highlight, theme=theme,
        colour_title=t(f"embedding_space.colour_title.{view.colour}"), uirevision=revision,
        explained_variance=layout.explained_variance, outside_text=t("embedding_space.outside", n="{n}"),
    )  # fmt: skip


def as_plotly(text: str) -> str:
    """Text from outside, safe where Plotly reads a few tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def comparison(a: Side, b: Side) -> pd.DataFrame:
    """`reprlearn.analysis.neighbours.compare`, cached."""
    return _comparison((loaders.stamp(a.run.path), a.which, loaders.stamp(b.run.path), b.which), a, b)


@st.cache_resource(max_entries=6, show_spinner=False)
def _comparison(key: Key, _a: Side, _b: Side) -> pd.DataFrame:
    return compare(_a.run, _a.which, _b.run, _b.which)


def offer_computing(view: View, missing: list[Side]) -> Callable[[], None] | None:
    """Say that the map asked for does not exist yet. Told to compute it, returns what does so, with progress in this place,
    and then shows it; to be called when the rest of the page is drawn, which so stays there meanwhile.
    """
    place = st.empty()
    names = as_text(", ".join(dict.fromkeys(side.name for side in missing)))
    with place.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(t("embedding_space.not_computed", sides=names, config=describe(view.config)))
        go = st.button(t("embedding_space.compute"), type="primary", icon=":material/play_arrow:", key="compute_map")
    return (lambda: _compute(view, missing, place)) if go else None


def _compute(view: View, missing: list[Side], place: DeltaGenerator) -> None:
    with place.container(border=True):
        bar = st.progress(0.0)
        st.markdown(t("embedding_space.computing"))
    distinct = {(side.run.path, side.tensor): side for side in missing}.values()
    for position, side in enumerate(distinct):

        def on_progress(stage: str, fraction: float, position: int = position, name: str = as_text(side.name)) -> None:
            text = t(f"embedding_space.stage.{stage}", side=name)
            bar.progress(min(1.0, (position + fraction) / len(distinct)), text)

        compute_layout(side.run, side.which, view.config, on_progress)
    st.rerun()


def describe(config: ProjectionConfig) -> str:
    """A layout's parameters in words."""
    if config.method == "pca":
        return t("embedding_space.config.pca", n_dims=config.n_dims)
    return t(
        "embedding_space.config.umap", n_dims=config.n_dims, n_neighbors=config.n_neighbors, min_dist=f"{config.min_dist:g}",
        seed=config.seed,
    )  # fmt: skip
