from __future__ import annotations

import numpy as np
import pandas as pd
import pytest


def word_points(n_words: int = 400, n_dims: int = 2, seed: int = 0) -> pd.DataFrame:
    """Points as `analysis.geometry.map_points` gives them; the last word never occurs."""
    draw = np.random.default_rng(seed)
    counts = (1e5 / np.arange(1, n_words + 1)).astype(np.int64)
    counts[-1] = 0
    cluster = np.arange(n_words) % 6
    frame = pd.DataFrame(
        {
            "word_id": np.arange(n_words),
            "word": ["<unk>", *(f"word{i}" for i in range(1, n_words))],
            "count": counts,
            "log_frequency": np.log10(np.where(counts > 0, counts, np.nan)).astype(np.float32),
            "norm": draw.gamma(5, size=n_words).astype(np.float32),
            "cluster": cluster,
            "cluster_label": [f"first{i}, second{i}, third{i}" for i in cluster],
            "overlap": draw.uniform(0, 0.5, n_words),
        }
    )
    for axis in "xyz"[:n_dims]:
        frame[axis] = draw.normal(cluster, 0.5).astype(np.float32)
    return frame


@pytest.fixture
def points() -> pd.DataFrame:
    return word_points()
