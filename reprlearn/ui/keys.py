"""Keys that press buttons, and the size of the visitor's window: the Python side of `keys.js`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

SCRIPT = Path(__file__).with_name("keys.js")
WIDTH_PX, HEIGHT_PX = 1280, 720
"""The window whose scale is 1."""
SMALLEST, LARGEST = 0.5, 3.0


def listen(buttons: Mapping[str, str], key: str, *, measure: bool = False) -> None:
    """Let keys press buttons of the page.

    buttons: {a key as browsers name it, "PageDown": the Streamlit key of a button}.
    measure: also find out how large the window is, which `scale_of(key)` then says.
    """
    known = scale_of(key) if measure else None
    with st.container(key=f"{key}_place"):
        _renderer()(
            key=key, data={"buttons": dict(buttons), "scale": known, "width": WIDTH_PX, "height": HEIGHT_PX},
            on_scale_change=lambda: None,
        )  # fmt: skip


def scale_of(key: str) -> float:
    """How many times 1280 x 720 the window holds, in steps of a twentieth; 1 before the browser has said so."""
    state: Any = st.session_state.get(key)
    said = state.get("scale") if hasattr(state, "get") else None
    # A client may send anything.
    if isinstance(said, bool) or not isinstance(said, int | float) or not said > 0:
        return 1.0
    return min(max(float(said), SMALLEST), LARGEST)


@cache
def _renderer() -> Any:
    return component("reprlearn_keys", js=SCRIPT.read_text(encoding="utf-8"))
