"""What the models expect next: aligned bars, each model's list against the first one's, and how far apart they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.prediction import effective_words, entropy_bits
from reprlearn.analysis.prediction_comparison import aligned_top_k, divergences
from reprlearn.ui import widgets
from reprlearn.ui.links import buttons
from reprlearn.ui.next_token.controls import CHOSEN, View
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import decimal
from reprlearn.viz.aligned_tokens import aligned_tokens
from reprlearn.viz.text import percent

if TYPE_CHECKING:
    import pandas as pd

ORDERS = ("aligned", "own")
FIGURE = "expected"


def order() -> str:
    """Whether rows hold the same word for all models, or each model lists its own words."""

    return buttons("order", ORDERS, "next_token.order", help=True)


def show(view: View, frames: dict[str, pd.DataFrame], ordered: str) -> None:
    """The bars of all models, each row to be clicked.

    frames: of each run, what `analysis.prediction_comparison.expected` returns.
    """
    word = known_form(frames, view.chosen)
    table = aligned_top_k(frames, view.n_shown, word, aligned=ordered == "aligned")
    apart = divergences(frames)
    figure = aligned_tokens(
        table, roles=view.roles, notes=_notes(view, frames, apart), chosen=word, absent_text=t("next_token.absent"),
        rank_text=t("next_token.rank", rank="{rank:,}"),
    )  # fmt: skip
    words = ", ".join(table.drop_duplicates("word")["word"].head(5))
    alt = t("next_token.bars.alt", runs=", ".join(frames), words=words)
    widgets.show(figure, FIGURE, alt=alt, title=title(frames), on_click=_choose)
    st.markdown(small(" ".join([*_explained(view, apart), t("next_token.special")])))


def title(frames: dict[str, pd.DataFrame]) -> str:
    """Which word comes first for whom, in the order of the models."""
    first: dict[str, list[str]] = {}
    for name, frame in frames.items():
        row = frame.loc[frame["sampling_probability"].idxmax()]
        share = shared(float(row["sampling_probability"]))
        first.setdefault(row["word"], []).append(f"{as_text(name)} {share}")
    said = [t("next_token.first", word=as_text(word), runs=", ".join(runs)) for word, runs in first.items()]
    return " · ".join(said)


def notices(view: View) -> None:
    """What a reader of the figures has to know first: unknown words, words out of a model's reach, an empty prompt."""
    if not view.prompt.strip():
        st.markdown(small(t("next_token.empty")))
    said: dict[tuple[str, ...], list[str]] = {}
    for name, reading in view.readings.items():
        unknown = [token for token, known in zip(reading.tokens, reading.known, strict=True) if not known]
        said.setdefault(tuple(dict.fromkeys(unknown)), []).append(name)
    for words, names in said.items():
        if words:
            marked = ", ".join(f":red-badge[{as_text(word)}]" for word in words)
            st.markdown(t("next_token.unknown", run=", ".join(map(as_text, names)), words=marked))
    for name, reading in view.readings.items():
        if reading.n_out_of_context:
            n, limit = f"{reading.n_out_of_context:,}", f"{reading.context_length:,}"
            st.info(t("next_token.context", run=as_text(name), n=n, limit=limit), icon=":material/content_cut:")


def known_form(frames: dict[str, pd.DataFrame], chosen: str) -> str | None:
    """The chosen word as a model knows it: as typed or in lower case; None where no model knows either."""
    for form in (chosen, chosen.lower()):
        if form and any(form in frame["word"].to_numpy() for frame in frames.values()):
            return form
    return None


def shared(share: float) -> str:
    """A probability as Markdown; `percent` writes for figures, which read a little HTML."""
    return as_text(percent(share).replace("&lt;", "<"))


def _notes(view: View, frames: dict[str, pd.DataFrame], apart: pd.DataFrame) -> dict[str, str]:
    """Below each model's name: how undecided it is, and how far it is from the first model."""
    first = next(iter(frames))
    bits_from = {row["run_b"]: row["bits"] for row in apart.to_dict("records") if row["run_a"] == first}
    notes = {}
    for name, frame in frames.items():
        probabilities = frame["sampling_probability"].to_numpy()
        words = effective_words(probabilities)
        bits, words = decimal(entropy_bits(probabilities), 2), decimal(words, 0 if words >= 10 else 1)
        lines = [t("next_token.entropy", bits=bits, words=words)]
        if name in bits_from:
            lines.append(t("next_token.apart", bits=decimal(bits_from[name], 3)))
        elif len(frames) > 1:
            lines.append(t("next_token.apart.first"))
        notes[name] = "<br>".join(lines)
    return notes


def _explained(view: View, apart: pd.DataFrame) -> list[str]:
    """What the numbers above the bars mean, and which two of several models differ most and least."""
    if not len(apart):
        return []
    lines = [t("next_token.apart.help", run=as_text(view.runs[0].name))]
    if len(apart) > 1:
        ends = [apart.iloc[0], apart.iloc[-1]]
        pairs = [
            t("next_token.apart.pair", a=as_text(row["run_a"]), b=as_text(row["run_b"]), bits=decimal(row["bits"], 3))
            for row in ends
        ]
        lines.append(t("next_token.apart.ends", farthest=pairs[0], closest=pairs[1]))
    if len({tuple(reading.words) for reading in view.readings.values()}) > 1:
        lines.append(t("next_token.apart.vocabularies"))
    return lines


def _choose(customdata: list) -> None:
    """A clicked row chooses its word."""
    if customdata and isinstance(customdata[0], str):
        st.session_state[CHOSEN] = customdata[0]
