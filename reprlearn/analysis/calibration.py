"""Does a model know how sure it may be? What it gave its first guess, against how often the guess was right.

Guo et al. 2017 (arXiv 1706.04599): guesses are put into bins by their probability;

    ECE = sum over bins of  n_bin / n  |accuracy - confidence|      (expected calibration error, a share of 1)
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reprlearn.analysis.paired import FEWEST_BLOCKS, Difference, block_sums, check_same_text

N_BINS, N_RESAMPLES = 10, 4_000


def calibration(scores: pd.DataFrame, n_bins: int = N_BINS) -> pd.DataFrame:
    """bin (from 0), confidence (mean probability of the first guess), accuracy (share of guesses that were right), n, margin.

    margin: half of the 95 % interval of the accuracy, as of n independent guesses.
    Bins are equally wide, from 0 to 1; those without a guess are left out. ValueError for n_bins < 1.
    """
    confidence, hit, bins = _binned(scores, n_bins)
    tokens = pd.DataFrame({"bin": bins, "confidence": confidence, "accuracy": hit, "n": 1})
    table = tokens.groupby("bin", as_index=False).agg({"confidence": "mean", "accuracy": "mean", "n": "sum"})
    accuracy = table["accuracy"]
    return table.assign(margin=1.96 * np.sqrt(accuracy * (1 - accuracy) / table["n"]))


def calibration_error(scores: pd.DataFrame, n_bins: int = N_BINS) -> float:
    """ECE, from 0 (as sure as it may be) to 1."""
    gaps, n = _gaps(scores, n_bins)
    return float(np.abs(gaps.sum(axis=0)).sum() / n.sum())


def error_difference(
    a: pd.DataFrame, b: pd.DataFrame, n_bins: int = N_BINS, n_resamples: int = N_RESAMPLES, seed: int = 0
) -> Difference:
    """ECE of `a` less that of `b` over the same tokens, with its 95 % interval over resampled blocks of the text."""
    check_same_text(a, b)
    sums, n = zip(*(_gaps(scores, n_bins) for scores in (a, b)), strict=True)
    at = float(np.abs(sums[0].sum(0)).sum() - np.abs(sums[1].sum(0)).sum()) / float(n[0].sum())
    if len(n[0]) < FEWEST_BLOCKS:
        return Difference(at, np.nan, np.nan)
    draw = np.random.default_rng(seed)
    taken = draw.multinomial(len(n[0]), np.full(len(n[0]), 1 / len(n[0])), n_resamples).astype(np.float64)
    errors = [np.abs(taken @ gaps).sum(1) / (taken @ of_block) for gaps, of_block in zip(sums, n, strict=True)]
    lower, upper = np.quantile(errors[0] - errors[1], [0.025, 0.975])
    return Difference(at, float(lower), float(upper))


def _gaps(scores: pd.DataFrame, n_bins: int) -> tuple[np.ndarray, np.ndarray]:
    """(blocks, bins) sums of accuracy less confidence, and (blocks,) tokens."""
    confidence, hit, bins = _binned(scores, n_bins)
    gaps = np.zeros((len(bins), n_bins))
    gaps[np.arange(len(bins)), bins] = hit - confidence
    return block_sums(gaps), block_sums(np.ones(len(bins)))


def _binned(scores: pd.DataFrame, n_bins: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Confidence (n,), hit (n,) as float64, and the bin of each token."""
    if n_bins < 1:
        raise ValueError(f"n_bins must be at least 1, however: {n_bins=}")
    confidence = scores["top_probability"].to_numpy(np.float64)
    bins = np.minimum((confidence * n_bins).astype(np.int64), n_bins - 1)
    return confidence, scores["hit"].to_numpy(np.float64), bins
