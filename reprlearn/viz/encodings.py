"""How much worse or better other encodings of the scalars predict than the soft one-hot, with intervals."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.text import plain

ROW_PX = 44
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
    rows = table[table["verdict"] != ""].reset_index(drop=True)
    figure = go.Figure(
        go.Scatter(
            x=rows["difference"], y=list(range(len(rows))), mode="markers+text",
            text=[f"{difference:+.3f}".replace("-", "−") for difference in rows["difference"]], textposition="top center",
            textfont={"size": style.LABEL_PX}, cliponaxis=False,
            marker={"size": 12, "color": [_COLOURS[verdict] for verdict in rows["verdict"]]},
            error_x={"type": "data", "symmetric": False, "array": rows["high"] - rows["difference"],
                     "arrayminus": rows["difference"] - rows["low"], "thickness": 2.5, "width": 6,
                     "color": style.colour_of("neutral")},
            customdata=[f"{low:+.4f} to {high:+.4f}" for low, high in zip(rows["low"], rows["high"], strict=True)],
            hovertemplate="%{x:+.4f}, 95 % interval %{customdata}<extra></extra>",
        )
    )  # fmt: skip
    figure.add_vline(x=0, line={"width": 2, "color": style.colour_of("highlight")})
    figure.update_layout(
        title_text=title, height=150 + ROW_PX * len(rows), showlegend=False,
        xaxis={"title": {"text": axis_title}, "nticks": 6, "tickformat": "+~g"},
        yaxis={"tickvals": list(range(len(rows))), "ticktext": [plain(str(name)) for name in rows["encoding"]],
               "range": [len(rows) - 0.4, -0.8], "showgrid": False, "tickfont": {"size": style.TEXT_PX}},
    )  # fmt: skip
    return style.themed(figure, theme)
