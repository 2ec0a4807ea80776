"""How well rare and frequent words are predicted: loss by how often the right word stands in the training text.

loss of a band = mean of -log p(right word) over its tokens      perplexity = exp(loss)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from reprlearn.analysis.paired import check_same_text, loss, mean_difference

EDGES = (20, 50, 200, 1_000, 10_000)
"""Training counts at which the next band begins; the first band is below the first of them."""
UNKNOWN = -1
"""The band of <unk>, which stands for many rare words and is itself a frequent one."""


def band_of(counts: np.ndarray, edges: Sequence[int] = EDGES, unknown_id: int | None = None) -> np.ndarray:
    """(V,) band of each word, 0 the rarest; `UNKNOWN` for `unknown_id`. ValueError for edges that do not rise."""
    if list(edges) != sorted(set(edges)) or not len(edges):
        raise ValueError(f"edges must rise, however: {edges=}")
    bands = np.searchsorted(np.asarray(edges), np.asarray(counts), side="right")
    if unknown_id is not None:
        bands[unknown_id] = UNKNOWN
    return bands


def by_band(
    scores: pd.DataFrame, counts: np.ndarray, edges: Sequence[int] = EDGES, unknown_id: int | None = None
) -> pd.DataFrame:
    """A row a band that has tokens, the rarest first, <unk> last.

    band, low, high:  training counts from `low` to `high` inclusive (NaN: no end); both NaN for <unk>
    n_tokens:         of the scored text;  n_words: of the vocabulary that occur in training
    loss, perplexity: nats a token, and its exponential
    """
    bands = band_of(counts, edges, unknown_id)
    of_token, losses = bands[scores["word_id"].to_numpy()], loss(scores)
    rows = []
    for band in _present(of_token):
        mean = float(losses[of_token == band].mean())
        n_words = int(((bands == band) & (np.asarray(counts) > 0)).sum())
        n_tokens = int((of_token == band).sum())
        low, high = _ends(band, edges)
        rows.append(
            {"band": band, "low": low, "high": high, "n_tokens": n_tokens, "n_words": n_words,
             "loss": mean, "perplexity": float(np.exp(mean))}
        )  # fmt: skip
    return pd.DataFrame(rows)


def band_differences(
    scores_a: pd.DataFrame,
    scores_b: pd.DataFrame,
    counts: np.ndarray,
    edges: Sequence[int] = EDGES,
    unknown_id: int | None = None,
) -> pd.DataFrame:
    """Loss of `a` less that of `b` in each band, nats a token, paired: see `differences_by_band`."""
    check_same_text(scores_a, scores_b)
    of_token = band_of(counts, edges, unknown_id)[scores_a["word_id"].to_numpy()]
    return differences_by_band(loss(scores_a) - loss(scores_b), of_token, edges)


def differences_by_band(values: np.ndarray, of_token: np.ndarray, edges: Sequence[int] = EDGES) -> pd.DataFrame:
    """Mean of differences (n,) in each band: band, low, high, n_tokens, difference, lower, upper (95 %), verdict.

    of_token:  (n,) band of each token.  Tokens whose difference is NaN do not count.
    """
    there = np.isfinite(values)
    rows = []
    for band in _present(of_token):
        counted = there & (of_token == band)
        if not counted.any():
            continue
        low, high = _ends(band, edges)
        found = mean_difference(values, counted)
        rows.append(
            {"band": band, "low": low, "high": high, "n_tokens": int(counted.sum()), **found._asdict(),
             "verdict": found.verdict}
        )  # fmt: skip
    return pd.DataFrame(rows)


def _present(of_token: np.ndarray) -> list[int]:
    found = sorted({int(band) for band in np.unique(of_token)})
    return [band for band in found if band != UNKNOWN] + [band for band in found if band == UNKNOWN]


def _ends(band: int, edges: Sequence[int]) -> tuple[float, float]:
    if band == UNKNOWN:
        return np.nan, np.nan
    return float(edges[band - 1]) if band else 0.0, float(edges[band] - 1) if band < len(edges) else np.nan
