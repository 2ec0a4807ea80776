"""Perplexity by how often the right word stands in the training text, each run held against one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.run_marks import RunMark, run_marks
from reprlearn.viz.text import plain
from reprlearn.viz.words import say
from reprlearn.viz.wrapped_title import wrapped_title

SPREAD = 0.5
"""Room that the runs of one band take side by side, where bands are 1 apart."""


ROOM = 0.5
"""Behind the last band, for the name of the line at zero."""


def band_changes(
    tables: Mapping[str, pd.DataFrame],
    labels: Sequence[str],
    *,
    roles: Mapping[str, str],
    title: str,
    axis_titles: tuple[str, str] = ("training uses of the right word", "change of perplexity"),
    reference: str = "",
    theme: str = "light",
) -> go.Figure:
    """A point and its 95 % interval for each run and band: by how much its perplexity is above or below the reference's.

    tables: {run name: difference, lower, upper in nats a token, a row a band}, of `analysis.frequency_bands`.
    labels: of the bands, in the order of the rows.  roles: of all runs on the page.  reference: what the zero line is called.
    """
    marks = run_marks(roles)
    figure = go.Figure()
    for (name, table), shift in zip(tables.items(), shifts(len(tables)), strict=True):
        at, lower, upper = (np.expm1(table[column].to_numpy(np.float64)) for column in ("difference", "lower", "upper"))
        figure.add_trace(interval_points(name, marks[name], shift, at, lower, upper, ".1%"))
    figure.add_hline(
        y=0, line={"width": 2, "color": style.colour_of("neutral")}, annotation_text=plain(reference),
        annotation_position="bottom right",
    )  # fmt: skip
    head = wrapped_title(title)
    figure.update_layout(
        **head, height=430 - 92 + head["margin_t"], showlegend=True,
        xaxis={"title": {"text": axis_titles[0]}, **band_axis(labels), "range": [-0.5, len(labels) - 0.5 + ROOM]},
        yaxis={"title": {"text": axis_titles[1]}, "tickformat": "+.0%", "nticks": 8},
    )  # fmt: skip
    return style.themed(figure, theme)


def shifts(n: int) -> list[float]:
    """Where n runs stand beside the middle of a band."""
    return [(i - (n - 1) / 2) * SPREAD / max(n, 3) for i in range(n)]


def band_axis(labels: Sequence[str]) -> dict[str, object]:
    """An axis with the bands at 0, 1, 2, ..."""
    return {
        "tickvals": list(range(len(labels))), "ticktext": [plain(label) for label in labels],
        "range": [-0.5, len(labels) - 0.5], "showgrid": False, "tickangle": 0,
    }  # fmt: skip


def interval_points(
    name: str, mark: RunMark, shift: float, at: np.ndarray, lower: np.ndarray, upper: np.ndarray, number: str
) -> go.Scatter:
    """A run's values, a band each, and their intervals; a band without an interval has none drawn."""
    reach = [np.nan_to_num(np.abs(end - at)) for end in (upper, lower)]
    said = [
        f"{value:{number}}"
        if np.isnan(low)
        else say("within", value=f"{value:{number}}", low=f"{low:{number}}", high=f"{high:{number}}")
        for value, low, high in zip(at, lower, upper, strict=True)
    ]
    return go.Scatter(
        x=np.arange(len(at)) + shift, y=at, mode="markers", name=plain(name),
        marker={"size": 12, "color": mark.colour if mark.nth % 2 == 0 else "rgba(0,0,0,0)", "symbol": mark.symbol,
                "line": {"width": 2.5, "color": mark.colour}},
        error_y={"type": "data", "symmetric": False, "array": reach[0], "arrayminus": reach[1], "thickness": 2.5,
                 "width": 5, "color": mark.colour},
        customdata=[text.replace("-", "−") for text in said],
        hovertemplate="%{customdata}<extra>" + plain(name) + "</extra>",
    )  # fmt: skip
