"""How long the vector of a word is, and whether that goes with how often it occurs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis.leading_words import has_counts

if TYPE_CHECKING:
    from reprlearn.runs import Run


def norm_table(run: Run, which: str) -> pd.DataFrame:
    """One row a word that occurs: word_id, word, count, norm (Euclidean), by falling count. ValueError where counts are not known."""
    if not has_counts(run):
        raise ValueError(f"it is not known how often the words of {run.name} occur")
    counts = np.asarray(run.vocabulary.counts)
    frame = pd.DataFrame(
        {
            "word_id": np.arange(len(counts), dtype=np.int32),
            "word": np.array(run.vocabulary.words, dtype=object),
            "count": counts,
            "norm": np.linalg.norm(run.matrix(which), axis=1),
        }
    )
    return frame.loc[frame["count"] > 0].sort_values("count", ascending=False, kind="stable", ignore_index=True)


def norm_trend(table: pd.DataFrame) -> float:
    """Spearman's correlation of norm and count in [-1, 1]: above 0, frequent words are longer. NaN where all are alike."""
    counts, norms = (table[name].rank().to_numpy() for name in ("count", "norm"))
    spread = counts.std() * norms.std()
    return float(((counts - counts.mean()) * (norms - norms.mean())).mean() / spread) if spread > 0 else float("nan")
