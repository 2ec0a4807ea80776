"""The augmented-loss dial: a right word, a temperature, a weight, and live the soft target they make and its loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from reprlearn.analysis.augmented_target import losses, own_setting, soft_target, target_table
from reprlearn.analysis.neighbours import find_word
from reprlearn.analysis.prediction import effective_words
from reprlearn.runs import RunError
from reprlearn.ui import loaders, widgets
from reprlearn.ui.next_token.candidate import loss_title
from reprlearn.ui.next_token.expected import shared
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import decimal
from reprlearn.viz.dial import fine_percent, loss_bars, target_bars

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.analysis.prediction import PromptReading
    from reprlearn.runs import Run
    from reprlearn.ui.tied_vs_untied.controls import View

TEMPERATURES = (0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 50.0, 100.0)
OWN_TEMPERATURE, OWN_GAIN, MOST_GAIN = 10.0, 0.5, 2.0
N_WORDS = 10
MAX_CONTEXT_CHARACTERS, MAX_WORD_CHARACTERS = 300, 60


@st.fragment
def show(view: View) -> None:
    """The panel. It is a fragment: its dials move nothing else on the page."""
    st.subheader(t("dial.heading"), anchor="dial")
    st.markdown(t("dial.lead"))
    context_place, word_place, run_place = st.columns([2, 1, 1.2], gap="medium", vertical_alignment="bottom")
    context = context_place.text_input(
        t("dial.context"),
        t("dial.context.first"),
        key="dial_context",
        bind="query-params",
        max_chars=MAX_CONTEXT_CHARACTERS,
    )
    typed = word_place.text_input(
        t("dial.word"), t("dial.word.first"), key="dial_word", bind="query-params", max_chars=MAX_WORD_CHARACTERS,
        help=t("dial.word.help"),
    )  # fmt: skip
    context, typed = (context or "")[:MAX_CONTEXT_CHARACTERS], (typed or "").strip()[:MAX_WORD_CHARACTERS]
    runs, readings = _read(view, context)
    runs, word = _knowing(runs, typed)
    if word is None:
        return
    with run_place:
        run = _run(runs)
    tau_place, gain_place = st.columns(2, gap="large")
    temperature, gain = _dials(view, tau_place, gain_place)
    _target(view, run, readings[run.name], word, temperature)
    _losses(view, runs, readings, word, temperature, gain)


def _read(view: View, context: str) -> tuple[list[Run], dict[str, PromptReading]]:
    """The runs that have an input embedding and could be opened, and the words before as each has read them."""
    runs, readings = [], {}
    for run in view.runs:
        if "input" not in run.card.matrices:
            st.markdown(small(t("dial.no_input", run=as_text(run.name))))
            continue
        try:
            readings[run.name] = loaders.reading(run, context)
        except RunError as error:
            st.error(t("run.broken", name=as_text(run.name), reason=as_text(error)), icon=":material/broken_image:")
            continue
        runs.append(run)
    return runs, readings


def _knowing(runs: list[Run], typed: str) -> tuple[list[Run], str | None]:
    """The runs that know the word, and the word as they know it; who does not know it is said."""
    ids = {run.name: find_word(run, typed) for run in runs} if typed else {}
    found = [(run, word_id) for run in runs if (word_id := ids.get(run.name)) is not None]
    if not found:
        st.warning(t("dial.none", word=as_text(typed)), icon=":material/help:")
        return [], None
    first, word_id = found[0]
    word = first.vocabulary.words[word_id]
    knowing = [run for run, _ in found if word in run.vocabulary]
    unaware = [as_text(run.name) for run in runs if run not in knowing]
    if unaware:
        st.markdown(small(t("dial.unknown", word=as_text(word), runs=", ".join(unaware))))
    return knowing, word


def _run(runs: list[Run]) -> Run:
    names = [run.name for run in runs]
    name = st.selectbox(t("dial.run"), names, key="dial_run", bind="query-params", help=t("dial.run.help"))
    return next((run for run in runs if run.name == name), runs[0])


def _dials(view: View, tau_place: object, gain_place: object) -> tuple[float, float]:
    with tau_place:  # type: ignore[attr-defined]
        temperature = st.select_slider(
            t("dial.temperature"), TEMPERATURES, OWN_TEMPERATURE, key="dial_tau", bind="query-params",
            format_func=lambda tau: f"{tau:g}", help=t("dial.temperature.help"),
        )  # fmt: skip
    with gain_place:  # type: ignore[attr-defined]
        gain = st.slider(
            t("dial.gain"),
            0.0,
            MOST_GAIN,
            OWN_GAIN,
            0.05,
            key="dial_gain",
            bind="query-params",
            help=t("dial.gain.help"),
        )
    settings = {run.name: own_setting(run) for run in view.runs}
    trained = [
        t("dial.own.one", run=as_text(name), tau=f"{tau:g}", gain=f"{gamma:g}")
        for name, (tau, gamma) in settings.items()
        if gamma
    ]
    st.markdown(small(t("dial.own", runs=", ".join(trained)) if trained else t("dial.own.none")))
    # The browser keeps these in bounds; a hand-made request may not.
    return temperature if temperature in TEMPERATURES else OWN_TEMPERATURE, min(max(float(gain), 0.0), MOST_GAIN)


def _target(view: View, run: Run, reading: PromptReading, word: str, temperature: float) -> None:
    """The soft target beside the one-hot and the prediction."""
    table = target_table(run, reading, word, temperature, N_WORDS)
    said = target_title(table, word, temperature, len(run.vocabulary))
    st.markdown(f"**{said}**")
    figure = target_bars(
        table, role=view.roles[run.name], word=word,
        panel_titles=(t("dial.panel.one_hot"), t("dial.panel.soft"), t("dial.panel.predicted")),
    )  # fmt: skip
    alt = t("dial.target.alt", run=run.name, word=word, words=", ".join(table["word"]))
    widgets.show(figure, "dial_target", alt=alt, title=said)
    soft = soft_target(run.matrix("input"), run.vocabulary.id(word), temperature)
    n = effective_words(soft)
    values = {"n": decimal(n, 0 if n >= 10 else 1), "n_words": f"{len(soft):,}", "shown": len(table)}
    st.markdown(small(t("dial.spread", **values, share=_share(float(table["soft"].to_numpy().sum())))))


def target_title(table: pd.DataFrame, word: str, temperature: float, n_words: int) -> str:
    """How much of its own target a word keeps, and which word has most of the rest.

    table: as `analysis.augmented_target.target_table` makes it.  n_words: of the vocabulary, over which an even share is one of so many.
    """
    own = float(table.loc[table["word"] == word, "soft"].iloc[0])
    others = table.loc[table["word"] != word]
    values = {"tau": f"{temperature:g}", "word": as_text(word)}
    if others.empty or own > 0.9995:
        return t("dial.target.alone", **values)
    first, share = str(others["word"].iloc[0]), float(others["soft"].iloc[0])
    if share > own:
        return t("dial.target.other", **values, share=_share(own), top=as_text(first), top_share=_share(share))
    even = decimal(own * n_words, 1)
    return t("dial.target.own", **values, share=_share(own), even=even, next=as_text(first), next_share=_share(share))


def _share(share: float) -> str:
    """`fine_percent` as Markdown; it writes for figures, which read a little HTML."""
    return as_text(fine_percent(share).replace("&lt;", "<"))


def _losses(
    view: View, runs: list[Run], readings: dict[str, PromptReading], word: str, temperature: float, gain: float
) -> None:
    """What both targets cost each run."""
    table = losses({run.name: run for run in runs}, readings, word, temperature, gain)
    title = loss_title(table, word)
    st.markdown(f"**{title}**")
    figure = loss_bars(
        table, roles=view.roles, part_names=(t("loss.plain"), t("loss.augmented")), axis_title=t("loss.axis")
    )
    widgets.show(figure, "dial_loss", alt=t("loss.alt", word=word, runs=", ".join(table["run"])), title=title)
    shares = table["augmented"].to_numpy() / np.maximum(table["total"].to_numpy(), 1e-12)
    said = (
        t("dial.loss.gap", low=shared(float(shares.min())), high=shared(float(shares.max())))
        if gain
        else t("dial.loss.off")
    )
    st.markdown(small(said))
