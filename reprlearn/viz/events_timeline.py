"""A sequence of events on a time line: the whole of it as a strip, and what happens around one event."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.events import faint, heading, short
from reprlearn.viz.text import plain
from reprlearn.viz.words import say

# Shares of the height: the strip of the whole sequence on top, the window below, between them what leads from one to
# the other.
_STRIP, _WINDOW = (0.88, 1.0), (0.0, 0.72)
# Ticks closer than this share of the strip are one tick: no screen shows more.
_FINEST = 1 / 1000
_TYPE_CHARACTERS, _UPRIGHT_CHARACTERS, _SMALL_PX = 12, 5, 13


def timeline(
    events: pd.DataFrame,
    position: int,
    *,
    n_around: int = 5,
    captions: tuple[str, str] | None = None,
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """The events from `n_around` before to `n_around` after the one at `position`, above them the whole sequence.

    events: as `analysis.event_sequences.sequence_events` gives them, of any number. On the strip each tick is an event
    at its time, and the part shown below is marked. Below, events are evenly spaced, so that a burst is as readable as
    a pause, with the time between them written there. What the model has read is filled, what comes later is hollow.
    captions: of the chosen event and of the one after it, by default `words.say`'s.
    ValueError when there is no such event.
    """
    if not 0 <= position < len(events):
        raise ValueError(f"the sequence has events 0 to {len(events) - 1}, however: {position=}")
    low, high = window(len(events), position, n_around)
    shown: Any = events.iloc[low:high]
    labels = [short(str(name), _TYPE_CHARACTERS) for name in shown["type"]]
    slanted = max(len(str(name)) for name in shown["type"]) > _UPRIGHT_CHARACTERS
    figure = go.Figure([_strip(events, position), *_line(shown), _markers(shown, position)])
    captions = captions or (say("event.this"), say("came"))
    names = [
        name
        for at, label in zip(shown["position"].tolist(), labels, strict=True)
        for name in _name(at, label, position, captions, slanted)
    ]
    dated = pd.api.types.is_datetime64_any_dtype(events["time"])
    figure.update_layout(
        title=heading(*_where(events, position) if title is None else (title, "")),
        height=370 if slanted else 320,
        showlegend=False,
        # All at once: adding one after the other takes Plotly ten times as long.
        annotations=[*names, *_ends(events["time"])], shapes=[_lead(events, low, high)],
        # Slanted names lean out to the right.
        margin={"l": 24, "r": 84 if slanted else 24, "t": 84, "b": 16},
        xaxis={"range": [low - 0.6, high - 0.4], "showgrid": False, "fixedrange": True, "tickangle": 0,
               "tickvals": shown["position"].to_numpy(), "ticktext": _clock(shown["time"]),
               "tickfont": {"size": _SMALL_PX}, "title": {"text": say("time.clock" if dated else "time.hours")}},
        yaxis={"domain": _WINDOW, "range": [-0.55, 2.3 if slanted else 1.0], "visible": False, "fixedrange": True},
        xaxis2={"anchor": "y2", "range": [0, 1], "visible": False, "fixedrange": True},
        yaxis2={"domain": _STRIP, "range": [-1, 1], "visible": False, "fixedrange": True},
    )  # fmt: skip
    return style.themed(figure, theme)


def window(n_events: int, position: int, n_around: int) -> tuple[int, int]:
    """First event shown and the one after the last: always 2 n_around + 1 of them where the sequence has so many."""
    size = min(n_events, 2 * n_around + 1)
    low = min(max(0, position - n_around), n_events - size)
    return low, low + size


def _shares(events: pd.DataFrame) -> np.ndarray:
    """Where on the strip each event lies, from 0 to 1; evenly where all happen at once."""
    hours = _hours(events["time"])
    span = hours[-1] - hours[0]
    return 0.005 + 0.99 * ((hours - hours[0]) / span if span else np.linspace(0, 1, len(hours)))


def _hours(times: Any) -> np.ndarray:
    if pd.api.types.is_datetime64_any_dtype(times):
        return ((times - times.iloc[0]) / pd.Timedelta(hours=1)).to_numpy()
    return times.to_numpy(np.float64)


def _strip(events: pd.DataFrame, position: int) -> go.Scatter:
    """All events as ticks at their times, the chosen one larger."""
    shares = _shares(events)
    ticks = np.unique(np.round(shares / _FINEST) * _FINEST)
    place = shares[position]
    return go.Scatter(
        x=[*ticks, place], y=np.zeros(len(ticks) + 1), xaxis="x2", yaxis="y2", mode="markers", hoverinfo="skip",
        name="sequence",
        marker={"symbol": "line-ns", "size": [*[16] * len(ticks), 26],
                "line": {"width": [*[1.2] * len(ticks), 3.5],
                         "color": [*[style.colour_of("neutral")] * len(ticks), style.colour_of("highlight")]}},
    )  # fmt: skip


def _lead(events: pd.DataFrame, low: int, high: int) -> dict[str, Any]:
    """What leads from the part of the strip that is shown down to the window, so that its place in the whole is seen."""
    shares = _shares(events)
    left, right = shares[low] - 0.004, shares[high - 1] + 0.004
    bottom, middle, top = _WINDOW[1] + 0.02, _STRIP[0], _STRIP[1]
    outline = [(0, bottom), (left, middle), (left, top), (right, top), (right, middle), (1, bottom)]
    path = "M " + " L ".join(f"{x:.4f},{y:.4f}" for x, y in outline) + " Z"
    return {"type": "path", "path": path, "xref": "paper", "yref": "paper", "layer": "below", "line": {"width": 0},
            "fillcolor": faint("neutral", 0.22)}  # fmt: skip


def _ends(times: Any) -> list[dict[str, Any]]:
    """When the sequence begins and ends, under either end of the strip."""
    return [
        {"x": x, "y": _STRIP[0] - 0.01, "xref": "paper", "yref": "paper", "xanchor": anchor, "yanchor": "top",
         "text": say("time.date", time=time) if hasattr(time, "year") else say("span.h", n=f"{time:,.4g}"), "name": "end",
         "font": {"size": _SMALL_PX}, "bgcolor": "rgba(0,0,0,0)"}
        for x, anchor, time in zip((0, 1), ("left", "right"), times.iloc[[0, -1]], strict=True)
    ]  # fmt: skip


def _line(shown: pd.DataFrame) -> tuple[go.Scatter, go.Scatter]:
    """The line the events of the window stand on, and the time between them, written under it."""
    at = shown["position"].to_numpy(np.float64)
    line = go.Scatter(
        x=at, y=np.zeros(len(at)), mode="lines", hoverinfo="skip", name="line",
        line={"width": 2, "color": style.colour_of("neutral")},
    )  # fmt: skip
    gaps = go.Scatter(
        x=(at[1:] + at[:-1]) / 2, y=np.full(len(at) - 1, -0.3), mode="text", hoverinfo="skip", name="gaps",
        text=[_gap(gap) for gap in np.diff(_hours(shown["time"]))], textfont={"size": _SMALL_PX},
    )  # fmt: skip
    return line, gaps


def _markers(shown: pd.DataFrame, position: int) -> go.Scatter:
    at = shown["position"].to_numpy()
    special = (at == position) | (at == position + 1)
    colour = np.where(special, style.colour_of("highlight"), style.colour_of("neutral"))
    times = shown["time"].map(
        lambda time: f"{time:%Y-%m-%d %H:%M} UTC" if hasattr(time, "year") else say("span.h", n=f"{time:,.2f}")
    )
    return go.Scatter(
        x=at, y=np.zeros(len(at)), mode="markers", name="events",
        marker={"size": np.where(at == position, 22, 15),
                "symbol": np.where(at <= position, "circle", "circle-open"),
                "color": colour, "opacity": 1.0, "line": {"width": np.where(at <= position, 0, 3), "color": colour}},
        customdata=np.column_stack([shown["word"].map(plain), at + 1, times]),
        hovertemplate="<b>%{customdata[0]}</b><br>"
        + say("event.when", n="%{customdata[1]:,}", time="%{customdata[2]}")
        + "<extra></extra>",
    )  # fmt: skip


def _name(at: int, label: str, position: int, captions: tuple[str, str], slanted: bool) -> list[dict[str, Any]]:
    """The type's name over its event; over those of the chosen one and the next, which they are."""
    turn = {"textangle": -40, "xanchor": "left", "xshift": -4, "yanchor": "bottom", "yshift": 14}
    place = turn if slanted else {"yanchor": "middle", "yshift": 26}
    if at not in (position, position + 1):
        return [{"x": at, "y": 0, "text": label, "name": "type", **place}]
    caption = {
        "x": at, "y": 2.2 if slanted else 0.85, "text": plain(captions[at - position]), "name": "caption",
        "yanchor": "middle", "xanchor": "right" if at == position else "left", "xshift": 20 if at == position else -20,
    }  # fmt: skip
    return [{"x": at, "y": 0, "text": f"<b>{label}</b>", "name": "type", **place}, caption]


