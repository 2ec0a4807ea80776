"""How good a small model becomes in an hour: its training beside what was published, and what each of its ingredients brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from reprlearn.analysis import small_model as analysis
from reprlearn.ui import widgets
from reprlearn.ui.links import buttons
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import compact, decimal
from reprlearn.ui.tied_vs_untied.curves import AXES
from reprlearn.viz.curves import learning_curves, with_level
from reprlearn.viz.run_marks import RunMark, run_marks
from reprlearn.viz.seeds import as_percent, seed_differences
from reprlearn.viz.text import plain
from reprlearn.viz.wrapped_title import wrapped_title

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.tied_vs_untied.controls import View

# Inan, Khosravi & Socher 2016: validation perplexity on the Penn Treebank, two layers of 200.
PUBLISHED = {"VD-LSTM": 92.6, "REAL": 86.3}


def show(view: View) -> None:
    """The curve that is kept and the table of ingredients; of no run on screen."""
    del view
    curve = analysis.curve(analysis.RESULTS)
    if curve.empty:
        st.info(t("small.none"))
    else:
        _curve(curve, analysis.peer_curve(analysis.RESULTS))
    table = analysis.ingredients(analysis.ingredient_cells(analysis.RESULTS))
    if len(table) > 1:
        _ingredients(table)


def title(curve: pd.DataFrame) -> str:
    """What the training came to, and when, for a figure."""
    best = curve.loc[curve["valid_loss"].idxmin()]
    return t(
        "small.title", run=plain(str(best["name"])), parameters=compact(best["n_parameters"]),
        value=f"{np.exp(best['valid_loss']):.1f}", minutes=f"{best['minutes']:.0f}",
    )  # fmt: skip


def _curve(curve: pd.DataFrame, peer: pd.DataFrame) -> None:
    facts = curve.iloc[0]
    name = str(facts["name"])
    st.markdown(t("small.lead", run=as_text(name), parameters=compact(facts["n_parameters"])))
    against = _against()
    column, per_unit = AXES[against]
    frames = {name: curve} | ({t("small.peer"): peer} if len(peer) else {})
    said, axis = title(curve), t(f"curves.axis.{against}")
    figure = learning_curves(
        frames, roles={name: "tied"}, axis_titles=(axis, t("curves.axis.perplexity")), against=column,
        per_unit=per_unit, trace_names=(t("curves.validation"), t("curves.training")), theme=widgets.theme(),
    )  # fmt: skip
    for published, value in PUBLISHED.items():
        with_level(
            figure, value, t("small.published", name=published, value=value), below=value < max(PUBLISHED.values())
        )
    figure.update_layout(**wrapped_title(said))
    widgets.show(figure, "small_model", alt=t("small.alt", title=said, against=axis))
    told = [quality(analysis.qualities(analysis.RESULTS)), t("small.note", machine=as_text(facts["machine"]))]
    st.markdown(small(" ".join(filter(None, told))))


def _against() -> str:
    axes = ("minutes", "operations", "tokens")

    return buttons("cost", axes, "small.against", of="curves.against", labelled=True)


def quality(found: dict[str, float] | None) -> str:
    """How long the peer's quality took, of `analysis.small_model.qualities`; "" where that was not measured."""
    if found is None:
        return ""
    peer = {
        "n": f"{found['n_epochs']:.0f}",
        "peer_value": decimal(found["peer_perplexity"]),
        "peer_minutes": decimal(found["peer_minutes"]),
    }
    if np.isnan(found["minutes"]):
        return t("small.quality.never", **peer, value=decimal(found["perplexity"]))
    share = f"{found['minutes'] / found['peer_minutes']:.0%}"
    return t("small.quality.sooner", **peer, minutes=decimal(found["minutes"]), share=share)


def _ingredients(table: pd.DataFrame) -> None:
    rows = table.to_dict("records")
    whole = next(row for row in rows if row["instead"] == analysis.WHOLE)
    judged = [row for row in rows if row is not whole]
    st.subheader(t("small.ingredients"), anchor=False)
    st.markdown(t("small.ingredients.lead", minutes=f"{whole['minutes']:.0f}"))
    said = ingredients_title(judged)
    figure = seed_differences(
        _drawn(judged), {row["instead"]: _mark() for row in judged}, title=said,
        axis_title=t("small.ingredients.axis"), theme=widgets.theme(),
    )  # fmt: skip
    widgets.show(figure, "ingredients", alt=t("small.ingredients.alt", title=said))
    widgets.table(_spoken(rows), "ingredients_table", title=t("small.ingredients"))
    note = "small.ingredients.note" if whole["n_seeds"] > 1 else "small.ingredients.note.one"
    st.markdown(small(t(note, n=int(whole["n_seeds"]))))


def ingredients_title(judged: list[dict[Any, Any]]) -> str:
    """Which ingredient is missed most: the first of the rows whose interval, or where there is none whose value, is above zero."""
    missed = [row for row in judged if (row["difference"] if np.isnan(row["low"]) else row["low"]) > 0]
    if not missed:
        return t("small.ingredients.title.nothing")
    first = missed[0]
    return t(
        "small.ingredients.title",
        name=plain(_named("left_out", first["instead"])),
        change=as_percent(first["difference"]),
    )


def _drawn(judged: list[dict[Any, Any]]) -> pd.DataFrame:
    """The rows as the figure takes them; without an interval, a point alone."""
    import pandas as pd

    table = pd.DataFrame(judged).rename(columns={"instead": "form"})
    for side in ("low", "high"):
        table[side] = table[side].fillna(table["difference"])
    return table.assign(label=[_named("left_out", row["instead"]) for row in judged])


def _mark() -> RunMark:
    return run_marks({"whole": "tied"})["whole"]


def _spoken(rows: list[dict[Any, Any]]) -> pd.DataFrame:
    import pandas as pd

    spoken = [
        {
            "instead": _named("instead", row["instead"]),
            "parameters": compact(row["n_parameters"]),
            "minutes": decimal(row["minutes"]),
            "perplexity": decimal(np.exp(row["valid_loss"])),
            "change": "" if row["instead"] == analysis.WHOLE else as_percent(row["difference"]),
        }
        for row in rows
    ]
    return pd.DataFrame(spoken).rename(columns=lambda name: t(f"small.column.{name}"))


def _named(which: str, instead: str) -> str:
    """An ingredient in words; one that this program does not know, by its name."""
    try:
        return t(f"small.{which}.{instead}")
    except KeyError:
        return instead
