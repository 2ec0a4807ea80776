"""The words that moved a classifier, and what it takes for what.

Towards "positive" is teal and towards "negative" purple, told apart by the side of zero as well.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.text import plain
from reprlearn.viz.words import say

NEGATIVE, POSITIVE = style.OVERLAP[0][1], style.OVERLAP[2][1]
ROW_PX = 27


def moved_words(
    table: pd.DataFrame,
    *,
    reach: float,
    axis_title: str = "change in log-odds",
    unknown_text: str = "{word} (unknown)",
    alone_text: str = "without it: {change}",
    theme: str = "light",
) -> go.Figure:
    """A bar for each word: how far it moved the classifier, to the right towards "positive".

    table: position, token, known, moved, of `analysis.transfer_reading.strongest`; the first on top.
    reach: the end of the axis (nats), the same for all classifiers that are held side by side.
    """
    rows = table.to_dict("records")
    values = table["moved"].to_numpy(np.float64)
    labels = [plain(str(row["token"]) if row["known"] else unknown_text.format(word=row["token"])) for row in rows]
    alone = [plain(alone_text.format(change=signed(-value))) for value in values]
    figure = go.Figure(
        go.Bar(
            x=values, y=list(range(len(rows))), orientation="h", width=0.7,
            marker={"color": [POSITIVE if value > 0 else NEGATIVE for value in values],
                    "pattern": {"shape": ["" if row["known"] else "/" for row in rows]}},
            text=[signed(value) for value in values], textposition="outside", textfont={"size": style.LABEL_PX}, cliponaxis=False,
            customdata=[f"{label}<br>{without}" for label, without in zip(labels, alone, strict=True)],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )  # fmt: skip
    end = 1.6 * max(reach, 1e-3)
    figure.update_layout(
        height=70 + ROW_PX * max(len(rows), 1), margin={"l": 8, "r": 8, "t": 8, "b": 8}, showlegend=False,
        xaxis={"title": {"text": axis_title, "font": {"size": style.LABEL_PX}}, "range": [-end, end], "nticks": 5, "zeroline": True,
               "zerolinecolor": style.colour_of("neutral"), "zerolinewidth": 2},
        yaxis={"tickvals": list(range(len(rows))), "ticktext": labels, "range": [max(len(rows), 1) - 0.4, -0.6], "showgrid": False},
    )  # fmt: skip
    return style.themed(figure, theme)


def signed(value: float) -> str:
    """A change in log-odds with its sign.

    >>> signed(0.256), signed(-1.5)
    ('+0.26', '−1.50')
    """
    return f"{value:+.2f}".replace("-", "−")


def confusion_matrix(
    table: pd.DataFrame,
    labels: Sequence[str],
    *,
    axis_titles: tuple[str, str] = ("answer", "label"),
    theme: str = "light",
) -> go.Figure:
    """What is taken for what: a row a label, a column an answer, the deeper the more of the label's texts.

    table: label, answer, n, share, of `analysis.transfer_errors.confusion`.  labels: what 0, 1, ... are called.
    """
    size = len(labels)
    counts, shares = (
        table.pivot(index="label", columns="answer", values=name).to_numpy(np.float64) for name in ("n", "share")
    )
    figure = go.Figure(
        go.Heatmap(
            z=shares, x=list(range(size)), y=list(range(size)), zmin=0, zmax=1, showscale=False, xgap=3, ygap=3, hoverinfo="skip",
            colorscale=[(0.0, "rgba(138,144,156,0.06)"), (1.0, "rgba(138,144,156,0.55)")],
        )
    )  # fmt: skip
    for i in range(size):
        for j in range(size):
            said = f"<b>{counts[i, j]:,.0f}</b><br>{shares[i, j]:.1%}"
            figure.add_annotation(x=j, y=i, text=said, font_size=style.TEXT_PX, bgcolor="rgba(0,0,0,0)")
    ticks = {"tickvals": list(range(size)), "ticktext": [plain(label) for label in labels], "showgrid": False}
    figure.update_layout(
        height=300, margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={**ticks, "title": {"text": axis_titles[0]}, "tickfont": {"size": style.TEXT_PX}},
        yaxis={**ticks, "title": {"text": axis_titles[1]}, "autorange": "reversed", "tickfont": {"size": style.TEXT_PX}},
    )  # fmt: skip
    return style.themed(figure, theme)


def sureness(
    table: pd.DataFrame,
    labels: Sequence[str],
    *,
    axis_titles: tuple[str, str] = ("P(positive)", "texts"),
    theme: str = "light",
) -> go.Figure:
    """How many texts of each label are given which probability: what lies on the other label's side of one half is wrong.

    table: label, low, high (of a bin), n, of `analysis.transfer_errors.sureness`.  labels: what 0 and 1 are called.
    """
    figure = go.Figure()
    for label, colour in enumerate((NEGATIVE, POSITIVE)):
        rows = table.loc[table["label"] == label]
        low, high = rows["low"].to_numpy(np.float64), rows["high"].to_numpy(np.float64)
        figure.add_trace(
            go.Bar(
                x=(low + high) / 2, y=rows["n"], width=0.94 * (high - low), name=plain(labels[label]), opacity=0.6,
                marker={"color": colour},
                customdata=[say("certainty", low=f"{a:.0%}", high=f"{b:.0%}", n=f"{n:,}")
                            for a, b, n in zip(low, high, rows["n"], strict=True)],
                hovertemplate="%{customdata}<extra>" + plain(labels[label]) + "</extra>",
            )
        )  # fmt: skip
    figure.add_vline(x=0.5, line={"width": 2, "color": style.colour_of("neutral"), "dash": "dot"})
    figure.update_layout(
        height=300, margin={"l": 8, "r": 8, "t": 36, "b": 8}, barmode="overlay", showlegend=True,
        xaxis={"title": {"text": axis_titles[0]}, "range": [0, 1], "tickformat": ".0%", "dtick": 0.25},
        yaxis={"title": {"text": axis_titles[1]}},
    )  # fmt: skip
    return style.themed(figure, theme)
