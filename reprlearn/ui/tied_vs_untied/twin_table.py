"""The answer: what each of the runs costs and how well it predicts, with the difference to the one they are held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from reprlearn.analysis.twin_table import MEASURES, twin_table
from reprlearn.ui import token_scores, widgets
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import compact, decimal
from reprlearn.ui.tied_vs_untied.scored import Scored, alike
from reprlearn.viz.seeds import as_percent

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.tied_vs_untied.controls import View

LEVEL = 0.0005
"""Shares closer to zero than this are zero as they are written."""


def show(view: View) -> None:
    """The finding in a sentence a run, the table, and how sure the perplexities' order is."""
    table = twin_table(view.runs, view.reference)
    rows = table.to_dict("records")
    told = [
        headline(row, view.reference.name, _same_text(view, row["run"]))
        for row in rows
        if row["run"] != view.reference.name
    ]
    if len(told) <= 1:
        st.markdown("".join(f"#### {said}" for said in told))
    else:
        st.markdown("\n".join(f"- **{said}**" for said in told))
    widgets.table(_spoken(rows), "twin_table", title=told[0] if len(told) == 1 else t("tied.part.answer"))
    surely = _intervals(view)
    note = t("twins.note", reference=as_text(view.reference.name))
    st.markdown(small(f"{surely} {note}" if surely else note))


def headline(row: dict[Any, Any], reference: str, comparable: bool = True) -> str:
    """What a run (a row of `analysis.twin_table`) costs and gains beside the reference, as Markdown."""
    parameters, change = row["parameters_share"], row["test_perplexity_share"]
    size = "equal" if abs(parameters) < LEVEL else "smaller" if parameters < 0 else "larger"
    if not comparable or np.isnan(change):
        quality = t("twins.unknown")
    elif abs(change) < LEVEL:
        quality = t("twins.same")
    else:
        quality = t(f"twins.{'better' if change < 0 else 'worse'}", share=f"{abs(change):.1%}")
    said = t(f"twins.{size}", share=f"{abs(parameters):.0%}") if size != "equal" else t("twins.equal")
    key = "twins.title.equal" if size == "equal" else "twins.title"
    return t(key, run=as_text(row["run"]), size=said, reference=as_text(reference), perplexity=quality)


def losses(found: Scored) -> pd.DataFrame:
    """`analysis.paired.against`: each run's loss less the reference's, with its interval."""
    from reprlearn.analysis.paired import against

    return against(found.scores, found.reference.name)


def _same_text(view: View, name: str) -> bool:
    hashes = {run.name: run.card.corpus.content_hash for run in view.runs}
    return hashes[name] == view.reference.card.corpus.content_hash


def _intervals(view: View) -> str:
    """How sure it is that the runs predict better or worse, of those whose tokens are scored; "" where none can be paired."""
    scores = {run.name: token_scores.of(run) for run in view.runs}
    runs = tuple(run for run in view.runs if scores[run.name] is not None)
    if view.reference not in runs:
        return ""
    found = alike(Scored(runs, view.reference, {name: table for name, table in scores.items() if table is not None}))
    said = []
    for row in found.about(losses).to_dict("records"):
        if np.isnan(row["lower"]):
            continue
        change, low, high = (as_text(as_percent(row[name])) for name in ("difference", "lower", "upper"))
        key = "twins.interval.none" if row["verdict"] == "none" else "twins.interval.run"
        said.append(
            t(key, run=as_text(row["run"]), change=change, low=low, high=high, reference=as_text(view.reference.name))
        )
    return t("twins.interval", runs="; ".join(said)) if said else ""


def _spoken(rows: list[dict[Any, Any]]) -> pd.DataFrame:
    import pandas as pd

    columns: dict[str, list[str]] = {
        "run": [str(row["run"]) for row in rows],
        "kind": [_kind(row) for row in rows],
        **{name: [_cell(name, row) for row in rows] for name in MEASURES},
    }
    return pd.DataFrame({t(f"twins.column.{name}"): values for name, values in columns.items()})


def _kind(row: dict[Any, Any]) -> str:
    key = "twins.kind.augmented" if row["augmented"] else "twins.kind"
    tied = t("kind.none") if row["tied"] is None else t("kind.tied") if row["tied"] else t("kind.untied")
    return t(key, architecture=row["architecture"], tied=tied)


def _cell(name: str, row: dict[Any, Any]) -> str:
    """A measure as people write it, and in brackets its difference to the reference, where there is one."""
    value, change, share = row[name], row[f"{name}_change"], row[f"{name}_share"]
    if np.isnan(value):
        return t("number.none")
    if name == "parameters":
        said = compact(value)
    elif name == "bytes":
        said = t("twins.megabytes", n=decimal(value / 1e6))
    else:
        said = decimal(value, 1 if name.endswith("perplexity") else 0)
    if np.isnan(change) or not change:
        return said
    differs = (
        f"{change:+.1f}" if name.endswith("perplexity") else f"{change:+.0f}" if name == "epochs" else f"{share:+.0%}"
    )
    return t("twins.cell", value=said, change=differs.replace("-", "−"))
