"""How far two spaces agree on the nearest words of each word.

overlap of a word's k nearest in two spaces:  |A & B| / |A | B|   (Jaccard)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis.leading_words import COMPARED_WORDS, is_large
from reprlearn.analysis.neighbours import Neighbours, near_k, nearest, neighbour_table

if TYPE_CHECKING:
    from reprlearn.runs import Run


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
    """Jaccard overlap of each row of two (n, k) tables of ids; ids within a row are distinct. 0 where there are none."""
    if not a.shape[1]:
        return np.zeros(len(a))
    both = np.sort(np.concatenate([a, b], axis=1), axis=1)
    shared = (both[:, 1:] == both[:, :-1]).sum(axis=1)
    return shared / (a.shape[1] + b.shape[1] - shared)


def compared_k(*runs: Run) -> int:
    """How many neighbours of a word are compared: 10, fewer where a run has few words."""
    return near_k(min(len(run.vocabulary) for run in runs))


def compare(run_a: Run, which_a: str, run_b: Run, which_b: str, k: int | None = None) -> pd.DataFrame:
    """How the neighbours of each shared word differ between two matrices, most changed first (frequent words
    first in ties).

    Columns: word, word_id_a, word_id_b, count (in a), overlap, neighbours_a, neighbours_b (the k words, joined
    by ", "). Neighbours are compared as words, so the two vocabularies may differ. `k` is by default `compared_k`'s.

    Where one of the runs is larger than a map, neighbours are sought among the shared words alone, and of these among the leading
    `COMPARED_WORDS` of a: attrs["among"] is then how many they are, else None.
    """
    words_a, words_b = (np.array(run.vocabulary.words, dtype=object) for run in (run_a, run_b))
    id_in_a = {word: i for i, word in enumerate(words_a)}
    # Every word of b gets its id in a, or a new one beyond a's.
    b_to_a = np.array([id_in_a.get(word, len(words_a) + i) for i, word in enumerate(words_b)])
    ids_b = np.flatnonzero(b_to_a < len(words_a))
    ids_a = b_to_a[ids_b]
    k = compared_k(run_a, run_b) if k is None else k
    among = None
    if is_large(run_a) or is_large(run_b):
        leading = np.argsort(-np.asarray(run_a.vocabulary.counts)[ids_a], kind="stable")[:COMPARED_WORDS]
        ids_a, ids_b, among = ids_a[leading], ids_b[leading], len(leading)
        near_a, near_b = _among_shared(run_a.matrix(which_a), ids_a, k), _among_shared(run_b.matrix(which_b), ids_b, k)
    else:
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
    frame = frame.sort_values(["overlap", "count"], ascending=[True, False], kind="stable", ignore_index=True)
    frame.attrs["among"] = among
    return frame


def _among_shared(matrix: np.ndarray, ids: np.ndarray, k: int) -> np.ndarray:
    """Ids (n, k) of the nearest of the rows `ids` (n,) among these rows; fewer columns where they are few."""
    if len(ids) < 2:
        return np.empty((len(ids), 0), dtype=np.int64)
    return ids[nearest(matrix[ids], k).ids]
