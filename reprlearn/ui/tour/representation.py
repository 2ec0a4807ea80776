"""Step: what a representation is. The map of the words of the run whose vectors agree best with people."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from reprlearn.analysis.neighbours import find_word
from reprlearn.runs import RunError
from reprlearn.ui import loaders
from reprlearn.ui.embedding_space.controls import STORED
from reprlearn.ui.frame import RUN_KEY
from reprlearn.ui.links import in_link
from reprlearn.ui.text import as_text, language, t
from reprlearn.ui.text.numbers import decimal
from reprlearn.ui.tour import stage
from reprlearn.ui.tour.figures import draw
from reprlearn.ui.tour.navigation import Onward
from reprlearn.ui.tour.standing import NotHere

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

    from reprlearn.analysis.projection import Layout
    from reprlearn.runs import Card, Run

# Asked first of a vocabulary that knows them: what the models read, not what visitors do.
WORDS = ("wonderful", "terrible", "actor", "war", "music")
N_NEAR, N_WORDS, MOST_POINTS, HEIGHT_PX = 6, 5, 10_000, 360


def show() -> Onward:
    """The map, with a word and its neighbours ringed."""
    run, which, layout = best_map()
    word = choose_word(run, "tour_word", WORDS)
    near = loaders.near(run, which, word, N_NEAR)
    stage.finding(finding(word, near, run.card))
    ids = [run.vocabulary.id(word), *near["word_id"].tolist()]
    # A copy: it is kept for all visitors, who may each see it in another theme.
    figure = copy.deepcopy(_map(loaders.stamp(run.path), which, language(), ids, run, layout))
    left, right = st.columns([3, 1], gap="large", vertical_alignment="center")
    with left:
        draw(figure, "tour_map", alt=t("tour.representation.alt", word=word, run=run.name), height_px=HEIGHT_PX)
    with right:
        st.markdown(listed(near))
    return Onward(t("tour.representation.try"), "embedding_space", {RUN_KEY: run.name, "matrix": which, "word": word})


def finding(word: str, near: pd.DataFrame, card: Card) -> str:
    """The nearest words and how near they are."""
    words = [
        t("tour.representation.near", word=as_text(row["word"]), cosine=decimal(row["cosine"], 2))
        for row in near.head(3).to_dict("records")
    ]
    values = {"word": as_text(word), "near": ", ".join(words), "run": as_text(card.name), "width": card.width}
    return t("tour.representation.finding", **values, n=f"{card.corpus.n_words:,}")


def listed(near: pd.DataFrame) -> str:
    """The nearest words as a table in Markdown."""
    head = f"| {t('tour.representation.nearest')} | {t('tour.representation.cosine')} |\n|---|---:|"
    rows = [f"| {as_text(row['word'])} | {decimal(row['cosine'], 2)} |" for row in near.to_dict("records")]
    return "\n".join([head, *rows])


def best_map() -> tuple[Run, str, Layout]:
    """The run and its matrix that agree best with people's judgements, of those that have a map; `NotHere` without any."""
    there = [run for run in loaders.runs_with("Embeds") if run.card.corpus.kind != "events"]
    if not there:
        raise NotHere("tour.missing.embeddings", "python -m reprlearn train lstm-untied")
    ranked = sorted(
        ((run, which) for run in there for which in run.card.distinct_matrices), key=lambda each: -agreement(*each)
    )
    for run, which in ranked:
        try:
            opened = loaders.run(run.name)
            layout = loaders.stored_layout(opened, which, STORED)
        except RunError:
            continue
        if layout is not None:
            return opened, which, layout
    raise NotHere("tour.missing.map", f"python -m reprlearn map {ranked[0][0].name}")


def agreement(run: Run, which: str) -> float:
    """Mean correlation of a matrix's cosines with people's judgements, as the card says; −1 where it says nothing."""
    found = [of["spearman"] for of in run.card.similarity.get(which, {}).values() if "spearman" in of]
    return float(np.mean(found)) if found else -1.0


def choose_word(run: Run, key: str, preferred: tuple[str, ...]) -> str:
    """A word out of those that the run knows; the first of its frequent ones where it knows none of the preferred."""
    words = [word for word in preferred if word in run.vocabulary] or frequent_words(run)

    def chosen() -> str | None:
        return st.segmented_control(
            t("tour.word"), words, required=True, key=key, label_visibility="collapsed", format_func=as_text
        )

    return in_link(key, {word: word for word in words}, chosen)


def frequent_words(run: Run) -> list[str]:
    """The most frequent longer words; of a vocabulary that has none, its first."""
    vocabulary = run.vocabulary
    order = np.argsort(-np.asarray(vocabulary.counts), kind="stable")
    words = [vocabulary.words[i] for i in order]
    longer = [word for word in words if word.isalpha() and len(word) > 3 and find_word(run, word) is not None]
    return (longer or words)[:N_WORDS]


@st.cache_resource(max_entries=32, show_spinner=False)
def _map(stamp: object, which: str, language: str, ids: list[int], _run: Run, _layout: Layout) -> go.Figure:
    from reprlearn.viz.maps import word_map

    points = _layout.points.merge(loaders.word_table(_run, which), on="word_id")
    shown = points.loc[points["word_id"].isin([*points.nlargest(MOST_POINTS, "count")["word_id"], *ids])]
    outside = t("embedding_space.outside", n="{n}")
    figure = word_map(
        shown, colour="cluster", highlight=ids, outside_text=outside, height=HEIGHT_PX, name_clusters=False
    )
    # As wide as there is room: the axes of a UMAP mean nothing, and neighbours are told from all dimensions.
    return figure.update_yaxes(scaleanchor=False)
