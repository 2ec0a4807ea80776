"""How much more accurate one way of use is than another, a row a comparison, with intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.text import plain
from reprlearn.viz.transfer_marks import way_mark
from reprlearn.viz.words import say
from reprlearn.viz.wrapped_title import wrapped_title

ROW_PX = 46


def accuracy_differences(
    table: pd.DataFrame,
    *,
    title: str,
    axis_title: str = "points of accuracy: right of the line the first is better",
    theme: str = "light",
) -> go.Figure:
    """A row for each comparison: the paired difference in accuracy and its 95 % interval, in percentage points.

    table: label (of the row), model and use (of the way in whose colour it is drawn), difference, low, high (shares); its order is
        kept, the first on top.
    """
    rows = table.to_dict("records")
    at, low, high = (100 * np.array([row[name] for row in rows], np.float64) for name in ("difference", "low", "high"))
    marks = [way_mark(str(row["model"]), str(row["use"])) for row in rows]
    figure = go.Figure(
        [
            go.Scatter(  # a trace of its own: the bars of one trace have one colour
                x=[low[i], high[i]], y=[i, i], mode="lines", line={"color": mark.colour, "width": 4}, hoverinfo="skip"
            )
            for i, mark in enumerate(marks)
        ]
    )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=at, y=list(range(len(rows))), mode="markers",
            marker={"size": 13, "color": [mark.colour for mark in marks], "symbol": [mark.symbol for mark in marks]},
            customdata=[say("interval", difference=as_points(d / 100), low=as_points(a / 100), high=as_points(b / 100))
                        for d, a, b in zip(at, low, high, strict=True)],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )  # fmt: skip
    for i, value in enumerate(at):
        figure.add_annotation(x=value, y=i, yshift=18, text=as_points(value / 100))
    figure.add_vline(x=0, line={"width": 2, "color": style.colour_of("highlight")})
    ends = np.concatenate([low, high, [0.0]])
    room = 0.08 * max(float(np.ptp(ends)), 1.0)
    head = wrapped_title(title, legend=False)
    figure.update_layout(
        **head, height=90 + head["margin_t"] + ROW_PX * len(rows), showlegend=False,
        xaxis={"title": {"text": axis_title}, "nticks": 8, "range": [ends.min() - room, ends.max() + room]},
        yaxis={"tickvals": list(range(len(rows))), "ticktext": [plain(row["label"]) for row in rows],
               "range": [len(rows) - 0.5, -0.8], "showgrid": False, "tickfont": {"size": style.TEXT_PX}},
    )  # fmt: skip
    return style.themed(figure, theme)


def as_points(difference: float) -> str:
    """A difference between two shares, in percentage points.

    >>> as_points(0.0413), as_points(-0.002), as_points(-0.0001)
    ('+4.1', '−0.2', '0.0')
    """
    said = f"{100 * difference:+.1f}".replace("-", "−")
    return said[1:] if said[1:] == "0.0" else said
