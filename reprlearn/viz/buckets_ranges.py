"""The true ranges of a scalar beside the learned ones, where the truth is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.buckets_axis import DescribedScalar, bucket_colours, places, text_on, value_text, x_axis
from reprlearn.viz.buckets_panels import LEFT_PX, RIGHT_PX, TOP_PX, titled
from reprlearn.viz.text import plain
from reprlearn.viz.words import say


def ranges_figure(
    ranges: pd.DataFrame,
    segments: pd.DataFrame,
    match: pd.DataFrame,
    scalar: DescribedScalar,
    n_buckets: int,
    *,
    row_texts: tuple[str, str] = ("true ranges", "learned"),
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """The true ranges above the segments that the buckets cut the scalar into; the colour of a learned one is its bucket's.

    ranges: low, high, group, of `analysis.bucket_truth.true_ranges`.  segments: of `analysis.bucket_edges.segments`.
    match: of `analysis.bucket_truth.range_match`.  n_buckets: P, which the colours are spread over.
    title: by default how far the learned edges are off, against edges
    of even shares, which know the data but not what comes next.
    """
    of_group = dict(zip(sorted(ranges["group"].unique()), style.CLUSTERS, strict=False))
    of_bucket = bucket_colours(scalar, n_buckets)
    rows = (
        (0, ranges, [of_group[group] for group in ranges["group"]], ranges["group"].astype(str).tolist()),
        (1, segments, [of_bucket[bucket - 1] for bucket in segments["bucket"]],
         segments["bucket"].astype(str).tolist()),
    )  # fmt: skip
    low, high = float(ranges["low"].iloc[0]), float(ranges["high"].iloc[-1])
    figure = go.Figure()
    for row, table, colours, texts in rows:
        start, end = places(scalar, table["low"]), places(scalar, table["high"])
        # A number is only written where it has room on a figure of 600 pixels: Plotly would shrink it to a speck.
        wide = (end - start) / (end[-1] - start[0])
        labels = [
            f"<b>{plain(text)}</b>" if share > 0.013 + 0.012 * len(text) else ""
            for text, share in zip(texts, wide, strict=True)
        ]
        hover = [
            f"<b>{plain(text)}</b>: {say('range', low=value_text(scalar, a), high=value_text(scalar, b))}"
            for text, a, b in zip(texts, table["low"], table["high"], strict=True)
        ]
        figure.add_trace(
            go.Bar(
                x=end - start, base=start, y=[row] * len(table), width=0.8, orientation="h",
                marker={"color": colours, "line": {"color": style.page_colour(theme), "width": 2}},
                text=labels, textposition="inside", insidetextanchor="middle",
                textangle=0, textfont={"size": style.LABEL_PX, "color": [text_on(colour) for colour in colours]},
                customdata=hover, hovertemplate="%{customdata}<extra></extra>",
            )
        )  # fmt: skip
    figure.update_layout(
        title=titled(title if title is not None else edges_off(match)),
        height=230, barmode="overlay", showlegend=False,
        margin={"l": LEFT_PX, "r": RIGHT_PX, "t": TOP_PX, "b": 64},
        xaxis={**x_axis(scalar, low, high), "automargin": False},
        yaxis={"tickvals": [0, 1], "ticktext": [plain(text) for text in row_texts], "range": [1.5, -0.5],
               "showgrid": False, "fixedrange": True, "automargin": False},
    )  # fmt: skip
    figure.layout.shapes = [
        {"type": "line", "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1,
         "line": {"color": style.colour_of("neutral"), "width": 1.5, "dash": "dot"}}
        for x in places(scalar, match["edge"]).tolist()
    ]  # fmt: skip
    return style.themed(figure, theme)


def edges_off(match: pd.DataFrame) -> str:
    """How far the learned edges are off the true ones, in words, as a mean share of the training data."""
    learned, even = match["learned_off"].mean(), match["quantile_off"].mean()
    if np.isnan(learned):
        return say("edges_off.none")
    return say("edges_off", learned=f"{learned:.1%}", even=f"{even:.1%}")
