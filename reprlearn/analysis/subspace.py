"""How far apart the column spans of two matrices are.

Principal angles (Björck & Golub 1973): with orthonormal bases Q_A and Q_B of the two spans, the cosines of the angles
are the singular values of Q_A^T Q_B, and the sines those of Q_B - Q_A Q_A^T Q_B, which are exact where the angles are
small. The distance is the root of the mean squared sine: 0 for the same span, 1 for orthogonal ones, and for random
spans of dimension d among V about sqrt(1 - d / V).

Inan, Khosravi & Socher 2016 (arXiv 1611.01462) measure so that the augmented loss alone drives the output embedding
into the span of the input embedding. They do not give the norm; this one is ours.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from reprlearn.analysis.results import RESULTS

CELLS = "subspace_distance.csv"
COLUMNS = ["data", "n_tokens", "width", "epochs", "learning_rate", "tau", "beta", "seed", "distance", "random_distance"]


def subspace_distance(a: np.ndarray, b: np.ndarray) -> float:
    """Root of the mean squared sine of the principal angles between the column spans of two matrices (V, d)."""
    return float(np.sqrt(np.square(principal_sines(a, b)).mean()))


def principal_sines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Sines of the principal angles between the column spans of `a` (V, d) and `b` (V, e), largest first, min(d, e).

    `ValueError` where a matrix has more columns than rows, other rows than its partner, or columns that depend on one
    another: such columns span less than they seem to.
    """
    if a.ndim != 2 or b.ndim != 2 or len(a) != len(b):
        raise ValueError(f"two matrices of as many rows each are compared, however: {a.shape=}, {b.shape=}")
    large, small = (_basis(matrix) for matrix in (a, b))
    if large.shape[1] < small.shape[1]:
        large, small = small, large
    outside = small - large @ (large.T @ small)
    # The triangular factor has the same singular values, and is d x d instead of V x d.
    return np.linalg.svd(np.linalg.qr(outside, mode="r"), compute_uv=False).clip(0, 1)


def random_distance(width: int, n_rows: int) -> float:
    """The distance of two random spans of dimension `width` among `n_rows`, about."""
    return float(np.sqrt(1 - width / n_rows))


def _basis(matrix: np.ndarray) -> np.ndarray:
    """Orthonormal columns (V, d) of the same span, double precision."""
    if matrix.shape[1] > matrix.shape[0]:
        raise ValueError(f"columns must not outnumber rows, however: {matrix.shape=}")
    matrix = matrix.astype(np.float64)
    scale = np.linalg.norm(matrix, axis=0)
    q, r = np.linalg.qr(matrix / np.where(scale > 0, scale, 1))
    # Of unit columns, one that lies in the span of those before it leaves nothing on the diagonal.
    if np.abs(np.diag(r)).min() < 1e-10:
        raise ValueError(f"the columns depend on one another: they span less than {matrix.shape[1]} dimensions")
    return q


def cells(folder: Path = RESULTS) -> pd.DataFrame:
    """One row a training and temperature of `benchmarks.subspace_distance`; empty: none was done.

    data, n_tokens, n_types, width, epochs, learning_rate, tau, beta, seed:  what was trained
    distance, random_distance:  between input and output embedding at the end, and that of random spans
    loss, augmented_loss:  J and J_aug at the end, nats a token
    hash:  of the training; one without the augmented loss (beta 0) has a row for every temperature
    """
    path = folder / CELLS
    return pd.read_csv(path) if path.is_file() else pd.DataFrame(columns=COLUMNS)
