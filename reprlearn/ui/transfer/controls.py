"""What a visitor asks to see: the part of the page, the task, the number of labels. Every choice is a query parameter."""

from __future__ import annotations

import streamlit as st

from reprlearn.ui.links import buttons, in_link
from reprlearn.ui.text import as_text, t
from reprlearn.ui.transfer.measured import ALL, Measured, measured

PARTS = ("labels", "try", "wrong")
TASKS = ("sentences", "reviews")
PART = "part"
FIRST_BUDGET = "300"
COMMAND = "python -m benchmarks.downstream"


def part() -> str:
    """Which part of the page is open."""

    return buttons(PART, PARTS, "transfer.part")


def task() -> str:
    """Which task is looked at."""

    return buttons("task", TASKS, "transfer.task", labelled=True, help=True)


def results_of(task: str) -> Measured:
    """The results of a task. Where there are none, the page says how to get them, and stops."""
    try:
        found = measured(task)
    except ValueError as error:
        st.error(t("transfer.broken", reason=as_text(error)), icon=":material/broken_image:")
        st.stop()
    if found is None:
        others = [other for other in TASKS if other != task and _there(other)]
        with st.container(border=True):
            st.markdown(t("transfer.none.task") if others else t("transfer.none"))
            st.code(COMMAND, language="bash")
        st.stop()
    return found


def _there(task: str) -> bool:
    try:
        return measured(task) is not None
    except ValueError:
        return False


def budget(found: Measured) -> int:
    """How many labels the figures are about."""
    budgets = found.budgets
    first = FIRST_BUDGET if FIRST_BUDGET in budgets else next(iter(budgets))

    def said(name: str) -> str:
        return t("transfer.budget.all", n=f"{budgets[name]:,}") if name == ALL else f"{budgets[name]:,}"

    def draw() -> str | None:
        return st.segmented_control(
            t("transfer.budget"),
            list(budgets),
            required=True,
            key="labels",
            help=t("transfer.budget.help"),
            format_func=said,
        )

    return budgets[in_link("labels", {name: name for name in (first, *budgets)}, draw)]
