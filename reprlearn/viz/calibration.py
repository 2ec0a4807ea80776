"""How sure models are of their first guess, against how often it is right."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.run_marks import run_marks
from reprlearn.viz.text import plain
from reprlearn.viz.words import say
from reprlearn.viz.wrapped_title import wrapped_title

FEWEST = 50
"""Bins with fewer guesses than this are not drawn: their share of right ones says nothing."""


def calibration_gaps(
    tables: Mapping[str, pd.DataFrame],
    *,
    roles: Mapping[str, str],
    title: str,
    axis_titles: tuple[str, str] = ("probability of the first guess", "how often it is right, less that"),
    sides: tuple[str, str] = ("less sure than it may be", "surer than it may be"),
    theme: str = "light",
) -> go.Figure:
    """A line a run: accuracy less confidence in each bin of confidence, with its 95 % interval; zero is as sure as it may be.

    tables: {run name: confidence, accuracy, n, margin}, of `analysis.calibration`.  sides: what above and below zero mean.
    """
    marks = run_marks(roles)
    figure = go.Figure()
    reach = 0.01
    for name, table in tables.items():
        shown = table.loc[table["n"] >= FEWEST]
        gap, mark = shown["accuracy"] - shown["confidence"], marks[name]
        reach = max(reach, float((gap.abs() + shown["margin"]).max()) if len(shown) else 0)
        figure.add_trace(
            go.Scatter(
                x=shown["confidence"], y=gap, mode="lines+markers", name=plain(name), line=mark.line,
                marker={"size": 10, "symbol": mark.symbol},
                error_y={"type": "data", "array": shown["margin"], "thickness": 1.5, "width": 4, "color": mark.colour},
                customdata=[say("right", accuracy=f"{row.accuracy:.1%}", n=f"{int(row.n):,}", confidence=f"{row.confidence:.1%}")
                            for row in shown.itertuples()],
                hovertemplate="%{customdata}<extra>" + plain(name) + "</extra>",
            )
        )  # fmt: skip
    figure.add_hline(y=0, line={"width": 2, "color": style.colour_of("neutral")})
    for text, y, anchor in ((sides[0], 0.99, "top"), (sides[1], 0.01, "bottom")):
        figure.add_annotation(text=plain(text), xref="paper", yref="paper", x=0.01, y=y, xanchor="left", yanchor=anchor)
    head = wrapped_title(title)
    figure.update_layout(
        **head, height=420 - 92 + head["margin_t"], showlegend=True,
        xaxis={"title": {"text": axis_titles[0]}, "tickformat": ".0%", "range": [0, 1.01]},
        yaxis={"title": {"text": axis_titles[1]}, "tickformat": "+.0%", "range": [-1.25 * reach, 1.25 * reach], "nticks": 7},
    )  # fmt: skip
    return style.themed(figure, theme)
