"""Two runs over one text, token by token: the mean difference and its 95 % interval.

What is said in one place hangs together, so the interval is over blocks of the text and not over single tokens
(`paired_interval`). It says what another text of this kind might have given, not what other seeds would.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from reprlearn.analysis.paired_interval import paired_interval
from reprlearn.analysis.twins_benchmark import WORDS_PER_BLOCK

FEWEST_BLOCKS = 5
"""With tokens in fewer blocks than this, there is a difference and no interval."""


class Difference(NamedTuple):
    """A mean difference and its interval, NaN where there is none."""

    difference: float
    lower: float
    upper: float

    @property
    def verdict(self) -> str:
        """ "less" or "more" where the interval leaves out zero, else "none"."""
        return "less" if self.upper < 0 else "more" if self.lower > 0 else "none"


def same_text(a: pd.DataFrame, b: pd.DataFrame) -> bool:
    """Whether two runs' scores are of the same tokens, so that they can be paired."""
    return len(a) == len(b) and bool((a["word_id"].to_numpy() == b["word_id"].to_numpy()).all())


def check_same_text(a: pd.DataFrame, b: pd.DataFrame) -> None:
    """ValueError unless the scores are of the same tokens."""
    if not same_text(a, b):
        raise ValueError(f"scores of the same tokens are needed, however: {len(a):,} and {len(b):,} tokens that differ")


def block_sums(values: np.ndarray, length: int = WORDS_PER_BLOCK) -> np.ndarray:
    """Sums of `values` (n, ...) over each block of `length` rows: (n / length rounded up, ...) float64."""
    return np.add.reduceat(np.asarray(values, dtype=np.float64), np.arange(0, len(values), length), axis=0)


def mean_difference(differences: np.ndarray, counted: np.ndarray | None = None) -> Difference:
    """Of differences (n,) in the order of the text, those alone where `counted` (n,) holds; NaN where none does."""
    counted = np.ones(len(differences), dtype=bool) if counted is None else np.asarray(counted)
    if not counted.any():
        return Difference(np.nan, np.nan, np.nan)
    sums, n = block_sums(np.where(counted, differences, 0)), block_sums(counted)
    # Blocks without such a token say nothing of it.
    sums, n = sums[n > 0], n[n > 0]
    if len(n) < FEWEST_BLOCKS:
        return Difference(float(sums.sum() / n.sum()), np.nan, np.nan)
    return Difference(*paired_interval(sums[:, None], n))


def against(scores: Mapping[str, pd.DataFrame], reference: str) -> pd.DataFrame:
    """Loss of each other run less that of the reference, nats a token: run, difference, lower, upper, verdict."""
    base = scores[reference]
    rows = []
    for name, frame in scores.items():
        if name != reference:
            check_same_text(frame, base)
            found = mean_difference(loss(frame) - loss(base))
            rows.append({"run": name, **found._asdict(), "verdict": found.verdict})
    return pd.DataFrame(rows, columns=["run", "difference", "lower", "upper", "verdict"])


def loss(scores: pd.DataFrame) -> np.ndarray:
    """(n,) float64 nats, of each token."""
    return -scores["log_probability"].to_numpy(np.float64)
