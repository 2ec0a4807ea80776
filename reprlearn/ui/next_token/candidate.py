"""One word as the next one: its probability, its place in each matrix, and what it would cost each model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.augmented_target import losses
from reprlearn.analysis.projection import ProjectionConfig
from reprlearn.runs import RunError
from reprlearn.ui import loaders, widgets
from reprlearn.ui.frame import PAGES, RUN_KEY, link
from reprlearn.ui.links import in_link
from reprlearn.ui.next_token.controls import View
from reprlearn.ui.next_token.expected import known_form, shared
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import decimal
from reprlearn.viz.candidate_map import candidate_map
from reprlearn.viz.dial import loss_bars

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from reprlearn.runs import Run

STORED = ProjectionConfig(method="umap", n_dims=2)
N_NEAREST, MAP_PX = 6, 250
# None stands for what each model was trained with.
TEMPERATURES = (None, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
GAINS = (None, 0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)


def show(view: View, frames: dict[str, pd.DataFrame]) -> None:
    """The section of the chosen word; a hint where none is chosen, and a warning where no model knows it."""
    if not view.chosen:
        st.markdown(small(t("next_token.chosen.hint")))
        return
    word = known_form(frames, view.chosen)
    unaware = [name for name, frame in frames.items() if word is None or word not in frame["word"].to_numpy()]
    for name in unaware:
        st.warning(t("next_token.chosen.unknown", word=as_text(view.chosen), run=as_text(name)), icon=":material/help:")
    if word is None:
        return
    st.subheader(t("next_token.candidate", word=as_text(word)), anchor="candidate")
    knowing = [run for run in view.runs if run.name not in unaware]
    _places(knowing, frames, word)
    _loss(view, knowing, word)


def _places(runs: list[Run], frames: dict[str, pd.DataFrame], word: str) -> None:
    """A small map a matrix, in as many columns as the window holds."""
    st.markdown(small(t("next_token.maps.lead")))
    with st.grid(min_column_width=MAP_PX, gap="medium"):
        for run in runs:
            for which in run.card.distinct_matrices:
                with st.container():
                    _place(run, which, frames[run.name], word)


def _place(run: Run, which: str, frame: pd.DataFrame, word: str) -> None:
    """The word on the map of one matrix, below the model's name and what it gives the word."""
    row = frame.loc[frame["word"] == word].iloc[0]
    tied = len(run.card.distinct_matrices) == 1
    matrix = t("next_token.maps.one") if tied else t(f"matrix.{which}")
    share, rank = shared(float(row["sampling_probability"])), f"{int(row['rank']):,}"
    first = which == next(iter(run.card.distinct_matrices))
    found = (
        t("next_token.chosen.found", share=share, rank=rank, n=f"{len(frame):,}")
        if first
        else t("next_token.maps.same")
    )
    st.markdown(f"**{as_text(run.name)}** · {matrix}  \n{found}")
    try:
        layout = loaders.stored_layout(run, which, STORED)
        nearest = loaders.near(run, which, word, N_NEAREST)
    except RunError as error:
        st.error(t("run.broken", name=as_text(run.name), reason=as_text(error)), icon=":material/broken_image:")
        return
    closest, cosine = nearest["word"].iloc[0], decimal(float(nearest["cosine"].iloc[0]), 2)
    if layout is None:
        st.markdown(small(t("next_token.maps.none", words=as_text(", ".join(nearest["word"])))))
    else:
        points = layout.points.assign(word=_words(run)[layout.points["word_id"]])
        figure = candidate_map(
            points, int(row["word_id"]), nearest["word_id"].tolist(), words_text=t("next_token.maps.hover")
        )
        alt = t("next_token.maps.alt", word=word, run=run.name, words=", ".join(nearest["word"]))
        widgets.show(figure, f"place_{run.name}_{which}", alt=alt)
    st.markdown(small(t("next_token.maps.closest", word=as_text(closest), cosine=cosine)))
    for page in PAGES:
        if page.name == "embedding_space":
            link(
                page,
                {RUN_KEY: run.name, "matrix": which, "word": word},
                label=t("next_token.on_map", word=as_text(word)),
            )


def _words(run: Run) -> np.ndarray:
    import numpy as np

    return np.array(run.vocabulary.words, dtype=object)


def _loss(view: View, runs: list[Run], word: str) -> None:
    """The loss the word would make as the next one, in its two parts."""
    st.markdown(f"**{t('next_token.loss')}**")
    controls, figure_place = st.columns([1, 2.2], gap="medium")
    with controls:
        temperature = _setting("tau", TEMPERATURES)
        gain = _setting("gain", GAINS)
        st.markdown(small(t("next_token.loss.help")))
    with_models = {run.name: run for run in runs if "input" in run.card.matrices}
    table = losses(with_models, view.readings, word, temperature, gain)
    if table.empty:
        return
    figure = loss_bars(
        table, roles=view.roles, part_names=(t("loss.plain"), t("loss.augmented")), axis_title=t("loss.axis"),
    )  # fmt: skip
    with figure_place:
        said = loss_title(table, word)
        st.markdown(f"**{said}**")
        widgets.show(figure, "loss_parts", alt=t("loss.alt", word=word, runs=", ".join(table["run"])), title=said)


def loss_title(table: pd.DataFrame, word: str) -> str:
    """Which run pays least for the word, and which most; that they pay the same where they do.

    table: as `analysis.augmented_target.losses` makes it, a row at least.
    """
    ranked = table.sort_values("total", kind="stable")
    least, most = ranked.iloc[0], ranked.iloc[-1]
    low, high = decimal(float(least["total"]), 2), decimal(float(most["total"]), 2)
    values = {"word": as_text(word), "low": low, "least": as_text(least["run"])}
    if len(table) == 1:
        return t("loss.title.one", **values)
    if low == high:
        return t("loss.title.same", word=as_text(word), low=low)
    return t("loss.title", **values, high=high, most=as_text(most["run"]))


def _setting(key: str, options: tuple[float | None, ...]) -> float | None:
    """A temperature or gain for all models, or None for each model's own, which is where it starts."""

    def draw() -> float | None:
        return st.select_slider(
            t(f"next_token.{key}"), options, key=key, help=t(f"next_token.{key}.help"),
            format_func=lambda each: t("next_token.own") if each is None else f"{each:g}",
        )  # fmt: skip

    return in_link(key, {each: "own" if each is None else f"{each:g}" for each in options}, draw)
