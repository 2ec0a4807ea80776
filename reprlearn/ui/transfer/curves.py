"""Accuracy against the number of labels for every way of use, and who wins with how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from reprlearn.analysis.transfer_ways import BY_NAME, READERS, WAYS
from reprlearn.ui import widgets
from reprlearn.ui.links import buttons
from reprlearn.ui.text import small, t
from reprlearn.ui.transfer.words import listed, model_name, points, share, use_name, way_name
from reprlearn.viz.text import plain
from reprlearn.viz.transfer_curves import Key, Panel, accuracy_curves
from reprlearn.viz.transfer_marks import WayMark, way_mark

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.transfer.measured import Measured

REFERENCE = "tf-idf"
ARRANGED = ("use", "model")
NETWORKS = ("fine-tuned", "random")
USES = {"features": ("features", "mix"), "fine_tuned": ("fine-tuned",), "random": ("random",)}


def arrangement() -> str:
    """What stands side by side: ways of use, or models."""

    return buttons("panels", ARRANGED, "transfer.panels", labelled=True, help=True)


def show(found: Measured, n_labels: int, arranged: str) -> None:
    """The figure, titled by who wins with so many labels."""
    results, said = found.results, title(found.leads, n_labels)
    panels, keys = arrange(results.ways, arranged)
    figure = accuracy_curves(
        found.table, panels, keys, names={way: way_name(way) for way in results.ways}, title=plain(said), reference=REFERENCE,
        all_labels=results.all_labels, chosen=n_labels, axis_titles=(t("transfer.axis.labels"), t("transfer.axis.accuracy")),
        all_text=t("transfer.axis.all"), theme=widgets.theme(),
    )  # fmt: skip
    names = listed([way_name(way) for way in results.ways])
    widgets.show(figure, "accuracy_curves", alt=t("transfer.curves.alt", ways=names, title=said))
    n_seeds = [(row["use"], int(row["n_seeds"])) for row in found.table.to_dict("records")]
    heads = max((n for use, n in n_seeds if use not in NETWORKS), default=0)
    networks = max((n for use, n in n_seeds if use in NETWORKS), default=0)
    about = {"n": f"{len(results.texts):,}", "valid": f"{int(results.cells['n_valid'].to_numpy().max()):,}"}
    st.markdown(small(t("transfer.curves.note", **about, features=heads, tuned=networks)))


def title(leads: pd.DataFrame, n_labels: int) -> str:
    """Which way wins with so many labels, by how much, and whether that is sure."""
    row = next(row for row in leads.to_dict("records") if row["n_labels"] == n_labels)
    about = {"n": f"{n_labels:,}", "way": way_name(row["way"]), "accuracy": share(row["accuracy"])}
    if not row["verdict"]:
        return t("transfer.title.one", **about)
    better = row["verdict"] == "better"
    values = points(row["ahead"], row["ahead_low"], row["ahead_high"], signed=not better)
    key = "better" if better else "level"
    said = t(f"transfer.title.{key}", **about, second=way_name(row["second"]), **values)
    more = len([way for way in row["level"] if way != row["second"]])
    return t("transfer.title.more", title=said, n=more) if more else said


def arrange(ways: list[str], arranged: str) -> tuple[list[Panel], list[Key]]:
    """The panels with the ways in them, and the legend: colours are models, dashes what is done with them."""
    own = [way for way in WAYS if way.name in ways and way.name != REFERENCE]
    if arranged == "use":
        panels = [
            Panel(t(f"transfer.heading.{name}"), [way.name for way in own if way.use in uses])
            for name, uses in USES.items()
        ]
        marks: dict[str, WayMark] = {}
        for way in own:
            name = way_name(way.name) if way.use == "mix" else model_name(way.model)
            # Not the dash of one of the panels: here an entry names a model.
            marks.setdefault(name, way_mark(way.model, "mix" if way.use == "mix" else "fine-tuned"))
        keys = [Key(name, mark) for name, mark in marks.items()]
    else:
        models = [model for model in ("word2vec", *READERS) if any(way.model == model for way in own)]
        panels = [Panel(model_name(model), [way.name for way in own if way.model == model]) for model in models]
        uses = dict.fromkeys(way.use for way in own)
        keys = [Key(use_name(use), way_mark("", use, neutral=True)) for use in uses]
    if REFERENCE in ways:
        keys = [Key(way_name(REFERENCE), way_mark(REFERENCE, BY_NAME[REFERENCE].use)), *keys]
    return [panel for panel in panels if panel.ways], keys


def leads_table(found: Measured) -> None:
    """Who wins with how many labels, as a table in words."""
    import pandas as pd

    leads = found.leads.to_dict("records")
    rows = [_spoken(row) for row in leads]
    table = pd.DataFrame(rows).rename(columns=lambda name: t(f"transfer.leads.column.{name}"))
    st.subheader(t("transfer.leads"), anchor=False)
    widgets.table(table, "leads", title=t("transfer.leads"))
    level = [
        t("transfer.leads.ways", n=f"{row['n_labels']:,}", ways=listed([way_name(way) for way in row["level"]]))
        for row in leads
        if row["level"]
    ]
    st.markdown(small(" ".join([*level, t("transfer.leads.note")])))


def _spoken(row: dict[Any, Any]) -> dict[str, str]:
    said = {
        "labels": f"{row['n_labels']:,}", "first": way_name(row["way"]),
        "accuracy": t("transfer.interval", value=share(row["accuracy"]), low=share(row["low"]), high=share(row["high"])),
    }  # fmt: skip
    if not row["verdict"]:
        return said | dict.fromkeys(("second", "ahead", "verdict"), t("number.none"))
    apart = points(row["ahead"], row["ahead_low"], row["ahead_high"])
    more = [way for way in row["level"] if way != row["second"]]
    verdict = t("transfer.leads.better") if row["verdict"] == "better" else t("transfer.leads.level")
    return said | {
        "second": way_name(row["second"]),
        "ahead": t("transfer.interval", value=apart["points"], low=apart["low"], high=apart["high"]),
        "verdict": t("transfer.leads.more", n=len(more)) if more else verdict,
    }
