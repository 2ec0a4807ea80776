"""Sentences of the corpus in which a word and one of its neighbours stand together. Runs of a text have them."""

from __future__ import annotations

import re

import streamlit as st

from reprlearn.analysis.concordance import sentences_with
from reprlearn.data.config import TextData
from reprlearn.ui.embedding_space.controls import Side
from reprlearn.ui.text import as_text, t

N_SENTENCES = 8


def sentences(side: Side, word: str, others: list[str], key: str) -> None:
    """On demand, sentences of the corpus in which a word and one of its neighbours occur."""
    label = t("embedding_space.sentences", word=as_text(word))
    if st.button(label, icon=":material/format_quote:", key=f"sentences_{key}", width="stretch"):
        st.dialog(label, width="medium")(_read_sentences)(side, word, others)


def _read_sentences(side: Side, word: str, others: list[str]) -> None:
    data = side.run.recipe.data
    assert isinstance(data, TextData), "a log of events has no sentences"
    other = st.selectbox(t("embedding_space.sentences.with"), others, key="sentences_with")
    try:
        with st.spinner(t("embedding_space.sentences.reading")):
            found = sentences_with(data, side.run.vocabulary, [word, other], N_SENTENCES)
    except ValueError as error:
        st.info(as_text(error))
        return
    if found.empty:
        st.markdown(t("embedding_space.sentences.none", a=as_text(word), b=as_text(other)))
    for sentence in found["sentence"]:
        st.markdown(emphasised(sentence, (word, other)))


def emphasised(sentence: str, words: tuple[str, ...]) -> str:
    """The sentence as Markdown with these words in bold, and nothing else of it read as Markdown."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    parts = re.split(rf"(?i)(?<!\w)({pattern})(?!\w)", sentence)
    return "".join(f"**{as_text(part)}**" if i % 2 else _spaced(part) for i, part in enumerate(parts))


def _spaced(part: str) -> str:
    """A part of a sentence as Markdown, with the spaces at its ends, which `as_text` drops."""
    return " " * part[:1].isspace() + as_text(part) + " " * (part[-1:].isspace() and bool(part.strip()))
