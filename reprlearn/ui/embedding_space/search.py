"""The search field, and what is offered where a word is not known."""

from __future__ import annotations

import difflib

import streamlit as st

from reprlearn.analysis.leading_words import MAPPED_WORDS
from reprlearn.analysis.neighbours import find_word
from reprlearn.runs import Run
from reprlearn.ui import loaders
from reprlearn.ui.embedding_space.kinds import of_events, said
from reprlearn.ui.text import as_text, t

WORD = "word"
WIDE_PX = 330


def search(run: Run, *, wide: bool = False, narrow: bool = False) -> tuple[str | None, int | None]:
    """The search field: (the word, its id), or (what is typed, None) when the run does not know it. Offered are as many words as
    a browser can hold; any other can be typed.

    wide: in a row of other controls, take a line of its own rather than cut the name off
    narrow: leave out the icon, which takes the room of four letters
    """
    typed = st.selectbox(
        said(run, "embedding_space.word"), run.vocabulary.words[:MAPPED_WORDS], index=None, key=WORD, bind="query-params",
        accept_new_options=True, icon=None if narrow else ":material/search:", placeholder=said(run, "embedding_space.word.placeholder"),
        # An airport is sought by any part of its name, or by its code at the end; a token may begin with the mark of a space.
        filter_mode="contains" if of_events(run) or run.card.imported else "prefix", width=WIDE_PX if wide else "stretch",
    )  # fmt: skip
    if not typed:
        return None, None
    word_id = find_word(run, typed)
    if word_id is not None:
        return run.vocabulary.words[word_id], word_id
    _suggest(run, typed)
    return typed, None


def go_to(word: str) -> None:
    """Search another word; for callbacks, which run before the search field is drawn."""
    st.session_state[WORD] = word


def _suggest(run: Run, typed: str) -> None:
    n_words = f"{len(run.vocabulary):,}"
    values = {"word": as_text(typed[:60]), "n_words": n_words, "run": as_text(run.name)}
    st.warning(said(run, "embedding_space.unknown", **values))
    close = close_words(loaders.stamp(run.path), run, typed[:60].lower())
    if close:
        st.caption(t("embedding_space.close"))
        with st.container(horizontal=True, gap="xsmall"):
            for word in close:
                st.button(as_text(word), on_click=go_to, args=(word,), key=f"close-{word}", type="tertiary")


@st.cache_data(max_entries=256, show_spinner=False)
def close_words(stamp: loaders.Stamp, _run: Run, typed: str) -> list[str]:
    """Up to five words spelled much like `typed`, of equally close ones those that come first (the frequent ones)."""
    names = _spellings(_run)
    close = set(difflib.get_close_matches(typed, names, n=100, cutoff=0.7))
    # Rated in the direction get_close_matches rates, which is not symmetrical.
    rated = [
        (difflib.SequenceMatcher(None, name, typed).ratio(), word) for name, word in names.items() if name in close
    ]
    return list(dict.fromkeys(word for _, word in sorted(rated, key=lambda each: -each[0])))[:5]


def _spellings(run: Run) -> dict[str, str]:
    """What a word may be typed as, in lower case, and the word: an event type by its name, its code or both."""
    vocabulary = run.vocabulary
    words = vocabulary.words[:MAPPED_WORDS]
    spelled = [words, vocabulary.type_labels, vocabulary.types] if of_events(run) else [words]
    found: dict[str, str] = {}
    for names in spelled:
        for name, word in zip(names, words, strict=False):
            found.setdefault(name.lower(), word)
    return found
