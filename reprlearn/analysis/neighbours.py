"""Nearest words by cosine in the original space, exactly.

    cos(u, v) = u . v / (|u| |v|)

At 10,000 words the exact answer is a few blocked matrix products, so nothing here is approximate. Of a run with more words than a
map shows no table of all neighbours is made; those of one word are, exactly, when they are asked for.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis.leading_words import MAPPED_WORDS, is_large
from reprlearn.analysis.stored import matrix_name, read_table, write_table
from reprlearn.data.events.vocabulary import EventVocabulary
from reprlearn.data.word_list import TokenList

if TYPE_CHECKING:
    import pyarrow as pa

    from reprlearn.runs import Run

STORED_K = 10  # as many as any page shows; `near_k` asks for no more
# Cosines are compared in steps of 2**-20 (about 1e-6, their float32 error), so that equal vectors tie whatever
# the block size.
_STEPS = np.float32(2**20)
# Scores held at a time, and numbers of the matrix brought to unit length at a time: 128 MB and 16 MB.
_MAX_SCORES, _MAX_UNITS = 32 << 20, 4 << 20


@dataclass(frozen=True)
class Neighbours:
    """Row i holds the nearest rows of word i, best first, never i itself; equal cosines by ascending id.

    ids: (V, k) int32.  cosines: (V, k) float32.
    """

    ids: np.ndarray
    cosines: np.ndarray

    @property
    def k(self) -> int:
        return self.ids.shape[1]


def unit_rows(matrix: np.ndarray) -> np.ndarray:
    """Rows scaled to length one, float32; a zero row stays zero (its cosine with anything is 0)."""
    matrix = np.asarray(matrix, dtype=np.float32)
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.where(norms > 0, norms, 1)


def near_k(n_words: int, at_most: int = 10) -> int:
    """How many of a word's neighbours count as near where there are so many words: at most half of the others (and one
    at least), since near must mean something.
    """
    return max(1, min(at_most, (n_words - 1) // 2))


def nearest(matrix: np.ndarray, k: int = STORED_K, queries: np.ndarray | None = None, block: int = 1024) -> Neighbours:
    """Exact cosine neighbours of every row of `matrix` (V, D), or of the rows `queries` (n,) only.

    `k` is cut to V - 1. ValueError for k < 1.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, however: {k=}")
    rows = np.arange(len(matrix)) if queries is None else np.asarray(queries, dtype=np.int64)
    block = max(1, min(block, _MAX_SCORES // len(matrix)))
    # For a few rows of a large matrix no second copy of it is made.
    units = unit_rows(matrix) if len(rows) > block or matrix.size <= _MAX_UNITS else None
    k = min(k, len(matrix) - 1)
    ids = np.empty((len(rows), k), dtype=np.int32)
    cosines = np.empty((len(rows), k), dtype=np.float32)
    for start in range(0, len(rows), block):
        part = rows[start : start + block]
        scores = _streamed_cosines(matrix, part) if units is None else units[part] @ units.T
        np.rint(scores * _STEPS, out=scores)
        scores[np.arange(len(part)), part] = -np.inf
        best = _top(scores, k)
        ids[start : start + block] = best
        cosines[start : start + block] = np.clip(np.take_along_axis(scores, best, axis=1) / _STEPS, -1, 1)
    return Neighbours(ids, cosines)


def _streamed_cosines(matrix: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Cosines (n, V) of the rows `rows` with all, a stretch of the matrix at a time."""
    asked = unit_rows(matrix[rows])
    scores = np.empty((len(rows), len(matrix)), dtype=np.float32)
    n = max(1, _MAX_UNITS // matrix.shape[1])
    for start in range(0, len(matrix), n):
        scores[:, start : start + n] = asked @ unit_rows(matrix[start : start + n]).T
    return scores


def _top(scores: np.ndarray, k: int) -> np.ndarray:
    """Columns of the k largest scores of each row, best first, ties by ascending column: (n, k)."""
    if k == 0:
        return np.empty((len(scores), 0), dtype=np.int64)
    best = np.sort(np.argpartition(scores, -k, axis=1)[:, -k:], axis=1)
    kth = np.take_along_axis(scores, best, axis=1).min(axis=1, keepdims=True)
    # argpartition takes any of the scores equal to the k-th; where there are more of them than places, sort
    # those rows fully.
    for row in np.flatnonzero((scores >= kth).sum(axis=1) > k):
        best[row] = np.sort(np.argsort(-scores[row], kind="stable")[:k])
    order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
    return np.take_along_axis(best, order, axis=1)


def neighbour_table(run: Run, which: str) -> Neighbours:
    """The `STORED_K` nearest words of every word: stored with the run when made from this very matrix, else computed.

    ValueError for a run of more words than a map shows: of 400,000 words the table would take hours. Ask for one word.
    """
    if is_large(run):
        raise ValueError(
            f"{run.name} has {len(run.vocabulary):,} words, too many to compute the neighbours of all of them"
        )
    matrix = run.matrix(which)
    stored = read_table(_path(run, which), run.matrix_hash(which))
    if stored is None:
        return nearest(matrix)
    table, _ = stored
    columns = (table.column(name).combine_chunks() for name in ("ids", "cosines"))
    ids, cosines = (column.flatten().to_numpy().reshape(len(column), -1) for column in columns)
    return Neighbours(ids, cosines)


def store_neighbours(run: Run, which: str) -> Neighbours:
    """Compute the neighbour table of a matrix and store it with the run."""
    import pyarrow as pa

    matrix = run.matrix(which)
    found = nearest(matrix)
    table = pa.table({"ids": _fixed_lists(found.ids), "cosines": _fixed_lists(found.cosines)})
    write_table(_path(run, which), table, {"matrix_hash": run.matrix_hash(which), "metric": "cosine", "k": found.k})
    return found


def _path(run: Run, which: str):
    return run.maps_folder / f"{matrix_name(run, which)}-neighbours.parquet"


def _fixed_lists(values: np.ndarray) -> pa.FixedSizeListArray:
    import pyarrow as pa

    return pa.FixedSizeListArray.from_arrays(pa.array(values.ravel()), values.shape[1])


def find_word(run: Run, typed: str) -> int | None:
    """Id of a word as typed, or of its lower-case form; of an event type by its name, its code or both, in any case; of a token
    without the mark of its leading space.

    None when the run does not know it, or the name of an event type is that of several.
    """
    vocabulary, typed = run.vocabulary, typed.strip()
    for form in (typed, typed.lower()):
        if form in vocabulary:
            return vocabulary.id(form)
    if isinstance(vocabulary, TokenList):
        return vocabulary.readable.get(typed.lower())
    if isinstance(vocabulary, EventVocabulary):
        for names in (vocabulary.types, vocabulary.words, vocabulary.type_labels):
            found = [i for i, name in enumerate(names) if name.casefold() == typed.casefold()]
            if len(found) == 1:
                return found[0]
    return None


def word_id_of(run: Run, word: str) -> int:
    """Id of a word as `find_word` finds it; ValueError with the closest known words when it does not."""
    found = find_word(run, word)
    if found is not None:
        return found
    vocabulary, word = run.vocabulary, word.strip()
    lower = {known.lower(): known for known in reversed(vocabulary.words[:MAPPED_WORDS])}
    close = [lower[each] for each in difflib.get_close_matches(word.lower(), lower, n=3, cutoff=0.7)] if word else []
    hint = f"; close to it: {', '.join(close)}" if close else ""
    raise ValueError(f"{word!r} is not among the {len(vocabulary):,} words of {run.name}{hint}")


def neighbours_of(run: Run, which: str, word: str, k: int = 10, table: Neighbours | None = None) -> pd.DataFrame:
    """The k nearest words of one word: rank, word_id, word, cosine, count.

    Without a `table` at hand only this word's row is computed. ValueError for an unknown word (with
    suggestions) or k < 1.
    """
    word_id = word_id_of(run, word)
    if k < 1:
        raise ValueError(f"k must be at least 1, however: {k=}")
    if table is not None and k <= table.k:
        ids, cosines = table.ids[word_id, :k], table.cosines[word_id, :k]
    else:
        found = nearest(run.matrix(which), k, queries=np.array([word_id]))
        ids, cosines = found.ids[0], found.cosines[0]
    words = [run.vocabulary.words[i] for i in ids]
    counts = np.asarray(run.vocabulary.counts)[ids]
    ranks = np.arange(1, len(ids) + 1)
    return pd.DataFrame({"rank": ranks, "word_id": ids, "word": words, "cosine": cosines, "count": counts})
