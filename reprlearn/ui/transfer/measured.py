"""The results of the downstream benchmark, read once for all visitors; to read only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis import transfer

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.analysis.transfer import Results

Times = tuple[int, ...]


@dataclass(frozen=True)
class Measured:
    """The results of a task: the tables, a row a way and number of labels, and who leads."""

    results: Results
    table: pd.DataFrame
    leads: pd.DataFrame
    times: Times

    def n_labels(self, budget: str) -> int | None:
        """The number of labels of a budget as the link names it, "300" or "all"; None where that was not measured."""
        if budget == ALL:
            return self.results.all_labels
        return int(budget) if budget.isdecimal() and int(budget) in self.results.budgets else None

    @property
    def budgets(self) -> dict[str, int]:
        """The numbers of labels by their names in the link, fewest first."""
        return {ALL if n == self.results.all_labels else str(n): n for n in self.results.budgets}


ALL = "all"


def measured(task: str) -> Measured | None:
    """The results of a task, where there are any. `ValueError` for tables that cannot be read."""
    try:
        return _measured(task, str(transfer.RESULTS), times())
    except NotMeasured:
        return None


def contrasts(found: Measured, n_labels: int) -> pd.DataFrame:
    """`transfer_differences.contrasts`, cached."""
    return _contrasts(_task(found), str(transfer.RESULTS), found.times, n_labels, found)


def layers(found: Measured, n_labels: int) -> pd.DataFrame:
    """`transfer.layer_accuracies`, cached."""
    return _layers(_task(found), str(transfer.RESULTS), found.times, n_labels, found)


def times() -> Times:
    """The times (ns) of the benchmark's files as they are now."""
    found = []
    for name in (transfer.CELLS, transfer.LOG_ODDS, transfer.TEXTS):
        try:
            found.append((transfer.RESULTS / name).stat().st_mtime_ns)
        except OSError:
            found.append(0)
    return tuple(found)


class NotMeasured(Exception):
    """No results yet. An exception is not cached, so what is measured a moment later is found."""


def _task(found: Measured) -> str:
    return str(found.results.cells["task"].iloc[0])


@st.cache_resource(max_entries=4, show_spinner=False)
def _measured(task: str, folder: str, times: Times) -> Measured:
    from reprlearn.analysis.transfer_differences import leads

    results = transfer.read_results(task, transfer.RESULTS)
    if results is None:
        raise NotMeasured
    table = transfer.accuracies(results)
    return Measured(results, table, leads(results, table), times)


@st.cache_data(max_entries=32, show_spinner=False)
def _contrasts(task: str, folder: str, times: Times, n_labels: int, _found: Measured) -> pd.DataFrame:
    from reprlearn.analysis.transfer_differences import contrasts

    return contrasts(_found.results, _found.table, n_labels)


@st.cache_data(max_entries=32, show_spinner=False)
def _layers(task: str, folder: str, times: Times, n_labels: int, _found: Measured) -> pd.DataFrame:
    return transfer.layer_accuracies(_found.results, n_labels)
