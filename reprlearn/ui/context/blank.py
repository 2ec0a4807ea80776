"""A word of a sentence taken out: what BERT would put there, and what the words to both sides alone would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from reprlearn.analysis.prediction_comparison import aligned_top_k
from reprlearn.ui import widgets
from reprlearn.ui.context import controls, loading
from reprlearn.ui.links import in_link
from reprlearn.ui.next_token.expected import shared
from reprlearn.ui.text import as_text, small, t
from reprlearn.viz.aligned_tokens import aligned_tokens
from reprlearn.viz.style import role

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.analysis.typed import Typed
    from reprlearn.ui.context.controls import View

BLANK, SHOWN = "blank", 10


def show(view: View) -> None:
    """The sentence, the word that is taken out, and the bars."""
    with view.places[0]:
        typed = controls.sentence(view.run, "sentence", t("context.sentence.first"))
    controls.say_unread(view.run, typed)
    if not len(typed):
        st.info(t("context.blank.empty"))
        return
    position = _position(view, typed)
    right = view.run.vocabulary.words[int(typed.ids[position])] if typed.known[position] else None
    frames, notes = _frames(view, typed, position)
    st.markdown(_sentence(typed, position))
    said = title(frames, right, typed.tokens[position])
    st.markdown(f"**{said}**")
    # Places gained on the other's list would be read as a verdict.
    table = aligned_top_k(frames, SHOWN, right, aligned=False).assign(rank_difference=np.nan)
    roles = {name: "neutral" for name in frames} | {view.run.name: role(view.run.card.tied)}
    figure = aligned_tokens(
        table, roles=roles, chosen=right, absent_text=t("next_token.absent"), rank_text=t("next_token.rank", rank="{rank:,}"),
        theme=widgets.theme(),
    )  # fmt: skip
    words = ", ".join(table.drop_duplicates("word")["word"].head(5))
    widgets.show(figure, "blank_bars", alt=t("context.blank.alt", runs=", ".join(frames), words=words), title=said)
    for note in (*notes, t("context.blank.note")):
        st.markdown(small(note))


def _position(view: View, typed: Typed) -> int:
    """Which word is taken out; the rarest of those that are known at first."""
    counts = np.where(typed.known, np.asarray(view.run.vocabulary.counts)[typed.ids], np.iinfo(np.int64).max)
    first = int(counts.argmin())
    names = {each: str(each + 1) for each in (first, *(i for i in range(len(typed)) if i != first))}
    if st.session_state.get(BLANK) not in names:  # of a longer sentence
        st.session_state.pop(BLANK, None)

    def draw() -> int | None:
        return st.pills(
            t("context.blank"), sorted(names), required=True, key=BLANK, help=t("context.blank.help"),
            format_func=lambda each: as_text(typed.tokens[each]),
        )  # fmt: skip

    return in_link(BLANK, names, draw)


def _frames(view: View, typed: Typed, position: int) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """What the model and what the counts would put there, all words each; and why one of them is missing."""
    with widgets.opening(view.run):
        frames = {view.run.name: loading.filling(view.run, typed, position).frame()}
    try:
        with st.spinner(t("context.blank.counting")):
            frames[t("context.blank.counts")] = loading.filling_by_counts(view.run, typed, position).frame()
    except ValueError as error:
        return frames, [t("context.blank.uncounted", reason=as_text(error))]
    return frames, []


def _sentence(typed: Typed, position: int) -> str:
    words = [t("context.blank.gap") if i == position else as_text(token) for i, token in enumerate(typed.tokens)]
    return " ".join(words)


def title(frames: dict[str, pd.DataFrame], right: str | None, typed: str) -> str:
    """What each puts first, and where the right word stands in its list; Markdown."""
    said = []
    for name, frame in frames.items():
        first = frame.iloc[0]
        values = {"run": as_text(name), "first": as_text(first["word"]), "share": shared(float(first["probability"]))}
        if right is None:
            said.append(t("context.blank.title.first", **values))
            continue
        own = frame.loc[frame["word"] == right].iloc[0]
        key = "context.blank.title.right" if int(own["rank"]) == 1 else "context.blank.title"
        rank, own_share = f"{int(own['rank']):,}", shared(float(own["probability"]))
        values |= {} if int(own["rank"]) == 1 else {"right": as_text(right), "rank": rank, "own": own_share}
        said.append(t(key, **values))
    if right is None:
        said.append(t("context.blank.title.unknown", word=as_text(typed)))
    return " · ".join(said)
