"""Presentation mode: the page alone, without sidebar and header, type and marks larger. It is `?present=true` in the link."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.ui import keys
from reprlearn.ui.text import t

if TYPE_CHECKING:
    import plotly.graph_objects as go

PRESENT_KEY, ON = "present", "true"
STYLE = Path(__file__).with_name("presenting.css")
LEAVE, MEASURED = "leave_presentation", "window"
FACTOR = 1.25
"""How much larger figures are than on the page, in a window of 1280 x 720."""


def presenting() -> bool:
    """Whether the link asks for it."""
    return st.query_params.get(PRESENT_KEY, "").lower() == ON


def carried() -> dict[str, str]:
    """The query parameter that a link takes along."""
    return {PRESENT_KEY: ON} if presenting() else {}


def switch() -> None:
    """The switch in the sidebar."""
    key = "present_switch"

    def chosen() -> None:
        if st.session_state[key]:
            st.query_params[PRESENT_KEY] = ON
        else:
            _leave()

    # Set, not passed as a default: the link says what it is.
    st.session_state[key] = presenting()
    st.toggle(t("frame.present"), key=key, on_change=chosen, help=t("frame.present.help"))


def open_stage() -> None:
    """What takes the place of the sidebar: larger type, and a small way out, which the Escape key also is."""
    st.html(STYLE)
    st.button(t("frame.present.leave"), key=LEAVE, type="tertiary", on_click=_leave, help=t("frame.present.leave.help"))
    keys.listen({"Escape": LEAVE}, MEASURED, measure=True)


def scale() -> float:
    """How many times 1280 x 720 the window holds; 1 outside presentation mode."""
    return keys.scale_of(MEASURED) if presenting() else 1.0


def px(width: int) -> int:
    """A width in pixels as type of this window's size needs it: what stands in a control is larger where the type is."""
    return round(width * scale())


def factor() -> float:
    """How many times as large type and marks of a figure are; 1 outside presentation mode."""
    return FACTOR * scale() if presenting() else 1.0


def enlarged(figure: go.Figure, height_px: int | None = None) -> go.Figure:
    """A figure as it is to be shown: as it stands, or in presentation mode a larger copy.

    height_px: its height in a window of 1280 x 720.
    """
    if not presenting():
        return figure
    from reprlearn.viz.enlarge import enlarge

    return enlarge(figure, factor(), None if height_px is None else px(height_px))


def _leave() -> None:
    st.query_params.pop(PRESENT_KEY, None)
