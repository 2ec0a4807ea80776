"""A training as it goes: its losses so far, on an axis that is as long as the whole training will be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.text import plain
from reprlearn.viz.wrapped_title import wrapped_title

HEIGHT_PX = 400
TITLE_COLUMNS = 46
"""Of a line of the title: the figure shares a small screen with the words that are watched."""
# A perplexity is the exponential of a loss, so the two axes are one: round numbers of the one, marked on the other.
_PERPLEXITIES = [value * 10**power for power in range(6) for value in (1, 2, 5)]


def live_curve(
    curves: pd.DataFrame,
    *,
    epochs: int,
    title: str,
    axis_titles: tuple[str, str, str | None],
    trace_names: tuple[str, str],
    role: str = "neutral",
    level: tuple[float, str] | None = None,
    now: tuple[float, float] | None = None,
    theme: str = "light",
) -> go.Figure:
    """Training loss (a line) and validation loss (marked, once an epoch) over the epochs of the training, in nats.

    curves:       columns step, total_steps, train_loss, valid_loss (NaN but at the ends of epochs)
    axis_titles:  epochs, loss, and perplexity at the right; None leaves that axis out, where exp(loss) is none
    level:        a loss to hold the curves against, and what it is
    now:          (share of the steps done, loss of the last step): where the training stands at this moment
    """
    figure = go.Figure()
    colour = style.colour_of(role)
    x = epochs * curves["step"].to_numpy(np.float64) / np.maximum(1, curves["total_steps"].to_numpy(np.float64))
    train, valid = (curves[name].to_numpy(np.float64) for name in ("train_loss", "valid_loss"))
    ends = np.isfinite(valid)
    hover = "%{y:.3f}<extra>%{fullData.name}</extra>"
    if len(x):
        line = {"color": colour, "width": 2}
        figure.add_trace(
            go.Scatter(x=x, y=train, mode="lines", name=trace_names[1], line=line, opacity=0.75, hovertemplate=hover)
        )
    if ends.any():
        figure.add_trace(
            go.Scatter(
                x=x[ends], y=valid[ends], mode="lines+markers", name=trace_names[0], hovertemplate=hover,
                line={"color": colour, "width": 3, "dash": "dash"}, marker={"size": 11, "symbol": "diamond"},
            )
        )  # fmt: skip
    if now is not None:
        figure.add_trace(
            go.Scatter(
                x=[now[0] * epochs], y=[now[1]], mode="markers", showlegend=False, hoverinfo="skip",
                marker={"size": 11, "color": style.colour_of("highlight"), "line": {"width": 2, "color": colour}},
            )
        )  # fmt: skip
    bounds = _range(
        np.concatenate([train, valid]), [*([] if now is None else [now[1]]), *([] if level is None else [level[0]])]
    )
    if level is not None and np.isfinite(level[0]):
        _add_level(figure, level, epochs)
    head = wrapped_title(plain(title), per_line=TITLE_COLUMNS)
    figure.update_layout(
        **head, height=HEIGHT_PX - 92 + head["margin_t"], margin_r=70 if axis_titles[2] else 16, hovermode="x unified",
        xaxis={"title": {"text": axis_titles[0]}, "range": [0, epochs], "fixedrange": True},
        yaxis={"title": {"text": axis_titles[1]}, "range": bounds, "fixedrange": True,
               "showticklabels": bounds is not None},  # before the first loss the axis has no numbers
    )  # fmt: skip
    if axis_titles[2] and bounds:
        _add_perplexity(figure, axis_titles[2], bounds)
    return style.themed(figure, theme)


def _range(losses: np.ndarray, others: list[float]) -> list[float] | None:
    """From the lowest value to the 98th percentile of the losses, whose fall in the first steps would flatten all that follows;
    the others are in sight.
    """
    losses, shown = losses[np.isfinite(losses)], [value for value in others if np.isfinite(value)]
    if not len(losses) and not shown:
        return None
    low = float(np.min([*losses, *shown]))
    high = float(np.max([*(np.quantile(losses, [0.98]) if len(losses) else []), *shown]))
    margin = max(0.05, 0.06 * (high - low))
    return [low - margin, high + margin]


def _add_level(figure: go.Figure, level: tuple[float, str], epochs: int) -> None:
    line = {"color": style.colour_of("neutral"), "width": 1.5, "dash": "dot"}
    figure.add_trace(
        go.Scatter(
            x=[0, epochs], y=[level[0], level[0]], mode="lines+text", text=["", plain(level[1])], textposition="top left",
            textfont={"size": style.LABEL_PX}, line=line, showlegend=False, hoverinfo="skip",
        )
    )  # fmt: skip


def _add_perplexity(figure: go.Figure, title: str, bounds: list[float]) -> None:
    ticks = [value for value in _PERPLEXITIES if bounds[0] <= np.log(value) <= bounds[1]]
    axis: dict[str, Any] = {
        "overlaying": "y", "side": "right", "range": bounds, "fixedrange": True, "showgrid": False,
        "title": {"text": title}, "tickvals": [float(np.log(value)) for value in ticks],
        "ticktext": [f"{value:,}" for value in ticks],
    }  # fmt: skip
    # An axis is drawn only where a trace hangs on it.
    figure.add_trace(go.Scatter(x=[None], y=[None], yaxis="y2", showlegend=False, hoverinfo="skip"))
    figure.update_layout(yaxis2=axis)
