"""What a second word matrix costs: parameters against vocabulary size, and the share that tying saves against width."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.run_marks import run_marks
from reprlearn.viz.text import plain
from reprlearn.viz.words import say

HEIGHT_PX = 430
_TICKS = [value * 10**power for power in range(1, 11) for value in (1, 2, 5)]


def size_curves(
    table: pd.DataFrame,
    runs: pd.DataFrame,
    roles: Mapping[str, str],
    *,
    at: int,
    title: str,
    axis_titles: tuple[str, str] = ("words in the vocabulary (log scale)", "parameters (log scale)"),
    names: tuple[str, str] = ("untied", "tied"),
    saved_text: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """Parameters of an untied and a tied model against the vocabulary size, and trained runs as marks.

    table: n_words, tied, n_parameters, n_bytes of one width, of `analysis.sizes.sizes`.
    runs:  run, n_words, n_parameters, n_bytes, of `analysis.sizes.run_sizes`; `roles` says how each is drawn.
    at:    the vocabulary size looked at, one of the table's.
    saved_text: stands under the lines there.
    """
    figure = go.Figure()
    for tied, name in zip((False, True), names, strict=True):
        own = table.loc[table["tied"] == tied].sort_values("n_words")
        figure.add_trace(
            go.Scatter(
                x=own["n_words"], y=own["n_parameters"], mode="lines", name=name, customdata=_megabytes(own),
                line={"color": style.colour_of(style.role(tied)), "width": 3, "dash": "solid" if tied else "dash"},
                hovertemplate=_hover(),
            )
        )  # fmt: skip
    here = table.loc[table["n_words"] == at, "n_parameters"].to_numpy(np.float64)
    figure.add_trace(
        go.Scatter(
            x=[at, at], y=[here.min(), here.max()], mode="lines", showlegend=False, hoverinfo="skip",
            line={"color": style.colour_of("highlight"), "width": 4},
        )
    )  # fmt: skip
    if saved_text:
        figure.add_annotation(
            x=np.log10(at),
            y=np.log10(here.min()),
            text=saved_text,
            xanchor="left",
            yanchor="top",
            xshift=8,
            yshift=-8,
            font_size=style.TEXT_PX,
        )
    for name, mark in run_marks(roles).items():
        row = runs.loc[runs["run"] == name]
        figure.add_trace(
            go.Scatter(
                x=row["n_words"], y=row["n_parameters"], mode="markers", name=plain(name), customdata=_megabytes(row),
                marker={"color": mark.colour, "symbol": mark.symbol, "size": 14,
                        "line": {"color": style.page_colour(theme), "width": 2}},
                hovertemplate=_hover(),
            )
        )  # fmt: skip
    figure.update_layout(
        title_text=title, height=HEIGHT_PX, margin_t=92,
        xaxis={"title": {"text": axis_titles[0]}, "type": "log", **_ticks(table["n_words"].to_numpy())},
        yaxis={"title": {"text": axis_titles[1]}, "type": "log",
               **_ticks(np.concatenate([table["n_parameters"].to_numpy(), runs["n_parameters"].to_numpy()]))},
    )  # fmt: skip
    return style.themed(figure, theme)


def saved_curve(
    table: pd.DataFrame,
    *,
    at: int,
    title: str,
    axis_titles: tuple[str, str] = ("width", "saved by tying"),
    theme: str = "light",
) -> go.Figure:
    """The share of the parameters that tying saves against the width, and the width looked at.

    table: width, share (of an untied model), of one vocabulary size.
    """
    mark = table.loc[table["width"] == at]
    figure = go.Figure(
        [
            go.Scatter(
                x=table["width"], y=table["share"], mode="lines", line={"color": style.colour_of("tied"), "width": 3},
                hovertemplate=say("sizes.saved", width="%{x:,}", share="%{y:.1%}") + "<extra></extra>",
            ),
            go.Scatter(
                x=mark["width"], y=mark["share"], mode="markers+text", hoverinfo="skip", cliponaxis=False,
                marker={"color": style.colour_of("highlight"), "size": 14}, textposition="top center",
                text=[f"{share:.0%}" for share in mark["share"]], textfont={"size": style.TEXT_PX},
            ),
        ]
    )  # fmt: skip
    figure.update_layout(
        title_text=title, height=330, showlegend=False,
        xaxis={"title": {"text": axis_titles[0]}, "type": "log", **_ticks(table["width"].to_numpy())},
        yaxis={"title": {"text": axis_titles[1]}, "tickformat": ".0%", "range": [0, 0.55]},
    )  # fmt: skip
    return style.themed(figure, theme)


def _hover() -> str:
    return (
        say("sizes", n_words="%{x:,}", n_parameters="%{y:,}", size="%{customdata}") + "<extra>%{fullData.name}</extra>"
    )


def _megabytes(table: pd.DataFrame) -> list[str]:
    return [f"{n / 1e6:,.1f} MB" for n in table["n_bytes"]]


def _ticks(values: np.ndarray) -> dict[str, list]:
    """Round numbers as ticks of a log axis, which by itself labels powers of ten and puts a mere digit between them."""
    low, high = float(values.min()) * 0.9, float(values.max()) * 1.1
    shown = [tick for tick in _TICKS if low <= tick <= high]
    return {
        "tickvals": shown,
        "ticktext": [_short(tick) for tick in shown],
        "range": [float(np.log10(low)), float(np.log10(high))],
    }


def _short(number: int) -> str:
    for size, suffix in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:g}{suffix}"
    return str(number)
