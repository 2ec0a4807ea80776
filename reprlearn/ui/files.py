"""Files for a visitor to take away, in their theme and language."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st

from reprlearn.ui.text import language
from reprlearn.ui.text.languages import speaking

MOST_CHARACTERS = 80


def theme() -> str:
    """ "light" or "dark", as the visitor sees the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def file_name(*parts: str) -> str:
    """A name for a file about these things, without ending, safe on any system.

    >>> file_name("curves", "../../a b", "lstm-tied")
    'curves-a-b-lstm-tied'
    """
    return re.sub(r"[^a-zA-Z0-9_]+", "-", "-".join(parts)).strip("-")[:MOST_CHARACTERS] or "view"


def download(
    label: str, data: Callable[[], bytes], file_name: str, mime: str, key: str, *, primary: bool = False
) -> None:
    """A button that makes the file when it is pressed, not before, and reruns nothing."""
    spoken = language()

    def made() -> bytes:
        with speaking(spoken):  # pressed, it runs for no visitor
            return data()

    st.download_button(
        label, data=made, file_name=file_name, mime=mime, key=key, on_click="ignore", icon=":material/download:",
        type="primary" if primary else "secondary",
    )  # fmt: skip
