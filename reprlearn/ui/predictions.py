"""What the Next token page shows of two prompts read: the expected words, one chosen word, the surprise at each token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.prediction import effective_words, entropy_bits, next_tokens_from, surprisal_from
from reprlearn.ui.cards import kind_badge
from reprlearn.ui.frame import PAGES, RUN_KEY, link
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import decimal
from reprlearn.ui.widgets import run_picker, show
from reprlearn.viz.prediction import next_token_bars, surprisal_strip
from reprlearn.viz.style import role
from reprlearn.viz.text import percent, plain

if TYPE_CHECKING:
    import pandas as pd
    from streamlit.delta_generator import DeltaGenerator

    from reprlearn.analysis.prediction import PromptReading
    from reprlearn.runs import Run


@dataclass(frozen=True)
class Sampling:
    """How a word would be drawn; None keeps all words."""

    temperature: float
    top_k: int | None
    top_p: float


def unknown_words(runs: Sequence[Run], readings: Sequence[PromptReading]) -> None:
    """Name the words of the prompt that a model does not know, once where the models agree."""
    said: dict[tuple[str, ...], list[str]] = {}
    for run, reading in zip(runs, readings, strict=True):
        unknown = [token for token, known in zip(reading.tokens, reading.known, strict=True) if not known]
        names = said.setdefault(tuple(dict.fromkeys(unknown)), [])
        if run.name not in names:
            names.append(run.name)
    for words, names in said.items():
        if words:
            marked = ", ".join(f":red-badge[{as_text(word)}]" for word in words)
            st.markdown(t("next_token.unknown", run=", ".join(map(as_text, names)), words=marked))


def choose(key: str, label: str) -> Run:
    """The head of a model's column: which model it is, and whether it is tied."""
    with st.container(horizontal=True, vertical_alignment="center"):
        run = run_picker("Predicts", key, label=label, label_visibility="collapsed")
        kind_badge(run.card.tied)
    return run


def side_by_side(
    columns: Sequence[DeltaGenerator],
    runs: Sequence[Run],
    readings: Sequence[PromptReading],
    sampling: Sampling,
    *,
    n_shown: int,
    chosen: str,
) -> None:
    """Each model's expectation in a column of its own, on one scale, so that bars compare across."""
    frames = [next_tokens_from(reading, sampling.temperature, sampling.top_k, sampling.top_p) for reading in readings]
    roles = _roles(runs)
    largest = max(float(frame["sampling_probability"].to_numpy().max()) for frame in frames)
    for i, (column, run, frame) in enumerate(zip(columns, runs, frames, strict=True)):
        with column:
            word = _known_form(frame, chosen)
            _figures(run, frame, chosen, word)
            _bars(run, frame, roles, n_shown, word, largest, key=f"bars_{i}")
            _on_the_map(run, word or frame.loc[frame["sampling_probability"].idxmax(), "word"])
    st.markdown(small(t("next_token.special")))


def surprise(runs: Sequence[Run], readings: Sequence[PromptReading]) -> None:
    """Surprisal of each token of the prompt, in one figure where the models cut it into the same tokens."""
    if not readings[0].tokens and not readings[-1].tokens:
        st.markdown(t("next_token.surprise.empty"))
        return
    frames = {run.name: surprisal_from(reading) for run, reading in zip(runs, readings, strict=True)}
    roles = _roles(runs)
    together = len({reading.tokens for reading in readings}) == 1
    for i, shown in enumerate([list(frames)] if together else [[name] for name in frames]):
        part = {name: frames[name] for name in shown}
        figure = surprisal_strip(
            part,
            roles=roles,
            title=_most_surprising(part),
            axis_title=t("next_token.surprise.axis"),
            unknown_label=t("next_token.surprise.unknown"),
            window_text=t("next_token.surprise.window"),
        )
        show(figure, key=f"surprise_{i}", alt=t("next_token.surprise.alt", runs=", ".join(shown)))
    means = [
        t(
            "next_token.surprise.mean.of",
            run=as_text(name),
            bits=decimal(float(frame["surprisal_bits"].to_numpy().mean()), 2),
        )
        for name, frame in frames.items()
    ]
    st.markdown(t("next_token.surprise.mean", means=" · ".join(means)))


def _figures(run: Run, frame: pd.DataFrame, chosen: str, word: str | None) -> None:
    """The numbers above the bars: how undecided the model is, and the chosen word's probability and rank."""
    probabilities = frame["sampling_probability"].to_numpy()
    words = effective_words(probabilities)
    bits, words = decimal(entropy_bits(probabilities), 2), decimal(words, 0 if words >= 10 else 1)
    st.markdown(t("next_token.entropy", bits=bits, words=words), help=t("next_token.entropy.help"))
    if not chosen:
        return
    if word is None:
        st.warning(t("next_token.chosen.unknown", word=as_text(chosen), run=as_text(run.name)), icon=":material/help:")
        return
    row = frame.loc[frame["word"] == word].iloc[0]
    # percent writes for figures, which read a little HTML.
    share = as_text(percent(float(row["sampling_probability"])).replace("&lt;", "<"))
    rank = f"{int(row['rank']):,}"
    st.markdown(t("next_token.chosen.found", word=as_text(word), share=share, rank=rank, n=f"{len(frame):,}"))


def _roles(runs: Sequence[Run]) -> dict[str, str]:
    """Role of each run, of all figures on the page together, so that two of a role differ in every one of them."""
    return {run.name: role(run.card.tied) for run in runs}


def _bars(
    run: Run, frame: pd.DataFrame, roles: dict[str, str], n_shown: int, word: str | None, largest: float, key: str
) -> None:
    first = frame.loc[frame["sampling_probability"].idxmax()]
    title = t("next_token.bars", word=plain(first["word"]), share=percent(float(first["sampling_probability"])))
    figure = next_token_bars(
        {run.name: frame},
        roles=roles,
        k=n_shown,
        column="sampling_probability",
        chosen=word,
        title=title,
    )
    # The room to the right is for the numbers at the ends of the bars.
    figure.update_xaxes(range=[0, largest * 1.2])
    words = ", ".join(frame["word"].head(5))
    show(figure, key=key, alt=t("next_token.bars.alt", run=run.name, words=words))


def _on_the_map(run: Run, word: str) -> None:
    """A link from a word to its place among the others."""
    for page in PAGES:
        if page.name == "embedding_space" and page.needs in run.card.capabilities:
            link(page, {RUN_KEY: run.name, "word": word}, label=t("next_token.on_map", word=as_text(word)))


def _known_form(frame: pd.DataFrame, chosen: str) -> str | None:
    """The chosen word as the model knows it: as typed or in lower case; None when it knows neither."""
    for form in (chosen, chosen.lower()):
        if form and form in frame["word"].to_numpy():
            return form
    return None


def _most_surprising(frames: dict[str, pd.DataFrame]) -> str:
    name, frame = max(frames.items(), key=lambda item: item[1]["surprisal_bits"].to_numpy().max())
    row = frame.loc[frame["surprisal_bits"].idxmax()]
    return t(
        "next_token.surprise.title", word=plain(row["token"]), bits=decimal(row["surprisal_bits"]), run=plain(name)
    )
