"""How the variance of embedding matrices spreads over directions, and how alike their rows are."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.matrix_marks import drawn_as, line, marker, matrix_marks
from reprlearn.viz.text import plain

ROW_PX = 42
_COUNTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


def spectrum_figure(
    spectra: Mapping[str, pd.DataFrame],
    *,
    roles: Mapping[str, str],
    title: str,
    axis_titles: tuple[str, str] = ("largest directions (log scale)", "share of the variance"),
    names: Mapping[tuple[str, str], str] | None = None,
    theme: str = "light",
) -> go.Figure:
    """A line a matrix: the share of its variance that its largest 1, 2, 3, ... directions hold.

    spectra: {run name: matrix, index, singular_value, share, cumulative}, of `analysis.spectrum.run_spectra`.
    roles: of all runs on the page.  names: what to call a run's matrix.
    """
    marks = matrix_marks(roles)
    figure = go.Figure()
    for run, table in spectra.items():
        for which, part in table.groupby("matrix", sort=False):
            which = str(which)
            mark = marks[run, which]
            figure.add_trace(
                go.Scatter(
                    x=part["index"], y=part["cumulative"], mode="lines", name=_name(names, run, which),
                    line=line(mark, drawn_as(mark, which)), hovertemplate="%{y:.1%}<extra>%{fullData.name}</extra>",
                )
            )  # fmt: skip
    figure.update_layout(
        title_text=title, height=420, margin_t=92, hovermode="x unified",
        xaxis={"title": {"text": axis_titles[0]}, "type": "log", "tickvals": _COUNTS, "ticktext": [f"{n:,}" for n in _COUNTS]},
        yaxis={"title": {"text": axis_titles[1]}, "range": [0, 1.02], "tickformat": ".0%"},
    )  # fmt: skip
    return style.themed(figure, theme)


def rank_figure(
    shapes: Mapping[str, pd.DataFrame],
    *,
    column: str = "effective_rank",
    roles: Mapping[str, str],
    title: str,
    axis_titles: tuple[str, str] = ("epoch", "effective rank"),
    names: Mapping[tuple[str, str], str] | None = None,
    theme: str = "light",
) -> go.Figure:
    """A line a matrix: its effective rank after each epoch.

    shapes: {run name: epoch, matrix and `column`}, of `analysis.tiedness.shape_by_epoch`; runs without rows are left out.
    """
    marks = matrix_marks(roles)
    figure = go.Figure()
    for run, table in shapes.items():
        for which, part in table.groupby("matrix", sort=False):
            which = str(which)
            mark = marks[run, which]
            look = drawn_as(mark, which)
            figure.add_trace(
                go.Scatter(
                    x=part["epoch"], y=part[column], mode="lines+markers", name=_name(names, run, which), line=line(mark, look),
                    marker=marker(mark, look, 9), cliponaxis=False, hovertemplate="%{y:.0f}<extra>%{fullData.name}</extra>",
                )
            )  # fmt: skip
    top = max((float(table[column].to_numpy().max()) for table in shapes.values() if len(table)), default=1.0)
    last = max((int(table["epoch"].to_numpy().max()) for table in shapes.values() if len(table)), default=1)
    figure.update_layout(
        title_text=title, height=380, margin_t=92, hovermode="x unified",
        xaxis={"title": {"text": axis_titles[0]}, "dtick": max(1, -(-last // 10))},
        yaxis={"title": {"text": axis_titles[1]}, "range": [0, top * 1.06], "nticks": 6},
    )  # fmt: skip
    return style.themed(figure, theme)


def cosine_figure(
    summaries: Mapping[str, pd.DataFrame],
    *,
    roles: Mapping[str, str],
    title: str,
    axis_title: str = "mean cosine of two words",
    names: Mapping[tuple[str, str], str] | None = None,
    before_after: tuple[str, str] = ("as it is", "centred"),
    theme: str = "light",
) -> go.Figure:
    """A row a matrix: the mean cosine of its rows as they are (a ring) and with the mean row taken off (a dot).

    summaries: {run name: matrix, mean_cosine, mean_cosine_centred}, of `analysis.spectrum.run_summaries`.
    """
    marks = matrix_marks(roles)
    rows = [(run, row) for run, table in summaries.items() for row in table.to_dict("records")]
    figure = go.Figure()
    for i, (run, row) in enumerate(rows):
        mark = marks[run, row["matrix"]]
        figure.add_shape(
            type="line", x0=row["mean_cosine"], x1=row["mean_cosine_centred"], y0=i, y1=i, layer="below",
            line={"color": mark.colour, "width": 3},
        )  # fmt: skip
    colours = [marks[run, row["matrix"]].colour for run, row in rows]
    for column, symbol, name in zip(
        ("mean_cosine", "mean_cosine_centred"), ("circle-open", "circle"), before_after, strict=True
    ):
        values = [row[column] for _, row in rows]
        figure.add_trace(
            go.Scatter(
                x=values, y=list(range(len(rows))), mode="markers+text", showlegend=False, name=name, cliponaxis=False,
                marker={"color": colours, "size": 13, "symbol": symbol, "line": {"width": 2.5, "color": colours}},
                text=[f"{value:.2f}" if symbol == "circle-open" else "" for value in values], textposition="top center",
                textfont={"size": style.LABEL_PX}, hovertemplate="%{x:.4f}<extra>%{fullData.name}</extra>",
            )
        )  # fmt: skip
        # The legend's own mark is grey: the colours say which matrix, the shape says before or after.
        grey = style.colour_of("neutral")
        look = {"color": grey, "size": 13, "symbol": symbol, "line": {"width": 2.5, "color": grey}}
        figure.add_trace(go.Scatter(x=[None], y=[None], mode="markers", name=name, marker=look))
    labels = [_name(names, run, row["matrix"]) for run, row in rows]
    values = [row[name] for _, row in rows for name in ("mean_cosine", "mean_cosine_centred")]
    figure.update_layout(
        title_text=title, height=150 + ROW_PX * len(rows), margin_t=92,
        xaxis={"title": {"text": axis_title}, "nticks": 6, "range": [min(-0.02, *values, 0) - 0.02, max(0.1, *values) * 1.08]},
        yaxis={"tickvals": list(range(len(rows))), "ticktext": labels, "range": [len(rows) - 0.5, -0.8], "showgrid": False},
    )  # fmt: skip
    figure.add_vline(x=0, line={"width": 1.5, "color": style.colour_of("neutral")})
    return style.themed(figure, theme)


def _name(names: Mapping[tuple[str, str], str] | None, run: str, which: str) -> str:
    return (names or {}).get((run, which), f"{plain(run)}, {which}")
