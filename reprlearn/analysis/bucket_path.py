"""The path that a scalar's vector g(v) takes as v moves through the data, for any encoding.

Smoothness is a correlogram (Matheron 1963) of the path, read at one lag. With v_1 ... v_n the quantiles of the training
data, L the lag (5 % of the data) and an average over all i, and over all pairs i, j,

    smoothness = 1 - mean_i |g(v_i+L) - g(v_i)|^2 / mean_ij |g(v_i) - g(v_j)|^2

1: values 5 % of the data apart have the same vectors; 0: as different ones as any two values drawn at random. It asks
about neighbours only: a path may come back to where it was, as it should where distant values mean the same. A straight
path, all that `concat` can be, is close to 1, and unrelated vectors for each twentieth of the data are 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from reprlearn.analysis.bucket_axis import scalar_of, training_values, value_grid
from reprlearn.analysis.buckets import GRID, bucket_vectors, bucket_weights, vectors

if TYPE_CHECKING:
    from reprlearn.runs import Run

LAG = 0.05
"""How far apart, as a share of the training data, two values are that `smoothness` takes for neighbours."""


def smoothness(run: Run, feature: str, temperature: float | None = None) -> float:
    """In [0, 1]: how alike the vectors of neighbouring values are; see the head of this module. 1 for a constant.

    On a circle the last values are neighbours of the first.
    """
    scalar = scalar_of(run, feature)
    path = vectors(run, feature, training_values(scalar, n_between=2), temperature).astype(np.float64)
    lag = round(LAG * len(path))
    steps = np.roll(path, -lag, axis=0) - path
    if scalar.period is None:
        steps = steps[:-lag]
    at_random = _mean_squared_distance(path)
    if at_random == 0:
        return 1.0
    return float(np.clip(1 - np.square(steps).sum(axis=1).mean() / at_random, 0.0, 1.0))


def value_similarity(
    run: Run, feature: str, temperature: float | None = None, n: int = 120
) -> tuple[np.ndarray, np.ndarray]:
    """Which values the model takes for the same: n raw values over the range, and (n, n) similarities of their vectors.

    The similarity of two values is 1 - |g - g'|^2 / d^2, at least 0, where d^2 is the mean squared distance of two
    values drawn from the training data: 1 is the same vector, 0 one as far off as any. `smoothness` is its mean over
    neighbours. Unlike a cosine it does not change when the encoding adds the same vector to all values, which means
    nothing to the model.
    """
    scalar = scalar_of(run, feature)
    values = value_grid(scalar, n)
    path = vectors(run, feature, values, temperature).astype(np.float64)
    path -= path.mean(axis=0)
    of_data = vectors(run, feature, training_values(scalar, n_between=2), temperature).astype(np.float64)
    at_random = _mean_squared_distance(of_data)
    squares = np.square(path).sum(axis=1)
    apart = np.maximum(squares[:, None] + squares[None] - 2 * path @ path.T, 0.0)
    np.fill_diagonal(apart, 0.0)
    if at_random == 0:
        return values, np.ones_like(apart)
    return values, np.maximum(1 - apart / at_random, 0.0)


def vector_path(
    run: Run,
    feature: str,
    method: Literal["pca", "umap"] = "pca",
    temperature: float | None = None,
    n: int = GRID,
) -> pd.DataFrame:
    """kind, bucket, value (raw), share, x, y: a map of the path, of the buckets' own vectors and of the missing value's.

    kind "sweep": n values over the range; bucket is the heaviest there, 0 without buckets, and share its weight.
    kind "bucket": the vectors E; share is the mean weight over the training data. Not for encodings without buckets.
    kind "missing": what stands for a missing value, if training data had any; share is how much.
    pca: the principal components of the sweep, which the other points are laid on, so that dead buckets do not decide
    the view; attrs["explained_variance"] has the shares of x and y. umap takes half a minute at its first call.
    """
    scalar = scalar_of(run, feature)
    values = value_grid(scalar, n)
    path, own = vectors(run, feature, values, temperature), bucket_vectors(run, feature)
    frames = [pd.DataFrame({"kind": "sweep", **_heaviest(run, feature, values, temperature)})]
    rows = [path]
    if own is not None:
        weights = bucket_weights(run, feature, training_values(scalar), temperature)
        assert weights is not None
        numbers = np.arange(1, len(own) + 1)
        frames.append(
            pd.DataFrame({"kind": "bucket", "bucket": numbers, "value": np.nan, "share": weights.mean(axis=0)})
        )
        rows.append(own)
    if scalar.missing_share > 0:
        frames.append(pd.DataFrame({"kind": ["missing"], "bucket": 0, "value": np.nan, "share": scalar.missing_share}))
        rows.append(vectors(run, feature, np.array([np.nan]), temperature))
    table, matrix = pd.concat(frames, ignore_index=True), np.concatenate(rows)
    if method == "pca":
        points, explained = _components(matrix, path)
        table.attrs["explained_variance"] = explained
    else:
        from reprlearn.analysis.reduction import ProjectionConfig, project

        points = project(matrix, ProjectionConfig(method=method))
    table["x"], table["y"] = points[:, 0], points[:, 1]
    return table


def _mean_squared_distance(rows: np.ndarray) -> float:
    """Over all pairs of rows: twice the sum of the variances. 0 where they differ by rounding only."""
    mean = 2 * float(rows.var(axis=0).sum())
    return mean if mean > 1e-12 * float(np.square(rows).sum(axis=1).mean()) else 0.0


def _heaviest(run: Run, feature: str, values: np.ndarray, temperature: float | None) -> dict[str, np.ndarray]:
    weights = bucket_weights(run, feature, values, temperature)
    if weights is None:
        return {"bucket": np.zeros(len(values), dtype=np.int64), "value": values, "share": np.full(len(values), np.nan)}
    return {"bucket": weights.argmax(axis=1) + 1, "value": values, "share": weights.max(axis=1).astype(np.float64)}


def _components(matrix: np.ndarray, fitted_on: np.ndarray) -> tuple[np.ndarray, tuple[float, float]]:
    """Scores (m, 2) of the rows of `matrix` on the first two components of `fitted_on`, and the variance each explains.

    Without scikit-learn, which takes a second to import: the page shows this at once.
    """
    fitted_on = fitted_on.astype(np.float64)
    mean = fitted_on.mean(axis=0)
    _, sizes, loadings = np.linalg.svd(fitted_on - mean, full_matrices=False)
    loadings = loadings[:2]
    loadings = loadings * np.sign(loadings[np.arange(len(loadings)), np.abs(loadings).argmax(axis=1)])[:, None]
    scores = (matrix.astype(np.float64) - mean) @ loadings.T
    points = np.zeros((len(matrix), 2), dtype=np.float32)
    points[:, : scores.shape[1]] = scores
    total = np.square(sizes).sum()
    shares = np.square(np.append(sizes, [0.0, 0.0])[:2]) / total if total > 0 else np.array([1.0, 0.0])
    return points, (float(shares[0]), float(shares[1]))
