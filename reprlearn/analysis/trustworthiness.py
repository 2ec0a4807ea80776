"""How far a map may be trusted.

Trustworthiness (Venna & Kaski 2001) asks whether the k nearest points of the map were near in the original
space: 1 when all were, about 0.5 for a random map. With r(i, j) the rank of j among the cosine neighbours of
i, and U the k map neighbours of i that are not among its k nearest originally,

    T(k) = 1 - 2 / (n k (2 V - 3 k - 1)) * sum_i sum_{j in U_i} (r(i, j) - k)        n queries i out of V words
"""

from __future__ import annotations

import numpy as np

from reprlearn.analysis.neighbours import near_k, unit_rows

TRUST_K = 15
MAX_SCORES = 32 << 20
"""Cosines held at a time: 128 MB."""


def trust_k(n_words: int) -> int:
    """The k that the trustworthiness of a map of so many words is measured with: 15, fewer where there are few words."""
    return near_k(n_words, TRUST_K)


def trustworthiness(
    matrix: np.ndarray, points: np.ndarray, k: int = 15, max_queries: int = 12_000, seed: int = 0, block: int = 512
) -> float:
    """T(k) in [0, 1] of the map `points` (V, n_dims) against cosine neighbours in `matrix` (V, D).

    Up to `max_queries` words all are asked; beyond that a seeded sample of 2,000 (of 500 beyond 100,000 words), each against
    all words.
    """
    n_words = len(matrix)
    if not 1 <= k < n_words / 2:
        raise ValueError(f"k must lie between 1 and half the number of words ({n_words}), however: {k=}")
    queries = np.arange(n_words)
    if n_words > max_queries:
        queries = np.sort(
            np.random.default_rng(seed).choice(n_words, 2_000 if n_words <= 100_000 else 500, replace=False)
        )
    on_map = _map_neighbours(points, queries, k)
    matrix = np.asarray(matrix, dtype=np.float32)
    lengths = np.sqrt(np.einsum("vd,vd->v", matrix, matrix))  # no second copy of the matrix is made, which may be large
    lengths[lengths == 0] = 1
    block = max(1, min(block, MAX_SCORES // n_words))
    penalty = 0
    for start in range(0, len(queries), block):
        part = queries[start : start + block]
        scores = unit_rows(matrix[part]) @ matrix.T
        scores /= lengths
        scores[np.arange(len(part)), part] = -np.inf
        for column in on_map[start : start + block].T:
            ranks = 1 + (scores > scores[np.arange(len(part)), column][:, None]).sum(axis=1)
            penalty += int(np.maximum(ranks - k, 0).sum())
    return float(1 - 2 * penalty / (len(queries) * k * (2 * n_words - 3 * k - 1)))


def _map_neighbours(points: np.ndarray, queries: np.ndarray, k: int) -> np.ndarray:
    """The k nearest other points (n, k) of each query on the map, Euclidean."""
    from scipy.spatial import KDTree

    points = np.asarray(points, dtype=np.float64)
    found = np.asarray(KDTree(points).query(points[queries], k=k + 1)[1])
    # Among coinciding points the query itself need not come first, or at all.
    is_self = found == queries[:, None]
    is_self[~is_self.any(axis=1), -1] = True
    return found[~is_self].reshape(len(queries), k)
