"""The occurrences of one word as points, coloured by what stands around them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from reprlearn.viz import style
from reprlearn.viz.text import plain
from reprlearn.viz.views import opening_view, set_axes

POINT_PX, SMALL_PX = 9, 5
HOVER_CHARACTERS = 72
STRIP_PX = 220
LEGEND_ROW = 4  # entries that stand in one row of it, more or less


def occurrence_map(
    points: pd.DataFrame,
    colours: Colours,
    *,
    explained_variance: Sequence[float],
    mean_text: str = "their mean",
    uirevision: str = "occurrences",
    theme: str = "light",
) -> go.Figure:
    """A map of occurrences, for `ui.linked_maps`.

    points: occurrence (its number), x, y, short (a few words around it, what a highlighted point is labelled with) and sentence
        (what hovering shows).
    colours: of the points, in their order.
    mean_text: beside the mean of all vectors, which lies at the origin of principal components.
    """
    figure = go.Figure(
        go.Scattergl(
            x=points["x"].to_numpy(np.float32), y=points["y"].to_numpy(np.float32), mode="markers", name="occurrences",
            customdata=points["occurrence"].to_numpy(np.uint16), text=[plain(text) for text in points["short"]],
            hovertext=[_wrapped(text) for text in points["sentence"]], hovertemplate="%{hovertext}<extra></extra>",
            marker={"size": POINT_PX, "opacity": 0.85, "line": {"width": 0}, **colours.marker()}, showlegend=False,
        )
    )  # fmt: skip
    mark = {
        "symbol": "diamond",
        "size": 15,
        "color": style.colour_of("neutral"),
        "line": {"width": 2, "color": "#FFFFFF"},
    }
    figure.add_trace(go.Scattergl(x=[0], y=[0], mode="markers", marker=mark, hoverinfo="skip", showlegend=False))
    figure.add_annotation(x=0, y=0, yshift=20, text=plain(mean_text), showarrow=False, name="mean")
    n_entries = colours.add_legend(figure)
    set_axes(figure, opening_view(points), explained_variance)
    figure.update_layout(
        uirevision=uirevision, margin_b=44 + 24 * -(-n_entries // LEGEND_ROW),
        legend={"x": 0, "y": 0, "yref": "container", "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False},
    )  # fmt: skip
    return style.themed(figure, theme)


class Colours:
    """Colours of points: by a few values and all others, or along a scale."""

    def __init__(
        self,
        values: Sequence[object],
        shown: Sequence[object] = (),
        names: Sequence[str] = (),
        *,
        title: str = "",
        other: str = "other",
        n_other: int = 0,
    ) -> None:
        """values: of each point; numbers, where `shown` is empty, and then coloured along a scale.
        shown, names: the values that have colours of their own, most frequent first, and what the legend calls them.
        other, n_other: what it calls the rest, and how many these are.
        """
        self._values, self._shown, self._names = list(values), list(shown), list(names)
        self._title, self._other, self._n_other = title, other, n_other

    def marker(self, *, scale: bool = True) -> dict[str, Any]:
        """For `marker=` of a trace; scale: show the bar beside it."""
        if not self._shown:
            numbers = np.asarray(self._values, dtype=np.float32)
            bar = {"title": {"text": plain(self._title)}, "nticks": 6, "tickformat": "d"}
            return {"color": numbers, "colorscale": list(style.SEQUENTIAL), "showscale": scale, "colorbar": bar}
        order = {value: i for i, value in enumerate(self._shown)}
        codes = [order.get(value, len(order)) for value in self._values]
        palette = [*(_hue(i) for i in range(len(order))), style.colour_of("neutral")]
        return {"color": [palette[code] for code in codes]}

    def add_legend(self, figure: go.Figure) -> int:
        """An entry in the legend for each value that has a colour; returns how many there are."""
        entries = [(name, _hue(i)) for i, name in enumerate(self._names)]
        if self._n_other:
            entries.append((self._other, style.colour_of("neutral")))
        for name, colour in entries:
            figure.add_trace(
                go.Scattergl(
                    x=[None], y=[None], mode="markers", name=plain(name), hoverinfo="skip",
                    marker={"size": POINT_PX + 2, "color": colour},
                )
            )  # fmt: skip
        if entries:
            figure.update_layout(showlegend=True)
        return len(entries)


def _hue(i: int) -> str:
    # The first twelve differ in hue.
    return style.CLUSTERS[i % 12]


def layer_strip(
    frames: Sequence[pd.DataFrame],
    colours: Colours,
    *,
    names: Sequence[str],
    notes: Sequence[str],
    current: int,
    chosen: int | None = None,
    theme: str = "light",
) -> go.Figure:
    """The same occurrences in every layer, a small map each.

    frames: of each layer, x and y (its own principal components; no two maps share a space).
    names, notes: of the layers, above the maps.  current: the layer that is shown large.  chosen: a row to stress.
    """
    figure = make_subplots(rows=1, cols=len(frames), horizontal_spacing=0.02)
    for i, (frame, name, note) in enumerate(zip(frames, names, notes, strict=True)):
        place: Any = {"row": 1, "col": i + 1}
        x, y = (frame[axis].to_numpy(np.float32) for axis in ("x", "y"))
        marker = {"size": SMALL_PX, "opacity": 0.8, **colours.marker(scale=False)}
        figure.add_trace(
            go.Scatter(x=x, y=y, mode="markers", marker=marker, hoverinfo="skip", showlegend=False), **place
        )
        if chosen is not None:
            mark = {"size": 12, "color": style.colour_of("highlight"), "line": {"width": 1.5, "color": "#FFFFFF"}}
            figure.add_trace(
                go.Scatter(
                    x=x[[chosen]], y=y[[chosen]], mode="markers", marker=mark, hoverinfo="skip", showlegend=False
                ),
                **place,
            )
        box = {"showline": True, "mirror": True, "linewidth": 2 if i == current else 1, "showticklabels": False,
               "showgrid": False, "fixedrange": True}  # fmt: skip
        if i == current:
            box["linecolor"] = style.colour_of("highlight")
        figure.update_xaxes(box, **place)
        figure.update_yaxes(box, scaleanchor=f"x{i + 1 if i else ''}", **place)
        axis = str(i + 1) if i else ""
        figure.add_annotation(
            x=0.5, xref=f"x{axis} domain", y=1, yref=f"y{axis} domain", yanchor="bottom", showarrow=False,
            text=f"<b>{plain(name)}</b><br>{plain(note)}", name=name, bgcolor="rgba(0,0,0,0)",
        )  # fmt: skip
    figure.update_layout(height=STRIP_PX + 54, margin={"t": 54, "b": 8, "l": 8, "r": 8}, dragmode=False)
    return style.themed(figure, theme)


def _wrapped(text: str) -> str:
    return "<br>".join(plain(line) for line in textwrap.wrap(text, HOVER_CHARACTERS)[:8])
