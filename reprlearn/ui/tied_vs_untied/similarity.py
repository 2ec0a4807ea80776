"""Word similarity: how well each matrix agrees with people's judgements, as the runs' cards say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from reprlearn.analysis.similarity import ANALOGIES, SET_NAMES, similarity_table
from reprlearn.ui.text import as_text, small, t

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.tied_vs_untied.controls import View


def show(view: View) -> None:
    """Who is ahead, and the table: a row for each matrix, a column for each set."""
    table = similarity_table({run.name: run.card for run in view.runs})
    lacking = [as_text(run.name) for run in view.runs if not run.card.similarity]
    if len(table):
        st.markdown(f"**{headline(table)}**")
        st.dataframe(_spoken(table, view), hide_index=True, key="similarity_table")
        st.markdown(small(t("tied.similarity.note", **_covered(table))))
    if lacking:
        st.markdown(small(t("tied.similarity.lacking", runs=", ".join(lacking))))


def headline(table: pd.DataFrame) -> str:
    """For each set the matrix that is ahead of every other run's, or that none is; Markdown."""
    ahead: dict[str, list[str]] = {}
    level = []
    for name in SET_NAMES:
        best = ahead_on(table.loc[table["set"] == name])
        if best is None:
            level.append(SET_NAMES[name])
        else:
            label = _label(best, table)
            ahead.setdefault(label, []).append(t("tied.similarity.at", set=SET_NAMES[name], value=_value(best)))
    said = [t("tied.similarity.ahead", matrix=matrix, sets=", ".join(sets)) for matrix, sets in ahead.items()]
    if level:
        said.append(t("tied.similarity.level", sets=", ".join(level)))
    return " ".join(said)


def ahead_on(rows: pd.DataFrame) -> dict[Any, Any] | None:
    """The best row of a set, where its interval lies above those of all other runs; else None."""
    known = rows.loc[rows["value"].notna()].sort_values("value", ascending=False)
    if not len(known):
        return None
    best = known.to_dict("records")[0]
    others = known.loc[known["run"] != best["run"]]
    return best if len(others) and (others["high"] < best["low"]).all() else None


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
        row[SET_NAMES[each["set"]]] = _cell(each)
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
