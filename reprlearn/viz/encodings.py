"""How much worse or better other encodings of the scalars predict than the soft one-hot, with intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.text import plain
from reprlearn.viz.words import say

ROW_PX = 44
FAR = 3.0
"""An encoding this many times farther off than the next is written at the edge of the figure, with an arrow."""
# The soft one-hot wins: teal, it loses: purple, neither: grey. Told apart by place too, right or left of zero.
_COLOURS = {"win": style.OVERLAP[2][1], "loss": style.OVERLAP[0][1], "tie": style.colour_of("neutral")}


def differences_figure(
    table: pd.DataFrame,
    *,
    axis_title: str = "loss more than the soft one-hot's (nats an event)",
    title: str,
    theme: str = "light",
) -> go.Figure:
    """A row for each encoding beside the soft one-hot: difference in test loss, and its 95 % interval.

    table: encoding, difference, low, high, verdict, of `analysis.encoding_benchmark.results`; its order is kept.
    """
    rows = [row for row in table.to_dict("records") if row["verdict"]]
    at, least, most = (
        np.array([row[name] for row in rows], dtype=np.float64) for name in ("difference", "low", "high")
    )
    low, high = _in_view(least, most)
    outside = (at < low) | (at > high)
    signed = [f"{value:+.3f}".replace("-", "−") for value in at]
    figure = go.Figure(
        go.Scatter(
            x=at.clip(low, high), y=list(range(len(rows))), mode="markers+text",
            text=[text + (" →" if value > high else " ←" if value < low else "") for text, value in zip(signed, at, strict=True)],
            textposition=["top left" if value > high else "top center" for value in at],
            textfont={"size": style.LABEL_PX}, cliponaxis=False,
            marker={"size": 12, "color": [_COLOURS[row["verdict"]] for row in rows]},
            error_x={"type": "data", "symmetric": False, "array": np.where(outside, 0, most - at),
                     "arrayminus": np.where(outside, 0, at - least), "thickness": 2.5, "width": 6,
                     "color": style.colour_of("neutral")},
            customdata=[say("interval", difference=f"{d:+.4f}", low=f"{a:+.4f}", high=f"{b:+.4f}")
                        for d, a, b in zip(at, least, most, strict=True)],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )  # fmt: skip
    figure.add_vline(x=0, line={"width": 2, "color": style.colour_of("highlight")})
    figure.update_layout(
        title_text=title, height=150 + ROW_PX * len(rows), showlegend=False,
        xaxis={"title": {"text": axis_title}, "nticks": 6, "tickformat": "~g",
               "range": [low - 0.1 * (high - low), high + 0.05 * (high - low)]},
        yaxis={"tickvals": list(range(len(rows))), "ticktext": [plain(str(name)) for name in (row["encoding"] for row in rows)],
               "range": [len(rows) - 0.4, -0.8], "showgrid": False, "tickfont": {"size": style.TEXT_PX}},
    )  # fmt: skip
    return style.themed(figure, theme)


def _in_view(least: np.ndarray, most: np.ndarray) -> tuple[float, float]:
    """The part of the axis that is shown: all of it, or all but one that is so far off that the others would be dots."""
    reach = np.maximum(np.abs(least), np.abs(most))
    far = reach > FAR * np.partition(reach, -2)[-2] if len(reach) > 2 else np.zeros(len(reach), dtype=bool)
    return float(least[~far].min(initial=0.0)), float(most[~far].max(initial=0.0))
