"""What figures of events over a scalar share: what its axis is about, its values marked, findings only where data are."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.buckets_axis import DescribedScalar, mark_value, places
from reprlearn.viz.events import faint, heading
from reprlearn.viz.words import say

# Levels of the training quantiles between which a scalar counts as seen: the 1 % and the 99 %.
_SEEN = (0.01, 0.99)
# Of the axis: one percent of the data in less than this share of it is no scarcity.
_WORTH_SHADING = 0.03
_SECOND_LINE_PX = 22


class EventScalar(DescribedScalar, Protocol):
    """A scalar as figures of events need it."""

    @property
    def known_ahead(self) -> bool: ...


def finish(
    figure: Any,
    scalar: EventScalar,
    title: tuple[str, str],
    *,
    present: float | None = None,
    moved: float | None = None,
    annotations: list[dict[str, Any]] | None = None,
    theme: str = "light",
) -> go.Figure:
    """The figure (changed in place and returned) as `stacked` laid it out, with its title and what stands below it.

    The axis says of which event a scalar known ahead tells: it stands in the row of one event and is about the next.
    What lies beyond the data, where a line is a guess and no more, is shaded. present: the value as it was, dashed;
    moved: the one it was moved to.
    """
    # First, since it leaves no other shape.
    mark_value(figure, scalar, moved, theme)
    start, end = figure.layout.xaxis.range
    first, last = places(scalar, seen(scalar))
    whole = {"xref": "x", "yref": "paper", "y0": 0, "y1": 1}
    shapes: list[dict[str, Any]] = [
        {"type": "rect", **whole, "x0": x0, "x1": x1, "layer": "below", "line": {"width": 0},
         "fillcolor": faint("neutral", 0.14), "name": "beyond the data"}
        for x0, x1 in ((start, min(first, end)), (max(last, start), end))
        if x1 - x0 > _WORTH_SHADING * (end - start)
    ]  # fmt: skip
    if present is not None and not np.isnan(present):
        x = float(places(scalar, present if scalar.period is None else present % scalar.period))
        line = {"color": style.colour_of("neutral"), "width": 2.5, "dash": "dash"}
        shapes.append({"type": "line", **whole, "x0": x, "x1": x, "line": line, "name": "present"})
    axis = figure.layout.xaxis.title.text
    axis = say("axis.ahead", axis=axis) if scalar.known_ahead else axis
    below = f"<br>{say('shaded')}" if len(shapes) and shapes[0]["type"] == "rect" else ""
    more = _SECOND_LINE_PX if below else 0
    # All at once: Plotly takes its time for every change.
    figure.update_layout(
        title=heading(*title), hovermode="x unified", shapes=[*figure.layout.shapes, *shapes], annotations=annotations,
        xaxis_title_text=axis + below,
        height=figure.layout.height + more, margin_b=figure.layout.margin.b + more,
    )  # fmt: skip
    return figure


def seen(scalar: EventScalar) -> tuple[float, float]:
    """Raw values between which the training data lie, but for the odd ones at either end."""
    levels = np.linspace(0, 1, len(scalar.quantiles))
    low, high = np.interp(_SEEN, levels, scalar.quantiles)
    return float(low), float(high)


def within(frame: Any, scalar: EventScalar) -> Any:
    """The rows whose value lies where data are; all rows where none does. Findings are not made of guesses."""
    inside = frame[frame["value"].between(*seen(scalar))]
    return frame if inside.empty else inside


def extremes(values: pd.Series, probabilities: pd.Series) -> tuple[tuple[float, float], tuple[float, float]]:
    """(value, probability) where it is least, and where it is most."""
    at = (int(probabilities.to_numpy().argmin()), int(probabilities.to_numpy().argmax()))
    low, high = ((float(values.iloc[i]), float(probabilities.iloc[i])) for i in at)
    return low, high
