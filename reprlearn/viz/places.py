"""How much geography the vectors of places hold: distance on the globe against distance between vectors."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.events import heading
from reprlearn.viz.text import plain
from reprlearn.viz.words import say

_N_BINS = 12


def distance_figure(
    pairs: pd.DataFrame,
    *,
    correlation: float,
    p_value: float,
    names: tuple[str, str] = ("pair of places", "median, with the middle half"),
    axis_titles: tuple[str, str] = ("great-circle distance (km)", "cosine distance of the vectors"),
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """Every pair of places as a point, and the median cosine distance of equally many pairs at a time, near to far.

    pairs, correlation, p_value: of `analysis.places.Geography`.
    title: by default whether near places have near vectors.
    """
    figure = go.Figure(
        go.Scattergl(
            x=pairs["km"].to_numpy(np.float32), y=pairs["cosine_distance"].to_numpy(np.float32), mode="markers",
            name=names[0], marker={"size": 4, "color": style.colour_of("neutral"), "opacity": 0.3},
            text=(pairs["a"].map(plain) + " – " + pairs["b"].map(plain)).to_numpy(),
            hovertemplate="<b>%{text}</b><br>" + say("places.pair", km="%{x:,.0f}", distance="%{y:.2f}") + "<extra></extra>",
        )
    )  # fmt: skip
    bins = np.array_split(pairs.sort_values("km")[["km", "cosine_distance"]].to_numpy(), min(_N_BINS, len(pairs)))
    low, middle, high = np.array([np.quantile(part[:, 1], [0.25, 0.5, 0.75]) for part in bins]).T
    figure.add_trace(
        # In WebGL like the points: it would lie under them otherwise.
        go.Scattergl(
            x=np.array([np.median(part[:, 0]) for part in bins]), y=middle, mode="lines+markers", name=names[1],
            line={"color": style.colour_of("highlight"), "width": 4}, marker={"size": 9},
            error_y={"type": "data", "symmetric": False, "array": high - middle, "arrayminus": middle - low,
                     "color": style.colour_of("highlight"), "thickness": 2, "width": 5},
            hovertemplate=say("places.bin", km="%{x:,.0f}", distance="%{y:.2f}") + "<extra></extra>",
        )
    )  # fmt: skip
    p_text = "p &lt; 0.001" if p_value < 0.001 else f"p = {p_value:.3f}"
    below = f"rank correlation {correlation:.2f} over {len(pairs):,} pairs, Mantel test {p_text}".replace("-", "−")
    figure.update_layout(
        title=heading(_finding(correlation, p_value), below) if title is None else heading(title),
        height=480,
        margin_t=116,
        xaxis={"title": {"text": axis_titles[0]}, "rangemode": "tozero", "tickformat": ",~g"},
        yaxis={"title": {"text": axis_titles[1]}},
    )  # fmt: skip
    return style.themed(figure, theme)


def _finding(correlation: float, p_value: float) -> str:
    if p_value > 0.05 or correlation <= 0:
        return "No geography to be seen in the vectors"
    strength = "Near places have near vectors" if correlation >= 0.3 else "Near places tend to have nearer vectors"
    return strength if correlation >= 0.15 else "Only a trace of geography in the vectors"
