"""How far two embedding matrices over the same words agree, whatever their axes.

knn_overlap         mean over the words of |A & B| / |A | B|, A and B the k nearest of a word in either matrix
procrustes_cosine   mean over the words of cos(a_i Q, b_i), Q the rotation that brings the two closest (Schönemann 1966)
cka                 |A^T B|^2 / (|A^T A| |B^T B|), columns centred, Frobenius norms      (Kornblith et al. 2019)
subspace_distance   root of the mean squared sine of the principal angles between the column spans

The first three are 1 where the matrices agree, the last is 0. None of them is 0 (or 1) for matrices that have nothing to
do with one another: a rotation fitted to few words in many dimensions always brings them closer. So each is told beside
its value by chance ("chance_..."): of cosine and CKA that of the same two matrices with the words of the second shuffled,
which leaves all but who is who as it was; of neighbours that of random sets of k, of spans that of random ones.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from reprlearn.analysis.comparison import compare, compared_k, overlap
from reprlearn.analysis.geometry import log_frequency
from reprlearn.analysis.leading_words import occurring
from reprlearn.analysis.neighbours import near_k, nearest, unit_rows
from reprlearn.analysis.subspace import random_distance, subspace_distance

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.runs import Run

MEASURES = ("knn_overlap", "procrustes_cosine", "cka", "subspace_distance")
IDENTICAL = {"knn_overlap": 1.0, "procrustes_cosine": 1.0, "cka": 1.0, "subspace_distance": 0.0}
"""What the measures are between a matrix and itself."""
N_SHUFFLES = 3


def agreement(
    a: np.ndarray,
    b: np.ndarray,
    k: int | None = None,
    *,
    measures: Collection[str] = MEASURES,
    knn_overlap: float | None = None,
) -> dict[str, float]:
    """The measures of two matrices (V, d) and (V, e), row i of both the same word, and "chance_" of each.

    k: neighbours of a word that are compared; by default 10, fewer where there are few words.
    measures: some of `MEASURES`, where not all are wanted.
    knn_overlap: where it is known, of neighbours that were stored.
    The subspace distance is NaN where there is none: more columns than rows, or columns that depend on one another.
    ValueError where the matrices have other numbers of rows, or fewer than three.
    """
    if a.ndim != 2 or b.ndim != 2 or len(a) != len(b) or len(a) < 3:
        raise ValueError(
            f"two matrices over the same words, three at least, are needed, however: {a.shape=}, {b.shape=}"
        )
    n, k = len(a), near_k(len(a)) if k is None else k
    found = {}
    for name in measures:
        if name == "knn_overlap":
            value = float(overlap(nearest(a, k), nearest(b, k), k).mean()) if knn_overlap is None else knn_overlap
            found[name], found[f"chance_{name}"] = value, chance_overlap(n, k)
        elif name == "subspace_distance":
            found[name], found[f"chance_{name}"] = _distance(a, b)
        else:
            measure = {"procrustes_cosine": mean_procrustes_cosine, "cka": cka}[name]
            found[name] = measure(a, b)
            found[f"chance_{name}"] = float(np.mean([measure(a, each) for each in _shuffled(b)]))
    return found


def run_agreement(
    run_a: Run, which_a: str, run_b: Run, which_b: str, measures: Collection[str] = MEASURES
) -> dict[str, float]:
    """`agreement` of two matrices of runs over the words that both know and that occur in a's training text, with n_words;
    of neighbours among all words, as `comparison.compare` finds them. ValueError where there are fewer than three.
    """
    frame = _shared(run_a, which_a, run_b, which_b)
    a, b = (
        run.matrix(which)[frame[f"word_id_{side}"].to_numpy()]
        for run, which, side in ((run_a, which_a, "a"), (run_b, which_b, "b"))
    )
    k = compared_k(run_a, run_b)
    return {
        "n_words": len(frame),
        **agreement(a, b, k, measures=measures, knn_overlap=float(frame["overlap"].to_numpy().mean())),
    }


def procrustes_cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """cos(a_i Q, b_i) of each word (V,), in [-1, 1]: how alike it is placed once the two matrices lie as close as a rotation
    (or reflection) can bring them.

    The mean row is taken off each matrix and rows are scaled to length one first, so that every word counts alike and what
    all words share does not count. Widths may differ.
    """
    a, b = (unit_rows(matrix - matrix.mean(axis=0)).astype(np.float64) for matrix in (a, b))
    # The best partial rotation between spaces of other width is what zeros in the missing columns would give.
    left, _, right = np.linalg.svd(a.T @ b, full_matrices=False)
    return np.einsum("ir,ir->i", a @ left, b @ right.T).clip(-1, 1)


def mean_procrustes_cosine(a: np.ndarray, b: np.ndarray) -> float:
    """The mean of `procrustes_cosines`."""
    return float(procrustes_cosines(a, b).mean())


def cka(a: np.ndarray, b: np.ndarray) -> float:
    """Linear centred kernel alignment of (V, d) and (V, e): 1 where one is a rotation and scaling of the other. NaN where all
    rows of one are the same.
    """
    a, b = (np.asarray(matrix, dtype=np.float64) - matrix.mean(axis=0, dtype=np.float64) for matrix in (a, b))
    scale = np.linalg.norm(a.T @ a) * np.linalg.norm(b.T @ b)
    return float(np.linalg.norm(a.T @ b) ** 2 / scale) if scale > 0 else float("nan")


def chance_overlap(n_words: int, k: int) -> float:
    """The mean Jaccard overlap of two random sets of k among the n - 1 other words, exactly:

    sum_h P(h) h / (2 k - h),   P(h) hypergeometric
    """
    others = n_words - 1
    if not 1 <= k <= others:
        raise ValueError(f"k must lie between 1 and {others}, however: {k=}")
    ways = math.comb(others, k)
    return sum(
        math.comb(k, h) * math.comb(others - k, k - h) / ways * h / (2 * k - h)
        for h in range(max(1, 2 * k - others), k + 1)
    )


def placed_differently(run_a: Run, which_a: str, run_b: Run, which_b: str, k: int | None = None) -> pd.DataFrame:
    """How differently each word is placed in two matrices, most differently first.

    `comparison.compare`'s columns (word, word_id_a, word_id_b, count, overlap, neighbours_a, neighbours_b) with
    word_id (that of a), log_frequency (log10) and cosine, of `procrustes_cosines` over the same words. Words that both runs know
    and that occur in a's training text; ValueError where there are fewer than three.
    attrs: "chance", the mean cosine by chance.
    """
    frame = _shared(run_a, which_a, run_b, which_b, k)
    ids_a, ids_b = (frame[name].to_numpy() for name in ("word_id_a", "word_id_b"))
    a, b = run_a.matrix(which_a)[ids_a], run_b.matrix(which_b)[ids_b]
    cosines = procrustes_cosines(a, b)
    frame = frame.assign(
        word_id=ids_a, log_frequency=log_frequency(frame["count"].to_numpy()), cosine=cosines.astype(np.float32)
    )
    frame = frame.sort_values(["cosine", "count"], ascending=[True, False], kind="stable", ignore_index=True)
    frame.attrs["chance"] = float(np.mean([mean_procrustes_cosine(a, each) for each in _shuffled(b)]))
    return frame


def _distance(a: np.ndarray, b: np.ndarray) -> tuple[float, float]:
    """The subspace distance and that of random spans; NaN both where there is none."""
    try:
        return subspace_distance(a, b), random_distance(max(a.shape[1], b.shape[1]), len(a))
    except ValueError:
        return float("nan"), float("nan")


def _shuffled(matrix: np.ndarray) -> list[np.ndarray]:
    """The rows in a few random orders, the same at every call."""
    draw = np.random.default_rng(0)
    return [matrix[draw.permutation(len(matrix))] for _ in range(N_SHUFFLES)]


def _shared(run_a: Run, which_a: str, run_b: Run, which_b: str, k: int | None = None) -> pd.DataFrame:
    """`compare` of the words that occur."""
    frame = compare(run_a, which_a, run_b, which_b, k)
    frame = frame.loc[occurring(run_a)[frame["word_id_a"].to_numpy()]]
    if len(frame) < 3:
        raise ValueError(f"{run_a.name} and {run_b.name} share {len(frame)} words that occur; three are needed")
    return frame
