"""Word maps: ten thousand words as points, coloured by one column, light enough to send to a browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.labels import Box, label_box, place_labels
from reprlearn.viz.text import plain
from reprlearn.viz.views import MAP_HEIGHT_PX, View, in_px, n_outside, opening_view, set_axes, walls_px
from reprlearn.viz.words import say

Colour = Literal["log_frequency", "norm", "cluster", "overlap"]
COLOUR_TITLES = {
    "log_frequency": "occurrences",
    "norm": "vector length",
    "overlap": "shared neighbours",
}


def word_map(
    points: pd.DataFrame,
    *,
    colour: Colour = "log_frequency",
    title: str = "",
    colour_title: str | None = None,
    highlight: Sequence[int] = (),
    explained_variance: Sequence[float] | None = None,
    uirevision: str = "map",
    outside_text: str = "{n} far-off words lie outside this view",
    view: View | None = None,
    name_clusters: bool = True,
    theme: str = "light",
    height: int = MAP_HEIGHT_PX,
) -> go.Figure:
    """A map of words in two or three dimensions.

    points: word_id, word, x, y(, z), count, the column named by `colour` (for "cluster" also cluster_label),
    and optionally cosine (to the searched word), which the hover text then shows.
    highlight: word ids drawn again, ringed and named, the first one (the searched word) larger.
    explained_variance: shares of the principal components; given, the axes are titled with them, else they
    carry no ticks, since the axes of a UMAP have no meaning.
    outside_text: what the map says, with {n} filled in, when it opens on the bulk of the words and leaves far
    islands outside.
    view: what the map opens on, by default `opening_view`'s choice.
    name_clusters: whether clusters, where they give the colour, are named on the map.

    Trace 0 ("words") holds every point, rare words first so that frequent ones lie on top; its customdata is
    the word id. ValueError for a missing column or an unknown colour.
    """
    _check(points, colour)
    points = points.sort_values("count", kind="stable")
    view = view or opening_view(points)
    figure = go.Figure(_word_trace(points, colour, colour_title or COLOUR_TITLES.get(colour, "")))
    # What the reader asked for is placed first; the names of groups give way to it.
    taken = _highlight(figure, points, highlight, view) if len(highlight) else []
    if name_clusters and colour == "cluster" and len(points):
        _name_clusters(figure, points, view, taken)
    figure.update_layout(title_text=title, uirevision=uirevision, height=height, showlegend=False)
    set_axes(figure, view, explained_variance)
    if n_far := n_outside(points, view):
        note = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "xanchor": "left", "yanchor": "bottom"}
        figure.add_annotation(text=outside_text.format(n=n_far), name="outside", **note)
    return style.themed(figure, theme)


def _check(points: pd.DataFrame, colour: str) -> None:
    if colour not in ("log_frequency", "norm", "cluster", "overlap"):
        raise ValueError(f"colour must be log_frequency, norm, cluster or overlap, however: {colour!r}")
    needed = ["word_id", "word", "x", "y", "count", colour, *(["cluster_label"] if colour == "cluster" else [])]
    missing = [name for name in needed if name not in points]
    if missing:
        raise ValueError(f"a word map coloured by {colour} needs the columns {', '.join(missing)}")


def _word_trace(points: pd.DataFrame, colour: str, colour_title: str) -> go.Scattergl | go.Scatter3d:
    is_3d = "z" in points
    trace = go.Scatter3d if is_3d else go.Scattergl
    frequency = np.log10(np.maximum(points["count"].to_numpy(np.float64), 1))
    top = max(frequency.max(initial=0), 1e-9)
    # Bytes, not floats: 256 sizes and colours are more than an eye tells apart, and a quarter of the weight.
    size = np.rint((2 if is_3d else 4) + (4 if is_3d else 8) * (frequency / top) ** 2).astype(np.uint8)
    marker = {"size": size, "opacity": 0.75, "line": {"width": 0}, **_colours(points, colour, colour_title)}
    hover = [f"{n:,}" for n in points["count"]]
    if "cosine" in points:
        hover = [
            f"{n}<br>{say('cosine', cosine=f'{cosine:.3f}')}" for n, cosine in zip(hover, points["cosine"], strict=True)
        ]
    coordinates = {axis: points[axis].to_numpy(np.float32) for axis in ("x", "y", "z") if axis in points}
    return trace(
        **coordinates,
        mode="markers",
        name="words",
        text=points["word"].map(plain).to_numpy(),
        customdata=_small(points["word_id"].to_numpy()),
        hovertext=hover,
        marker=marker,
        hovertemplate="<b>%{text}</b><br>" + say("occurrences", n="%{hovertext}") + "<extra></extra>",
    )


def _small(values: np.ndarray) -> np.ndarray:
    """The same whole numbers in the smallest type a browser has a typed array for (64-bit ones would go as floats)."""
    return values.astype(np.uint16 if values.max(initial=0) < 2**16 else np.int32)


def _colours(points: pd.DataFrame, colour: str, colour_title: str) -> dict[str, Any]:
    """Marker colour, scale and bar. Values become 256 steps, and the bar's ticks say what the steps stand for."""
    if colour == "cluster":
        n_clusters = int(points["cluster"].to_numpy().max(initial=0)) + 1
        codes = points["cluster"].to_numpy(np.uint8)
        scale = style.cluster_scale(n_clusters)
        return {"color": codes, "cmin": -0.5, "cmax": n_clusters - 0.5, "colorscale": scale, "showscale": False}
    values = points[colour].to_numpy(np.float64)
    low, high = _limits(values, colour)
    codes = np.nan_to_num((values - low) / (high - low), nan=0.0).clip(0, 1)
    ticks, texts = _ticks(low, high, colour)
    return {
        "color": np.rint(codes * 255).astype(np.uint8),
        "cmin": 0,
        "cmax": 255,
        "colorscale": list(style.OVERLAP if colour == "overlap" else style.SEQUENTIAL),
        "showscale": True,
        "colorbar": {
            "title": {"text": colour_title, "side": "right"},
            "tickvals": [(tick - low) / (high - low) * 255 for tick in ticks],
            "ticktext": texts,
            "thickness": 14,
            "len": 0.75,
            "outlinewidth": 0,
        },
    }


