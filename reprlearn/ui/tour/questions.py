"""Ask first and reveal after: the room guesses, and then sees what is so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from reprlearn.ui.text import t

REVEALED = "tour_revealed"


@dataclass(frozen=True)
class Question:
    """What a step asks before it shows its figure. Texts are Markdown.

    options: {name: as it is read}.  right: the name of the one that the runs bear out; the figure says the rest.
    """

    text: str
    options: Mapping[str, str]
    right: str


def revealed(step: str) -> bool:
    """Whether this visitor has seen the answer of a step."""
    return step in st.session_state.get(REVEALED, ())


def reveal(step: str) -> None:
    """Show the answer from now on; the guess stays with it."""
    st.session_state[REVEALED] = (*st.session_state.get(REVEALED, ()), step)
    st.session_state[_kept(step)] = st.session_state.get(_key(step))


def ask(step: str, question: Question) -> None:
    """The question and the guesses it takes."""
    with st.container(key="tour_question", border=True):
        st.markdown(f"### {question.text}")
        st.radio(
            t("tour.guess"), list(question.options), index=None, key=_key(step), label_visibility="collapsed",
            format_func=lambda name: question.options.get(name, ""),
        )  # fmt: skip
        st.markdown(t("tour.guess.help"))


def answer(step: str, question: Question) -> None:
    """Which answer the runs bear out, and whether the room had it."""
    guess = st.session_state.get(_kept(step))
    right = question.options[question.right]
    said = t("tour.answer", right=right)
    if isinstance(guess, str) and guess in question.options:  # a client may send anything
        verdict = "right" if guess == question.right else "wrong"
        said = t(f"tour.answer.{verdict}", right=right, guess=question.options[guess])
    st.markdown(said)


def _key(step: str) -> str:
    return f"tour_guess_{step}"


def _kept(step: str) -> str:
    return f"tour_guessed_{step}"
