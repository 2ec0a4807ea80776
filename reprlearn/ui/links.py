"""Choices in the link, under names that no language changes.

A widget with `bind="query-params"` writes its options into the URL as a visitor reads them: `?colour=Groups`, which another
language would not understand, and nobody would guess. Where the options have names of their own, `in_link` writes those.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import streamlit as st

from reprlearn.ui.text import language

Option = TypeVar("Option")


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
