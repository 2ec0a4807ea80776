"""Word similarity: how well each matrix agrees with people's judgements, as the runs' cards say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from reprlearn.analysis.similarity import ANALOGIES, SET_NAMES, similarity_table
from reprlearn.ui import widgets
from reprlearn.ui.text import as_text, phrase, small, t

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.tied_vs_untied.controls import View


def show(view: View) -> None:
    """Who is ahead, and the table: a row for each matrix, a column for each set."""
    table = similarity_table({run.name: run.card for run in view.runs})
    lacking = [as_text(run.name) for run in view.runs if not run.card.similarity]
    if len(table):
        st.markdown(f"**{headline(table)}**")
        widgets.table(_spoken(table, view), "similarity_table", title=headline(table))
        st.markdown(small(t("tied.similarity.note", **_covered(table))))
    if lacking:
        st.markdown(small(t("tied.similarity.lacking", runs=", ".join(lacking))))


def headline(table: pd.DataFrame) -> str:
    """For each set the matrix, or the runs, ahead of all other runs, or that none is; Markdown."""
    ahead: dict[tuple[str, ...], list[str]] = {}
    level = []
    for name in SET_NAMES:
        best = ahead_on(table.loc[table["set"] == name])
        if not best:
            level.append(phrase(SET_NAMES[name]))
            continue
        values = ", ".join(_value(row) for row in best)
        labels = tuple(_label(row, table) for row in best)
        ahead.setdefault(labels, []).append(t("tied.similarity.at", set=phrase(SET_NAMES[name]), value=values))
    said = [
        t("tied.similarity.ahead" if len(labels) == 1 else "tied.similarity.ahead.several",
          matrix=", ".join(labels), sets=", ".join(sets))
        for labels, sets in ahead.items()
    ]  # fmt: skip
    if level:
        said.append(t("tied.similarity.level", sets=", ".join(level)))
    return " ".join(said)


def ahead_on(rows: pd.DataFrame) -> list[dict[Any, Any]]:
    """The best row of each run that cannot be told from the best of all, where their intervals lie above those of all other runs.

    Empty where some other run's interval reaches up to one of theirs, or there is no other run.
    """
    known = rows.loc[rows["value"].notna()].sort_values("value", ascending=False)
    of_runs = known.drop_duplicates("run").to_dict("records")
    leading = [row for row in of_runs if row["high"] >= of_runs[0]["low"]]
    others = known.loc[~known["run"].isin([row["run"] for row in leading])]
    clear = len(others) and float(others["high"].to_numpy().max()) < min(row["low"] for row in leading)
    return leading if clear else []


def _label(row: dict[Any, Any], table: pd.DataFrame) -> str:
    """The run, and which of its matrices where it has two; Markdown."""
    if table.loc[table["run"] == row["run"], "matrix"].nunique() == 1:
        return as_text(row["run"])
    return t("tied.similarity.matrix", run=as_text(row["run"]), matrix=t(f"matrix.{row['matrix']}").lower())


def _spoken(table: pd.DataFrame, view: View) -> pd.DataFrame:
    import pandas as pd

    shared = {run.name for run in view.runs if len(run.card.distinct_matrices) == 1}
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for each in table.to_dict("records"):
        run, which = each["run"], each["matrix"]
        matrix = t("tied.similarity.shared") if run in shared else t(f"matrix.{which}")
        row = rows.setdefault((run, which), {t("run.label"): run, t("matrix.label"): matrix})
        row[phrase(SET_NAMES[each["set"]])] = _cell(each)
    return pd.DataFrame(rows.values())


def _cell(row: dict[Any, Any]) -> str:
    if row["value"] != row["value"]:
        return t("number.none")
    return t("tied.similarity.cell", value=_value(row), low=_number(row["low"], row), high=_number(row["high"], row))


def _value(row: dict[Any, Any]) -> str:
    return _number(row["value"], row)


def _number(value: float, row: dict[Any, Any]) -> str:
    return f"{value:.1%}" if row["set"] == ANALOGIES else f"{value:.2f}".replace("-", "−")


def _covered(table: pd.DataFrame) -> dict[str, str]:
    """How much of each set the vocabularies know: one number, or from the fewest to the most."""
    said = {}
    for name in SET_NAMES:
        n = table.loc[table["set"] == name, "n"]
        said[name] = f"{n.min():,}" if n.min() == n.max() else f"{n.min():,}–{n.max():,}"
    return said
