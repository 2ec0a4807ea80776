"""Two matrices against each other, by default input and output of one untied model: words by how differently they are placed."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from reprlearn.ui import widgets
from reprlearn.ui.links import in_link
from reprlearn.ui.presenting import px
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.tied_vs_untied import matrices
from reprlearn.viz.placed import placed_figure

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.runs import Run
    from reprlearn.ui.tied_vs_untied.controls import View

N_WORDS, NEAR_PX, LIKE_CHANCE = 200, 262, 0.02
FEWEST_COUNTS, FEWEST = (1, 10, 20, 50, 100, 200, 500, 1000), 50
ORDERS = ("different", "alike")
Pair = tuple[tuple[str, str], tuple[str, str]]


@st.fragment
def show(view: View) -> None:
    """Nothing outside runs when another pair or order is chosen."""
    st.subheader(t("tied.placed"), anchor=False)
    names = matrices.names(view.runs)
    chosen = _pair(view, names)
    if chosen is None:
        st.markdown(small(t("tied.placed.none")))
        return
    runs = {run.name: run for run in view.runs}
    (run_a, which_a), (run_b, which_b) = ((runs[name], which) for name, which in chosen)
    try:
        with st.spinner(t("tied.matrices.running")), widgets.opening(run_a), widgets.opening(run_b):
            frame = matrices.about("placed_differently", run_a, which_a, run_b, which_b)
    except ValueError as error:
        st.markdown(small(t("tied.matrices.without", run=as_text(run_b.name), reason=as_text(error))))
        return
    said = names[chosen[0]], names[chosen[1]]
    chance = float(frame.attrs["chance"])
    figure = placed_figure(
        frame, chance=chance, role=_role(view, chosen), title=title(frame, chance, said), theme=widgets.theme(),
        axis_titles=(t("tied.placed.axis"), t("tied.placed.axis.words")), chance_text=t("tied.placed.chance"),
        median_text=t("tied.placed.median"),
    )  # fmt: skip
    matrices.show(figure, "placed", alt=t("tied.placed.alt"))
    _table(frame, [html.unescape(name) for name in said])


def pairs(runs: tuple[Run, ...]) -> list[Pair]:
    """Input and output of each untied model, then the matrices of different runs, input with input and output with output."""
    keys = [(run, which) for run, which in matrices.matrices_of(runs)]
    own = [((a.name, i), (b.name, j)) for n, (a, i) in enumerate(keys) for b, j in keys[n + 1 :] if a is b]
    return own + [((a.name, i), (b.name, j)) for n, (a, i) in enumerate(keys) for b, j in keys[n + 1 :] if a is not b]


def _pair(view: View, names: dict[tuple[str, str], str]) -> Pair | None:
    options = pairs(view.runs)
    if not options:
        return None
    in_link_as = {pair: "~".join("-".join(side) for side in pair) for pair in options}

    def draw() -> Pair | None:
        return st.selectbox(
            t("tied.placed.pair"), options, key="pair", help=t("tied.placed.pair.help"), width=px(560),
            format_func=lambda pair: html.unescape(t("tied.placed.against", a=names[pair[0]], b=names[pair[1]])),
        )  # fmt: skip

    return in_link("pair", in_link_as, draw)


def _role(view: View, pair: Pair) -> str:
    """The colour of what is compared: of one model its own, of two neither's."""
    (a, _), (b, _) = pair
    return view.roles[a] if a == b else "neutral"


def title(frame: pd.DataFrame, chance: float, names: tuple[str, str]) -> str:
    """How alike the words are placed, against what is by chance."""
    median = float(np.median(frame["cosine"]))
    said = {"median": matrices.number(median), "chance": matrices.number(chance), "a": names[0], "b": names[1]}
    if abs(median - chance) < LIKE_CHANCE:
        return t("tied.placed.title.chance", **said)
    below = float((frame["cosine"].to_numpy() < chance).mean())
    return t("tied.placed.title" if median > chance else "tied.placed.title.less", share=f"{below:.0%}", **said)


def _table(frame: pd.DataFrame, names: list[str]) -> None:
    """The words at either end of the ranking, those that occur often enough."""
    order_place, count_place = st.columns([1, 2], gap="medium", vertical_alignment="bottom")
    with order_place:
        order = in_link("order", {name: name for name in ORDERS}, _draw_order)
    with count_place:
        fewest = in_link("fewest", {n: str(n) for n in (FEWEST, *FEWEST_COUNTS)}, _draw_fewest)
    frame = frame.loc[frame["count"] >= fewest]
    n = len(frame)
    frame = frame.iloc[::-1] if order == "alike" else frame
    frame = frame.head(N_WORDS).assign(overlap=100 * frame["overlap"])
    columns: dict[str, Any] = {
        "word": t("tied.placed.column.word"),
        "count": t("tied.placed.column.count"),
        "cosine": t("tied.placed.column.cosine"),
        "overlap": t("tied.placed.column.overlap"),
        "neighbours_a": t("tied.placed.column.near", name=names[0]),
        "neighbours_b": t("tied.placed.column.near", name=names[1]),
    }
    widgets.table(
        frame.filter(list(columns)).rename(columns=columns), "placed_words", title=t("tied.placed"), height=390,
        column_config={
            columns["count"]: st.column_config.NumberColumn(format="localized"),
            columns["cosine"]: st.column_config.NumberColumn(format="%.2f"),
            columns["overlap"]: st.column_config.NumberColumn(format="%.0f%%"),
            **{columns[f"neighbours_{side}"]: st.column_config.TextColumn(width=NEAR_PX) for side in "ab"},
        },
    )  # fmt: skip
    st.markdown(small(t("tied.placed.shown", shown=f"{len(frame):,}", n=f"{n:,}", fewest=f"{fewest:,}")))


def _draw_order() -> str | None:
    return st.segmented_control(
        t("tied.placed.order"),
        list(ORDERS),
        required=True,
        key="order",
        format_func=lambda name: t(f"tied.placed.order.{name}"),
    )


def _draw_fewest() -> int | None:
    return st.select_slider(t("tied.placed.fewest"), list(FEWEST_COUNTS), key="fewest", width=px(360))
