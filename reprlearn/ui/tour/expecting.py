"""Step: causal language models. What two of them expect after a prompt, once the room has guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.prediction_comparison import aligned_top_k, expected
from reprlearn.ui import loaders
from reprlearn.ui.frame import RUNS_KEY
from reprlearn.ui.links import in_link
from reprlearn.ui.next_token import expected as expected_words
from reprlearn.ui.text import as_text, t
from reprlearn.ui.tour import stage
from reprlearn.ui.tour.figures import draw
from reprlearn.ui.tour.navigation import Onward
from reprlearn.ui.tour.questions import Question
from reprlearn.ui.tour.standing import language_models
from reprlearn.viz.aligned_tokens import aligned_tokens
from reprlearn.viz.style import role

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.runs import Run

# What the models are asked, who know English, by its name in the link.
PROMPTS = {
    "worst": "this is one of the worst films i have ever",
    "acting": "the plot is thin , but the acting is",
    "end": "i fell asleep long before the",
}
N_OPTIONS, N_SHOWN, HEIGHT_PX = 4, 9, 376


def ask() -> Question:
    """Which word the first model puts first; the options are its own first guesses, in the order of the alphabet."""
    frames = read(language_models(2), PROMPTS["worst"])
    frame = next(iter(frames.values()))
    # Marks of the vocabulary's own, such as that of unknown words, are no words one would guess.
    words = [word for word in frame.nlargest(20, "sampling_probability")["word"] if word.isalpha()]
    words = (words or frame["word"].tolist())[:N_OPTIONS]
    return Question(
        text=t("tour.ask.next_token", prompt=as_text(PROMPTS["worst"])),
        options={word: as_text(word) for word in sorted(words)},
        right=words[0],
    )


def show() -> Onward:
    """The bars of both models, and prompts to choose from."""
    runs = language_models(2)
    prompt = choose_prompt()
    frames = read(runs, prompt)
    stage.finding(expected_words.title(frames))
    table = aligned_top_k(frames, N_SHOWN)
    figure = aligned_tokens(
        table, roles={run.name: role(run.card.tied) for run in runs}, absent_text=t("next_token.absent"),
        rank_text=t("next_token.rank", rank="{rank:,}"),
    )  # fmt: skip
    words = ", ".join(table.drop_duplicates("word")["word"].head(5))
    draw(
        figure, "tour_expected", alt=t("next_token.bars.alt", runs=", ".join(frames), words=words),
        height_px=HEIGHT_PX, top_px=32,
    )  # fmt: skip
    return Onward(t("tour.next_token.try"), "next_token", {RUNS_KEY: [run.name for run in runs], "prompt": prompt})


def choose_prompt() -> str:
    """One of the prompts."""

    def chosen() -> str | None:
        return st.segmented_control(
            t("tour.prompt"), list(PROMPTS), required=True, key="tour_prompt", label_visibility="collapsed",
            format_func=lambda name: as_text(f"{PROMPTS[name]} …"),
        )  # fmt: skip

    return PROMPTS[in_link("tour_prompt", {name: name for name in PROMPTS}, chosen)]


def read(runs: list[Run], prompt: str) -> dict[str, pd.DataFrame]:
    """{run: what it expects after the prompt}."""
    return dict(expected({run.name: loaders.reading(run, prompt) for run in runs}))
