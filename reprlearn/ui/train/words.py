"""The nearest words of a few words, before training, a snapshot ago and now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.jobs import Job
from reprlearn.jobs.watching import folder_of
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.train import reading

if TYPE_CHECKING:
    from reprlearn.analysis.snapshot_neighbours import Neighbourhoods

MOST_WORDS = 6
WATCHED, ABOUT = "watched", "watched_about"  # the words, in the link; the training they were chosen for


def show(job: Job) -> None:
    """The words a visitor chose, or some that are worth watching."""
    if not job.recipe["fit"]["snapshot_words"]:
        st.markdown(small(t("train.words.off")))
        return
    found = reading.neighbourhoods(folder_of(job))
    if found is None or not found.ids:
        st.markdown(small(t("train.words.none")))
        return
    st.markdown(f"**{title(found)}**")
    for word in _chosen(job, found):
        _neighbours(found, word)
    if len(found.epochs) > 1:
        st.markdown(small(t("train.words.bold", before=f"{found.epochs[-2]:g}")))


def title(found: Neighbourhoods) -> str:
    """How much the neighbourhoods still change."""
    k = next(iter(found.ids.values())).shape[1]
    kept = found.kept()
    if kept.empty:
        return t("train.words.first", k=k)
    before, epoch = found.epochs[-2:]
    said = {"epoch": f"{epoch:g}", "before": f"{before:g}", "kept": f"{kept.iloc[-1]:.1f}"}
    return t("train.words.title", k=k, n=f"{len(found.words):,}", **said)


def _chosen(job: Job, found: Neighbourhoods) -> list[str]:
    from reprlearn.analysis.snapshot_neighbours import probe_words

    # Set, not passed as a default: those of the link, or what was chosen before, as far as this training knows them.
    held = st.session_state.get(WATCHED, st.query_params.get_all(WATCHED))
    kept = [word for word in held if word in found.words][:MOST_WORDS]
    if not kept and st.session_state.get(ABOUT) != job.name:
        kept = probe_words(found.words)
    st.session_state[WATCHED], st.session_state[ABOUT] = kept, job.name
    chosen = st.multiselect(
        t("train.words"), found.words, key=WATCHED, bind="query-params", max_selections=MOST_WORDS,
        help=t("train.words.help", n=f"{len(found.words):,}"), label_visibility="collapsed",
    )  # fmt: skip
    return [word for word in dict.fromkeys(chosen) if word in found.words][:MOST_WORDS]


def _neighbours(found: Neighbourhoods, word: str) -> None:
    """A word, what is nearest to it now, and, smaller, what was so before training."""
    table = found.table([word])
    now, first = (table[table["epoch"] == epoch] for epoch in (found.epochs[-1], found.epochs[0]))
    near = ", ".join(
        f"**{as_text(other)}**" if is_new else as_text(other)
        for other, is_new in zip(now["neighbour"], now["is_new"], strict=True)
    )
    with st.container(gap="xxsmall"):
        st.markdown(t("train.words.near", word=as_text(word), near=near))
        if len(found.epochs) > 1:
            before = ", ".join(map(as_text, first["neighbour"]))
            st.markdown(small(t("train.words.before", near=before)))
