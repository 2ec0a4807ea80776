"""The views a visitor has pinned, in the order of their report. They stay in this visit's session: nobody else sees them, and
they go when the browser's tab is closed or loaded anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from reprlearn.viz.report import View

KEY, NEXT = "pins", "pins_next"
MOST, MOST_BYTES_EACH, MOST_BYTES = 30, 4_000_000, 16_000_000
MOST_TITLE, MOST_NOTE = 200, 2_000
"""Characters of what a visitor writes about a view."""


@dataclass(frozen=True)
class Pin:
    """A view and the way back to it: a page (`frame.Page.name`) and its query parameters."""

    id: int
    page: str
    query: Mapping[str, Sequence[str]]
    view: View


def pins() -> tuple[Pin, ...]:
    """All of them, in their order."""
    return tuple(st.session_state.get(KEY, ()))


def n_bytes() -> int:
    """How much they hold together."""
    return sum(pin.view.n_bytes for pin in pins())


def add(view: View, page: str, query: Mapping[str, Sequence[str]]) -> str | None:
    """Pin a view at the end; returns None, or why not: "twice", "large" (it alone), "full" (together too large), "many"."""
    held = pins()
    if any(
        (pin.view.figures, pin.view.table, pin.view.title) == (view.figures, view.table, view.title) for pin in held
    ):
        return "twice"
    if len(held) >= MOST:
        return "many"
    if view.n_bytes > MOST_BYTES_EACH:
        return "large"
    if view.n_bytes + n_bytes() > MOST_BYTES:
        return "full"
    st.session_state[NEXT] = new = st.session_state.get(NEXT, 0) + 1
    view = replace(view, title=view.title[:MOST_TITLE], note=view.note[:MOST_NOTE])
    st.session_state[KEY] = [*held, Pin(new, page, dict(query), view)]
    return None


def remove(pin: int) -> None:
    """Take one out; for callbacks, as are the next two."""
    st.session_state[KEY] = [each for each in pins() if each.id != pin]


def move(pin: int, by: int) -> None:
    """Move one up (-1) or down (1) among the others."""
    held = list(pins())
    at = next((i for i, each in enumerate(held) if each.id == pin), None)
    if at is not None and 0 <= at + by < len(held):
        held[at], held[at + by] = held[at + by], held[at]
        st.session_state[KEY] = held


def write(pin: int, title: str | None = None, note: str | None = None) -> None:
    """Give one another title or note; an empty title leaves it as it was."""

    def written(each: Pin) -> Pin:
        named = (title or "").strip()[:MOST_TITLE] or each.view.title
        said = each.view.note if note is None else note[:MOST_NOTE]
        return replace(each, view=replace(each.view, title=named, note=said)) if each.id == pin else each

    st.session_state[KEY] = [written(each) for each in pins()]
