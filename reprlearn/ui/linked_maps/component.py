"""The Python side of the linked maps: what is sent to the browser, and what comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from reprlearn.ui import presenting
from reprlearn.ui.linked_maps.serving import figure_url, mount
from reprlearn.ui.text import t
from reprlearn.viz.style import colour_of

MAX_POINTS = 20_000
"""Selectable points of a map; the caller samples beyond that, and says so."""

MESSAGES = ("loading", "failed", "no_webgl", "png", "svg", "keys")


@dataclass(frozen=True)
class MapEvent:
    """What the visitor did: the word ids selected now, and the word clicked in this very run (None in all others)."""

    selected: tuple[int, ...] = ()
    clicked: int | None = None


def linked_maps(
    figures: Sequence[go.Figure],
    *,
    key: str,
    height: int = 560,
    highlight: Sequence[int] = (),
    selected: Sequence[int] | None = None,
    alt: Sequence[str] = (),
    filename: str = "map",
    on_click: Callable[[int], None] | None = None,
) -> MapEvent:
    """Draw one or two maps side by side and return what the visitor selected and clicked.

    figures:    trace 0 holds all selectable points (`Scattergl`, or `Scatter3d` without lasso), `customdata` their word ids and
                `text` their words as Plotly writes them ("<" as "&lt;"). A word has the same id in both figures.
                `layout.uirevision` names the view: while it stays the same, zoom and camera stay; without one they stay while
                the coordinates do.
    height:     pixels at least; on a tall window the maps take 60 % of it. In presentation mode: in a window of 1280 x 720, and
                type and marks are larger.
    highlight:  ids of the searched word and its neighbours, in that order, drawn with labels.
    selected:   ids to select now, or None to leave the selection to the visitor. A command, not a mirror: it acts once, in the
                run in which it first differs from what was passed in the run before.
    alt:        what a screen reader says of each map.
    filename:   of downloaded images, without ending.
    on_click:   called with a clicked word's id before the rerun's script starts, so it may set other widgets' state.

    ValueError for other than one or two figures, or more than MAX_POINTS points.
    """
    if len(figures) not in (1, 2):
        raise ValueError(f"linked_maps draws one or two figures, however: {len(figures)=}")
    figures, scale = [presenting.enlarged(figure) for figure in figures], presenting.factor()
    ids = [point_ids(figure) for figure in figures]
    if any(len(points) > MAX_POINTS for points in ids):
        raise ValueError(
            f"at most {MAX_POINTS} points can be selected in a map, however: {[len(p) for p in ids]}; pass a sample"
        )
    known = set(np.concatenate(ids).tolist())
    command = _command(key, None if selected is None else [int(i) for i in selected])

    def clicked_first() -> None:
        word_id = _clicked(st.session_state[key], known)
        if on_click is not None and word_id is not None:
            on_click(word_id)

    result = mount(
        key=key,
        data={
            "key": key,
            "figures": [
                {
                    "url": figure_url(figure, f"{key}-{index}"),
                    "revision": _revision(figure),
                    "alt": alt[index] if index < len(alt) else "",
                    "filename": filename if len(figures) == 1 else f"{filename}-{index + 1}",
                }
                for index, figure in enumerate(figures)
            ],
            "is3d": any(_is_3d(figure) for figure in figures),
            "highlight": [int(i) for i in highlight],
            "command": {"nonce": command["nonce"], "ids": command["ids"]},
            "height": presenting.px(height),
            "scale": scale,
            "highlight_colour": colour_of("highlight"),
            "messages": {name: t(f"linked_maps.{name}") for name in MESSAGES},
        },
        on_selected_change=lambda: None,
        on_clicked_change=clicked_first,
    )
    return MapEvent(_selected(result, command, known), _clicked(result, known))


def point_ids(figure: go.Figure) -> np.ndarray:
    """Word ids of a figure's selectable points, (n_points,)."""
    points: Any = figure.data[0]
    return np.asarray(points.customdata).reshape(-1)


def _is_3d(figure: go.Figure) -> bool:
    points: Any = figure.data[0]
    return points.type == "scatter3d"


def _command(key: str, passed: list[int] | None) -> dict:
    """The caller's latest selection with a number that grows with each command, by which the browser tells new from old."""
    name = f"{key}_command"
    last = st.session_state.get(name, {"nonce": 0, "ids": [], "passed": None})
    if passed != last["passed"]:
        new = {} if passed is None else {"nonce": last["nonce"] + 1, "ids": passed}
        st.session_state[name] = last = {**last, **new, "passed": passed}
    return last


def _selected(result, command: dict, known: set[int]) -> tuple[int, ...]:
    """The visitor's selection, unless the caller commanded another one after it. What a client sends is not trusted."""
    report = result.get("selected")
    if isinstance(report, dict) and report.get("nonce") == command["nonce"]:
        return _valid(report.get("ids"), known)
    return _valid(command["ids"], known)


def _clicked(result, known: set[int]) -> int | None:
    ids = _valid([result.get("clicked")], known)
    return ids[0] if ids else None


def _valid(ids: object, known: set[int]) -> tuple[int, ...]:
    found: Iterable = ids if isinstance(ids, list) else ()
    return tuple(sorted({i for i in found if isinstance(i, int) and i in known}))


def _revision(figure: go.Figure) -> str:
    """Name of the view that zoom and camera belong to."""
    layout: Any = figure.layout
    if layout.uirevision is not None:
        return str(layout.uirevision)
    points: Any = figure.data[0]
    axes = [points.x, points.y, *([points.z] if _is_3d(figure) else [])]
    return hashlib.sha256(b"".join(np.ascontiguousarray(axis).tobytes() for axis in axes)).hexdigest()
