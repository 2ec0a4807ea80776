"""Maps of a matrix: PCA and UMAP to two or three dimensions, and how far a map may be trusted.

Trustworthiness (Venna & Kaski 2001) asks whether the k nearest points of the map were near in the original
space: 1 when all were, about 0.5 for a random map. With r(i, j) the rank of j among the cosine neighbours of
i, and U the k map neighbours of i that are not among its k nearest originally,

    T(k) = 1 - 2 / (n k (2 V - 3 k - 1)) * sum_i sum_{j in U_i} (r(i, j) - k)        n queries i out of V words

Storing and finding the maps of a run is `reprlearn.analysis.projection`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from reprlearn.analysis.neighbours import Neighbours, nearest, unit_rows

# Reports (stage, fraction of the whole in 0..1).
OnProgress = Callable[[str, float], None]
AXES = ("x", "y", "z")


@dataclass(frozen=True, kw_only=True)
class ProjectionConfig:
    """What a map is made with; `n_neighbors` and `min_dist` are UMAP's and mean nothing to PCA."""

    method: Literal["umap", "pca"] = "umap"
    n_dims: Literal[2, 3] = 2
    n_neighbors: int = 15
    min_dist: float = 0.1
    seed: int = 0

    def __post_init__(self) -> None:
        if self.method not in ("umap", "pca"):
            raise ValueError(f"method must be 'umap' or 'pca', however: {self.method!r}")
        if self.n_dims not in (2, 3):
            raise ValueError(f"n_dims must be 2 or 3, however: {self.n_dims!r}")
        if not 2 <= self.n_neighbors <= 200:
            raise ValueError(f"n_neighbors must lie between 2 and 200, however: {self.n_neighbors!r}")
        if not 0 <= self.min_dist < 1:
            raise ValueError(f"min_dist must lie in [0, 1), however: {self.min_dist!r}")


def project(
    matrix: np.ndarray,
    config: ProjectionConfig,
    neighbours: Neighbours | None = None,
    init: np.ndarray | None = None,
    on_progress: OnProgress | None = None,
) -> np.ndarray:
    """Coordinates (V, n_dims) float32 of the rows of `matrix` (V, D); the same arguments give the same map.

    `neighbours` (cosine, of this very matrix) saves UMAP computing them; `init` (V, n_dims) is where UMAP
    starts, by default the principal components of the unit rows. PCA uses neither.
    """
    if config.method == "pca":
        return principal_components(matrix, config.n_dims)[0]
    return _umap(matrix, config, neighbours, init, on_progress or ignore)


def principal_components(matrix: np.ndarray, n_dims: int) -> tuple[np.ndarray, tuple[float, ...]]:
    """Scores (V, n_dims) float32 on the first components, and the share of variance each explains.

    The sign of a component is free; it is set so that its largest loading is positive.
    """
    # Heavy, and showing a stored map does without it.
    from sklearn.decomposition import PCA

    matrix = np.asarray(matrix, dtype=np.float64)
    pca = PCA(n_components=n_dims, svd_solver="full").fit(matrix)
    loadings, shares = np.asarray(pca.components_), np.asarray(pca.explained_variance_ratio_)
    signs = np.sign(loadings[np.arange(n_dims), np.abs(loadings).argmax(axis=1)])
    scores = (matrix - pca.mean_) @ (loadings * signs[:, None]).T
    return scores.astype(np.float32), tuple(shares.tolist())


def _umap(
    matrix: np.ndarray,
    config: ProjectionConfig,
    neighbours: Neighbours | None,
    init: np.ndarray | None,
    on_progress: OnProgress,
) -> np.ndarray:
    n_neighbors = min(config.n_neighbors, len(matrix) - 1)
    if neighbours is None or neighbours.k < n_neighbors - 1:
        on_progress("neighbours", 0.0)
        neighbours = nearest(matrix, n_neighbors)
    if init is None:
        init, _ = principal_components(unit_rows(matrix), config.n_dims)
    on_progress("umap_import", 0.05)
    # Importing umap compiles for some twenty seconds (numba); only computing a map pays for that.
    import warnings

    with warnings.catch_warnings():
        # It says so when tensorflow is absent, which nothing here uses.
        warnings.filterwarnings("ignore", category=ImportWarning)
        import umap

        # A given neighbour table has no search index, which only transforming new points would need.
        warnings.filterwarnings("ignore", message="precomputed_knn", category=UserWarning)
        warnings.filterwarnings("ignore", message="n_jobs value", category=UserWarning)
        fitted = umap.UMAP(
            n_components=config.n_dims,
            n_neighbors=n_neighbors,
            min_dist=config.min_dist,
            metric="cosine",
            init=np.asarray(init, dtype=np.float32),  # pyright: ignore[reportArgumentType] (it takes arrays too)
            random_state=config.seed,
            precomputed_knn=_with_self(neighbours, n_neighbors),
            tqdm_kwds={"disable": False, "file": _Percent(on_progress), "bar_format": "{percentage:.0f}"},
        ).fit(np.asarray(matrix, dtype=np.float32))
    points = np.asarray(fitted.embedding_, dtype=np.float32)
    if not np.isfinite(points).all():
        raise ValueError("UMAP gave coordinates that are not finite: does the matrix hold rows that are?")
    return points


