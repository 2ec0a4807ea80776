"""How trainings went: perplexity over the tokens read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.text import plain


def learning_curves(
    frames: Mapping[str, pd.DataFrame],
    *,
    roles: Mapping[str, str] | None = None,
    title: str | None = None,
    axis_titles: tuple[str, str] = ("training tokens read (millions)", "perplexity (log scale)"),
    trace_names: tuple[str, str] = ("validation", "training"),
    against: str = "tokens",
    per_unit: float = 1e6,
    theme: str = "light",
) -> go.Figure:
    """Training perplexity (thin, a running mean over about nine records) and validation perplexity (marked, once an
    epoch) of each run over the tokens it has read, or over what they cost.

    frames: {run name: its curves}, with columns tokens, train_loss (NaN where it is not known) and valid_loss (NaN except at
        epoch ends), in nats.
    roles: {run name: role of `viz.style`}.
    against, per_unit: the column that says what was spent, and how much of it is one unit of the axis.
    title: by default the best validation perplexity of each run, best first.
    """
    figure = go.Figure()
    best: dict[str, float] = {}
    used: list[str] = []
    for i, (name, curves) in enumerate(frames.items()):
        role = (roles or {}).get(name, "neutral")
        colour, n_alike = style.colour_of(role), used.count(role)
        used.append(role)
        spent = curves[against] / per_unit
        # Runs of one role are told apart by their dash, and all by their marker, for readers who see no
        # difference of colour.
        dash, symbol = (
            ("solid", "dash", "dot", "dashdot")[n_alike % 4],
            ("circle", "square", "diamond", "triangle-up")[i % 4],
        )
        if np.isfinite(curves["train_loss"].to_numpy(np.float64)).any():
            figure.add_trace(
                go.Scatter(
                    x=spent, y=np.exp(curves["train_loss"].ewm(span=9).mean()), mode="lines", opacity=0.8,
                    name=f"{plain(name)}, {trace_names[1]}", line={"color": colour, "width": 1.5, "dash": dash},
                    hovertemplate="%{y:.1f}<extra>%{fullData.name}</extra>",
                )
            )  # fmt: skip
        valid = curves["valid_loss"].dropna()
        if valid.empty:
            continue
        best[name] = float(np.exp(valid.min()))
        figure.add_trace(
            go.Scatter(
                x=spent[valid.index], y=np.exp(valid), mode="lines+markers", name=f"{plain(name)}, {trace_names[0]}",
                line={"color": colour, "width": 3, "dash": dash}, marker={"size": 9, "symbol": symbol},
                hovertemplate="%{y:.1f}<extra>%{fullData.name}</extra>",
            )
        )  # fmt: skip
    figure.update_layout(
        title_text=title if title is not None else _outcome(best),
        height=460,
        margin_t=92,
        hovermode="x unified",
        xaxis={"title": {"text": axis_titles[0]}, "rangemode": "tozero"},
        yaxis={"title": {"text": axis_titles[1]}, "type": "log", "range": _range(frames), **_ticks(frames)},
    )
    return style.themed(figure, theme)


def with_level(figure: go.Figure, perplexity: float, name: str, *, below: bool = False) -> go.Figure:
    """The same figure with a perplexity marked that others have reached: a thin line across, its name where it begins, where
    the curves are still far above; `below` the line or above it.
    """
    traces: list[Any] = list(figure.data)
    ends = [float(np.asarray(trace.x, np.float64).max()) for trace in traces if len(trace.x)]
    figure.add_trace(
        go.Scatter(
            x=[0, max(ends, default=1.0)], y=[perplexity, perplexity], mode="lines+text", text=[plain(name), ""],
            textposition="bottom right" if below else "top right", textfont={"size": style.LABEL_PX}, showlegend=False, hoverinfo="skip",
            line={"color": style.colour_of("neutral"), "width": 1.5, "dash": "dot"},
        )
    )  # fmt: skip
    low, high = figure.layout.yaxis.range or (np.inf, -np.inf)
    at = float(np.log10(perplexity))
    return figure.update_yaxes(range=[min(low, at - 0.02), max(high, at + 0.02)])


def _outcome(best: Mapping[str, float]) -> str:
    if not best:
        return "No validation yet"
    parts = [f"{plain(name)} {value:.1f}" for name, value in sorted(best.items(), key=lambda item: item[1])]
    return "Best validation perplexity: " + ", ".join(parts)


def _values(frames: Mapping[str, pd.DataFrame]) -> np.ndarray:
    losses = [curves[name].to_numpy(np.float64) for curves in frames.values() for name in ("train_loss", "valid_loss")]
    values = np.exp(np.concatenate(losses)) if losses else np.empty(0)
    return values[np.isfinite(values)]


def _range(frames: Mapping[str, pd.DataFrame]) -> list[float] | None:
    """From the lowest value to the 98th percentile: the fall from the first steps' thousands would flatten all
    that follows.
    """
    values = _values(frames)
    if not len(values):
        return None
    low, high = float(values.min()) * 0.95, max(float(np.quantile(values, 0.98)), float(values.min()) * 1.5)
    return [float(np.log10(low)), float(np.log10(high))]


def _ticks(frames: Mapping[str, pd.DataFrame]) -> dict[str, list]:
    """Round perplexities as ticks; a log axis by itself labels powers of ten, of which a curve may cross none."""
    if not len(_values(frames)):
        return {}
    ticks = [value * 10**power for power in range(5) for value in (1, 1.5, 2, 3, 4, 5, 7)]
    return {"tickvals": ticks, "ticktext": [f"{tick:,.0f}" for tick in ticks]}
