"""The pinned views: moved, named, written about, taken out, and one of them looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.ui import pins
from reprlearn.ui.frame import PAGES, link
from reprlearn.ui.text import as_text, small, t

if TYPE_CHECKING:
    from reprlearn.ui.pins import Pin

LOOK = "report_look"  # id of the view that is looked at
FIRST_PAGES = ("embedding_space", "next_token", "tied_vs_untied")
BY_NAME = {page.name: page for page in PAGES}


def nothing() -> None:
    """What to do where nothing is pinned."""
    with st.container(border=True):
        st.subheader(t("report.none"), anchor=False)
        st.markdown(t("report.none.help"))
        with st.container(horizontal=True):
            for name in FIRST_PAGES:
                link(BY_NAME[name], {})


def show() -> None:
    """A frame a view, in the report's order."""
    held = pins.pins()
    for number, pin in enumerate(held, 1):
        with st.container(border=True, gap="small"):
            _written(pin, number)
            page = BY_NAME.get(pin.page)
            seen = t("report.view.seen", page=page.title if page else "", time=f"{pin.view.made:%Y-%m-%d %H:%M}")
            st.markdown(small(" · ".join(filter(None, [seen, ", ".join(map(as_text, pin.view.runs))]))))
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                _button("up", ":material/arrow_upward:", pin, disabled=number == 1)
                _button("down", ":material/arrow_downward:", pin, disabled=number == len(held))
                _button("look", ":material/visibility:", pin)
                _button("remove", ":material/delete:", pin)
                if page:
                    link(page, pin.query, label=t("report.view.open"))


def look() -> None:
    """The view that is looked at, as the report shows it; the first one until another is chosen."""
    held = {pin.id: pin for pin in pins.pins()}
    pin = held.get(st.session_state.get(LOOK, 0)) or next(iter(held.values()))
    view = pin.view
    st.markdown(f"**{as_text(view.title)}**")
    for i, figure in enumerate(view.figures):
        _figure(figure, f"look_{pin.id}_{i}", view.alt, view.theme)
    if view.table:
        import pandas as pd

        rows = pd.DataFrame(view.table[1:], columns=_distinct(view.table[0]))
        st.dataframe(rows, hide_index=True, key=f"look_{pin.id}", alt=view.title)
    if view.note.strip():
        st.markdown(as_text(view.note))


def _written(pin: Pin, number: int) -> None:
    """What the visitor says of a view; kept when it is entered."""
    title, note = f"pin_title_{pin.id}", f"pin_note_{pin.id}"

    def written() -> None:
        pins.write(pin.id, title=str(st.session_state.get(title) or ""), note=str(st.session_state.get(note) or ""))

    st.session_state[title], st.session_state[note] = pin.view.title, pin.view.note
    st.text_input(t("report.view.title", n=number), key=title, max_chars=pins.MOST_TITLE, on_change=written)
    st.text_area(
        t("report.view.note"), key=note, max_chars=pins.MOST_NOTE, on_change=written, height=68,
        placeholder=t("report.view.note.placeholder"),
    )  # fmt: skip


def _button(what: str, icon: str, pin: Pin, *, disabled: bool = False) -> None:
    do = {"up": lambda: pins.move(pin.id, -1), "down": lambda: pins.move(pin.id, 1), "remove": lambda: pins.remove(pin.id),
          "look": lambda: st.session_state.update({LOOK: pin.id})}[what]  # fmt: skip
    label = "" if what in ("up", "down") else t(f"report.view.{what}")
    st.button(
        label, icon=icon, key=f"pin_{what}_{pin.id}", on_click=do, disabled=disabled, help=t(f"report.view.{what}"),
    )  # fmt: skip


def _figure(figure: str, key: str, alt: str, drawn_for: str) -> None:
    """A pinned figure on the background it was drawn for, which may be another than the visitor has now."""
    import plotly.io as pio

    from reprlearn.viz.style import page_colour

    shown = pio.from_json(figure, skip_invalid=True)
    shown.update_layout(paper_bgcolor=page_colour(drawn_for))
    st.plotly_chart(shown, theme=None, key=key, alt=alt, config={"displaylogo": False})


def _distinct(names: tuple[str, ...]) -> list[str]:
    """Names of columns, of equal ones all but the first with a mark, since a table's must differ."""
    found: list[str] = []
    for name in names:
        while name in found:
            name += " "
        found.append(name)
    return found
