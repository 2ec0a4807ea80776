"""Tied and untied twins: what each pair costs, and beside it what tying does to its perplexity."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from reprlearn.viz import style
from reprlearn.viz.text import plain

ROW_PX = 110


def twin_costs(
    table: pd.DataFrame,
    *,
    title: str = "",
    headings: tuple[str, str] = ("parameters (millions)", "change of perplexity by tying, 95 % interval"),
    names: tuple[str, str] = ("untied", "tied"),
    level: str = "no change",
    theme: str = "light",
) -> go.Figure:
    """A row for each pair: two bars of parameters, and on one line the change of perplexity with its interval around zero.

    table: pair (what the row is called), untied, tied (parameters), difference, lower, upper (nats a token, tied less untied; NaN
        where the pair was not scored).
    """
    at = np.arange(len(table), dtype=np.float64)
    figure = make_subplots(rows=1, cols=2, shared_yaxes=True, column_widths=[0.46, 0.54], horizontal_spacing=0.06)
    most = float(table[["untied", "tied"]].to_numpy().max()) / 1e6
    for i, kind in enumerate(("untied", "tied")):
        millions = table[kind].to_numpy(np.float64) / 1e6
        figure.add_trace(
            go.Bar(
                x=millions, y=at + 0.19 * (2 * i - 1), width=0.34, orientation="h", name=names[i], marker=style.bar(kind),
                text=[f"{value:.2f}" for value in millions], textposition="outside", cliponaxis=False,
                textfont={"size": style.LABEL_PX}, hovertemplate="%{x:.2f} M<extra>%{fullData.name}</extra>",
            ),
            row=1, col=1,
        )  # fmt: skip
    change, lower, upper = (np.expm1(table[name].to_numpy(np.float64)) for name in ("difference", "lower", "upper"))
    said = [_said(*row) for row in zip(change, lower, upper, strict=True)]
    reach = [np.nan_to_num(np.abs(end - change)) for end in (upper, lower)]
    figure.add_trace(
        go.Scatter(
            x=change, y=at, mode="markers", customdata=said, showlegend=False, cliponaxis=False,
            marker={"size": 15, "color": style.colour_of("tied")},
            error_x={"type": "data", "symmetric": False, "array": reach[0], "arrayminus": reach[1], "thickness": 4, "width": 7,
                     "color": style.colour_of("tied")},
            hovertemplate="%{customdata}<extra></extra>",
        ),
        row=1, col=2,
    )  # fmt: skip
    for x, y, text in zip(change, at, said, strict=True):
        if text:  # an annotation, whose halo keeps it readable where the line at zero passes
            figure.add_annotation(x=x, y=y, xref="x2", yref="y2", yshift=22, text=text, font_size=style.TEXT_PX)
    # Zero in the picture, and room at both ends for what is written over a point.
    widest = float(np.nanmax(np.abs([lower, upper, change]), initial=0.01))
    figure.add_vline(x=0, line={"width": 2, "color": style.colour_of("neutral")}, row=1, col=2)  # pyright: ignore[reportArgumentType]
    figure.update_xaxes(range=[0, most * 1.18], showticklabels=False, showgrid=False, row=1, col=1)
    figure.update_xaxes(range=[-1.7 * widest, 1.7 * widest], tickformat="+.1~%", nticks=7, row=1, col=2)
    for i, heading in enumerate(headings):
        figure.update_xaxes(title={"text": heading}, row=1, col=i + 1)
    figure.add_annotation(
        text=plain(level), x=0, xref="x2", y=0, yref="paper", yanchor="bottom", xanchor="left", xshift=6
    )
    figure.update_yaxes(
        tickvals=at, ticktext=[f"<b>{plain(pair)}</b>" for pair in table["pair"]], range=[len(table) - 0.45, -0.6],
        showgrid=False, ticklabelstandoff=6, fixedrange=True,
    )  # fmt: skip
    figure.update_xaxes(fixedrange=True)
    figure.update_layout(
        title_text=title, height=150 + ROW_PX * len(table), margin={"t": 92 if title else 44, "b": 56}, dragmode=False,
        legend_traceorder="normal",
    )  # fmt: skip
    return style.themed(figure, theme)


def _said(change: float, lower: float, upper: float) -> str:
    """The change with its interval, what there is of them."""
    interval = "" if np.isnan(lower) else f" ({lower:+.1%} … {upper:+.1%})"
    return "" if np.isnan(change) else f"{change:+.1%}{interval}".replace("-", "−")
