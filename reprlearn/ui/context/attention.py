"""Where the heads of GPT and BERT look in a typed sentence: all of them in miniature, and one of them large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.attention import HABITS, Habit, habit_of, habits, most_looked_at, words_looked_at
from reprlearn.ui import widgets
from reprlearn.ui.context import controls, loading
from reprlearn.ui.links import in_link
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import decimal
from reprlearn.viz.attention import head_heatmap, head_overview

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.analysis.attention import Reading
    from reprlearn.ui.context.controls import View

HEAD = "head"
MOST_WORDS = 40
"""Words of a sentence whose attention can still be read off a square of them."""


def show(view: View) -> None:
    """The sentence, the overview, and the chosen head."""
    with view.places[0]:
        typed = controls.sentence(view.run, "sentence", t("context.sentence.first"), most=MOST_WORDS)
    controls.say_unread(view.run, typed)
    if len(typed) < 2:
        st.info(t("context.attention.short"))
        return
    with widgets.opening(view.run):
        reading = loading.attention(view.run, typed)
    table = habits(reading)
    heads = {
        (layer, head): habit_of(table, layer, head)
        for layer in range(1, reading.n_layers + 1)
        for head in range(1, reading.n_heads + 1)
    }
    with view.places[1]:
        layer, head = _choose(heads)
    overview, large = st.columns([1, 1.6], gap="medium")
    with overview:
        st.markdown(f"**{_all(heads)}**")
        _overview(view, reading, heads, (layer, head))
        _shares(table, layer, head)
    weights = reading.weights[layer - 1, head - 1]
    with large:
        said = title(view, reading, heads[layer, head], layer, head)
        st.markdown(f"**{said}**")
        figure = head_heatmap(
            weights, typed.tokens, axis_titles=(t("context.attention.to"), t("context.attention.from")),
            hover_text=t("context.attention.hover", word="{word}", share="{share}", other="{other}"), theme=widgets.theme(),
        )  # fmt: skip
        alt = t("context.attention.alt", run=view.run.name, layer=layer, head=head, n=len(typed))
        widgets.show(figure, "attention", alt=alt, title=said)
    st.markdown(small(t("context.attention.note.causal" if reading.causal else "context.attention.note")))


def _choose(heads: dict[tuple[int, int], Habit]) -> tuple[int, int]:
    """The head that is shown large; at first the one whose habit is most marked."""
    first = max(heads, key=lambda each: heads[each].share - heads[each].even if heads[each].name else -1.0)
    names = {each: f"{each[0]}.{each[1]}" for each in (first, *(each for each in heads if each != first))}
    if st.session_state.get(HEAD) not in names:  # of a run that has more
        st.session_state.pop(HEAD, None)

    def draw() -> tuple[int, int] | None:
        return st.selectbox(
            t("context.head"), sorted(names), key=HEAD, help=t("context.head.help"),
            format_func=lambda each: t("context.head.named", layer=each[0], head=each[1], habit=_habit(heads[each])),
        )  # fmt: skip

    return in_link(HEAD, names, draw)


def _overview(view: View, reading: Reading, heads: dict[tuple[int, int], Habit], chosen: tuple[int, int]) -> None:
    notes = [
        [
            t("context.head.named", layer=layer, head=head, habit=_habit(heads[layer, head]))
            for head in range(1, reading.n_heads + 1)
        ]
        for layer in range(1, reading.n_layers + 1)
    ]
    figure = head_overview(
        reading.weights, chosen=chosen, notes=notes, theme=widgets.theme(),
        axis_titles=(t("context.attention.head"), t("context.attention.layer")),
    )  # fmt: skip

    def choose(customdata: list) -> None:
        if len(customdata) == 2 and tuple(customdata) in heads:
            st.session_state[HEAD] = (int(customdata[0]), int(customdata[1]))

    alt = t("context.attention.overview.alt", run=view.run.name, layers=reading.n_layers, heads=reading.n_heads)
    widgets.show(figure, "heads", alt=alt, title=_all(heads), on_click=choose)


def title(view: View, reading: Reading, habit: Habit, layer: int, head: int) -> str:
    """What the head on screen does, measured; Markdown."""
    values = {"run": as_text(view.run.name), "layer": layer, "head": head}
    if habit.name is not None:
        share, even = as_text(f"{habit.share:.0%}"), as_text(f"{habit.even:.0%}")
        return t(f"context.attention.title.{habit.name}", share=share, even=even, **values)
    place, most, fair = most_looked_at(reading, layer, head)
    n_words = words_looked_at(reading.weights[layer - 1, head - 1])
    said = {
        "word": as_text(reading.typed.tokens[place]),
        "share": as_text(f"{most:.0%}"),
        "even": as_text(f"{fair:.0%}"),
    }
    return t("context.attention.title.none", words=decimal(n_words, 1), **said, **values)


def _all(heads: dict[tuple[int, int], Habit]) -> str:
    """How many heads have which habit; Markdown."""
    names = [habit.name or "none" for habit in heads.values()]
    said = [t(f"context.attention.count.{name}", n=names.count(name)) for name in (*HABITS, "none") if name in names]
    return t("context.attention.count", n=len(names), said=", ".join(said))


def _habit(habit: Habit) -> str:
    if habit.name is None:
        return t("context.habit.none")
    return t(f"context.habit.{habit.name}", share=f"{habit.share:.0%}")


def _shares(table: pd.DataFrame, layer: int, head: int) -> None:
    """All habits of the chosen head, beside what even attention would give."""
    lines = [t("context.attention.shares"), "|---|---|---|"]
    for row in table.loc[(table["layer"] == layer) & (table["head"] == head)].to_dict("records"):
        name = t(f"context.habit.name.{row['habit']}")
        share, even = (as_text(f"{row[each]:.0%}") for each in ("share", "even"))
        lines.append(f"| {name} | {share} | {even} |")
    st.markdown("\n".join(lines))
