"""How the models go on: words drawn one by one from a seed, each shaded by how far down the model's list it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.ui import loaders
from reprlearn.ui.cards import kind_badge
from reprlearn.ui.next_token.controls import View
from reprlearn.ui.next_token.expected import shared
from reprlearn.ui.presenting import px
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import decimal

if TYPE_CHECKING:
    import pandas as pd

LENGTH, SEED = "length", "seed"
MOST_WORDS, LARGEST_SEED, STEP = 60, 9_999, 10
# Rank at most, and the colour behind the word; none of them is a role's.
SHADES = ((1, "green"), (10, "gray"), (100, "yellow"), (10**9, "violet"))


@st.fragment
def show(view: View) -> None:
    """The continuations of all models, or none yet, and the buttons that draw more."""
    _controls()
    length = int(st.session_state.get(LENGTH) or 0)
    seed = st.session_state.get(SEED)
    length, seed = min(max(length, 0), MOST_WORDS), min(max(int(seed or 0), 0), LARGEST_SEED)
    if not length:
        return
    tables = {}
    for run in view.runs:
        rule = view.sampling
        tables[run.name] = loaders.continuation(
            run, view.prompt, length, seed, rule.temperature, rule.top_k, rule.top_p
        )
    with st.grid(min_column_width=420, gap="medium"):
        for run in view.runs:
            with st.container(border=True, height="stretch"):
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    st.markdown(f"**{as_text(run.name)}**", width="content")
                    kind_badge(run.card.tied)
                _text(view, run.vocabulary, tables[run.name])
    names = (f":{colour}-background[{t(f'next_token.continuation.shade.{colour}')}]" for _, colour in SHADES)
    st.markdown(small(t("next_token.continuation.shades", shades=" · ".join(names))))
    with st.expander(t("next_token.continuation.table"), key="continuation_table", on_change="rerun") as table:
        if table.open:
            _word_by_word(tables)


def _controls() -> None:
    def more(n: int) -> None:
        st.session_state[LENGTH] = min(int(st.session_state.get(LENGTH) or 0) + n, MOST_WORDS)

    def again() -> None:
        st.session_state[SEED] = (int(st.session_state.get(SEED) or 0) + 1) % (LARGEST_SEED + 1)

    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.button(
            t("next_token.continuation.next"),
            on_click=more,
            args=(1,),
            key="draw_one",
            type="primary",
            icon=":material/add:",
        )
        st.button(t("next_token.continuation.more", n=STEP), on_click=more, args=(STEP,), key="draw_more")
        st.button(t("next_token.continuation.again"), on_click=again, key="draw_again", icon=":material/casino:")
        st.number_input(
            t("next_token.continuation.seed"), 0, LARGEST_SEED, 0, key=SEED, bind="query-params", width=px(130)
        )
        st.slider(
            t("next_token.continuation.length"), 0, MOST_WORDS, 0, key=LENGTH, bind="query-params", width=px(260),
            help=t("next_token.continuation.length.help"),
        )  # fmt: skip


def _text(view: View, vocabulary: object, table: pd.DataFrame) -> None:
    """The end of the prompt, then each drawn word on the shade of its rank."""
    words = [_shaded(row["word"], int(row["rank"])) for row in table.to_dict("records")]
    last = view.prompt.split()[-12:]
    lead = ("… " if len(view.prompt.split()) > len(last) else "") + " ".join(last)
    st.markdown(f":gray[{as_text(lead)}] {' '.join(words)}" if lead else " ".join(words))
    row = table.iloc[-1]
    share, rank = shared(float(row["probability"])), f"{int(row['rank']):,}"
    mean = decimal(float(table["surprisal_bits"].to_numpy().mean()), 1)
    st.markdown(small(t("next_token.continuation.last", word=as_text(row["word"]), share=share, rank=rank, mean=mean)))


def _shaded(word: str, rank: int) -> str:
    colour = next(colour for most, colour in SHADES if rank <= most)
    return f":{colour}-background[{as_text(word)}]"


def _word_by_word(tables: dict[str, pd.DataFrame]) -> None:
    names = [as_text(name) for name in tables]
    lines = [f"| | {' | '.join(names)} |", f"|---{'|---' * len(names)}|"]
    for i in range(max(len(table) for table in tables.values())):
        cells = []
        for table in tables.values():
            row = table.iloc[i]
            share, rank = shared(float(row["probability"])), f"{int(row['rank']):,}"
            cells.append(t("next_token.continuation.cell", word=as_text(row["word"]), share=share, rank=rank))
        lines.append(f"| {i + 1} | {' | '.join(cells)} |")
    st.markdown("\n".join(lines))
