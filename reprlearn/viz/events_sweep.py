"""The types expected next as one scalar moves: of one event as lines, over many sequences as a mean with its band."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.buckets_axis import places, value_text
from reprlearn.viz.buckets_panels import stacked
from reprlearn.viz.events import faint, short
from reprlearn.viz.events_scalar import EventScalar, extremes, finish, within
from reprlearn.viz.labels import place_labels
from reprlearn.viz.text import n_columns, percent, plain
from reprlearn.viz.words import say

MAIN_PX, TOP_PX = 330, 88
# Room for the names of the lines in a figure of 600 pixels; in a wider one they lie further apart.
_WIDTH_PX, _LABEL_CHARACTERS, _TITLE_CHARACTERS = 460, 14, 24


def sweep_lines(
    frame: pd.DataFrame,
    scalar: EventScalar,
    *,
    present: float | None = None,
    moved: float | None = None,
    true_text: str | None = None,
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """A line for each type of a sweep, named where it is highest, over the density of the training data.

    frame: as `analysis.what_if.sweep_after` gives it, at least two values, ascending; the true type's line is thick.
    present: the value as it was (dashed), moved: the one it was moved to; raw, None or NaN: not marked.
    title: by default the type that depends most on the scalar here, and how far.
    """
    values = np.asarray(frame["value"].drop_duplicates(), dtype=np.float64)
    groups: list[pd.DataFrame] = [group for _, group in frame.groupby("type_id", sort=False)]
    figure = go.Figure([_line(group, i, scalar) for i, group in enumerate(groups)])
    top = 1.12 * float(np.max(frame["probability"])) or 1.0
    y_axis = {"range": [0, top], "tickformat": ".0%", "nticks": 6, "title": {"text": say("probability")}}
    text = _depends(frame, scalar) if title is None else (title, "")
    stacked(figure, scalar, values, main_px=MAIN_PX, y_axis=y_axis, top_px=TOP_PX, title="", theme=theme)
    names = _names(groups, scalar, top, true_text or say("came"))
    return finish(figure, scalar, text, present=present, moved=moved, annotations=names, theme=theme)


def partial_dependence_figure(
    summary: pd.DataFrame,
    lines: pd.DataFrame,
    scalar: EventScalar,
    *,
    type_id: int,
    own: pd.DataFrame | None = None,
    present: float | None = None,
    n_lines: int = 25,
    names: tuple[str, str, str] | None = None,
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """How one type depends on the scalar over many sequences: the mean, the band, and some sequences' own lines.

    summary, lines: of `analysis.partial_dependence.PartialDependence`.  own: a sweep of the chosen event, in which the
    type's line is drawn as well.  present: that event's value.
    names: of the mean, the band and the chosen event's line, by default `words.say`'s.
    title: by default from where to where the mean goes.
    ValueError for a type that is not in the summary.
    """
    names = names or (say("average.mean"), say("average.band"), say("average.own"))
    mean = _of(summary, type_id)
    if mean.empty:
        raise ValueError(f"the summary tells of the types {sorted(set(summary['type_id']))}, however: {type_id=}")
    values = mean["value"].to_numpy(np.float64)
    at = places(scalar, values).astype(np.float32)
    several = _of(lines, type_id).pivot(index="sequence_id", columns="value", values="probability")
    shown = _spread(several[values].to_numpy(np.float32), n_lines)
    traces = [_band(at, mean, names[1]), _thin(at, shown), _thick(at, mean["mean"], names[0], "neutral")]
    highest = [float(mean["high"].max()), float(mean["mean"].max())]
    if own is not None and not (line := _of(own, type_id)).empty:
        traces.append(_thick(places(scalar, line["value"]), line["probability"], names[2], "highlight"))
        highest.append(float(line["probability"].max()))
    figure = go.Figure(traces)
    # Not as high as the highest lines: one sure sequence would flatten all the others.
    top = 1.35 * max(highest) or 1.0
    y_axis = {"range": [0, top], "tickformat": ".0%", "nticks": 6, "title": {"text": say("probability")}}
    above = int((shown.max(axis=1, initial=0) > top).sum())
    text = _on_average(mean, scalar, len(several), len(shown), above) if title is None else (title, "")
    stacked(figure, scalar, values, main_px=MAIN_PX, y_axis=y_axis, top_px=TOP_PX + 28, title="", theme=theme)
    figure.update_layout(showlegend=True)
    figure.update_traces(showlegend=False, selector={"type": "bar"})
    return finish(figure, scalar, text, present=present, theme=theme)


def _of(frame: Any, type_id: int) -> Any:
    """The rows of one type."""
    return frame[frame["type_id"] == type_id]


def _line(group: pd.DataFrame, i: int, scalar: EventScalar) -> go.Scatter:
    first = group.iloc[0]
    return go.Scatter(
        x=places(scalar, group["value"]).astype(np.float32), y=group["probability"].to_numpy(np.float32),
        mode="lines", name=plain(str(first["word"])),
        line={"color": _colour(i), "width": 5 if first["is_true"] else 2.5, "dash": ("solid", "dash")[i // 6 % 2]},
        hovertemplate="%{y:.1%}<extra>%{fullData.name}</extra>",
    )  # fmt: skip


def _spread(several: np.ndarray, n: int) -> np.ndarray:
    """n of the lines (sequences, values), evenly from the lowest to the highest, so that they stand for all."""
    order = np.argsort(several.mean(axis=1), kind="stable")
    return several[order[np.unique(np.linspace(0, len(order) - 1, min(n, len(order))).round().astype(int))]]


def _colour(i: int) -> str:
    return style.CLUSTERS[i % 6]


def _names(groups: list[pd.DataFrame], scalar: EventScalar, top: float, true_text: str) -> list[dict[str, Any]]:
    """A name at the highest point of each line, framed in its colour; the highest lines first."""
    spots, labels, weights = [], [], []
    low, high = places(scalar, groups[0]["value"].to_numpy()[[0, -1]])
    for group in groups:
        best: Any = group.loc[group["probability"].idxmax()]
        spots.append((float(places(scalar, best["value"])), float(best["probability"])))
        labels.append(
            short(str(best["type"]), _LABEL_CHARACTERS) + (f", {plain(true_text)}" if best["is_true"] else "")
        )
        weights.append(float(best["probability"]) + (1.0 if best["is_true"] else 0.0))
    px = np.array([((x - low) / (high - low or 1) * _WIDTH_PX, y / top * MAIN_PX) for x, y in spots])
    # Inside the plot: half a label of room at either end.
    half = np.array([n_columns(label) * 4.5 + 8 for label in labels])
    centres = np.stack([px[:, 0].clip(half, _WIDTH_PX - half), (px[:, 1] + 16).clip(14, MAIN_PX - 14)], axis=1)
    named = []
    for i, dx, dy in place_labels(centres, labels, np.array(weights), style.LABEL_PX, max_shift_px=120):
        x, y = spots[i]
        across, up = centres[i] + (dx, dy) - px[i]
        named.append({"x": x, "y": y, "xshift": across, "yshift": up, "text": labels[i], "name": "type",
                      "bordercolor": _colour(i), "borderwidth": 2})  # fmt: skip
    return named


def _band(at: np.ndarray, mean: pd.DataFrame, name: str) -> go.Scatter:
    """The band as one outline, there and back."""
    return go.Scatter(
        x=np.concatenate([at, at[::-1]]), y=np.concatenate([mean["high"], mean["low"].iloc[::-1]]).astype(np.float32),
        mode="lines", line={"width": 0}, fill="toself", fillcolor=faint("neutral", 0.28), name=plain(name),
        hoverinfo="skip",
    )  # fmt: skip


def _thin(at: np.ndarray, several: np.ndarray) -> go.Scatter:
    """Lines (n, values) as one trace, with a gap after each: Plotly takes its time for every trace."""
    gap = np.full((len(several), 1), np.nan, dtype=np.float32)
    return go.Scatter(
        x=np.tile(np.append(at, np.float32(np.nan)), len(several)), y=np.hstack([several, gap]).ravel(), mode="lines",
        line={"width": 1, "color": style.colour_of("neutral")}, opacity=0.55, hoverinfo="skip", showlegend=False,
        name="lines",
    )  # fmt: skip


def _thick(x: np.ndarray, y: pd.Series, name: str, role: str) -> go.Scatter:
    return go.Scatter(
        x=x.astype(np.float32), y=y.to_numpy(np.float32), mode="lines", name=plain(name),
        line={"width": 5, "color": style.colour_of(role)}, hovertemplate="%{y:.1%}<extra>" + plain(name) + "</extra>",
    )  # fmt: skip


def _depends(frame: pd.DataFrame, scalar: EventScalar) -> tuple[str, str]:
    """Which type depends most on the scalar, and between which probabilities, where there are data."""
    frame, name = within(frame, scalar), short(scalar.name, _TITLE_CHARACTERS)
    spans: Any = frame.groupby("type_id", sort=False)["probability"].agg(np.ptp)
    if spans.max() < 0.005:
        return say("depends.none", scalar=name), say("depends.none.most", share=percent(float(spans.max())))
    most = _of(frame, int(spans.idxmax()))
    low, high = extremes(most["value"], most["probability"])
    ends = {"low": percent(low[1]), "high": percent(high[1])}
    ends |= {"low_value": value_text(scalar, low[0]), "high_value": value_text(scalar, high[0])}
    return say("depends", word=_titled(most), scalar=name), say("depends.range", **ends)


def _on_average(
    mean: pd.DataFrame, scalar: EventScalar, n_sequences: int, n_shown: int, n_above: int
) -> tuple[str, str]:
    """Between which probabilities the mean moves where there are data, and where; of how many sequences."""
    inside = within(mean, scalar)
    low, high = extremes(inside["value"], inside["mean"])
    title = say("average", word=_titled(mean), low=percent(low[1]), high=percent(high[1]))
    ends = {"low": value_text(scalar, low[0]), "high": value_text(scalar, high[0])}
    below = say("average.range", **ends, shown=n_shown, n=f"{n_sequences:,}")
    if n_above:
        below = say("average.above.one", range=below) if n_above == 1 else say("average.above", range=below, n=n_above)
    return title, below


def _titled(rows: pd.DataFrame) -> str:
    return short(str(rows["word"].iloc[0]), _TITLE_CHARACTERS)
