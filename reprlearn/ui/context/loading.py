"""What the Context page asks of runs, cached once for all visitors as `loaders` caches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.ui import loaders

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from reprlearn.analysis.attention import Reading
    from reprlearn.analysis.blanks import Filling
    from reprlearn.analysis.context_spread import StoredSpread
    from reprlearn.analysis.occurrences import Around, Occurrences
    from reprlearn.analysis.texts import Texts
    from reprlearn.analysis.typed import Typed
    from reprlearn.objectives.neighbour_counts import NeighbourCounts
    from reprlearn.runs import Run

Found = tuple["Occurrences", "list[Around]", "np.ndarray"]
Means = tuple["np.ndarray", "np.ndarray"]


def stamp(run: Run) -> loaders.Stamp:
    """`loaders.stamp`, with the time of the stored spread: it changes when a run is measured (again)."""
    from reprlearn.analysis.context_spread import FILE

    name, times = loaders.stamp(run.path)
    path = run.path / FILE
    return name, (*times, path.stat().st_mtime_ns if path.exists() else 0)


def texts(run: Run, split: str) -> Texts:
    """`analysis.texts.read_texts`, cached by the corpus; to read only. ValueError where the texts are not to be had."""
    return _texts(run.card.corpus.content_hash, split, run)


def occurrences(run: Run, word_id: int, split: str) -> Found | None:
    """A word's occurrences in a split, their sentences, and their vectors (layers, n, width) in the run; None where there is none."""
    found = _occurrences(loaders.stamp(run.path), run, word_id, split)
    return found if len(found[0]) else None


def layout(run: Run, word_id: int, split: str, layer: int) -> tuple[pd.DataFrame, tuple[float, ...]]:
    """`analysis.context_vectors.map_points` of the occurrences in a layer, cached."""
    return _layout(loaders.stamp(run.path), run, word_id, split, layer)


def similarity(run: Run, word_id: int, split: str) -> pd.DataFrame:
    """`analysis.context_vectors.layer_similarity` of the occurrences."""
    return _similarity(loaders.stamp(run.path), run, word_id, split)


def spread(run: Run) -> StoredSpread | None:
    """`analysis.context_spread.stored_spread`, cached; to read only."""
    return _spread(stamp(run), run)


def means(run: Run) -> Means | None:
    """`analysis.context_spread.stored_means`, cached; to read only."""
    return _means(stamp(run), run)


def apart(run: Run, a: Typed, b: Typed, word_id: int) -> pd.DataFrame:
    """`analysis.context_pairs.apart`, cached."""
    return _apart(loaders.stamp(run.path), tuple(a.ids.tolist()), tuple(b.ids.tolist()), word_id, run, a, b)


def attention(run: Run, typed: Typed) -> Reading:
    """`analysis.attention.read_attention`, cached; to read only."""
    return _attention(loaders.stamp(run.path), typed.tokens, run, typed)


def filling(run: Run, typed: Typed, position: int) -> Filling:
    """`analysis.blanks.fill`, cached; to read only."""
    return _filling(loaders.stamp(run.path), typed.tokens, position, run, typed)


def filling_by_counts(run: Run, typed: Typed, position: int) -> Filling:
    """`analysis.blanks.fill_by_counts`. ValueError where the training text is not to be had."""
    from reprlearn.analysis.blanks import fill_by_counts

    return fill_by_counts(run, _counts(run.card.corpus.content_hash, run), typed, position)


# A split of all reviews takes about 60 MB, and the runs of a page mostly share one.
@st.cache_resource(max_entries=3, show_spinner=False)
def _texts(content_hash: str, split: str, _run: Run) -> Texts:
    from reprlearn.analysis.texts import read_texts

    return read_texts(_run, split)


# 300 occurrences in five layers of width 200 take 1.2 MB.
@st.cache_resource(max_entries=48, show_spinner=False)
def _occurrences(stamp: loaders.Stamp, _run: Run, word_id: int, split: str) -> Found:
    import numpy as np

    from reprlearn.analysis.context_vectors import occurrence_vectors
    from reprlearn.analysis.occurrences import find_occurrences, sentences_around, words_read

    there = texts(_run, split)
    found = find_occurrences(there, word_id, words_read(_run))
    if not len(found):
        return found, [], np.empty((0, 0, 0), dtype=np.float32)
    with loaders.forward_lock:
        return found, sentences_around(there, found), occurrence_vectors(_run, found)


@st.cache_data(max_entries=256, show_spinner=False)
def _layout(
    stamp: loaders.Stamp, _run: Run, word_id: int, split: str, layer: int
) -> tuple[pd.DataFrame, tuple[float, ...]]:
    from reprlearn.analysis.context_vectors import map_points

    return map_points(_occurrences(stamp, _run, word_id, split)[-1][layer])


@st.cache_data(max_entries=64, show_spinner=False)
def _similarity(stamp: loaders.Stamp, _run: Run, word_id: int, split: str) -> pd.DataFrame:
    from reprlearn.analysis.context_vectors import layer_similarity

    return layer_similarity(_occurrences(stamp, _run, word_id, split)[-1])


@st.cache_resource(max_entries=8, show_spinner=False)
def _spread(stamp: loaders.Stamp, _run: Run) -> StoredSpread | None:
    from reprlearn.analysis.context_spread import stored_spread

    return stored_spread(_run)


@st.cache_resource(max_entries=4, show_spinner=False)
def _means(stamp: loaders.Stamp, _run: Run) -> Means | None:
    from reprlearn.analysis.context_spread import stored_means

    return stored_means(_run)


@st.cache_data(max_entries=256, show_spinner=False)
def _apart(
    stamp: loaders.Stamp, ids_a: tuple[int, ...], ids_b: tuple[int, ...], word_id: int, _run: Run, _a: Typed, _b: Typed
) -> pd.DataFrame:
    from reprlearn.analysis.context_pairs import apart

    with loaders.forward_lock:
        return apart(_run, _a, _b, word_id)


@st.cache_resource(max_entries=64, show_spinner=False)
def _attention(stamp: loaders.Stamp, tokens: tuple[str, ...], _run: Run, _typed: Typed) -> Reading:
    from reprlearn.analysis.attention import read_attention

    with loaders.forward_lock:
        return read_attention(_run, _typed)


@st.cache_resource(max_entries=256, show_spinner=False)
def _filling(stamp: loaders.Stamp, tokens: tuple[str, ...], position: int, _run: Run, _typed: Typed) -> Filling:
    from reprlearn.analysis.blanks import fill

    with loaders.forward_lock:
        return fill(_run, _typed, position)


# The pairs of five million words take about 40 MB.
@st.cache_resource(max_entries=2, show_spinner=False)
def _counts(content_hash: str, _run: Run) -> NeighbourCounts:
    from reprlearn.analysis.blanks import neighbour_counts

    return neighbour_counts(_run)
