"""Guess first: what the models expect stays hidden until the room has guessed, and then the guesses are scored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.ui.next_token.controls import MAX_WORD_CHARACTERS, View
from reprlearn.ui.next_token.expected import known_form, shared
from reprlearn.ui.text import as_text, small, t

if TYPE_CHECKING:
    import pandas as pd

SHOWN_FOR, GUESSES = "next_token_shown_for", "guesses"
MOST_GUESSES = 8


def switch() -> bool:
    """The switch; True while the visitor wants to guess first."""
    return st.toggle(t("next_token.guess"), key="guess", bind="query-params", help=t("next_token.guess.help"))


def hidden(view: View) -> bool:
    """Ask for guesses; True until they are compared with what the models expect after this very prompt."""

    def show() -> None:
        st.session_state[SHOWN_FOR] = view.prompt

    covered = st.session_state.get(SHOWN_FOR) != view.prompt
    with st.container(border=True):
        if covered:
            st.subheader(t("next_token.guess.ask"), anchor=False)
        words_place, button_place = st.columns([3, 1], gap="medium", vertical_alignment="bottom")
        words_place.text_input(
            t("next_token.guess.words"), key=GUESSES, bind="query-params", placeholder=t("next_token.guess.placeholder"),
            max_chars=MOST_GUESSES * MAX_WORD_CHARACTERS,
        )  # fmt: skip
        if covered:
            button_place.button(
                t("next_token.guess.show"), on_click=show, type="primary", key="guess_show", icon=":material/visibility:",
                width="stretch",
            )  # fmt: skip
    return covered


def scored(frames: dict[str, pd.DataFrame]) -> None:
    """The guesses as a table: what each model gives them, and where they stand in its list."""
    typed = str(st.session_state.get(GUESSES) or "")
    guesses = list(dict.fromkeys(word.strip()[:MAX_WORD_CHARACTERS] for word in typed.split(",")))
    guesses = [word for word in guesses if word][:MOST_GUESSES]
    if not guesses:
        return
    names = [as_text(name) for name in frames]
    lines = [f"| {t('next_token.guess.word')} | {' | '.join(names)} |", f"|---{'|---' * len(names)}|"]
    for guess in guesses:
        word = known_form(frames, guess)
        cells = [_cell(frame, word) for frame in frames.values()]
        lines.append(f"| **{as_text(guess)}** | {' | '.join(cells)} |")
    st.markdown("\n".join(lines))
    st.markdown(small(t("next_token.guess.scored")))


def _cell(frame: pd.DataFrame, word: str | None) -> str:
    row = frame.loc[frame["word"] == word]
    if row.empty:
        return t("next_token.absent")
    rank = f"{int(row['rank'].iloc[0]):,}"
    return t("next_token.guess.cell", share=shared(float(row["sampling_probability"].iloc[0])), rank=rank)
