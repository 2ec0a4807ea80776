"""Maps of a matrix: PCA and UMAP to two or three dimensions, and one map turned onto another.

How far a map may be trusted is `reprlearn.analysis.trustworthiness`, storing and finding the maps of a run
`reprlearn.analysis.projection`.
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
MIN_WORDS = 3
"""Fewer points make no map: nothing is nearer than anything else."""
MANY_WORDS, BLOCK = 20_000, 16_384


@dataclass(frozen=True, kw_only=True)
class ProjectionConfig:
    """What a map is made with; `n_neighbors` and `min_dist` are UMAP's and mean nothing to PCA.

    n_neighbors:  counts the word itself, as UMAP does; where there are fewer words, `umap_neighbors` says how many it is
    """

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
    starts, by default the principal components of the unit rows. PCA uses neither. ValueError for fewer than
    `MIN_WORDS` words.
    """
    if len(matrix) < MIN_WORDS:
        raise ValueError(f"a map needs at least {MIN_WORDS} words, however: {len(matrix)}")
    if config.method == "pca":
        return principal_components(matrix, config.n_dims)[0]
    return _umap(matrix, config, neighbours, init, on_progress or ignore)


def principal_components(matrix: np.ndarray, n_dims: int) -> tuple[np.ndarray, tuple[float, ...]]:
    """Scores (V, n_dims) float32 on the first components, and the share of variance each explains.

    The sign of a component is free; it is set so that its largest loading is positive. A matrix with fewer rows or
    columns than `n_dims` has no more components than these: the others are zero.
    """
    if len(matrix) > MANY_WORDS:
        return _principal_components_of_many(matrix, n_dims)
    # Heavy, and showing a stored map does without it.
    from sklearn.decomposition import PCA

    matrix = np.asarray(matrix, dtype=np.float64)
    n_components = min(n_dims, *matrix.shape)
    pca = PCA(n_components=n_components, svd_solver="full").fit(matrix)
    loadings, shares = _signed(np.asarray(pca.components_)), np.asarray(pca.explained_variance_ratio_)
    scores = (matrix - pca.mean_) @ loadings.T
    absent = n_dims - n_components
    return np.pad(scores, ((0, 0), (0, absent))).astype(np.float32), (*shares.tolist(), *[0.0] * absent)


def _signed(loadings: np.ndarray) -> np.ndarray:
    """Components (n, D) with the sign that makes the largest loading of each positive."""
    return loadings * np.sign(loadings[np.arange(len(loadings)), np.abs(loadings).argmax(axis=1)])[:, None]


def _principal_components_of_many(matrix: np.ndarray, n_dims: int) -> tuple[np.ndarray, tuple[float, ...]]:
    """The same from the covariance of the columns, summed over stretches of rows: no copy of a large matrix is made."""
    n, width = matrix.shape
    parts = [slice(start, start + BLOCK) for start in range(0, n, BLOCK)]
    mean = sum((matrix[part].sum(axis=0, dtype=np.float64) for part in parts), np.zeros(width)) / n
    covariance = np.zeros((width, width))
    for part in parts:
        centred = matrix[part] - mean.astype(np.float32)
        covariance += centred.T @ centred  # in single precision within a stretch
    values, vectors = np.linalg.eigh(covariance)
    n_components = min(n_dims, width)
    loadings = _signed(vectors[:, ::-1][:, :n_components].T)
    scores = np.zeros((n, n_dims), dtype=np.float32)
    for part in parts:
        scores[part, :n_components] = (matrix[part] - mean) @ loadings.T
    shares = np.maximum(values[::-1][:n_components], 0) / max(values.clip(0).sum(), np.finfo(np.float64).tiny)
    return scores, (*shares.tolist(), *[0.0] * (n_dims - n_components))


def umap_neighbors(config: ProjectionConfig, n_words: int) -> int:
    """How many neighbours UMAP takes into account where there are so many words."""
    return min(config.n_neighbors, n_words - 1)


def _umap(
    matrix: np.ndarray,
    config: ProjectionConfig,
    neighbours: Neighbours | None,
    init: np.ndarray | None,
    on_progress: OnProgress,
) -> np.ndarray:
    n_neighbors = umap_neighbors(config, len(matrix))
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