def _limits(values: np.ndarray, colour: str) -> tuple[float, float]:
    """Range of the scale; the rarest 1 % at either end of the norms share the end colours, so that outliers do
    not flatten it.
    """
    finite = values[np.isfinite(values)]
    if not len(finite):
        return 0.0, 1.0
    if colour == "overlap":
        return 0.0, max(0.1, float(np.ceil(np.quantile(finite, 0.98) * 10) / 10))
    low, high = np.quantile(finite, [0.01, 0.99] if colour == "norm" else [0, 1])
    return float(low), float(high if high > low else low + 1)


def _ticks(low: float, high: float, colour: str) -> tuple[list[float], list[str]]:
    if colour == "log_frequency":
        powers = [float(power) for power in range(int(np.ceil(low)), int(np.floor(high)) + 1)]
        return powers, [f"{10**power:,.0f}" for power in powers]
    ticks = [float(tick) for tick in np.linspace(low, high, 5)]
    return ticks, [f"{tick:.0%}" if colour == "overlap" else f"{tick:.2g}" for tick in ticks]


def _name_clusters(figure: go.Figure, points: pd.DataFrame, view: View, taken: Sequence[Box]) -> None:
    """Names on the map: two words each in 2-D, as many as fit beside the boxes `taken` (pixels); in 3-D, where they turn, one word for the
    larger half.
    """
    axes = list(view)
    # The median of the more frequent half: where a group is dense, not where its outliers pull it.
    frequent = points[points["count"] >= points.groupby("cluster")["count"].transform("median")]
    centres = frequent.groupby("cluster")[axes].median()
    sizes = points.groupby("cluster")["count"].count()
    labels = points.drop_duplicates("cluster").set_index("cluster")["cluster_label"].reindex(centres.index)
    parts = labels.astype(str).map(plain).str.split(", ")
    if "z" in view:
        named = centres.index[np.argsort(-np.asarray(sizes), kind="stable")[: (len(sizes) + 1) // 2]]
        places = {axis: centres.loc[named, axis].to_numpy() for axis in axes}
        figure.add_trace(
            go.Scatter3d(**places, text=parts.loc[named].str[0], mode="text", name="clusters", hoverinfo="skip")
        )
        return
    texts = [str(text) for text in parts.str[:2].str.join(", ")]
    places = np.asarray(centres[["x", "y"]])
    for i, dx, dy in place_labels(in_px(places, view), texts, np.asarray(sizes), style.LABEL_PX, avoid=taken):
        x, y = places[i]
        figure.add_annotation(x=x, y=y, xshift=dx, yshift=dy, text=texts[i], name="cluster")


def _highlight(figure: go.Figure, points: pd.DataFrame, highlight: Sequence[int], view: View) -> list[Box]:
    """Draw the highlighted words ringed and named; returns the room they take in pixels, rings and names."""
    order = {int(word_id): i for i, word_id in enumerate(highlight)}
    first = int(highlight[0])
    chosen = points[points["word_id"].isin(list(order))]
    chosen = chosen.iloc[np.argsort([order[int(word_id)] for word_id in chosen["word_id"]])]
    is_3d = "z" in view
    size = np.where(chosen["word_id"] == first, 16, 11) // (2 if is_3d else 1)
    texts = [plain(word) for word in chosen["word"]]
    trace = go.Scatter3d if is_3d else go.Scattergl
    figure.add_trace(
        trace(
            **{axis: chosen[axis].to_numpy(np.float32) for axis in view},
            # In 3-D, where names cannot make room for each other, only the searched word is named.
            text=[*texts[:1], *[""] * (len(texts) - 1)] if is_3d else texts,
            mode="markers+text" if is_3d else "markers",
            name="highlight",
            marker={"size": size, "color": style.ROLES["highlight"], "line": {"width": 1.5, "color": "#FFFFFF"}},
            hoverinfo="skip",
        )
    )
    if is_3d:
        return []
    # The searched word first, then its neighbours in their order.
    weights, places = -np.arange(len(chosen)), np.asarray(chosen[["x", "y"]])
    centres = in_px(places, view)
    taken: list[Box] = [(x, y, ring, ring) for (x, y), ring in zip(centres.tolist(), size / 2, strict=True)]
    avoid = [*taken, *walls_px(view)]
    for i, dx, dy in place_labels(centres, texts, weights, style.TEXT_PX, 140, 20, avoid, leaders=True):
        x, y = places[i]
        line = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": style.ROLES["highlight"]}
        figure.add_annotation(x=x, y=y, ax=dx, ay=-dy, text=texts[i], name="highlight", **line)
        taken.append(label_box(centres[i, 0] + dx, centres[i, 1] + dy, texts[i], style.TEXT_PX))
    return taken
