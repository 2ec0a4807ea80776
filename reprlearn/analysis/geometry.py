"""What is known of each word besides its place: how often it occurs, how long its vector is, which group it
belongs to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis.clusters import norms_and_clusters

if TYPE_CHECKING:
    from reprlearn.analysis.projection import Layout
    from reprlearn.runs import Run


def log_frequency(counts: np.ndarray) -> np.ndarray:
    """log10 of the training count, float32; NaN for words that never occur (reserved words)."""
    counts = np.asarray(counts)
    return np.log10(np.where(counts > 0, counts, 1), where=counts > 0, out=np.full(len(counts), np.nan)).astype(
        np.float32
    )


def word_table(run: Run, which: str) -> pd.DataFrame:
    """One row a word in order of id: word_id, word, count, log_frequency (log10), norm, cluster, cluster_label."""
    frame, labels = norms_and_clusters(run, which)
    counts = np.asarray(run.vocabulary.counts)
    return pd.DataFrame(
        {
            "word_id": frame["word_id"],
            "word": np.array(run.vocabulary.words, dtype=object),
            "count": counts,
            "log_frequency": log_frequency(counts),
            "norm": frame["norm"],
            "cluster": frame["cluster"],
            "cluster_label": np.array(labels, dtype=object)[frame["cluster"]],
        }
    )


def map_points(run: Run, which: str, layout: Layout) -> pd.DataFrame:
    """A map and all that is known of its words: the word table with the map's x, y(, z), as
    `viz.maps.word_map` takes it.
    """
    return layout.points.merge(word_table(run, which), on="word_id", validate="one_to_one")