def _with_self(neighbours: Neighbours, n_neighbors: int) -> tuple[np.ndarray, np.ndarray]:
    """(ids, cosine distances), each (V, n_neighbors), as UMAP wants them: every point is its own first neighbour."""
    n_words = len(neighbours.ids)
    others = n_neighbors - 1
    ids = np.column_stack([np.arange(n_words, dtype=np.int32), neighbours.ids[:, :others]])
    distances = np.column_stack([np.zeros(n_words, dtype=np.float32), 1 - neighbours.cosines[:, :others]])
    return ids, np.maximum(distances, 0).astype(np.float32)


class _Percent:
    """The file UMAP's progress bar writes to: each number it prints becomes a call of `on_progress`."""

    def __init__(self, on_progress: OnProgress) -> None:
        self._on_progress = on_progress

    def write(self, text: str) -> None:
        text = text.strip()
        if text.isdigit():
            self._on_progress("umap", 0.3 + 0.6 * int(text) / 100)

    def flush(self) -> None:
        pass


def ignore(stage: str, fraction: float) -> None:
    """Nobody waits for the progress."""


def trustworthiness(
    matrix: np.ndarray, points: np.ndarray, k: int = 15, max_queries: int = 12_000, seed: int = 0, block: int = 512
) -> float:
    """T(k) in [0, 1] of the map `points` (V, n_dims) against cosine neighbours in `matrix` (V, D).

    Up to `max_queries` words all are asked; beyond that a seeded sample of 2,000, each against all words.
    """
    n_words = len(matrix)
    if not 1 <= k < n_words / 2:
        raise ValueError(f"k must lie between 1 and half the number of words ({n_words}), however: {k=}")
    queries = np.arange(n_words)
    if n_words > max_queries:
        queries = np.sort(np.random.default_rng(seed).choice(n_words, 2_000, replace=False))
    on_map = _map_neighbours(points, queries, k)
    units = unit_rows(matrix)
    penalty = 0
    for start in range(0, len(queries), block):
        part = queries[start : start + block]
        scores = units[part] @ units.T
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


def align(points: pd.DataFrame, reference: pd.DataFrame, on: str = "word_id") -> pd.DataFrame:
    """`points` turned, mirrored, scaled and shifted (orthogonal Procrustes) to lie on `reference` as well as they can.

    Both hold x, y(, z) and the column `on` that says which rows belong together (use "word" for different
    vocabularies); only shared rows decide, all rows of `points` move. ValueError with fewer shared rows than
    dimensions + 1.
    """
    from scipy.linalg import orthogonal_procrustes

    axes = [axis for axis in AXES if axis in points]
    if axes != [axis for axis in AXES if axis in reference]:
        raise ValueError("only maps with the same number of dimensions can be aligned")
    shared = points[[on, *axes]].merge(reference[[on, *axes]], on=on, suffixes=("", "_to"))
    if len(shared) <= len(axes):
        raise ValueError(f"aligning needs more than {len(axes)} shared words, however: {len(shared)}")
    source = shared[axes].to_numpy(np.float64)
    target = shared[[f"{axis}_to" for axis in axes]].to_numpy(np.float64)
    source_mean, target_mean = source.mean(axis=0), target.mean(axis=0)
    rotation, gain = orthogonal_procrustes(source - source_mean, target - target_mean)
    size = np.square(source - source_mean).sum()
    scale = gain / size if size > 0 else 1.0
    moved = (points[axes].to_numpy(np.float64) - source_mean) @ rotation * scale + target_mean
    return points.assign(**{axis: moved[:, i].astype(np.float32) for i, axis in enumerate(axes)})
