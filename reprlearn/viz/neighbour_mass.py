"""What models give to the words near the right one, against what their frequency alone would give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.bands import band_axis, interval_points, shifts
from reprlearn.viz.run_marks import run_marks
from reprlearn.viz.text import plain
from reprlearn.viz.wrapped_title import wrapped_title

_TICKS = (0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 20, 50, 100)


def lift_figure(
    tables: Mapping[str, pd.DataFrame],
    labels: Sequence[str],
    *,
    roles: Mapping[str, str],
    title: str,
    axis_titles: tuple[str, str] = ("training uses of the right word", "times what their frequency gives them"),
    one: str = "by frequency alone",
    theme: str = "light",
) -> go.Figure:
    """A point and its 95 % interval for each run and band: how many times what their frequency alone would give them the
    neighbours of the right word get (log scale).

    tables: {run name: lift, lower, upper, a row a band}, of `analysis.neighbour_mass.lift_by_band`; labels: of the bands.
    one: what the line at 1 is called.
    """
    marks = run_marks(roles)
    figure = go.Figure()
    for (name, table), shift in zip(tables.items(), shifts(len(tables)), strict=True):
        at, lower, upper = (table[column].to_numpy(np.float64) for column in ("lift", "lower", "upper"))
        figure.add_trace(interval_points(name, marks[name], shift, at, lower, upper, ".2f"))
    figure.add_hline(y=1, line={"width": 2, "color": style.colour_of("neutral")})
    # On a log axis a line stands at the value, an annotation at its logarithm.
    figure.add_annotation(text=plain(one), xref="paper", x=0, y=0, xanchor="left", yanchor="bottom")
    head = wrapped_title(title)
    figure.update_layout(
        **head, height=430 - 92 + head["margin_t"], showlegend=True,
        xaxis={"title": {"text": axis_titles[0]}, **band_axis(labels)},
        yaxis={"title": {"text": axis_titles[1]}, "type": "log", "tickvals": _TICKS,
               "ticktext": [f"{tick:g} ×" for tick in _TICKS]},
    )  # fmt: skip
    return style.themed(figure, theme)
