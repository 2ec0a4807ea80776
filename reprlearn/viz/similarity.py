"""How well matrices agree with people's judgements of words: a row a matrix, a column a set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from reprlearn.viz import style
from reprlearn.viz.text import plain

ROW_PX = 34


def similarity_points(
    table: pd.DataFrame,
    *,
    labels: Sequence[str],
    roles: Sequence[str],
    headings: Mapping[str, str],
    title: str = "",
    theme: str = "light",
) -> go.Figure:
    """A point and its 95 % interval for each matrix and set, a panel a set; what is further right agrees better.

    table:    run, matrix, set, value, low, high, of `analysis.similarity.similarity_table`
    labels, roles: of the matrices, in the order in which the table first names them.  headings: {set: what it measures}.
    """
    order = list(dict.fromkeys(zip(table["run"], table["matrix"], strict=True)))
    row_of = {matrix: i for i, matrix in enumerate(order)}
    figure = make_subplots(rows=1, cols=len(headings), shared_yaxes=True, horizontal_spacing=0.03)
    for column, (name, heading) in enumerate(headings.items(), start=1):
        own = table.loc[(table["set"] == name) & table["value"].notna()]
        at = [row_of[matrix] for matrix in zip(own["run"], own["matrix"], strict=True)]
        value, low, high = (own[each].to_numpy(np.float64) for each in ("value", "low", "high"))
        colours = [style.colour_of(roles[i]) for i in at]
        for i, a, b, colour in zip(at, low, high, colours, strict=True):
            figure.add_trace(
                go.Scatter(x=[a, b], y=[i, i], mode="lines", line={"color": colour, "width": 3}, hoverinfo="skip"),
                row=1, col=column,
            )  # fmt: skip
        said = [f"{v:.2f} ({a:.2f} … {b:.2f})".replace("-", "−") for v, a, b in zip(value, low, high, strict=True)]
        figure.add_trace(
            go.Scatter(
                x=value, y=at, mode="markers", marker={"size": 12, "color": colours}, customdata=said,
                hovertemplate="%{customdata}<extra></extra>",
            ),
            row=1, col=column,
        )  # fmt: skip
        figure.add_vline(x=0, line={"width": 2, "color": style.colour_of("neutral")}, row=1, col=column)  # pyright: ignore[reportArgumentType]
        figure.update_xaxes(title={"text": heading}, nticks=5, fixedrange=True, row=1, col=column)
    figure.update_yaxes(
        tickvals=list(range(len(order))), ticktext=[plain(label) for label in labels], range=[len(order) - 0.4, -0.6],
        showgrid=False, fixedrange=True, ticklabelstandoff=6,
    )  # fmt: skip
    figure.update_layout(
        title_text=title, height=ROW_PX * len(order) + 84 + (40 if title else 0), showlegend=False, dragmode=False,
        margin={"t": 56 if title else 16, "b": 56},
    )  # fmt: skip
    return style.themed(figure, theme)
