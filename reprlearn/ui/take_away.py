"""What stands beneath each figure and table, but not in front of a room: a pin for the report, and ways to save what is seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.components.v2 import component

from reprlearn.ui import pins, shown
from reprlearn.ui.files import download, file_name, theme
from reprlearn.ui.frame import PAGES
from reprlearn.ui.presenting import presenting
from reprlearn.ui.text import language, t, unmarked

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

    from reprlearn.viz.report import View

MOST_ROWS = 200
ROW = "take-"
"""How the key of such a row begins; `frame.STYLE` sets these rows close to what they belong to."""
CSS = """.image-buttons { display: flex; gap: .5rem; }
.image-buttons button { flex: 1; padding: .35rem .75rem; font: inherit; color: var(--st-text-color); cursor: pointer;
  background: var(--st-background-color); border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius, 6px); }
.image-buttons button:hover, .image-buttons button:focus-visible { border-color: var(--st-primary-color); }
.image-buttons button:focus-visible { outline: 2px solid var(--st-primary-color); }"""


def figures(
    key: str, make: Callable[[], Sequence[go.Figure]], *, alt: str, title: str = "", chart: str | None = None
) -> None:
    """The row beneath figures that `make` draws in the visitor's theme when they are wanted.

    title: Markdown, where the page says it and the figure does not.  chart: key of the chart whose picture can be saved here.
    """
    if presenting():
        return
    with st.container(
        key=ROW + key, horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small"
    ):
        with st.popover(
            t("take.save"), icon=":material/download:", type="tertiary", key=f"save_{key}", on_change="rerun"
        ) as opened:
            if opened.open:
                _ways(key, make(), title or alt, chart)
        pin(key, make, alt=alt, title=title)


def pin(key: str, make: Callable[[], Sequence[go.Figure]], *, alt: str, title: str = "") -> None:
    """The pin alone, for figures that are saved in another way."""
    if not presenting() and _pin(key):
        _say(pins.add(_view(make(), title, alt), shown.page(), shown.query()))


def table(key: str, frame: pd.DataFrame, names: dict[str, str], *, title: str) -> None:
    """The pin beneath a table, whose own tools save it as CSV.  names: {column: what it is called}, where it has another name."""
    if presenting():
        return
    with st.container(key=ROW + key, horizontal=True, horizontal_alignment="right", gap="small"):
        if _pin(key):
            _say(pins.add(_table_view(frame, names, title), shown.page(), shown.query()))


def _pin(key: str) -> bool:
    return st.button(t("take.pin"), icon=":material/keep:", type="tertiary", key=f"pin_{key}", help=t("take.pin.help"))


def _say(refused: str | None) -> None:
    if refused is None:
        st.toast(t("take.pinned", n=len(pins.pins())), icon=":material/keep:")
    else:
        limits = {"n": pins.MOST, "each": pins.MOST_BYTES_EACH // 1_000_000, "all": pins.MOST_BYTES // 1_000_000}
        st.toast(t(f"take.refused.{refused}", **limits), icon=":material/keep_off:")


def _ways(key: str, drawn: Sequence[go.Figure], title: str, chart: str | None) -> None:
    """The buttons: pictures, a page of its own, the numbers."""
    if chart is not None:
        # As Streamlit makes a class of a key.
        place = "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", chart.strip())
        labels = {format: t(f"linked_maps.{format}") for format in ("png", "svg")}
        _image_buttons()(key=f"images_{key}", data={"chart": place, **labels})
    for i, figure in enumerate(drawn):
        name = file_name(key, *shown.runs(), *([str(i + 1)] if len(drawn) > 1 else []))
        _files(f"{key}_{i}", figure, name, title, i + 1 if len(drawn) > 1 else None)


def _files(key: str, figure: go.Figure, name: str, title: str, number: int | None) -> None:
    from reprlearn.analysis import export
    from reprlearn.viz.figure_table import figure_table
    from reprlearn.viz.html import standalone_html

    look, spoken, said = (
        theme(),
        language(),
        unmarked(title),
    )  # asked now: a pressed button makes its file for no visitor
    which = "" if number is None else f" {number}"
    download(
        t("take.html") + which, lambda: standalone_html(figure, said, look, spoken), f"{name}.html", "text/html",
        f"html_{key}",
    )  # fmt: skip
    download(t("take.csv") + which, lambda: export.csv(figure_table(figure)), f"{name}.csv", "text/csv", f"csv_{key}")


def _view(drawn: Sequence[go.Figure], title: str, alt: str) -> View:
    from reprlearn.viz.figure_table import plain_text
    from reprlearn.viz.report import View
    from reprlearn.viz.style import themed

    layouts: list[Any] = [figure.layout for figure in drawn]
    own = plain_text(layouts[0].title.text or "") if len(drawn) == 1 else ""
    return View(
        title=own or unmarked(title) or alt, alt=alt, made=datetime.now(UTC), runs=shown.runs(), link=_link(), theme=theme(),
        figures=tuple(str(themed(figure, theme()).to_json()) for figure in drawn),
        heights=tuple(layout.height for layout in layouts),
    )  # fmt: skip


def _table_view(frame: pd.DataFrame, names: dict[str, str], title: str) -> View:
    from reprlearn.viz.report import View

    head = tuple(names.get(str(column), str(column)) for column in frame.columns)
    rows = tuple(tuple(map(_cell, row)) for row in frame.head(MOST_ROWS).itertuples(index=False))
    left_out = len(frame) - len(rows)
    return View(
        title=unmarked(title), alt="", made=datetime.now(UTC), runs=shown.runs(), link=_link(), theme=theme(),
        table=(head, *rows), n_left_out=left_out,
    )  # fmt: skip


def _cell(value: Any) -> str:
    if value is None or value != value:
        return t("number.none")
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return (
        f"{value:,}" if hasattr(value, "__index__") else f"{value:,.4g}" if hasattr(value, "__float__") else str(value)
    )


def _link() -> str:
    path = {page.name: page.path for page in PAGES}.get(shown.page())
    return shown.address(path, shown.query()) if path else ""


@cache
def _image_buttons() -> Any:
    script = Path(__file__).with_name("image_buttons.js").read_text(encoding="utf-8")
    return component("image_buttons", html='<div class="image-buttons"></div>', css=CSS, js=script, isolate_styles=True)
