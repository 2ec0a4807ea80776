"""The path that a scalar's vector takes, on a map."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.buckets_axis import (
    DescribedScalar,
    bucket_colours,
    places,
    text_on,
    value_text,
)
from reprlearn.viz.buckets_panels import colours_along
from reprlearn.viz.text import plain
from reprlearn.viz.words import say


def path_figure(
    path: pd.DataFrame,
    scalar: DescribedScalar,
    *,
    value: float | None = None,
    smoothness: float | None = None,
    missing_text: str = "missing",
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """The path of the scalar's vector on a map, among the vectors of its buckets.

    path: as `analysis.bucket_path.vector_path` gives it.  value: a raw value whose point is marked.
    title: by default how smooth the path is, and how much of its variance the map shows.
    """
    swept, own = _rows(path, "sweep"), _rows(path, "bucket")
    figure = go.Figure()
    x, y = swept["x"].to_numpy(np.float32), swept["y"].to_numpy(np.float32)
    values = swept["value"].to_numpy(np.float64)
    colours = colours_along(scalar, values)
    figure.add_trace(
        go.Scatter(x=x, y=y, mode="lines", line={"color": style.colour_of("neutral"), "width": 1.5}, hoverinfo="skip")
    )
    figure.add_trace(
        go.Scatter(
            x=x, y=y, mode="markers", marker={"size": 7, "color": colours}, text=[value_text(scalar, v) for v in values],
            hovertemplate="<b>%{text}</b><extra></extra>",
        )
    )  # fmt: skip
    if len(own):
        _add_buckets(figure, own, scalar, theme)
    for _, row in _rows(path, "missing").iterrows():
        figure.add_trace(
            go.Scatter(
                x=[row["x"]], y=[row["y"]], mode="markers+text", text=[plain(missing_text)], textposition="bottom center",
                marker={"symbol": "x", "size": 12, "color": style.colour_of("neutral")}, hoverinfo="skip",
            )
        )  # fmt: skip
    _add_ends(figure, scalar, values, x, y)
    figure.update_layout(
        title_text=title if title is not None else _walk(path, smoothness),
        height=460, showlegend=False,
        xaxis={"visible": False}, yaxis={"visible": False, "scaleanchor": "x", "scaleratio": 1},
    )  # fmt: skip
    style.themed(figure, theme)
    return mark_point(figure, path, scalar, value)


def mark_point(figure: go.Figure, path: pd.DataFrame, scalar: DescribedScalar, value: float | None) -> go.Figure:
    """The figure of `path_figure` (changed in place and returned) with a ring at the value's point of the path.

    A value beyond the path's ends stands at the end; the ring of a missing value (NaN) is at its own vector,
    if the map has that; None: no ring. The ring is the last trace, and the only one called "value".
    """
    traces: Any = figure.data
    figure.data = [trace for trace in traces if trace.name != "value"]
    point = _point(path, scalar, value)
    if point is not None:
        figure.add_trace(
            go.Scatter(
                x=[point[0]], y=[point[1]], mode="markers", name="value", hoverinfo="skip",
                marker={"size": 20, "color": "rgba(0,0,0,0)", "line": {"width": 4, "color": style.colour_of("highlight")}},
            )
        )  # fmt: skip
    return figure


def _walk(path: pd.DataFrame, smoothness: float | None) -> str:
    explained = path.attrs.get("explained_variance")
    parts = [] if smoothness is None else [say("path.smoothness", score=f"{smoothness:.2f}")]
    if explained is not None:
        parts.append(say("path.variance", share=f"{sum(explained):.0%}"))
    said = "; ".join(parts)
    return said[:1].upper() + said[1:] or say("path")


def _add_buckets(figure: go.Figure, own: pd.DataFrame, scalar: DescribedScalar, theme: str) -> None:
    """The buckets' own vectors, numbered, their area by how much of the data they hold."""
    colours = bucket_colours(scalar, len(own))
    share = own["share"].to_numpy(np.float64)
    figure.add_trace(
        go.Scatter(
            x=own["x"].to_numpy(np.float32), y=own["y"].to_numpy(np.float32), mode="markers+text",
            text=[f"<b>{bucket}</b>" for bucket in own["bucket"]],
            textfont={"size": 13, "color": [text_on(colour) for colour in colours]},
            marker={"size": 18 + 12 * np.sqrt(np.minimum(share * len(own), 2) / 2), "color": colours, "opacity": 1,
                    "line": {"width": 2, "color": style.page_colour(theme)}},
            customdata=[say("held.data", bucket=n, share=f"{part:.1%}") for n, part in zip(own["bucket"], share, strict=True)],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )  # fmt: skip


def _add_ends(figure: go.Figure, scalar: DescribedScalar, values: np.ndarray, x: np.ndarray, y: np.ndarray) -> None:
    """The values at the path's ends, written beside it; a closed path is labelled at four places of the turn."""
    closed = scalar.period is not None
    chosen = [round(share * (len(values) - 1)) for share in ((0, 0.25, 0.5, 0.75) if closed else (0, 1))]
    for i in chosen:
        figure.add_annotation(x=float(x[i]), y=float(y[i]), text=value_text(scalar, float(values[i])), yshift=20)


def _rows(path: pd.DataFrame, kind: str) -> pd.DataFrame:
    return path.loc[path["kind"] == kind, :]


def _point(path: pd.DataFrame, scalar: DescribedScalar, value: float | None) -> tuple[float, float] | None:
    if value is None:
        return None
    if np.isnan(value):
        found = _rows(path, "missing")
        return (float(found["x"].iloc[0]), float(found["y"].iloc[0])) if len(found) else None
    swept = _rows(path, "sweep")
    at = float(places(scalar, value if scalar.period is None else value % scalar.period))
    along = places(scalar, swept["value"].to_numpy(np.float64))
    return float(np.interp(at, along, swept["x"])), float(np.interp(at, along, swept["y"]))
