"""Choices in the link, under names that no language changes.

A widget with `bind="query-params"` writes its options into the URL as a visitor reads them: `?colour=Groups`, which another
language would not understand, and nobody would guess. Where the options have names of their own, `in_link` writes those.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import streamlit as st

from reprlearn.ui.text import language, t

Option = TypeVar("Option")
MOST_SELECTED = 400
"""Ids of a selection that a link holds: about as many characters as the longest prompt."""


def in_link(key: str, names: Mapping[Option, str], draw: Callable[[], Option | None]) -> Option:
    """Draw a widget whose choice is the query parameter `key`, and return the choice.

    names: each option's name in the link. The first option is chosen by a link that names none of them, or says nothing.
    draw:  calls the widget of these options, with this `key`, without a value (it stands in the session state) and without `bind`.

    What happened last counts: the link has changed since it was written here (it was followed, or reached by the browser's back
    button), or else the widget. In another language it is the link again: the browser knows an option by the words it shows.
    """
    said, written, default = st.query_params.get_all(key), f"{key}_in_link", next(iter(names))
    spoken = language()
    if (spoken, said) != st.session_state.get(written, (spoken, [])) or key not in st.session_state:
        st.session_state[key] = next((option for option, name in names.items() if [name] == said), default)
    drawn = draw()
    chosen = drawn if drawn is not None and drawn in names else default  # a client may send anything
    if said != [names[chosen]] and (said or chosen != default):
        if chosen == default:
            del st.query_params[key]
        else:
            st.query_params[key] = names[chosen]
    st.session_state[written] = (spoken, st.query_params.get_all(key))
    return chosen


def buttons(
    key: str, options: Iterable[str], text: str, *, of: str | None = None, labelled: bool = False, help: bool = False
) -> str:
    """A row of buttons, one of them chosen, with the choice in the link as the query parameter `key`; return it.

    text:     the catalogue's entry of the label, from which those of the buttons follow: "text.option".
    of:       the entry from which those of the buttons follow, where it is another.
    labelled: show the label too, not to screen readers alone.
    help:     there is an entry "text.help".
    """
    names, under = {option: option for option in options}, of or text

    def draw() -> str | None:
        return st.segmented_control(
            t(text), list(names), required=True, key=key, label_visibility="visible" if labelled else "collapsed",
            format_func=lambda each: t(f"{under}.{each}"), help=t(f"{text}.help") if help else None,
        )  # fmt: skip

    return in_link(key, names, draw)


def selection_in_link(
    key: str, about: Hashable, draw: Callable[[Sequence[int] | None], tuple[int, ...]]
) -> tuple[int, ...]:
    """Draw something whose visitors select ids (`linked_maps`), with the selection as the query parameter `key`; return it.

    about: what the ids are ids of; a link's selection is made while this stays as it was when the link was followed.
    draw:  draws it, told which ids to select now (None: those that the visitor has selected), and returns what is selected then.

    A selection of more than `MOST_SELECTED` is left out of the link.
    """
    said, written, command = st.query_params.get(key, ""), f"{key}_in_link", f"{key}_from_link"
    if said and said != st.session_state.get(written, ""):
        st.session_state[command] = (about, _ids(said))
    ids = None
    if command in st.session_state:
        there, ids = st.session_state[command]
        if there != about:  # for good: what is selected from now on is the visitor's
            del st.session_state[command]
            ids = None
    selected = draw(ids)
    now = "-".join(map(str, selected)) if len(selected) <= MOST_SELECTED else ""
    if now != st.query_params.get(key, ""):
        if now:
            st.query_params[key] = now
        else:
            st.query_params.pop(key, None)
    st.session_state[written] = now
    return selected


def _ids(said: str) -> list[int]:
    """The ids a link names; what is none is left out.

    >>> _ids("3-x-17--40")
    [3, 17, 40]
    """
    return [int(each) for each in said.split("-")[:MOST_SELECTED] if each.isdecimal() and len(each) < 10]
