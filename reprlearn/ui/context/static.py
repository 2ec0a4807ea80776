"""Against one vector a word: the neighbours that word2vec's one vector has, beside those of a layer's mean and of one occurrence.

The spaces differ, so that nothing of them is drawn in one picture: what can be held against each other is which words are near.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from reprlearn.analysis.context_spread import nearest_words
from reprlearn.analysis.neighbours import find_word
from reprlearn.runs import RunError
from reprlearn.ui import loaders
from reprlearn.ui.context import loading, missing
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import decimal

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.runs import Run
    from reprlearn.ui.context.occurrences import Scene

K = 8
Column = list[tuple[str, float]]


def word2vec() -> Run | None:
    """The run of word vectors that others are held against: an untied skip-gram before any other; None where there is none."""
    found = [run for run in loaders.runs_with("Embeds") if run.card.recipe.get("model", {}).get("kind") == "word2vec"]
    ranked = sorted(
        found, key=lambda run: (bool(run.card.tied), run.card.recipe["objective"].get("form") != "skip-gram")
    )
    return ranked[0] if ranked else None


def show(scene: Scene) -> None:
    """Three lists of nearest words side by side: of word2vec, of the word's mean in the layer, of the chosen occurrence."""
    st.subheader(t("context.static"), anchor="word2vec")
    st.markdown(t("context.static.lead"))
    static, means = word2vec(), loading.means(scene.run)
    notes, columns = [], {}
    if static is None:
        notes.append(t("context.static.none", command=f"`{missing.command('word2vec')}`"))
    else:
        try:
            opened = loaders.run(static.name)
            if find_word(opened, scene.word) is None:
                notes.append(t("context.static.unknown", run=as_text(static.name), word=as_text(scene.word)))
            else:
                columns["one"] = _of_word2vec(opened, scene, means)
        except RunError as error:
            notes.append(t("run.broken", name=as_text(static.name), reason=as_text(error)))
    if means is None:
        notes.append(t("context.static.unmeasured", run=as_text(scene.run.name), command=missing.measuring(scene.run)))
    else:
        columns["mean"] = _of_layer(scene, means, scene.here.mean(axis=0))
        if scene.chosen is not None:
            columns["chosen"] = _of_layer(scene, means, scene.here[scene.chosen])
        notes.append(t("context.static.among", n=f"{len(means[0]):,}"))
    if "one" in columns and "mean" in columns:
        st.markdown(f"**{title(scene, str(static and static.name), columns)}**")
    if columns:
        _table(scene, str(static and static.name), columns)
    for note in notes:
        st.markdown(small(note))


def title(scene: Scene, static: str, columns: dict[str, Column]) -> str:
    """How many nearest words word2vec's vector has in common with those of the layer; Markdown."""
    own = {word for word, _ in columns["one"]}
    n = {name: len(own.intersection(word for word, _ in pairs)) for name, pairs in columns.items()}
    values = {"run": as_text(static), "layer": scene.layer, "k": len(own), "n": n["mean"], "word": as_text(scene.word)}
    if "chosen" in n:
        return t("context.static.title.chosen", chosen=n["chosen"], **values)
    return t("context.static.title", **values)


def _of_word2vec(run: Run, scene: Scene, means: loading.Means | None) -> Column:
    """The nearest words of word2vec's vector, among those that were measured in the other run, if any were."""
    vocabulary, matrix = run.vocabulary, run.matrix("input")
    own = find_word(run, scene.word)
    assert own is not None, "asked only where the word is known"
    words = vocabulary.words if means is None else [scene.run.vocabulary.words[i] for i in means[0]]
    ids = np.array([vocabulary.id(word) for word in words if word in vocabulary], dtype=np.int64)
    return _pairs(run, nearest_words(ids, matrix[ids], matrix[own], K, without=own))


def _of_layer(scene: Scene, means: loading.Means, vector: np.ndarray) -> Column:
    word_ids, by_layer = means
    return _pairs(scene.run, nearest_words(word_ids, by_layer[scene.layer], vector, K, without=scene.word_id))


def _pairs(run: Run, frame: pd.DataFrame) -> Column:
    return [
        (run.vocabulary.words[i], float(cosine)) for i, cosine in zip(frame["word_id"], frame["cosine"], strict=True)
    ]


def _table(scene: Scene, static: str, columns: dict[str, Column]) -> None:
    heads = {
        "one": t("context.static.one", run=as_text(static)),
        "mean": t("context.static.mean", n=len(scene.found), layer=scene.layer),
        "chosen": t("context.static.chosen", layer=scene.layer),
    }
    lines = [f"| {' | '.join(heads[name] for name in columns)} |", f"|{'---|' * len(columns)}"]
    for row in zip_longest(*columns.values()):
        cells = [
            pair and t("context.static.cell", word=as_text(pair[0]), cosine=as_text(decimal(pair[1], 2)))
            for pair in row
        ]
        lines.append(f"| {' | '.join(cell or '' for cell in cells)} |")
    st.markdown("\n".join(lines))
