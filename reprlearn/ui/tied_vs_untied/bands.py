"""Perplexity by how often the right word stands in the training text: are rare words predicted better?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from reprlearn.ui import widgets
from reprlearn.ui.text import small, t
from reprlearn.ui.text.numbers import decimal
from reprlearn.ui.tied_vs_untied.scored import Scored, by_verdict, scored
from reprlearn.viz.bands import band_changes
from reprlearn.viz.seeds import as_percent
from reprlearn.viz.text import plain

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.tied_vs_untied.controls import View


def show(view: View) -> None:
    """The differences band by band, and the perplexities they are of."""
    found = scored(view, offer=True)
    if found is None:
        return
    perplexities = found.about(perplexity_by_band)
    first = next(iter(perplexities.values()))
    if found.others:
        changes = found.about(changes_by_band)
        said = title(changes, found.reference.name)
        figure = band_changes(
            changes, labels(first), roles=view.roles, title=said, reference=found.reference.name,
            axis_titles=(t("bands.axis.band"), t("bands.axis.change")), theme=widgets.theme(),
        )  # fmt: skip
        widgets.show(figure, "bands", alt=t("bands.alt", title=said))
    with st.expander(t("bands.table")):
        widgets.table(_spoken(perplexities), "bands_table", title=t("bands.table"))
        st.markdown(small(t("bands.note", n=f"{first['n_tokens'].to_numpy().sum():,}")))


def perplexity_by_band(found: Scored) -> dict[str, pd.DataFrame]:
    """{run: `analysis.frequency_bands.by_band`}."""
    from reprlearn.analysis.frequency_bands import by_band

    words = found.reference.vocabulary
    return {name: by_band(table, words.counts, unknown_id=words.unknown_id) for name, table in found.scores.items()}


def changes_by_band(found: Scored) -> dict[str, pd.DataFrame]:
    """{run other than the reference: `analysis.frequency_bands.band_differences` to it}."""
    from reprlearn.analysis.frequency_bands import band_differences

    words, base = found.reference.vocabulary, found.scores[found.reference.name]
    return {
        name: band_differences(found.scores[name], base, words.counts, unknown_id=words.unknown_id)
        for name in found.others
    }


def title(changes: dict[str, pd.DataFrame], reference: str) -> str:
    """What the rarest words show: which runs predict them better than the reference, which worse, which neither."""
    rows = [{**table.iloc[0].to_dict(), "run": plain(name)} for name, table in changes.items()]
    for row in rows:
        row |= {"change": as_percent(row["difference"]), "low": _end(row["lower"]), "high": _end(row["upper"])}
    band, reference = labels(next(iter(changes.values())))[0], plain(reference)
    if len(rows) == 1:
        said = {name: rows[0][name] for name in ("run", "change", "low", "high")}
        return t(f"bands.title.one.{rows[0]['verdict']}", **said, band=band, reference=reference)
    parts = []
    for verdict, of in by_verdict(rows).items():
        runs = ", ".join(t("bands.title.run", run=row["run"], change=row["change"]) for row in of)
        parts.append(t(f"bands.title.{verdict}", runs=runs, reference=reference))
    return t("bands.title.many", band=band, verdicts="; ".join(parts))


def labels(table: pd.DataFrame) -> list[str]:
    """What the bands of a table are called."""
    said = []
    for low, high in zip(table["low"], table["high"], strict=True):
        if np.isnan(low):
            said.append(t("bands.label.unknown"))
        elif np.isnan(high):
            said.append(t("bands.label.last", low=f"{low:,.0f}"))
        elif low == 0:
            said.append(t("bands.label.first", high=f"{high + 1:,.0f}"))
        else:
            said.append(t("bands.label", low=f"{low:,.0f}", high=f"{high:,.0f}"))
    return said


def _end(value: float) -> str:
    return t("number.none") if np.isnan(value) else as_percent(value)


def _spoken(perplexities: dict[str, pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    first = next(iter(perplexities.values()))
    columns = {t("bands.column.band"): labels(first)}
    columns |= {t(f"bands.column.{name}"): [f"{n:,}" for n in first[name]] for name in ("n_words", "n_tokens")}
    columns |= {name: [decimal(value) for value in table["perplexity"]] for name, table in perplexities.items()}
    return pd.DataFrame(columns)
