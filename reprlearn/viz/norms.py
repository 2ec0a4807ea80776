"""How long the vectors of frequent and of rare words are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.matrix_marks import drawn_as, line, marker, matrix_marks
from reprlearn.viz.text import plain
from reprlearn.viz.words import say

N_BANDS, FEWEST = 18, 8
_ROUND = [digit * 10.0**power for power in range(-3, 6) for digit in (1, 2, 5)]


def norm_figure(
    tables: Mapping[tuple[str, str], pd.DataFrame],
    *,
    roles: Mapping[str, str],
    points: tuple[str, str] | None = None,
    title: str,
    axis_titles: tuple[str, str] = ("occurrences in the training text (log scale)", "length of the vector (log scale)"),
    names: Mapping[tuple[str, str], str] | None = None,
    theme: str = "light",
) -> go.Figure:
    """A line a matrix: the median length of its rows by how often the word occurs; and each word of one matrix as a point.

    tables: {(run name, "input" or "output"): word, count, norm}; words that never occur are left out.
    roles: of all runs on the page.  points: the matrix whose words are drawn, one WebGL trace; None for no points.
    """
    marks = matrix_marks(roles)
    figure = go.Figure()
    lows, highs = [], []
    if points is not None:
        table = _occurring(tables[points])
        figure.add_trace(
            go.Scattergl(
                x=table["count"].to_numpy(np.float32), y=table["norm"].to_numpy(np.float32), mode="markers", showlegend=False,
                marker={"color": marks[points].colour, "size": 4, "opacity": 0.3}, text=table["word"].map(plain).to_numpy(),
                hovertemplate="<b>%{text}</b><br>%{x:,}×, %{y:.2f}<extra></extra>",
            )
        )  # fmt: skip
        lows.append(table["norm"].quantile(0.001))
        highs.append(table["norm"].quantile(0.999))
    for key, table in tables.items():
        bands, look = norm_bands(table), drawn_as(marks[key], key[1])
        lows.append(bands["norm"].min())
        highs.append(bands["norm"].max())
        figure.add_trace(
            go.Scatter(
                x=bands["count"], y=bands["norm"], mode="lines+markers", name=(names or {}).get(key, f"{plain(key[0])}, {key[1]}"),
                line=line(marks[key], look), marker=marker(marks[key], look, 8), customdata=bands["n_words"],
                hovertemplate=say("norms.median", length="%{y:.2f}", n="%{customdata:,}") + "<extra>%{fullData.name}</extra>",
            )
        )  # fmt: skip
    low, high = np.nanmin(lows), np.nanmax(highs)
    ticks = [tick for tick in _ROUND if low * 0.5 <= tick <= high * 2]
    figure.update_layout(
        title_text=title, height=480, margin_t=92,
        xaxis={"title": {"text": axis_titles[0]}, "type": "log", "dtick": 1, "tickformat": ",.0f"},
        yaxis={"title": {"text": axis_titles[1]}, "type": "log", "tickvals": ticks, "ticktext": [f"{tick:g}" for tick in ticks],
               "range": [float(np.log10(low * 0.9)), float(np.log10(high * 1.1))]},
    )  # fmt: skip
    return style.themed(figure, theme)


def norm_bands(table: pd.DataFrame) -> pd.DataFrame:
    """Median count and norm of bands of even width in log-frequency, those of few words left out where
    there are others: count, norm, n_words.
    """
    table = _occurring(table)
    logs = np.log10(table["count"].to_numpy(np.float64))
    edges = np.linspace(logs.min(), logs.max(), N_BANDS + 1)
    band = np.clip(np.digitize(logs, edges) - 1, 0, N_BANDS - 1)
    found = table.groupby(band).agg(count=("count", "median"), norm=("norm", "median"), n_words=("norm", "size"))
    enough = found.loc[found["n_words"] >= FEWEST]
    return (enough if len(enough) > 1 else found).reset_index(drop=True)


def _occurring(table: pd.DataFrame) -> pd.DataFrame:
    return table.loc[(table["count"] > 0) & (table["norm"] > 0)]
