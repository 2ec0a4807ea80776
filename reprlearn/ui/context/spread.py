"""The words whose vectors spread most with their context, layer by layer, as they were measured and stored with the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from reprlearn.ui import widgets
from reprlearn.ui.context import controls, loading, missing
from reprlearn.ui.embedding_space.search import WORD
from reprlearn.ui.links import in_link
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import decimal
from reprlearn.viz.layer_lines import layer_lines
from reprlearn.viz.style import role

if TYPE_CHECKING:
    from reprlearn.analysis.context_spread import StoredSpread
    from reprlearn.ui.context.controls import View

ROW_PX, N_ROWS = 35, 11
ORDERS = ("most", "least")
TABLE = "spread_table"


def show(view: View) -> None:
    """How alike a word's vectors are over the layers, and the words in the order of their spread in one layer."""
    with widgets.opening(view.run):
        stored = loading.spread(view.run)
    if stored is None:
        st.info(t("context.spread.none", run=as_text(view.run.name), command=missing.measuring(view.run)))
        return
    word_place, layer_place = view.places
    with word_place:
        word_id = controls.word(view)
    with layer_place:
        layer = controls.layer(view)
    st.markdown(t("context.spread.lead"), help=t("context.spread.help"))
    table = stored.of_layer(layer)
    st.markdown(f"**{title(view, table, layer)}**")
    lines, words = st.columns([1, 1.15], gap="medium")
    with lines:
        _lines(view, stored, word_id)
    with words:
        _table(table, title(view, table, layer))
    n = f"{len(table):,}"
    st.markdown(small(t("context.spread.note", n=n, each=stored.n_each, texts=t(f"context.texts.{stored.split}"))))


def title(view: View, table: pd.DataFrame, layer: int) -> str:
    """Which word spreads most and which least in a layer, with the error of each; Markdown."""
    ends = []
    for row in (table.iloc[0], table.iloc[-1]):
        value, error = decimal(row["corrected"], 2), decimal(1.96 * row["standard_error"], 2)
        ends.append(t("context.spread.word", word=as_text(row["word"]), value=value, error=error))
    return t("context.spread.title", run=as_text(view.run.name), layer=layer, most=ends[0], least=ends[1])


def _lines(view: View, stored: StoredSpread, word_id: int | None) -> None:
    """Mean self-similarity over the words, the word that is searched, and the baseline."""
    name = view.run.name
    frames = {t("context.spread.mean"): stored.by_layer().rename(columns={"self_similarity": "cosine"})}
    roles = {t("context.spread.mean"): role(view.run.card.tied)}
    rows = stored.table.loc[stored.table["word_id"] == word_id]
    if len(rows):
        word = t("context.spread.line", word=view.run.vocabulary.words[int(rows["word_id"].iloc[0])])
        reach = 1.96 * rows["standard_error"]
        cosine = rows["self_similarity"]
        frames[word] = pd.DataFrame(
            {"layer": rows["layer"], "cosine": cosine, "low": cosine - reach, "high": cosine + reach}
        )
        roles[word] = "highlight"
    figure = layer_lines(
        frames, roles=roles, references={t("context.spread.mean"): stored.baseline},
        axis_titles=(t("context.lines.layer"), t("context.spread.axis")),
        reference_text=t("context.spread.baseline"), theme=widgets.theme(),
    )  # fmt: skip
    widgets.show(figure, "spread", alt=t("context.spread.alt", run=name))
    if word_id is not None and not len(rows):
        word = as_text(view.run.vocabulary.words[word_id])
        st.markdown(small(t("context.spread.unmeasured", word=word, n=f"{stored.table['word_id'].nunique():,}")))


def _table(table: pd.DataFrame, said: str) -> None:
    """The words, those that spread most first; choosing a row looks at the word's occurrences."""
    order = in_link("spread_order", {each: each for each in ORDERS}, _order)
    ranked = table if order == "most" else table.iloc[::-1]
    words = [str(word) for word in ranked["word"]]
    shown = ranked.assign(error=1.96 * ranked["standard_error"])
    shown = shown.loc[:, ["word", "corrected", "error", "self_similarity", "n", "count"]]
    column = st.column_config

    def chosen() -> None:
        rows = st.session_state[TABLE]["selection"]["rows"]
        if rows and rows[0] < len(words):
            st.session_state[WORD] = words[rows[0]]
            st.session_state["part"] = "occurrences"

    widgets.table(
        shown, TABLE, title=said, height=(N_ROWS + 1) * ROW_PX + 3, row_height=ROW_PX, on_select=chosen,
        selection_mode="single-row",
        column_config={
            "word": column.TextColumn(t("context.column.word"), width=95),
            "corrected": column.NumberColumn(t("context.spread.corrected"), format="%.3f", width=80),
            "error": column.NumberColumn(t("context.spread.error"), format="%.3f", width=55),
            "self_similarity": column.NumberColumn(t("context.spread.raw"), format="%.3f", width=55),
            "n": column.NumberColumn(t("context.spread.n"), format="localized", width=35),
            "count": column.NumberColumn(t("context.spread.count"), format="localized", width=75),
        },
    )  # fmt: skip


def _order() -> str | None:
    return st.segmented_control(
        t("context.spread.order"), ORDERS, required=True, key="spread_order", label_visibility="collapsed",
        format_func=lambda each: t(f"context.spread.order.{each}"),
    )  # fmt: skip
