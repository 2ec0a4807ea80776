"""How differently two matrices place their words: a histogram."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style

STEP = 0.05


def placed_figure(
    frame: pd.DataFrame,
    *,
    chance: float,
    role: str = "untied",
    title: str,
    axis_titles: tuple[str, str] = ("cosine of a word's two vectors, rotated to match", "words"),
    chance_text: str = "by chance {chance:.2f}",
    median_text: str = "median {median:.2f}",
    theme: str = "light",
) -> go.Figure:
    """How many words have which cosine, with the median and what the mean is by chance.

    frame: cosine, of `analysis.agreement.placed_differently`.  role: of `viz.style`, the colour of the bars.
    """
    cosines = frame["cosine"].to_numpy(np.float64)
    edges = np.round(np.arange(-1, 1 + STEP / 2, STEP), 10)
    counts, _ = np.histogram(cosines.clip(-1, 1), bins=edges)
    middles = (edges[:-1] + edges[1:]) / 2
    used = np.flatnonzero(counts)
    figure = go.Figure(
        go.Bar(
            x=middles, y=counts, width=STEP * 0.92, marker={"color": style.colour_of(role)},
            customdata=np.stack([edges[:-1], edges[1:]], axis=1),
            hovertemplate="%{customdata[0]:.2f} … %{customdata[1]:.2f}: %{y:,}<extra></extra>",
        )
    )  # fmt: skip
    median = float(np.median(cosines))
    right = median >= chance
    for at, text, name, above in (
        (median, median_text.format(median=median), "highlight", right),
        (chance, chance_text.format(chance=chance), "neutral", not right),
    ):
        figure.add_vline(
            x=at, line={"color": style.colour_of(name), "width": 3, "dash": "solid" if name == "highlight" else "dot"},
            annotation={"text": text, "xanchor": "left" if above else "right", "y": 1, "yanchor": "bottom"},
        )  # fmt: skip
    low, high = float(edges[used[0]]) if len(used) else -1.0, float(edges[used[-1] + 1]) if len(used) else 1.0
    figure.update_layout(
        title_text=title, height=360, margin_t=92, showlegend=False,
        xaxis={"title": {"text": axis_titles[0]}, "range": [min(low, chance) - STEP, max(high, chance) + STEP], "nticks": 9},
        yaxis={"title": {"text": axis_titles[1]}, "tickformat": ",.0f", "nticks": 5},
    )  # fmt: skip
    return style.themed(figure, theme)
