"""A training as a film: maps whose words move from frame to frame, with perplexity and tiedness beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from reprlearn.viz import style
from reprlearn.viz.text import plain

HEIGHT_PX = 600
FRAME_MS = 700
MAP_SHARE, GAP = 0.7, 0.13  # of the height
_DASHES = ("solid", "dash")


@dataclass(frozen=True)
class Reel:
    """One film to be drawn.

    name:    what it is of, its subtitle
    role:    of `viz.style`
    points:  epoch, word, group, x, y; frames in order, the words of each in the same order
    along:   epoch, perplexity, tied (`analysis.film.along`)
    named:   words that are written beside their point
    """

    name: str
    role: str
    points: pd.DataFrame
    along: pd.DataFrame
    named: Sequence[str] = ()

    @property
    def epochs(self) -> list[float]:
        return self.points["epoch"].drop_duplicates().tolist()


def film_figure(
    reels: Sequence[Reel],
    *,
    title: str,
    axis_titles: tuple[str, str, str] = ("epoch", "training perplexity", "neighbours in common"),
    button_texts: tuple[str, str] = ("Play", "Pause"),
    epoch_text: str = "epoch ",
    theme: str = "light",
    height: int = HEIGHT_PX,
) -> go.Figure:
    """One film or two in step, opened on the last frame.

    The frames are those of the first film; of the second one, the nearest in time. Points of a group share a colour across both.
    axis_titles: of what runs along; the third is how much input and output matrix agree. button_texts, epoch_text: of the player.
    ValueError without a film, or with more than two.
    """
    if not 1 <= len(reels) <= 2:
        raise ValueError(f"one film or two are drawn, however: {len(reels)}")
    figure = _panels(reels)
    for i, reel in enumerate(reels):
        figure.add_traces(_map(reel, reel.epochs[-1]), rows=1, cols=i + 1)
    for i, reel in enumerate(reels):
        for column, value in ((1, "perplexity"), (2, "tied")):
            figure.add_trace(_line(reel, value, i, axis_titles[column]), row=2, col=column)
    heads = 4 * len(reels)  # after two traces a map and two lines a film
    for column in (1, 2):
        figure.add_trace(_head(reels, column, reels[0].epochs[-1]), row=2, col=column)
    _axes(figure, reels, axis_titles)
    moving = [*range(2 * len(reels)), heads, heads + 1]
    figure.frames = [
        go.Frame(
            name=f"{epoch:g}",
            data=[
                *(trace for reel in reels for trace in _map(reel, _nearest(reel.epochs, epoch), still=False)),
                *(_head(reels, column, epoch) for column in (1, 2)),
            ],
            traces=moving,
        )
        for epoch in reels[0].epochs
    ]
    _player(figure, reels[0].epochs, button_texts, epoch_text)
    figure.update_layout(title_text=title, height=height, margin={"t": 88, "b": 84}, showlegend=False)
    return style.themed(figure, theme)


def _panels(reels: Sequence[Reel]) -> go.Figure:
    specs: Any = [[{}, {}] if len(reels) == 2 else [{"colspan": 2}, None], [{}, {}]]
    figure = make_subplots(
        rows=2, cols=2, specs=specs, row_heights=[MAP_SHARE, 1 - MAP_SHARE], vertical_spacing=GAP, horizontal_spacing=0.08,
        subplot_titles=[plain(reel.name) for reel in reels],
    )  # fmt: skip
    for reel, note in zip(reels, list(figure.layout.annotations), strict=True):  # type: ignore[attr-defined]
        note.update(font={"color": style.colour_of(reel.role), "size": style.TEXT_PX}, bgcolor="rgba(0,0,0,0)")
    return figure


def _map(reel: Reel, epoch: float, *, still: bool = True) -> list[go.Scatter]:
    """The words of a frame and the names beside some; `still`: with all that stays as it is from frame to frame."""
    words = reel.points.loc[reel.points["epoch"] == epoch]
    named = words.set_index("word").reindex(list(reel.named)).dropna()
    places = [{axis: frame[axis].to_numpy(np.float32) for axis in ("x", "y")} for frame in (words, named)]
    if not still:
        return [go.Scatter(place) for place in places]
    n_groups = int(reel.points["group"].to_numpy().max(initial=0)) + 1
    return [
        go.Scatter(
            places[0], mode="markers", text=[plain(word) for word in words["word"]],
            ids=words["word"].astype(str).to_numpy(),  # so that each point goes on as itself
            hovertemplate="%{text}<extra></extra>", cliponaxis=False,
            marker={
                "size": 6, "opacity": 0.8, "line": {"width": 0}, "color": words["group"].to_numpy(np.uint8),
                "cmin": -0.5, "cmax": n_groups - 0.5, "colorscale": style.cluster_scale(n_groups), "showscale": False,
            },
        ),
        go.Scatter(
            places[1], mode="markers+text", text=[plain(str(word)) for word in named.index], textposition="top center",
            hoverinfo="skip", cliponaxis=False, textfont={"size": style.LABEL_PX},
            marker={"size": 10, "color": style.ROLES["highlight"], "line": {"width": 1, "color": "#FFFFFF"}},
        ),
    ]  # fmt: skip


def _line(reel: Reel, value: str, nth: int, axis_title: str) -> go.Scatter:
    said = "%{y:.1f}" if value == "perplexity" else "%{y:.1%}"
    return go.Scatter(
        x=reel.along["epoch"], y=reel.along[value], mode="lines", name=plain(reel.name),
        line={"color": style.colour_of(reel.role), "width": 3, "dash": _DASHES[nth % 2]},
        hovertemplate=f"{plain(axis_title)} {said}<extra>%{{fullData.name}}</extra>",
    )  # fmt: skip


def _head(reels: Sequence[Reel], column: int, epoch: float) -> go.Scatter:
    """Where the film is on a line: a dot on each."""
    value = "perplexity" if column == 1 else "tied"
    at = [
        reel.along.loc[reel.along["epoch"] == _nearest(reel.along["epoch"].tolist(), epoch)].iloc[0] for reel in reels
    ]
    return go.Scatter(
        x=[float(each["epoch"]) for each in at], y=[float(each[value]) for each in at], mode="markers", hoverinfo="skip",
        cliponaxis=False, marker={"size": 13, "color": style.ROLES["highlight"], "line": {"width": 2, "color": "#FFFFFF"}},
    )  # fmt: skip


def _axes(figure: go.Figure, reels: Sequence[Reel], axis_titles: tuple[str, str, str]) -> None:
    for i, reel in enumerate(reels):
        for axis, update in (("x", figure.update_xaxes), ("y", figure.update_yaxes)):
            values = reel.points[axis].to_numpy(np.float64)
            low, high = float(values.min()), float(values.max())
            margin = 0.06 * (high - low or 1.0)
            update(row=1, col=i + 1, range=[low - margin, high + margin], showticklabels=False, showgrid=False)
    last = max(reel.epochs[-1] for reel in reels)
    losses = pd.concat([reel.along["perplexity"] for reel in reels]).dropna().to_numpy(np.float64)
    figure.update_xaxes(row=2, title={"text": axis_titles[0], "standoff": 2}, range=[-0.02 * last, 1.03 * last])
    if len(losses):
        edges = np.log10([losses.min() * 0.85, losses.max() * 1.2])
        ticks = [
            tick for tick in (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if edges[0] <= np.log10(tick) <= edges[1]
        ]
        figure.update_yaxes(row=2, col=1, type="log", range=edges.tolist(), tickvals=ticks)
    figure.update_yaxes(row=2, col=1, title={"text": axis_titles[1], "font": {"size": style.LABEL_PX}})
    figure.update_yaxes(
        row=2,
        col=2,
        title={"text": axis_titles[2], "font": {"size": style.LABEL_PX}},
        tickformat=".0%",
        rangemode="tozero",
    )


def _player(figure: go.Figure, epochs: Sequence[float], texts: tuple[str, str], epoch_text: str) -> None:
    def go_to(frames: list[str] | list[None] | None, ms: int) -> list[Any]:
        moves = {"frame": {"duration": ms, "redraw": False}, "transition": {"duration": ms, "easing": "linear"}}
        return [frames, {"mode": "immediate", "fromcurrent": True, **moves}]

    buttons = [
        {"label": f"▶ {texts[0]}", "method": "animate", "args": go_to(None, FRAME_MS)},
        {"label": f"❚❚ {texts[1]}", "method": "animate", "args": go_to([None], 0)},
    ]
    steps = [{"label": f"{epoch:g}", "method": "animate", "args": go_to([f"{epoch:g}"], 200)} for epoch in epochs]
    figure.update_layout(
        updatemenus=[
            {
                "type": "buttons", "direction": "left", "buttons": buttons, "showactive": False,
                "x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "pad": {"t": 52, "r": 12}, "bgcolor": "#FFFFFF",
                "font": {"color": "#1F2430"}, "bordercolor": style.ROLES["neutral"],
            }
        ],
        sliders=[
            {
                "active": len(epochs) - 1, "steps": steps, "x": 0.2, "len": 0.8, "y": 0, "yanchor": "top", "pad": {"t": 40},
                "currentvalue": {"prefix": epoch_text, "xanchor": "right", "font": {"size": style.TEXT_PX}},
                "tickcolor": style.ROLES["neutral"], "minorticklen": 0, "font": {"size": 12},
                "transition": {"duration": 200, "easing": "linear"},
            }
        ],
    )  # fmt: skip


def _nearest(epochs: Sequence[float], epoch: float) -> float:
    return min(epochs, key=lambda each: abs(each - epoch))
