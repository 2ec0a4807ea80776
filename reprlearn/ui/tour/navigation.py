"""Which step is on the screen, and the way to the others: buttons, keys, a presenter's clicker, the link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from reprlearn.ui import frame, keys
from reprlearn.ui.text import as_text, t

STEP_KEY = "step"
BACK, FORWARD = "tour_back", "tour_forward"
KEYS = {"ArrowRight": FORWARD, "PageDown": FORWARD, "ArrowLeft": BACK, "PageUp": BACK}


@dataclass(frozen=True)
class Onward:
    """What to try: the page that goes deeper, opened with these query parameters."""

    label: str
    page: str
    query_params: Mapping[str, str | Sequence[str]]


def current(names: Sequence[str]) -> int:
    """The place of the step that the link names, the first where it names none; that there is no such step is said."""
    asked = st.query_params.get(STEP_KEY)
    if asked is None or asked in names:
        return names.index(asked) if asked else 0
    st.warning(t("link.ignored", values=as_text(f"{STEP_KEY}={asked[:80]}")), icon=":material/link_off:")
    return 0


def bar(names: Sequence[str], at: int, reveal: Callable[[], None] | None, onward: Onward | None) -> None:
    """Back, how far it is, what to try, and forward; forward reveals first where there is something to `reveal`."""

    def go(to: int) -> None:
        st.query_params[STEP_KEY] = names[to]

    with st.container(key="tour_bar", horizontal=True, vertical_alignment="center", gap="medium"):
        st.button(
            t("tour.back"),
            key=BACK,
            icon=":material/arrow_back:",
            disabled=at == 0,
            on_click=go,
            args=(max(at - 1, 0),),
        )
        place = t("tour.progress", n=at + 1, total=len(names))
        st.progress((at + 1) / len(names), text=place)
        if onward is not None:
            with st.container(width="content", key="tour_onward"):
                frame.link(frame.find(onward.page), onward.query_params, label=onward.label)
        last = at == len(names) - 1
        if reveal is not None:
            st.button(t("tour.reveal"), key=FORWARD, icon=":material/visibility:", type="primary", on_click=reveal)
        else:
            st.button(
                t("tour.forward"), key=FORWARD, icon=":material/arrow_forward:", icon_position="right", type="primary",
                disabled=last, on_click=go, args=(min(at + 1, len(names) - 1),),
            )  # fmt: skip
    keys.listen(KEYS, "keys_tour")
