"""The languages there are, and which of them is spoken: the one the link names, or else the one the browser asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from reprlearn.ui.text import en, ko

LANGUAGE_KEY, ENGLISH = "lang", "en"
CATALOGUES: dict[str, Mapping[str, str]] = {ENGLISH: en.TEXTS, "ko": ko.TEXTS}
PHRASES: dict[str, Mapping[str, str]] = {"ko": ko.PHRASES}
"""Of each language but English: what the code below the dashboard says in English."""

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def language() -> str:
    """The language of the visitor this script runs for; English where it runs for none, as in a test or a notebook.

    Asked anew each time and kept nowhere, so that no visitor is ever answered in the language of another.
    """
    spoken = _spoken.get()
    if spoken is not None:
        return spoken
    if get_script_run_ctx(suppress_warning=True) is None:
        return ENGLISH
    said = st.query_params.get(LANGUAGE_KEY)
    if said is None:
        said = (st.context.locale or ENGLISH).split("-")[0].lower()
    return said if said in CATALOGUES else ENGLISH


@contextmanager
def speaking(spoken: str) -> Iterator[None]:
    """A language for what runs inside and for no visitor: a download, which is made when its page has long been drawn."""
    token = _spoken.set(spoken)
    try:
        yield
    finally:
        _spoken.reset(token)
