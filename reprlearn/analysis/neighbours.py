"""Nearest words by cosine in the original space, exactly, and how far two spaces agree on them.

    cos(u, v) = u . v / (|u| |v|)          overlap of two words' top k:  |A & B| / |A | B|   (Jaccard)

At 10,000 words the exact answer is a few blocked matrix products, so nothing here is approximate.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis.stored import matrix_hash, matrix_name, read_table, write_table

if TYPE_CHECKING:
    import pyarrow as pa

    from reprlearn.runs import Run

STORED_K = 30
# Cosines are compared in steps of 2**-20 (about 1e-6, their float32 error), so that equal vectors tie whatever
# the block size.
_STEPS = np.float32(2**20)


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


def nearest(matrix: np.ndarray, k: int = STORED_K, queries: np.ndarray | None = None, block: int = 1024) -> Neighbours:
    """Exact cosine neighbours of every row of `matrix` (V, D), or of the rows `queries` (n,) only.

    `k` is cut to V - 1. ValueError for k < 1.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, however: {k=}")
    units = unit_rows(matrix)
    rows = np.arange(len(units)) if queries is None else np.asarray(queries, dtype=np.int64)
    k = min(k, len(units) - 1)
    ids = np.empty((len(rows), k), dtype=np.int32)
    cosines = np.empty((len(rows), k), dtype=np.float32)
    for start in range(0, len(rows), block):
        part = rows[start : start + block]
        scores = units[part] @ units.T
        np.rint(scores * _STEPS, out=scores)
        scores[np.arange(len(part)), part] = -np.inf
        best = _top(scores, k)
        ids[start : start + block] = best
        cosines[start : start + block] = np.clip(np.take_along_axis(scores, best, axis=1) / _STEPS, -1, 1)
    return Neighbours(ids, cosines)


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
    """The 30 nearest words of every word: stored with the run when made from this very matrix, else computed."""
    matrix = run.matrix(which)
    stored = read_table(_path(run, which), matrix_hash(matrix))
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
    write_table(_path(run, which), table, {"matrix_hash": matrix_hash(matrix), "metric": "cosine", "k": found.k})
    return found


def _path(run: Run, which: str):
    return run.maps_folder / f"{matrix_name(run, which)}-neighbours.parquet"


def _fixed_lists(values: np.ndarray) -> pa.FixedSizeListArray:
    import pyarrow as pa

    return pa.FixedSizeListArray.from_arrays(pa.array(values.ravel()), values.shape[1])


def word_id_of(run: Run, word: str) -> int:
    """Id of a word as typed, or of its lower-case form; ValueError with the closest known words otherwise."""
    vocabulary = run.vocabulary
    word = word.strip()
    for form in (word, word.lower()):
        if form in vocabulary:
            return vocabulary.id(form)
    close = difflib.get_close_matches(word.lower(), vocabulary.words, n=3, cutoff=0.7) if word else []
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


def overlap(a: Neighbours, b: Neighbours, k: int = 10) -> np.ndarray:
    """Jaccard overlap (V,) of each word's k nearest in two spaces over one vocabulary: 1 the same words, 0
    none shared.
    """
    if len(a.ids) != len(b.ids):
        raise ValueError(f"two spaces over one vocabulary are needed, however: {len(a.ids)} and {len(b.ids)} words")
    if not 1 <= k <= min(a.k, b.k):
        raise ValueError(f"k must lie between 1 and {min(a.k, b.k)}, however: {k=}")
    return _jaccard(a.ids[:, :k], b.ids[:, :k])


def _jaccard(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Jaccard overlap of each row of two (n, k) tables of ids; ids within a row are distinct."""
    both = np.sort(np.concatenate([a, b], axis=1), axis=1)
    shared = (both[:, 1:] == both[:, :-1]).sum(axis=1)
    return shared / (a.shape[1] + b.shape[1] - shared)


def compare(run_a: Run, which_a: str, run_b: Run, which_b: str, k: int = 10) -> pd.DataFrame:
    """How the neighbours of each shared word differ between two matrices, most changed first (frequent words
    first in ties).

    Columns: word, word_id_a, word_id_b, count (in a), overlap, neighbours_a, neighbours_b (the k words, joined
    by ", "). Neighbours are compared as words, so the two vocabularies may differ.
    """
    words_a, words_b = (np.array(run.vocabulary.words, dtype=object) for run in (run_a, run_b))
    id_in_a = {word: i for i, word in enumerate(words_a)}
    # Every word of b gets its id in a, or a new one beyond a's.
    b_to_a = np.array([id_in_a.get(word, len(words_a) + i) for i, word in enumerate(words_b)])
    ids_b = np.flatnonzero(b_to_a < len(words_a))
    ids_a = b_to_a[ids_b]
    tables = (neighbour_table(run_a, which_a), neighbour_table(run_b, which_b))
    if not 1 <= k <= min(table.k for table in tables):
        raise ValueError(f"k must lie between 1 and {min(table.k for table in tables)}, however: {k=}")
    near_a, near_b = tables[0].ids[ids_a, :k], tables[1].ids[ids_b, :k]
    frame = pd.DataFrame(
        {
            "word": words_a[ids_a],
            "word_id_a": ids_a.astype(np.int32),
            "word_id_b": ids_b.astype(np.int32),
            "count": np.asarray(run_a.vocabulary.counts)[ids_a],
            "overlap": _jaccard(near_a, b_to_a[near_b]),
            "neighbours_a": [", ".join(row) for row in words_a[near_a]],
            "neighbours_b": [", ".join(row) for row in words_b[near_b]],
        }
    )
    return frame.sort_values(["overlap", "count"], ascending=[True, False], kind="stable", ignore_index=True)
