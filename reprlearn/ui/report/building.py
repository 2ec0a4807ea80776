"""The file that is made of the pinned views."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.cards import sections
from reprlearn.ui import cards, loaders, pins
from reprlearn.ui.files import download, file_name, theme
from reprlearn.ui.text import as_text, language, small, t

if TYPE_CHECKING:
    from reprlearn.runs import Run
    from reprlearn.viz.report import RunCard

TITLE = "report_title"
OVERHEAD_MB = {False: 0.0, True: 4.9}
"""What plotly.js adds to a report with figures."""


def offer() -> None:
    """The report's title, what will be in it, and the button that makes it."""
    held = pins.pins()
    title_place, button_place = st.columns([2, 1], gap="medium", vertical_alignment="bottom")
    title = title_place.text_input(
        t("report.title"), t("report.title.first"), key=TITLE, max_chars=pins.MOST_TITLE, persist_state="session"
    )  # fmt: skip
    title = (title or "").strip()[: pins.MOST_TITLE] or t("report.title.first")
    runs, gone = runs_of(held)
    # Asked now: a pressed button makes its file for no visitor.
    views, of_runs, look, spoken, now = (
        [pin.view for pin in held],
        [card(run) for run in runs],
        theme(),
        language(),
        datetime.now(UTC),
    )

    def made() -> bytes:
        from reprlearn.viz.report import report_html

        return report_html(views, of_runs, title, now, theme=look, language=spoken)

    with button_place:
        download(t("report.download"), made, f"{file_name(title)}.html", "text/html", "report_download", primary=True)
    size = pins.n_bytes() / 1e6 + OVERHEAD_MB[any(view.figures for view in views)]
    said = [t("report.size", n=len(held), most=pins.MOST, size=f"{size:.1f}")]
    if runs:
        said.append(t("report.cards", names=", ".join(as_text(run.name) for run in runs)))
    if gone:
        said.append(t("report.cards.gone", names=", ".join(map(as_text, gone))))
    st.markdown(small(" ".join(said)))


def runs_of(held: tuple[pins.Pin, ...]) -> tuple[list[Run], list[str]]:
    """The runs that the views show and this visitor still sees, and the names of the others."""
    there = {run.name: run for run in loaders.runs()[0]}
    names = dict.fromkeys(name for pin in held for name in pin.view.runs)
    return [there[name] for name in names if name in there], [name for name in names if name not in there]


def card(run: Run) -> RunCard:
    """What the run's card says, in the visitor's language."""
    from reprlearn.viz.report import RunCard

    parts = {
        t(f"report.section.{name}"): [(cards.field(row), cards.value(row, row.a)) for row in rows]
        for name, rows in sections(run.card).items()
    }
    return RunCard(run.name, cards.summary(run.card), parts)
