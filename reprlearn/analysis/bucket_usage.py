"""How much the training data uses each soft bucket: which are dead, and which do the same as another.

The data is taken as its 101 stored quantiles describe it (`bucket_axis.training_values`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis.bucket_axis import scalar_of, training_values
from reprlearn.analysis.bucket_edges import segments
from reprlearn.analysis.buckets import bucket_weights, soft_one_hot

if TYPE_CHECKING:
    from reprlearn.runs import Run

DEAD = 0.1
"""A bucket that is nowhere the heaviest is dead if its mean weight is below this share of an even one, 1 / P."""
SAME = 0.9
"""Two buckets do the same if the cosine of their weights over the data is at least this; 1 for weights in proportion."""


def bucket_usage(run: Run, feature: str, temperature: float | None = None) -> pd.DataFrame:
    """A row for each bucket, in order along the scalar:

    bucket; mean_weight, peak_weight over the training data; share_heaviest, of the data; low, high (raw), the segment
    with the most data where it is the heaviest, NaN where there is none, low > high over the end of a turn; dead (see
    `DEAD`); nearest, the bucket with the most alike weights, and overlap, their cosine in [0, 1] (0 and NaN for a
    single bucket); same, whether that is so alike that one of the two would do (see `SAME`; never of dead ones).
    """
    weights = bucket_weights(run, feature, training_values(scalar_of(run, feature)), temperature)
    if weights is None:
        soft_one_hot(run, feature)  # says that there are no soft buckets
    weights = np.asarray(weights, dtype=np.float64)
    n_buckets = weights.shape[1]
    mean = weights.mean(axis=0)
    share = np.bincount(weights.argmax(axis=1), minlength=n_buckets) / len(weights)
    dead = (share == 0) & (mean < DEAD / n_buckets)
    nearest, overlap = _nearest(weights)
    widest = segments(run, feature).sort_values("share").drop_duplicates("bucket", keep="last").set_index("bucket")
    held = widest.reindex(np.arange(1, n_buckets + 1))
    either_dead = dead | (dead[nearest - 1] if n_buckets > 1 else False)
    return pd.DataFrame(
        {
            "bucket": np.arange(1, n_buckets + 1),
            "mean_weight": mean,
            "peak_weight": weights.max(axis=0),
            "share_heaviest": share,
            "low": held["low"].to_numpy(),
            "high": held["high"].to_numpy(),
            "dead": dead,
            "nearest": nearest,
            "overlap": overlap,
            "same": (overlap >= SAME) & ~either_dead,
        }
    )


def _nearest(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Number (P,) of the most alike other bucket, and the cosine (P,) of the two columns of weights (n, P)."""
    n_buckets = weights.shape[1]
    if n_buckets == 1:
        return np.zeros(1, dtype=np.int64), np.full(1, np.nan)
    units = weights / np.maximum(np.linalg.norm(weights, axis=0), np.finfo(np.float64).tiny)
    cosines = np.clip(units.T @ units, 0.0, 1.0)
    np.fill_diagonal(cosines, -1.0)
    return cosines.argmax(axis=1) + 1, cosines.max(axis=1)
