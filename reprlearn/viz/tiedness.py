"""How alike the input and the output matrix of each run are over the epochs, and which of them a tied matrix is like."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.matrix_marks import marker, matrix_marks
from reprlearn.viz.run_marks import run_marks
from reprlearn.viz.text import plain

ROW_PX = 46


def tiedness_figure(
    frames: Mapping[str, pd.DataFrame],
    measure: str,
    *,
    roles: Mapping[str, str],
    title: str,
    axis_titles: tuple[str, str] = ("epoch", "agreement of input and output matrix"),
    chance_text: str = "by chance",
    number_format: str = ".2f",
    theme: str = "light",
) -> go.Figure:
    """A line a run: one measure of `analysis.tiedness.tiedness_by_epoch` over the epochs, and dotted what it is by chance.

    frames: {run name: its table}; runs without rows are left out.  roles: of all runs on the page, so that marks are kept.
    """
    marks = run_marks(roles)
    figure = go.Figure()
    tops, by_chance = [1e-9], False
    for name, frame in frames.items():
        if frame.empty:
            continue
        mark, chance = marks[name], frame[f"chance_{measure}"].to_numpy(np.float64)
        has_chance = bool(np.isfinite(chance).any())
        tops += [float(frame[measure].to_numpy().max()), float(np.nanmax(chance)) if has_chance else 0.0]
        figure.add_trace(
            go.Scatter(
                x=frame["epoch"], y=frame[measure], mode="lines+markers", name=plain(name), line=mark.line,
                marker={"size": 9, "symbol": mark.symbol}, cliponaxis=False,
                hovertemplate="%{y:" + number_format + "}<extra>%{fullData.name}</extra>",
            )
        )  # fmt: skip
        if has_chance:
            figure.add_trace(
                go.Scatter(
                    x=frame["epoch"], y=chance, mode="lines", name=chance_text, legendgroup="chance",
                    showlegend=not by_chance, hovertemplate="%{y:" + number_format + "}<extra>" + f"{plain(name)}, {chance_text}</extra>",
                    line={"color": style.colour_of("neutral"), "width": 2, "dash": "dot"},
                )
            )  # fmt: skip
            by_chance = True
    figure.update_layout(
        title_text=title, height=400, margin_t=92, hovermode="x unified",
        xaxis={"title": {"text": axis_titles[0]}, "dtick": _epoch_step(frames)},
        yaxis={"title": {"text": axis_titles[1]}, "range": [0, max(tops) * 1.06], "nticks": 6, "tickformat": _ticks(number_format)},
    )  # fmt: skip
    return style.themed(figure, theme)


def between_figure(
    table: pd.DataFrame,
    measure: str,
    *,
    roles: Mapping[str, str],
    title: str,
    axis_title: str = "agreement with the tied matrix",
    names: Mapping[str, str] | None = None,
    chance_text: str = "by chance",
    row_text: str = "{tied} and {untied}",
    number_format: str = ".2f",
    theme: str = "light",
) -> go.Figure:
    """A row for each tied and untied run: how much the tied matrix agrees with the input (hollow) and the output (filled).

    table: tied, untied, matrix, the measure and "chance_" of it, of `analysis.tiedness.between`.
    names: what input and output are called.
    """
    names = {"input": "its input matrix", "output": "its output matrix"} | dict(names or {})
    marks = matrix_marks(roles)
    pairs = list(dict.fromkeys(zip(table["tied"], table["untied"], strict=True)))
    row_of = {pair: row for row, pair in enumerate(pairs)}
    rows = np.array([row_of[pair] for pair in zip(table["tied"], table["untied"], strict=True)])
    figure = go.Figure()
    sides = {}
    for row, (tied, untied) in enumerate(pairs):
        values = table.loc[(table["tied"] == tied) & (table["untied"] == untied)].set_index("matrix")[measure]
        for which in values.index:
            # Of two that lie close, the numbers stand on the far sides.
            sides[row, which] = (
                "middle right" if values[which] == values.max() and which == values.idxmax() else "middle left"
            )
        figure.add_shape(
            type="line", x0=values.min(), x1=values.max(), y0=row, y1=row, layer="below",
            line={"color": style.colour_of("neutral"), "width": 2},
        )  # fmt: skip
    for which in ("input", "output"):
        for untied in dict.fromkeys(table["untied"]):
            mine = ((table["matrix"] == which) & (table["untied"] == untied)).to_numpy()
            look = marker(marks[untied, which], which, 14)
            figure.add_trace(
                go.Scatter(
                    x=table.loc[mine, measure], y=rows[mine], mode="markers+text", name=names[which], legendgroup=which,
                    showlegend=untied == table["untied"].iloc[0], marker=look, cliponaxis=False,
                    text=[f"{value:{number_format}}" for value in table.loc[mine, measure]],
                    textposition=[sides[at, which] for at in rows[mine]],
                    textfont={"size": style.LABEL_PX}, customdata=[plain(untied)] * int(mine.sum()),
                    hovertemplate="%{customdata}, " + names[which] + ": %{x}<extra></extra>",
                )
            )  # fmt: skip
    top = float(table[[measure, f"chance_{measure}"]].max(axis=None))
    figure.add_trace(
        go.Scatter(
            x=table[f"chance_{measure}"], y=rows, mode="markers", name=chance_text, hovertemplate="%{x}<extra>%{fullData.name}</extra>",
            marker={"symbol": "line-ns-open", "size": 14, "color": style.colour_of("neutral"), "line": {"width": 2}},
        )
    )  # fmt: skip
    figure.update_layout(
        title_text=title, height=150 + ROW_PX * len(pairs), margin_t=92,
        xaxis={"title": {"text": axis_title}, "range": [0, top * 1.12], "nticks": 6, "tickformat": _ticks(number_format),
               "hoverformat": number_format},
        yaxis={"tickvals": list(range(len(pairs))), "range": [len(pairs) - 0.5, -0.8], "showgrid": False,
               "ticktext": [row_text.format(tied=plain(tied), untied=plain(untied)) for tied, untied in pairs]},
    )  # fmt: skip
    return style.themed(figure, theme)


def _ticks(number_format: str) -> str:
    """Ticks are round: a percentage needs no decimals."""
    return "~%" if number_format.endswith("%") else "~g"


def _epoch_step(frames: Mapping[str, pd.DataFrame]) -> int:
    """So that ticks stand at whole epochs, at most about ten of them."""
    last = max((int(frame["epoch"].to_numpy().max()) for frame in frames.values() if len(frame)), default=1)
    return max(1, -(-last // 10))
