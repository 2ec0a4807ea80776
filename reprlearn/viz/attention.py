"""Attention: one head as a square of words against words, and all heads of a model in miniature."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.text import percent, plain

# From nothing, where the page shows through in either theme, to all.
SCALE = (
    (0.0, "rgba(74,95,193,0.0)"), (0.1, "rgba(74,95,193,0.45)"), (0.35, "#2C8CA8"), (0.65, "#3FA877"), (1.0, "#DDAF1F"),
)  # fmt: skip
GAP = 0.12
"""Between two miniatures, of their side."""
MINIATURE_PX = 68
ROW_PX, MOST_PX, HEAD_PX = 25, 620, 110


def head_heatmap(
    weights: np.ndarray,
    tokens: Sequence[str],
    *,
    axis_titles: tuple[str, str] = ("looks at", "this word"),
    hover_text: str = "“{word}” gives {share} of its attention to “{other}”",
    theme: str = "light",
) -> go.Figure:
    """One head: rows are the n words that look, columns those they look at.

    weights: (n, n), rows sum to 1.  tokens: as typed; a word may stand in several places.
    """
    n = len(tokens)
    named = [[(plain(row), percent(share), plain(column)) for column, share in zip(tokens, shares, strict=True)]
             for row, shares in zip(tokens, weights, strict=True)]  # fmt: skip
    hover = [[hover_text.format(word=row, share=share, other=column) for row, share, column in line] for line in named]
    figure = go.Figure(
        go.Heatmap(
            z=np.asarray(weights, dtype=np.float32), zmin=0, zmax=1, colorscale=SCALE, text=hover,
            hovertemplate="%{text}<extra></extra>", xgap=1, ygap=1,
            colorbar={"thickness": 12, "len": 0.7, "outlinewidth": 0, "tickvals": [0, 0.5, 1], "tickformat": ".0%",
                      "tickfont": {"size": style.LABEL_PX}},
        )
    )  # fmt: skip
    size = style.LABEL_PX if n <= 22 else max(9, style.LABEL_PX - (n - 22) // 3)
    ticks = {"tickvals": list(range(n)), "ticktext": [plain(token) for token in tokens], "showgrid": False,
             "tickfont": {"size": size}, "fixedrange": True}  # fmt: skip
    figure.update_xaxes(ticks, side="top", tickangle=-50, title={"text": axis_titles[0]})
    figure.update_yaxes(ticks, autorange="reversed", title={"text": axis_titles[1]})
    figure.update_layout(height=HEAD_PX + min(MOST_PX, ROW_PX * n), margin={"t": 8, "b": 8, "r": 8}, dragmode=False)
    return style.themed(figure, theme)


def head_overview(
    weights: np.ndarray,
    *,
    chosen: tuple[int, int],
    notes: Sequence[Sequence[str]],
    axis_titles: tuple[str, str] = ("head", "layer"),
    theme: str = "light",
) -> go.Figure:
    """Every head in miniature, a row a layer, all in one image; a click on one has the customdata [layer, head], from 1.

    weights: (layers, heads, n, n).  chosen: layer and head, from 1.  notes: of each layer and head, what hovering says.
    """
    n_layers, n_heads, n, _ = weights.shape
    step = 1 + GAP
    # One image for all: as many small axes would take the browser a second.
    at = (np.arange(n) + 0.5) / n - 0.5
    columns = np.concatenate([[*(head * step + at), (head + 0.5) * step] for head in range(n_heads)])[:-1]
    rows = np.concatenate([[*(layer * step + at), (layer + 0.5) * step] for layer in range(n_layers)])[:-1]
    image = np.full((len(rows), len(columns)), np.nan, dtype=np.float32)
    for (layer, head), _ in np.ndenumerate(weights[:, :, 0, 0]):
        top, left = layer * (n + 1), head * (n + 1)
        image[top : top + n, left : left + n] = weights[layer, head]
    figure = go.Figure(
        go.Heatmap(x=columns, y=rows, z=image, zmin=0, zmax=1, colorscale=SCALE, showscale=False, hoverinfo="skip")
    )
    for layer in range(n_layers):
        for head in range(n_heads):
            here = (layer + 1, head + 1) == tuple(chosen)
            line = {"color": style.colour_of("highlight" if here else "neutral"), "width": 3 if here else 1}
            x, y = head * step, layer * step
            figure.add_shape(type="rect", x0=x - 0.5, x1=x + 0.5, y0=y - 0.5, y1=y + 0.5, line=line)
    places = [(layer, head) for layer in range(n_layers) for head in range(n_heads)]
    figure.add_trace(
        go.Scatter(
            x=[head * step for _, head in places], y=[layer * step for layer, _ in places], mode="markers",
            marker={"symbol": "square", "size": MINIATURE_PX - 10, "color": "rgba(0,0,0,0)", "line": {"width": 0}},
            customdata=[[layer + 1, head + 1] for layer, head in places],
            hovertext=[plain(notes[layer][head]) for layer, head in places], hovertemplate="%{hovertext}<extra></extra>",
            selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}}, showlegend=False,
        )
    )  # fmt: skip
    for update, count, title in (
        (figure.update_xaxes, n_heads, axis_titles[0]),
        (figure.update_yaxes, n_layers, axis_titles[1]),
    ):
        update(
            tickvals=[i * step for i in range(count)], ticktext=[str(i + 1) for i in range(count)], showgrid=False,
            fixedrange=True, range=[-0.56, (count - 1) * step + 0.56], title={"text": title}, constrain="domain",
        )  # fmt: skip
    figure.update_xaxes(side="top")
    figure.update_yaxes(autorange=None, range=[(n_layers - 1) * step + 0.56, -0.56], scaleanchor="x")
    figure.update_layout(height=MINIATURE_PX * n_layers + 70, margin={"t": 8, "b": 8, "l": 8, "r": 8}, dragmode=False)
    return style.themed(figure, theme)
