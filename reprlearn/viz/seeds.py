"""Twins over several seeds: how much better or worse than another each form of a model predicts, with intervals."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.run_marks import RunMark
from reprlearn.viz.text import plain
from reprlearn.viz.words import say

ROW_PX = 52


def seed_differences(
    table: pd.DataFrame,
    marks: Mapping[str, RunMark],
    *,
    title: str,
    axis_title: str = "difference in loss (nats a word): left of zero is better",
    theme: str = "light",
) -> go.Figure:
    """A row for each comparison: the mean paired difference of the loss over seeds, and its 95 % interval.

    table: form (what is judged), label (of the row), difference, low, high; its order is kept, the first on top.
    marks: {form: how it is drawn}.
    """
    rows = table.to_dict("records")
    at, low, high = (np.array([row[name] for row in rows], dtype=np.float64) for name in ("difference", "low", "high"))
    colours = [marks[row["form"]].colour for row in rows]
    figure = go.Figure(
        [
            go.Scatter(  # a trace of its own: the bars of one trace have one colour
                x=[low[i], high[i]], y=[i, i], mode="lines", line={"color": colours[i], "width": 4}, hoverinfo="skip",
            )
            for i in range(len(rows))
        ]
    )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=at, y=list(range(len(rows))), mode="markers",
            marker={"size": 14, "color": colours, "symbol": [marks[row["form"]].symbol for row in rows]},
            customdata=[say("interval.nats", difference=f"{d:+.4f}", low=f"{a:+.4f}", high=f"{b:+.4f}")
                        for d, a, b in zip(at, low, high, strict=True)],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )  # fmt: skip
    for i, value in enumerate(at):  # annotations, whose halo keeps them readable where the line at zero passes
        figure.add_annotation(x=value, y=i, yshift=20, text=say("perplexity", change=as_percent(value)))
    figure.add_vline(x=0, line={"width": 2, "color": style.colour_of("highlight")})
    reach = max(float(np.abs([low, high]).max()), 1e-3)
    left, right = min(float(low.min()), -0.15 * reach), max(float(high.max()), 0.15 * reach)
    figure.update_layout(
        title={"text": title, "xref": "container", "x": 0.01}, height=140 + ROW_PX * len(rows), showlegend=False,
        xaxis={"title": {"text": axis_title}, "nticks": 7, "tickformat": "~g", "range": [left - 0.12 * reach, right + 0.12 * reach]},
        yaxis={"tickvals": list(range(len(rows))), "ticktext": [plain(row["label"]) for row in rows],
               "range": [len(rows) - 0.4, -0.9], "showgrid": False, "tickfont": {"size": style.TEXT_PX}},
    )  # fmt: skip
    return style.themed(figure, theme)


def as_percent(difference: float) -> str:
    """A difference in loss as what it does to the perplexity.

    >>> as_percent(-0.0513), as_percent(0.1)
    ('−5.0%', '+10.5%')
    """
    return f"{np.expm1(difference):+.1%}".replace("-", "−")
