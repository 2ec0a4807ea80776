"""Several runs to look at: a multiselect in the link, whose first choice the page works out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from reprlearn.ui.frame import RUNS_KEY

AGAIN = "runs_again"


def several_runs(first: Sequence[str], draw: Callable[[], list[str]], *, new: bool = False) -> list[str]:
    """What the multiselect holds that `draw` draws, of the key `RUNS_KEY` and bound to the link.

    first: held by a visit that has chosen nothing yet, or is `new`: it followed a link.

    The choice is set, not passed as a default, which would be at odds with what the session says after that. And set again: what
    a widget of another page with this key holds would otherwise be lost on the way here.

    The browser's back button empties the choice where the link it returns to names no run, whatever was set; what such a link
    asks for is the first choice. A visitor who takes all runs out has done so before the page runs.
    """
    again = st.session_state.pop(AGAIN, False)
    held = list(first) if new or again or RUNS_KEY not in st.session_state else st.session_state[RUNS_KEY]
    st.session_state[RUNS_KEY] = held
    chosen = draw()
    if held and not chosen and not again:
        st.session_state[AGAIN] = True
        st.rerun()
    return chosen
