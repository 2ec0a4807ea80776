"""A step on its screen: what it is called and says, the question it asks, its figure, and the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.runs import RunError
from reprlearn.ui.text import as_text, t
from reprlearn.ui.tour import navigation, questions
from reprlearn.ui.tour.standing import NotHere

if TYPE_CHECKING:
    from reprlearn.ui.tour.navigation import Onward
    from reprlearn.ui.tour.steps import Step


def show() -> None:
    """The step that the link names."""
    from reprlearn.ui.tour.steps import STEPS

    names = [step.name for step in STEPS]
    with st.container(key="tour_step", gap="xsmall"):
        at = navigation.current(names)
        step = STEPS[at]
        st.header(t(f"tour.title.{step.name}"), anchor=False)
        st.markdown(t(f"tour.lead.{step.name}"))
        asking, onward = _body(step)
        navigation.bar(names, at, (lambda: questions.reveal(step.name)) if asking else None, onward)


def _body(step: Step) -> tuple[bool, Onward | None]:
    """Draw the question, or the answer and the figure.

    Returns whether the step waits for guesses, and what to try once it does not.
    """
    try:
        question = step.ask()
        if question is not None and not questions.revealed(step.name):
            questions.ask(step.name, question)
            return True, None
        if question is not None:
            questions.answer(step.name, question)
        return False, step.show()
    except NotHere as missing:
        nothing(missing)
    except RunError as error:
        st.error(t("tour.broken", reason=as_text(error)), icon=":material/broken_image:")
    return False, None


def finding(said: str) -> None:
    """What the figure shows, in Markdown, above it, where a long title wraps in any language."""
    st.markdown(f"#### {said}")


def nothing(missing: NotHere) -> None:
    """What is missing here, and the command that makes it."""
    with st.container(border=True):
        st.markdown(f"### {t(missing.key)}")
        st.markdown(t("tour.missing.help"))
        st.code(missing.command, language="bash")
