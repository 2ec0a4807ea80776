"""A cosine in every layer of one or several models: a line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.events import faint
from reprlearn.viz.run_marks import run_marks
from reprlearn.viz.text import plain

HEIGHT_PX = 370
LEGEND_ROW = 3  # entries that stand in one row of it, more or less


def layer_lines(
    frames: Mapping[str, pd.DataFrame],
    *,
    roles: Mapping[str, str],
    bands: Mapping[str, pd.DataFrame] | None = None,
    references: Mapping[str, np.ndarray] | None = None,
    axis_titles: tuple[str, str] = ("layer (0 has seen no context)", "cosine"),
    band_text: str = "{run}: middle 80 % of its pairs in the texts",
    reference_text: str = "{run}: any two words",
    theme: str = "light",
) -> go.Figure:
    """Lines over layers.

    frames: {run: layer, cosine}, and where they are known low and high (an interval, drawn as bars).
    roles: {run: role of `viz.style`}, in the order in which the page shows the runs.
    bands: {run: layer, low, high}, drawn behind its line.  references: {run: a cosine a layer}, dotted.
    """
    marks = run_marks(roles)
    figure = go.Figure()
    for name, band in (bands or {}).items():
        layers, low, high = (band[column].to_numpy(np.float64) for column in ("layer", "low", "high"))
        figure.add_trace(
            go.Scatter(
                x=[*layers, *layers[::-1]], y=[*low, *high[::-1]], fill="toself", mode="lines", line={"width": 0},
                fillcolor=faint(marks[name].role, 0.16), name=band_text.format(run=plain(name)), hoverinfo="skip",
            )
        )  # fmt: skip
    for name, values in (references or {}).items():
        figure.add_trace(
            go.Scatter(
                x=np.arange(len(values)), y=values, mode="lines", name=reference_text.format(run=plain(name)),
                line={"color": marks[name].colour, "width": 1.5, "dash": "dot"},
                hovertemplate="%{y:.2f}<extra>%{fullData.name}</extra>",
            )
        )  # fmt: skip
    for name, frame in frames.items():
        bars: dict[str, Any] = {}
        if {"low", "high"} <= set(frame):
            above, below = frame["high"] - frame["cosine"], frame["cosine"] - frame["low"]
            bars["error_y"] = {"array": above, "arrayminus": below, "symmetric": False, "thickness": 1.5, "width": 4}
        figure.add_trace(
            go.Scatter(
                x=frame["layer"], y=frame["cosine"], mode="lines+markers", name=plain(name), line=marks[name].line,
                marker={"size": 10, "symbol": marks[name].symbol}, hovertemplate="%{y:.3f}<extra>%{fullData.name}</extra>",
                **bars,
            )
        )  # fmt: skip
    most = max([0, *(int(frame["layer"].to_numpy().max()) for frame in frames.values())])
    n_lines = len(frames) + len(bands or {}) + len(references or {})
    figure.update_layout(
        height=HEIGHT_PX, margin={"t": 16 + 26 * -(-n_lines // LEGEND_ROW), "b": 8},
        xaxis={"title": {"text": axis_titles[0]}, "tickvals": list(range(most + 1)), "range": [-0.2, most + 0.2]},
        yaxis={"title": {"text": axis_titles[1]}, "range": _range(frames, bands or {}, references or {})},
    )  # fmt: skip
    return style.themed(figure, theme)


def _range(
    frames: Mapping[str, pd.DataFrame],
    bands: Mapping[str, pd.DataFrame],
    references: Mapping[str, Sequence[float] | np.ndarray],
) -> list[float]:
    """From the lowest value, or 0 if that is lower, to 1: a cosine means little without its ends."""
    drawn = [frame["cosine"] for frame in frames.values()] + [band["low"] for band in bands.values()]
    values = [float(np.min(np.asarray(each, dtype=np.float64))) for each in (*drawn, *references.values())]
    return [min(0.0, *values) - 0.03, 1.04]
