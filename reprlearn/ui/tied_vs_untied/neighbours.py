"""Nearby words: what the runs give to the neighbours of the right word, and where these stand in their lists."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from reprlearn.ui import token_scores, widgets
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import decimal
from reprlearn.ui.tied_vs_untied import one_word
from reprlearn.ui.tied_vs_untied.bands import labels
from reprlearn.ui.tied_vs_untied.scored import Scored, by_verdict, scored
from reprlearn.viz.neighbour_mass import lift_figure
from reprlearn.viz.text import percent, plain

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.tied_vs_untied.controls import View


def show(view: View) -> None:
    """The lift by band, the comparison in words, the table, and any one word with its neighbours."""
    found = scored(view, offer=True)
    if found is None or token_scores.reference_neighbours(found.reference) is None:
        return
    table, against, lifts = found.about(figures_of)
    said = title(against, table, found.reference.name)
    figure = lift_figure(
        {name: lifts.loc[lifts["run"] == name] for name in found.names},
        labels(lifts.loc[lifts["run"] == found.names[0]]), roles=view.roles, title=said,
        axis_titles=(t("neighbours.axis.band"), t("neighbours.axis.lift")), one=t("neighbours.one"), theme=widgets.theme(),
    )  # fmt: skip
    widgets.show(figure, "neighbour_mass", alt=t("neighbours.alt", title=said))
    if len(against):
        st.markdown(f"{ranks(against, found.reference.name)} {means(against, found.reference.name)}")
    widgets.table(_spoken(table), "neighbours_table", title=html.unescape(said))
    st.markdown(small(t("neighbours.note", n=f"{table['n_tokens'].to_numpy().min():,}")))
    one_word.show(found)


def figures_of(found: Scored) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """`neighbour_mass`, `against` and `lift_by_band` of `analysis.neighbour_mass`."""
    from reprlearn.analysis.neighbour_mass import against, lift_by_band, neighbour_mass, unigram_mass

    words = found.reference.vocabulary
    near = token_scores.reference_neighbours(found.reference)
    assert near is not None, "asked only where the neighbours are stored"
    unigram = unigram_mass(near, words.counts)
    return (
        neighbour_mass(found.scores, unigram),
        against(found.scores, found.reference.name),
        lift_by_band(found.scores, unigram, words.counts, unknown_id=words.unknown_id),
    )


def title(against: pd.DataFrame, table: pd.DataFrame, reference: str) -> str:
    """Which runs give the neighbours more than the reference does, which less, and which neither."""
    rows = against.to_dict("records")
    if not rows:
        only = table.to_dict("records")[0]
        return t("neighbours.title.alone", run=plain(only["run"]), lift=f"{only['lift']:.2f}")
    reference = plain(reference)
    if len(rows) == 1:
        said = {"factor": rows[0]["factor"], "low": rows[0]["lower"], "high": rows[0]["upper"]}
        said = {name: _factor(value) for name, value in said.items()}
        return t(f"neighbours.title.one.{rows[0]['verdict']}", run=plain(rows[0]["run"]), reference=reference, **said)
    verdicts, parts = by_verdict(rows), []
    for verdict in ("more", "less", "none"):
        runs = [
            t("neighbours.title.run", run=plain(row["run"]), factor=_factor(row["factor"]))
            for row in verdicts.get(verdict, [])
        ]
        if runs:
            parts.append(t(f"neighbours.title.{verdict}", runs=", ".join(runs), reference=reference))
    return t("neighbours.title.many", verdicts="; ".join(parts))


def means(against: pd.DataFrame, reference: str) -> str:
    """What the plain mean over tokens says, which few tokens decide; Markdown."""
    said = []
    for row in against.to_dict("records"):
        change, low, high = (as_text(_points(row[f"mean_{name}"])) for name in ("difference", "lower", "upper"))
        given = {"run": f"**{as_text(row['run'])}**", "change": change, "low": low, "high": high}
        said.append(t(f"neighbours.means.{row['mean_verdict']}", **given, reference=as_text(reference)))
    return t("neighbours.means", runs="; ".join(said))


def ranks(against: pd.DataFrame, reference: str) -> str:
    """Where the neighbours stand in each run's list, held against the reference's; Markdown."""
    said = []
    for row in against.to_dict("records"):
        given = {name: _factor(row[f"rank_{name}"]) for name in ("factor", "lower", "upper")}
        fields = {"run": f"**{as_text(row['run'])}**", "low": given["lower"], "high": given["upper"]}
        fields["reference"] = as_text(reference)
        if row["rank_verdict"] == "none":
            said.append(t("neighbours.ranks.same", **fields))
        else:
            key = "neighbours.ranks.higher" if row["rank_verdict"] == "less" else "neighbours.ranks.lower"
            said.append(t(key, factor=given["factor"], **fields))
    return t("neighbours.ranks", runs="; ".join(said))


def _factor(value: float) -> str:
    return t("number.none") if np.isnan(value) else f"{value:.3f}"


def _points(share: float) -> str:
    return t("number.none") if np.isnan(share) else f"{100 * share:+.2f}".replace("-", "−")


def _spoken(table: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    columns = {
        "run": [str(name) for name in table["run"]],
        **{name: [percent(value).replace("&lt;", "<") for value in table[name]] for name in ("probability", "unigram")},
        **{name: [f"{value:.2f} ×" for value in table[name]] for name in ("ratio", "lift")},
        "median_rank": [decimal(value, 0) for value in table["median_rank"]],
    }
    return pd.DataFrame({t(f"neighbours.column.{name}"): values for name, values in columns.items()})
