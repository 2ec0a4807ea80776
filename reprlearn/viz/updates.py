"""How often training reaches the row of a word, and how strongly it pulls on either side of the embedding."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.matrix_marks import line, matrix_marks
from reprlearn.viz.text import plain


def reach_figure(
    frames: Mapping[str, pd.DataFrame],
    *,
    roles: Mapping[str, str],
    title: str,
    axis_titles: tuple[str, str] = ("occurrences in the training text (log scale)", "share of the steps (log scale)"),
    names: tuple[str, str] = ("an input matrix of its own, {run}", "an output matrix, or a tied one"),
    theme: str = "light",
) -> go.Figure:
    """A line a run: the share of the training steps at which the row of a word gets a gradient through reading it, by how often
    it occurs; and at the top what the softmax of predicting reaches, every row.

    frames: {run name: count, reach}, of `analysis.updates.row_updates`.  names: of a run's line, and of the line at the top.
    """
    marks = matrix_marks(roles)
    figure = go.Figure()
    lows = [1.0]
    for run, frame in frames.items():
        curve = frame.drop_duplicates("count")
        lows.append(float(curve["reach"].to_numpy().min()))
        figure.add_trace(
            go.Scatter(
                x=curve["count"], y=curve["reach"].to_numpy(np.float32), mode="lines", name=names[0].format(run=plain(run)),
                line={**line(marks[run, "input"], "input"), "width": 3}, hovertemplate="%{x:,}×: %{y:.2%}<extra>%{fullData.name}</extra>",
            )
        )  # fmt: skip
    counts = [count for frame in frames.values() for count in (frame["count"].min(), frame["count"].max())]
    figure.add_trace(
        go.Scatter(
            x=[min(counts), max(counts)], y=[1, 1], mode="lines", name=names[1], hoverinfo="skip",
            line={"color": style.colour_of("neutral"), "width": 3},
        )
    )  # fmt: skip
    powers = range(int(np.floor(np.log10(min(lows)))), 1)
    figure.update_layout(
        title_text=title, height=400, margin_t=92,
        xaxis={"title": {"text": axis_titles[0]}, "type": "log", "dtick": 1, "tickformat": ",.0f"},
        yaxis={"title": {"text": axis_titles[1]}, "type": "log", "tickvals": [10.0**power for power in powers],
               "ticktext": [f"{10.0 ** (power + 2):.10g}%" for power in powers],
               "range": [float(np.log10(min(lows))) - 0.1, 0.1]},
    )  # fmt: skip
    return style.themed(figure, theme)


def gradient_figure(
    frames: Mapping[str, pd.DataFrame],
    *,
    roles: Mapping[str, str],
    title: str,
    axis_titles: tuple[str, str] = ("training tokens read (millions)", "length of the gradient (log scale)"),
    names: tuple[str, str] = ("{run}, input", "{run}, output"),
    theme: str = "light",
) -> go.Figure:
    """Two lines a run: the length of the gradient through the words read (thin) and through the words predicted (thick), each a
    running mean over about nine records.

    frames: {run name: tokens, input, output}, of `analysis.updates.gradient_norms`; runs without rows are left out.
    """
    marks = matrix_marks(roles)
    figure = go.Figure()
    seen = []
    for run, frame in frames.items():
        if frame.empty:
            continue
        for which, name in zip(("input", "output"), names, strict=True):
            smooth = frame[which].ewm(span=9).mean().to_numpy()
            seen.append(smooth)
            figure.add_trace(
                go.Scatter(
                    x=frame["tokens"] / 1e6, y=smooth.astype(np.float32), mode="lines", name=name.format(run=plain(run)),
                    line=line(marks[run, which], which), hovertemplate="%{y:.3f}<extra>%{fullData.name}</extra>",
                )
            )  # fmt: skip
    values = np.concatenate(seen) if seen else np.ones(1)
    low, high = float(np.quantile(values, 0.01)), float(values.max())
    ticks = [
        digit * 10.0**power
        for power in range(-6, 4)
        for digit in (1, 2, 5)
        if low * 0.5 < digit * 10.0**power < high * 2
    ]
    figure.update_layout(
        title_text=title, height=420, margin_t=92, hovermode="x unified",
        xaxis={"title": {"text": axis_titles[0]}, "rangemode": "tozero"},
        yaxis={"title": {"text": axis_titles[1]}, "type": "log", "tickvals": ticks, "ticktext": [f"{tick:g}" for tick in ticks],
               "range": [float(np.log10(low * 0.9)), float(np.log10(high * 1.1))]},
    )  # fmt: skip
    return style.themed(figure, theme)
