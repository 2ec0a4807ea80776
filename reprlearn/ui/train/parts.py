"""Which part of the page is seen, and how one leads to the other."""

from __future__ import annotations

import streamlit as st

from reprlearn.ui.links import buttons

PARTS = ("new", "watch")
PART, JOB, GO = "part", "job", "train_go"


def part() -> str:
    """ "new" or "watch"; the choice is in the link."""
    if (name := st.session_state.pop(GO, None)) is not None:
        st.session_state[PART], st.session_state[JOB] = "watch", name

    return buttons(PART, PARTS, "train.part")


def watch(name: str) -> None:
    """Show this training, with the next run of the page."""
    st.session_state[GO] = name


def new() -> None:
    """Show the form, with the next run of the page; for callbacks."""
    st.session_state[PART] = "new"
