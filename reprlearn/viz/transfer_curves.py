"""Accuracy against the number of labels, a line a way of use, in panels side by side over one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.text import plain
from reprlearn.viz.transfer_marks import WayMark, way_mark
from reprlearn.viz.words import say
from reprlearn.viz.wrapped_title import wrapped_title

BESIDE = 0.025
"""Decades by which the points of one number of labels stand apart, so that no interval hides another."""
GAP = 0.035
CHANCE = 0.5


@dataclass(frozen=True)
class Panel:
    """A panel's heading and the ways drawn in it."""

    heading: str
    ways: Sequence[str]


@dataclass(frozen=True)
class Key:
    """An entry of the legend."""

    name: str
    mark: WayMark


def accuracy_curves(
    table: pd.DataFrame,
    panels: Sequence[Panel],
    keys: Sequence[Key],
    *,
    names: Mapping[str, str],
    title: str,
    reference: str = "",
    all_labels: int | None = None,
    chosen: int | None = None,
    axis_titles: tuple[str, str] = ("labels (log scale)", "accuracy on the test texts"),
    all_text: str = "all",
    theme: str = "light",
) -> go.Figure:
    """A line and 95 % intervals for each way, over the number of labels (log).

    table:      way, model, use, n_labels, accuracy, low, high, of `analysis.transfer.accuracies`
    names:      of the ways, for the pointer.  reference: a way that every panel shows behind its own, as a band.
    all_labels: the number that is all there are.  chosen: the number that is marked.
    """
    figure = go.Figure()
    for i, panel in enumerate(panels):
        figure.add_traces(_traces(table, panel, names, reference, {"xaxis": _axis("x", i), "yaxis": "y"}))
    for key in keys:
        figure.add_trace(
            go.Scatter(x=[None], y=[None], mode="lines+markers", name=plain(key.name), line=key.mark.line, marker=key.mark.marker)
        )  # fmt: skip
    budgets = sorted({int(n) for n in table["n_labels"]})
    head = wrapped_title(title)
    height = 308 + head["margin_t"]
    head["margin_t"] += 22  # for the headings
    figure.update_layout(
        **head, margin_b=76, height=height, showlegend=True, legend={"y": 1.1},
        yaxis={"title": {"text": axis_titles[1]}, "tickformat": ".0%", "range": _range(table), "nticks": 8},
    )  # fmt: skip
    # One title for the axes of all panels, in their middle.
    figure.add_annotation(
        text=axis_titles[0], x=0.5, y=0, xref="paper", yref="paper", yanchor="top", yshift=-46, font_size=style.TEXT_PX
    )
    for i, panel in enumerate(panels):
        _draw_axis(figure, i, len(panels), plain(panel.heading), budgets, all_labels, all_text)
        if chosen in budgets:
            figure.add_shape(
                type="line", x0=chosen, x1=chosen, y0=0, y1=1, xref=_axis("x", i), yref="paper", layer="below",
                line={"color": style.colour_of("highlight"), "width": 2, "dash": "dot"},
            )  # fmt: skip
    return style.themed(figure, theme)


def _traces(
    table: pd.DataFrame, panel: Panel, names: Mapping[str, str], reference: str, axes: dict[str, str]
) -> list[go.Scatter]:
    """The reference, and over it the panel's own ways, each a little beside the other."""
    rows = {str(way): own.sort_values("n_labels") for way, own in table.groupby("way")}
    traces = _band(rows[reference], names[reference], axes) if reference in rows else []
    own = [way for way in panel.ways if way in rows and way != reference]
    for j, way in enumerate(own):
        traces.append(_line(rows[way], names[way], (j - (len(own) - 1) / 2) * BESIDE, axes))
    return traces


def _axis(letter: str, i: int) -> str:
    return letter if i == 0 else f"{letter}{i + 1}"


def _draw_axis(
    figure: go.Figure, i: int, n: int, heading: str, budgets: list[int], all_labels: int | None, all_text: str
) -> None:  # fmt: skip
    width = (1 - GAP * (n - 1)) / n
    domain = [i * (width + GAP), min(1.0, i * (width + GAP) + width)]
    ticks = [f"{budget:,}" + (f"<br>{plain(all_text)}" if budget == all_labels else "") for budget in budgets]
    reach = np.log10([budgets[0], budgets[-1]]) if budgets else np.array([2.0, 4.0])
    figure.update_layout(
        {
            f"xaxis{'' if i == 0 else i + 1}": {
                "type": "log", "domain": domain, "anchor": "y", "tickvals": budgets, "ticktext": ticks, "tickangle": 0,
                "range": [float(reach[0]) - 0.14, float(reach[1]) + 0.14], "minor": {"ticks": ""},
            }
        }
    )  # fmt: skip
    figure.add_annotation(
        text=f"<b>{heading}</b>",
        x=domain[0],
        y=1.0,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        bgcolor="rgba(0,0,0,0)",
    )


def _line(rows: pd.DataFrame, name: str, shift: float, axes: dict[str, str]) -> go.Scatter:
    first = rows.iloc[0]
    mark = way_mark(str(first["model"]), str(first["use"]))
    at, low, high = (rows[column].to_numpy(np.float64) for column in ("accuracy", "low", "high"))
    return go.Scatter(
        x=rows["n_labels"].to_numpy(np.float64) * 10**shift, y=at, mode="lines+markers", name=plain(name), showlegend=False,
        line=mark.line, marker=mark.marker, **axes,
        error_y={"type": "data", "symmetric": False, "array": high - at, "arrayminus": at - low, "thickness": 1.5, "width": 3,
                 "color": mark.colour},
        customdata=_said(rows), hovertemplate="%{customdata}<extra>" + plain(name) + "</extra>",
    )  # fmt: skip


def _band(rows: pd.DataFrame, name: str, axes: dict[str, str]) -> list[go.Scatter]:
    """The reference: a line, and its intervals as a band behind all others."""
    first = rows.iloc[0]
    mark = way_mark(str(first["model"]), str(first["use"]))
    x = rows["n_labels"].to_numpy(np.float64)
    red, green, blue = (int(mark.colour[i : i + 2], 16) for i in (1, 3, 5))
    outline = np.concatenate([rows["high"].to_numpy(), rows["low"].to_numpy()[::-1]])
    band = go.Scatter(
        x=np.concatenate([x, x[::-1]]), y=outline, mode="lines", line={"width": 0}, fill="toself", showlegend=False,
        fillcolor=f"rgba({red},{green},{blue},0.22)", hoverinfo="skip", **axes,
    )  # fmt: skip
    line = go.Scatter(
        x=x, y=rows["accuracy"], mode="lines+markers", line=mark.line, marker=mark.marker, name=plain(name), showlegend=False,
        customdata=_said(rows), hovertemplate="%{customdata}<extra>" + plain(name) + "</extra>", **axes,
    )  # fmt: skip
    return [band, line]


def _said(rows: pd.DataFrame) -> list[str]:
    return [
        say("labels", n=f"{row['n_labels']:,}", **{name: f"{row[name]:.1%}" for name in ("accuracy", "low", "high")})
        for row in rows.to_dict("records")
    ]


def _range(table: pd.DataFrame) -> list[float]:
    """From chance, or what lies below it, to the highest end of an interval."""
    ends: Any = table[["low", "high"]].to_numpy(np.float64)
    low, high = min(CHANCE, float(np.nanmin(ends))), float(np.nanmax(ends))
    return [low - 0.01, high + 0.015]
