"""Soft buckets of a scalar: the weights at one value, and over its range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.buckets_axis import DescribedScalar, bucket_colours, mark_value, places, value_text
from reprlearn.viz.buckets_panels import (
    LEFT_PX,
    RIGHT_PX,
    TOP_PX,
    bucket_numbers,
    stacked,
    sweep_hover,
    titled,
)
from reprlearn.viz.text import percent, plain
from reprlearn.viz.words import say

DECIDED = 0.9
"""From this weight on, one bucket holds a value for good."""
# A share is only written over a bar that a reader can see.
_VISIBLE = 0.05
# The middle of the scale of buckets: a colour that means no model.
_LINE = "#2C8CA8"
# From nothing to the whole: what is not held stays the colour of the page, in either theme.
_WEIGHT_SCALE = (
    (0.0, "rgba(74,95,193,0.0)"), (0.02, "rgba(74,95,193,0.10)"), (0.25, "rgba(58,110,186,0.65)"),
    (0.5, "#2C8CA8"), (0.75, "#3FA877"), (1.0, "#DDAF1F"),
)  # fmt: skip


def weight_bars(
    weights: np.ndarray,
    scalar: DescribedScalar,
    value: float,
    *,
    before: np.ndarray | None = None,
    before_text: str = "unmoved",
    title: str | None = None,
    axis_titles: tuple[str, str] = ("bucket, in order along the scalar", "weight"),
    theme: str = "light",
) -> go.Figure:
    """The bucket weights s at one raw value; the axes stand still while the value moves.

    weights: (P,) in order along the scalar, all zero for a missing value.
    before: (P,) the weights at another value, as outlines behind; `before_text` names them.
    title: by default which buckets hold the value.
    """
    weights, n_buckets = np.asarray(weights, dtype=np.float64), len(weights)
    numbers = np.arange(1, n_buckets + 1)
    figure = go.Figure()
    if before is not None:
        figure.add_trace(
            go.Bar(
                x=numbers, y=np.asarray(before, dtype=np.float32), name=before_text, hoverinfo="skip", width=0.96,
                marker={"color": "rgba(0,0,0,0)", "line": {"color": style.colour_of("neutral"), "width": 2}},
            )
        )  # fmt: skip
    figure.add_trace(
        go.Bar(
            x=numbers, y=weights.astype(np.float32), name=value_text(scalar, value), width=0.8,
            marker={"color": bucket_colours(scalar, n_buckets)},
            text=_shares(weights), textposition="outside",
            textfont={"size": style.LABEL_PX}, cliponaxis=False, textangle=0, constraintext="none",
            customdata=[percent(weight) for weight in weights],
            hovertemplate=say("held", bucket="%{x}", share="%{customdata}") + "<extra></extra>",
        )
    )  # fmt: skip
    every = 1 if n_buckets <= 20 else int(np.ceil(n_buckets / 16))
    figure.update_layout(
        title=titled(title if title is not None else held_by(weights, scalar, value)),
        height=300, barmode="overlay", showlegend=False,
        margin={"l": LEFT_PX, "r": RIGHT_PX, "t": TOP_PX, "b": 64},
        xaxis={"title": {"text": axis_titles[0]}, "range": [0.4, n_buckets + 0.6], "tickvals": numbers[::every],
               "ticktext": [str(number) for number in numbers[::every]], "showgrid": False, "fixedrange": True, "automargin": False},
        yaxis={"title": {"text": axis_titles[1]}, "automargin": False, "range": [0, 1.12], "tickvals": [0, 0.25, 0.5, 0.75, 1],
               "tickformat": ".0%", "fixedrange": True},
    )  # fmt: skip
    return style.themed(figure, theme)


def _shares(weights: np.ndarray) -> list[str]:
    """The share above each bar; of bars too narrow to stand side by side with theirs, only the highest has one."""
    reach = len(weights) // 10
    highest = [weight == weights[max(0, i - reach) : i + reach + 1].max() for i, weight in enumerate(weights)]
    return [
        f"{weight:.0%}" if weight >= _VISIBLE and shown else ""
        for weight, shown in zip(weights.tolist(), highest, strict=True)
    ]


def held_by(weights: np.ndarray, scalar: DescribedScalar, value: float) -> str:
    """Which buckets hold the value, in words: "gap 9 h lies in bucket 2", "gap 9 h lies between buckets 2 and 3"."""
    said = f"{plain(scalar.name)} {value_text(scalar, value)}"
    if not weights.any():
        return say("held.none", value=said)
    if weights.max() >= DECIDED:
        return say("held.one", value=said, bucket=weights.argmax() + 1)
    held = (np.flatnonzero(weights >= _VISIBLE) + 1).tolist()
    if len(held) == 2:
        return say("held.two", value=said, first=held[0], second=held[1])
    if len(held) > 5 or len(held) < 2:
        return say("held.many", value=said)
    return say("held.several", value=said, first=", ".join(map(str, held[:-1])), last=held[-1])


def weight_area(
    values: np.ndarray,
    weights: np.ndarray,
    scalar: DescribedScalar,
    *,
    edges: Mapping[str, Sequence[float]] | None = None,
    value: float | None = None,
    data_text: str = "training data",
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """The bucket weights over the scalar's range as a stacked area, numbered, over rows of edges and the data's density.

    values, weights: (n,) raw and (n, P), of a sweep.  edges: label -> raw values, such as learned edges and quantiles.
    value: a raw value to mark.  title: by default which buckets are nowhere the heaviest.
    """
    colours, at = bucket_colours(scalar, weights.shape[1]), places(scalar, values).astype(np.float32)
    figure = go.Figure()
    for bucket, colour in enumerate(colours):
        figure.add_trace(
            go.Scatter(
                x=at, y=weights[:, bucket].astype(np.float32), stackgroup="weights", mode="lines", hoverinfo="skip",
                line={"width": 1, "color": style.page_colour(theme)}, fillcolor=colour, name=str(bucket + 1),
            )
        )  # fmt: skip
    figure.add_trace(bucket_numbers(scalar, values, weights, colours))
    figure.add_trace(sweep_hover(scalar, values, weights, 0.5))
    y_axis = {"range": [0, 1], "tickvals": [0, 0.5, 1], "tickformat": ".0%", "title": {"text": say("weight")}}
    stacked(
        figure, scalar, values, main_px=280, y_axis=y_axis, edges=edges, data_text=data_text, theme=theme,
        title=title if title is not None else in_use(weights),
    )  # fmt: skip
    return mark_value(figure, scalar, value, theme)


def in_use(weights: np.ndarray) -> str:
    """How many of P buckets are the heaviest somewhere, in words; weights (n, P)."""
    n_buckets = weights.shape[1]
    unused = sorted(set(range(1, n_buckets + 1)) - set((weights.argmax(axis=1) + 1).tolist()))
    if not unused:
        return say("in_use", n=n_buckets) if n_buckets > 1 else say("in_use.single")
    named = ", ".join(map(str, unused[:4])) + (" …" if unused[4:] else "")
    if len(unused) == 1:
        return say("unused.one", n_buckets=n_buckets, bucket=named)
    return say("unused", n=len(unused), n_buckets=n_buckets, buckets=named)


def weight_heatmap(
    values: np.ndarray,
    weights: np.ndarray,
    scalar: DescribedScalar,
    *,
    edges: Mapping[str, Sequence[float]] | None = None,
    value: float | None = None,
    data_text: str = "training data",
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """The bucket weights over the scalar's range, a row for each bucket; else as `weight_area`.

    title: by default for how much of the range no bucket holds a value for good (`DECIDED`).
    """
    n_buckets = weights.shape[1]
    numbers = np.arange(1, n_buckets + 1)
    figure = go.Figure(
        go.Heatmap(
            x=places(scalar, values).astype(np.float32), y=numbers, z=weights.T.astype(np.float32), zmin=0, zmax=1,
            colorscale=_WEIGHT_SCALE, hoverinfo="skip",
            colorbar={"orientation": "h", "thickness": 10, "len": 230, "lenmode": "pixels", "x": 1, "xanchor": "right", "y": 1,
                      "yanchor": "bottom", "xpad": 0, "ypad": 4, "outlinewidth": 0, "title": {"text": ""},
                      "ticklabelposition": "outside top",
                      "tickvals": [0, 0.5, 1], "ticktext": [say("weight.none"), "50%", "100%"],
                      "tickfont": {"size": style.LABEL_PX}},
        )
    )  # fmt: skip
    figure.add_trace(sweep_hover(scalar, values, weights, (n_buckets + 1) / 2))
    every = 1 if n_buckets <= 16 else int(np.ceil(n_buckets / 12))
    y_axis = {
        "range": [0.5, n_buckets + 0.5],
        "tickvals": numbers[::every],
        "title": {"text": say("bucket")},
        "showgrid": False,
        "ticks": "",
    }
    stacked(
        figure, scalar, values, main_px=max(200, min(22 * n_buckets, 420)), y_axis=y_axis, edges=edges,
        data_text=data_text, top_px=96, title=title if title is not None else undecided(weights), theme=theme,
    )  # fmt: skip
    return mark_value(figure, scalar, value, theme)


def undecided(weights: np.ndarray) -> str:
    """For how much of the range no bucket has a weight of `DECIDED`, in words; weights (n, P)."""
    share = float((weights.max(axis=1) < DECIDED).mean())
    if share == 0:
        return say("undecided.nowhere", share=f"{DECIDED:.0%}")
    return say("undecided", part=f"{share:.0%}", share=f"{DECIDED:.0%}")


def effective_line(
    values: np.ndarray,
    effective: np.ndarray,
    scalar: DescribedScalar,
    n_buckets: int,
    *,
    value: float | None = None,
    data_text: str = "training data",
    axis_title: str = "effective buckets",
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """The effective number of buckets, exp of the entropy of the weights, over the scalar's range.

    title: by default its lowest and highest value.
    """
    low, high = float(np.nanmin(effective)), float(np.nanmax(effective))
    figure = go.Figure(
        go.Scatter(
            x=places(scalar, values).astype(np.float32), y=effective.astype(np.float32), mode="lines",
            line={"width": 3, "color": _LINE},
            text=[value_text(scalar, float(v)) for v in values],
            hovertemplate="<b>%{text}</b>: " + say("effective", n="%{y:.2f}") + "<extra></extra>",
        )
    )  # fmt: skip
    y_axis = {"range": [0.9, max(2.0, high) * 1.08], "title": {"text": axis_title}, "nticks": 5}
    text = (
        title
        if title is not None
        else say("effective.title", low=f"{low:.1f}", high=f"{high:.1f}", n_buckets=n_buckets)
    )
    stacked(figure, scalar, values, main_px=160, y_axis=y_axis, data_text=data_text, title=text, theme=theme)
    return mark_value(figure, scalar, value, theme)
