"""The panels of a figure over a scalar's range: its own at the top, then the edges as rows of ticks, then the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.buckets_axis import (
    DescribedScalar,
    bucket_colours,
    density,
    places,
    text_on,
    value_text,
    x_axis,
)
from reprlearn.viz.text import percent
from reprlearn.viz.words import say

DENSITY_PX, ROW_PX, GAP_PX = 84, 26, 12
# The same for all, so that the axes of figures one above the other lie one above the other.
LEFT_PX, RIGHT_PX, TOP_PX, _BOTTOM_PX = 104, 24, 56, 64


def stacked(
    figure: go.Figure,
    scalar: DescribedScalar,
    values: np.ndarray,
    *,
    main_px: int,
    y_axis: Mapping[str, Any],
    edges: Mapping[str, Sequence[float]] | None = None,
    data_text: str = "training data",
    top_px: int = TOP_PX,
    title: str,
    theme: str,
) -> go.Figure:
    """Lay out `figure`, whose traces stand on x and y, over rows of `edges` (label -> raw values) and the data's density.

    values: (n,) raw values of the sweep, ascending, which set the range.  main_px: height of the figure's own panel.
    """
    edges = dict(edges or {})
    rows_px = ROW_PX * len(edges)
    inner = main_px + DENSITY_PX + GAP_PX + (rows_px + GAP_PX if edges else 0)
    low, high = float(values[0]), float(values[-1])
    highest = _add_density(figure, scalar, places(scalar, [low, high]), data_text)
    if edges:
        _add_edges(figure, scalar, edges)
        above = DENSITY_PX + GAP_PX
        figure.update_layout(
            yaxis3={"domain": [above / inner, (above + rows_px) / inner], "range": [len(edges) - 0.5, -0.5],
                    "tickvals": list(range(len(edges))), "ticktext": list(edges), "showgrid": False, "fixedrange": True,
                    "automargin": False},
        )  # fmt: skip
    figure.update_layout(
        title=titled(title),
        height=inner + _BOTTOM_PX + top_px,
        showlegend=False,
        bargap=0,
        margin={"l": LEFT_PX, "r": RIGHT_PX, "t": top_px, "b": _BOTTOM_PX},
        hovermode="x",
        xaxis={**x_axis(scalar, low, high), "anchor": "y2", "automargin": False},
        yaxis={"domain": [1 - main_px / inner, 1], "fixedrange": True, "automargin": False, **y_axis},
        yaxis2={"domain": [0, DENSITY_PX / inner], "showgrid": False, "fixedrange": True, "automargin": False,
                "range": [0, highest * 1.05], "tickvals": [highest / 2], "ticktext": [data_text.replace(" ", "<br>", 1)]},
    )  # fmt: skip
    return style.themed(figure, theme)


def titled(text: str) -> dict[str, Any]:
    """A title from the figure's left edge: with the wide margin of these figures, a long one has no room to spare."""
    return {"text": text, "xref": "container", "x": 0, "y": 1, "pad": {"l": 16, "t": 10}}


def bucket_numbers(
    scalar: DescribedScalar, values: np.ndarray, weights: np.ndarray, colours: Sequence[str]
) -> go.Scatter:
    """The buckets' numbers where each is the heaviest, in the middle of its band of a stacked area; too narrow: none."""
    at, below = places(scalar, values), np.cumsum(weights, axis=1)
    heaviest, whole = weights.argmax(axis=1), at[-1] - at[0]
    x, y, text, colour = [], [], [], []
    for bucket in range(weights.shape[1]):
        held = np.flatnonzero(heaviest == bucket)
        if not len(held):
            continue
        run = max(np.split(held, np.flatnonzero(np.diff(held) > 1) + 1), key=len)
        middle = run[len(run) // 2]
        # Room for the digits on a figure of 600 pixels.
        if at[run[-1]] - at[run[0]] < (0.022 if bucket < 9 else 0.036) * whole or weights[middle, bucket] < 0.3:
            continue
        x.append(at[middle])
        y.append(below[middle, bucket] - weights[middle, bucket] / 2)
        text.append(f"<b>{bucket + 1}</b>")
        colour.append(text_on(colours[bucket]))
    return go.Scatter(
        x=x, y=y, mode="text", text=text, textfont={"size": style.LABEL_PX, "color": colour}, hoverinfo="skip"
    )


def sweep_hover(scalar: DescribedScalar, values: np.ndarray, weights: np.ndarray, y: float) -> go.Scatter:
    """An invisible line that says at each value which buckets hold it, the three heaviest first."""
    order = np.argsort(-weights, axis=1)[:, :3]
    said = []
    for value, row, best in zip(values, weights, order, strict=True):
        shares = [say("held", bucket=k + 1, share=percent(float(row[k]))) for k in best if row[k] >= 0.005]
        said.append(f"<b>{value_text(scalar, float(value))}</b><br>" + "<br>".join(shares))
    return go.Scatter(
        x=places(scalar, values).astype(np.float32), y=np.full(len(values), y, dtype=np.float32), mode="lines",
        line={"width": 0}, text=said, hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def colours_along(scalar: DescribedScalar, values: np.ndarray) -> list[str]:
    """A colour for each raw value: that of a bucket at its place on the axis."""
    many = bucket_colours(scalar, 256)
    at = places(scalar, values)
    low, high = at.min(), at.max()
    share = (at - low) / (high - low) if high > low else np.zeros(len(at))
    return [many[int(i)] for i in np.minimum(share * 256, 255)]


def _add_density(figure: go.Figure, scalar: DescribedScalar, shown: np.ndarray, text: str) -> float:
    """Draw the density between two places on the axis; its highest value."""
    at, shares, heights = density(scalar)
    inside = (at[1:] > shown[0]) & (at[:-1] < shown[1])
    left, right = at[:-1][inside], at[1:][inside]
    edges = [
        say(
            "density", data=text, share=percent(float(share)), low=value_text(scalar, float(a)), high=value_text(scalar, float(b))
        )
        for share, a, b in zip(shares[inside], _raw(scalar, left), _raw(scalar, right), strict=True)
    ]  # fmt: skip
    figure.add_trace(
        go.Bar(
            x=((left + right) / 2).astype(np.float32), y=heights[inside].astype(np.float32),
            width=(right - left).astype(np.float32), yaxis="y2", marker={"color": style.colour_of("neutral"),
            "line": {"width": 0}}, text=edges, textposition="none", hovertemplate="%{text}<extra></extra>",
        )
    )  # fmt: skip
    return float(heights[inside].max(initial=0.0)) or 1.0


def _add_edges(figure: go.Figure, scalar: DescribedScalar, edges: Mapping[str, Sequence[float]]) -> None:
    for row, (label, values) in enumerate(edges.items()):
        raw = np.asarray(values, dtype=np.float64)
        figure.add_trace(
            go.Scatter(
                x=places(scalar, raw), y=np.full(len(raw), row), yaxis="y3", mode="markers",
                marker={"symbol": "line-ns-open", "size": 16, "color": style.colour_of("neutral"),
                        "line": {"width": 2.5, "color": style.colour_of("neutral")}},
                text=[f"{label}: {value_text(scalar, value)}" for value in raw.tolist()],
                hovertemplate="%{text}<extra></extra>",
            )
        )  # fmt: skip


def _raw(scalar: DescribedScalar, at: np.ndarray) -> np.ndarray:
    return np.sinh(at) if scalar.transform == "asinh" else at