def _gap(hours: float) -> str:
    """A span of time in the unit that says it shortest, as in "5 min", "2.5 h", "12 d"."""
    for size, unit in ((24 * 365.25, "y"), (24.0, "d"), (1.0, "h"), (1 / 60, "min")):
        if hours >= size * (1 if unit != "d" else 2):
            number = hours / size
            whole = number >= 10 or unit == "min"
            return say(f"span.{unit}", n=f"{number:.0f}" if whole else f"{number:.1f}".removesuffix(".0"))
    return "0" if hours == 0 else say("span.s", n=f"{hours * 3600:.0f}")


def _clock(times: Any) -> list[str]:
    """What stands under each event: its time of day, and the day where it is another than that of the event before."""
    if not pd.api.types.is_datetime64_any_dtype(times):
        return [f"{hours:,.4g}" for hours in times]
    days = times.dt.normalize()
    new = days != days.shift()
    return [
        f"{time:%H:%M}<br>{say('time.day', time=time)}" if is_new else f"{time:%H:%M}"
        for time, is_new in zip(times, new, strict=True)
    ]


def _where(events: pd.DataFrame, position: int) -> tuple[str, str]:
    word = short(str(events["word"].iloc[position]))
    title = say("event", n=f"{position + 1:,}", n_events=f"{len(events):,}", word=word)
    if position + 1 == len(events):
        return title, say("event.last")
    return title, say("event.next", word=short(str(events["word"].iloc[position + 1])))
