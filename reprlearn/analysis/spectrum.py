"""How an embedding matrix fills its space: singular values, effective rank, and how alike its rows are.

share of variance of singular value i:  s_i^2 / sum_j s_j^2
effective rank:   exp(-sum_i p_i log p_i),  p_i = s_i / sum_j s_j     (Roy & Vetterli 2007)
mean cosine:      mean over all pairs of words i != j of cos(e_i, e_j)

Gao et al. 2019 (arXiv 1907.12009): trained tables drift into a narrow cone, where nearly all cosines are positive. The
mean cosine alone misleads, since one direction common to all words makes most of it: so it is told before and after the
mean vector is taken off ("centred").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis import leading_words

if TYPE_CHECKING:
    from reprlearn.runs import Run

SUMMARY = tuple(
    f"{name}{suffix}" for suffix in ("", "_centred") for name in ("effective_rank", "mean_cosine", "top_share")
)


def spectrum(matrix: np.ndarray, centred: bool = False) -> pd.DataFrame:
    """The singular values of a matrix (V, D), largest first: index (from 1), singular_value, share (of the variance),
    cumulative. Of the centred matrix where `centred`.

    A matrix of zeros has no shares: they are NaN. ValueError where it has no row or no column, or entries that are not finite.
    """
    values = _singular_values(_prepared(matrix, centred))
    share = _variance_shares(values)
    return pd.DataFrame(
        {
            "index": np.arange(1, len(values) + 1),
            "singular_value": values,
            "share": share,
            "cumulative": np.cumsum(share),
        }
    )


def effective_rank(matrix: np.ndarray, centred: bool = False) -> float:
    """Between 1 (all rows on one line) and min(V, D) (every direction counts alike); NaN for a matrix of zeros."""
    return _effective_rank(_singular_values(_prepared(matrix, centred)))


def mean_cosine(matrix: np.ndarray, centred: bool = False) -> float:
    """Mean cosine over all pairs of different rows of (V, D), exactly, from the sum of the unit rows alone:

        (|sum_i u_i|^2 - sum_i |u_i|^2) / (V (V - 1))

    A zero row has the cosine 0 with every other. ValueError for fewer than two rows.
    """
    matrix = _prepared(matrix, centred)
    n = len(matrix)
    if n < 2:
        raise ValueError(f"a cosine takes two rows, however: {matrix.shape=}")
    norms = np.linalg.norm(matrix, axis=1)
    units = matrix / np.where(norms > 0, norms, 1)[:, None]
    return float((np.square(units.sum(axis=0)).sum() - (norms > 0).sum()) / (n * (n - 1)))


def summary(matrix: np.ndarray) -> dict[str, float]:
    """effective_rank, mean_cosine and top_share (of the variance, of the largest singular value), and each of the centred
    matrix as well, under its name and "_centred".
    """
    found = {}
    for centred, suffix in ((False, ""), (True, "_centred")):
        values = _singular_values(_prepared(matrix, centred))
        found[f"effective_rank{suffix}"] = _effective_rank(values)
        found[f"mean_cosine{suffix}"] = mean_cosine(matrix, centred)
        found[f"top_share{suffix}"] = float(_variance_shares(values)[0])
    return found


def occurring(run: Run, which: str) -> np.ndarray:
    """The rows (n, D) of the words that stand in the training text: what a model does to others says nothing of words."""
    return run.matrix(which)[leading_words.occurring(run)]


def run_spectra(run: Run, centred: bool = False) -> pd.DataFrame:
    """`spectrum` of each distinct matrix of a run, over the words that occur: matrix ("input", "output"), then its columns."""
    parts = [
        spectrum(occurring(run, which), centred).assign(matrix=which).astype({"matrix": object})
        for which in run.card.distinct_matrices
    ]
    return pd.concat(parts, ignore_index=True)


def run_summaries(run: Run) -> pd.DataFrame:
    """`summary` of each distinct matrix of a run, over the words that occur: matrix, width, n_words, then its values."""
    rows = []
    for which in run.card.distinct_matrices:
        matrix = occurring(run, which)
        rows.append({"matrix": which, "width": matrix.shape[1], "n_words": len(matrix), **summary(matrix)})
    return pd.DataFrame(rows)


def _prepared(matrix: np.ndarray, centred: bool) -> np.ndarray:
    """Double precision, the mean row taken off where asked for."""
    matrix = np.asarray(matrix, dtype=np.float64)
    if matrix.ndim != 2 or 0 in matrix.shape or not np.isfinite(matrix).all():
        raise ValueError(f"a matrix of finite numbers (V, D) is needed, however: {matrix.shape=}")
    return matrix - matrix.mean(axis=0) if centred else matrix


def _singular_values(matrix: np.ndarray) -> np.ndarray:
    """Largest first, min(V, D). Of the triangle of a QR: the same values, and no V x D factor is made."""
    return np.linalg.svd(np.linalg.qr(matrix, mode="r"), compute_uv=False)


def _variance_shares(values: np.ndarray) -> np.ndarray:
    total = np.square(values).sum()
    return np.square(values) / total if total > 0 else np.full(len(values), np.nan)


def _effective_rank(values: np.ndarray) -> float:
    values = values[values > 0]
    if not len(values):
        return float("nan")
    shares = values / values.sum()
    return float(np.exp(-(shares * np.log(shares)).sum()))
