"""How far the span of the output embedding is from that of the input embedding, as the augmented loss takes over."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style

_LOOKS = (("solid", "circle"), ("dash", "square"), ("dot", "diamond"), ("dashdot", "triangle-up"))


def subspace_figure(
    cells: pd.DataFrame,
    *,
    title: str,
    axis_titles: tuple[str, str] = ("share of the augmented loss (β)", "distance of the two spans"),
    tau_text: str = "temperature {tau:g}",
    random_text: str = "random spans: {distance:.2f}",
    theme: str = "light",
) -> go.Figure:
    """A line a temperature: the mean distance over seeds against beta, each training a point; and the distance of random spans.

    cells: beta, tau, distance and random_distance of trainings on one text, of `analysis.subspace.cells`.
    """
    figure = go.Figure()
    taus = sorted(cells["tau"].unique(), reverse=True)
    colours = [style.SEQUENTIAL[at][1] for at in (0, 3, 2, 4)]
    for i, tau in enumerate(taus):
        mine = cells.loc[cells["tau"] == tau]
        means = mine.groupby("beta")["distance"].mean()
        (dash, symbol), colour = _LOOKS[i % len(_LOOKS)], colours[i % len(colours)]
        if len(mine) > len(means):
            figure.add_trace(
                go.Scatter(
                    x=mine["beta"], y=mine["distance"], mode="markers", showlegend=False, hoverinfo="skip",
                    marker={"color": colour, "size": 6, "opacity": 0.5},
                )
            )  # fmt: skip
        figure.add_trace(
            go.Scatter(
                x=means.index, y=means, mode="lines+markers", name=tau_text.format(tau=tau), cliponaxis=False,
                line={"color": colour, "width": 3, "dash": dash}, marker={"size": 10, "symbol": symbol},
                hovertemplate="β %{x:g}: %{y:.3f}<extra>%{fullData.name}</extra>",
            )
        )  # fmt: skip
    random = float(cells["random_distance"].to_numpy().mean())
    figure.add_hline(
        y=random, line={"color": style.colour_of("neutral"), "width": 2, "dash": "dot"},
        annotation={"text": random_text.format(distance=random), "xanchor": "right", "x": 1, "yanchor": "bottom"},
    )  # fmt: skip
    figure.update_layout(
        title_text=title, height=420, margin_t=92,
        xaxis={"title": {"text": axis_titles[0]}, "range": [-0.02, 1.02]},
        yaxis={"title": {"text": axis_titles[1]}, "range": [0, 1.12]},
    )  # fmt: skip
    return style.themed(figure, theme)
