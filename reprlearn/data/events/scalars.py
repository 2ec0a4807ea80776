"""A scalar of an event log: what it means, and what its training values look like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reprlearn.data.config import DataError
from reprlearn.data.event_config import ScalarColumn, Transform
from reprlearn.data.events.sequences import Sequences

QUANTILES = (0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0)
"""The shares of the training values that lie at or below each of a scalar's `quantiles`."""

GAP_CORRELATION = 0.999
"""A known-ahead scalar that follows the gap to the next event this closely is that gap, in whatever unit."""


@dataclass(frozen=True)
class Scalar:
    """A numeric input beside the event type.

    quantiles:      the training values at `QUANTILES`, raw unit
    mean, scale:    mean and standard deviation of the transformed training values; 0 and 1 for a cyclic scalar, whose
                    sine and cosine need none, and 1 for the scale of a constant
    missing_share:  share of the training events without a value, the last of each sequence not counted where the
                    scalar is known ahead (nothing comes after it)
    is_gap_ahead:   tells the time to the next event, which must then not be predicted from it
    """

    name: str
    unit: str
    known_ahead: bool
    transform: Transform
    period: float | None
    quantiles: tuple[float, ...]
    mean: float
    scale: float
    missing_share: float
    is_gap_ahead: bool = False


def describe_scalar(column: ScalarColumn, values: np.ndarray, training: Sequences) -> Scalar:
    """The scalar with what is measured on its training `values`, (N,) float32. Raises DataError: no value at all."""
    rows = training.has_target if column.known_ahead else np.ones(len(values), dtype=bool)
    there = rows & ~np.isnan(values)
    if not there.any():
        raise DataError(f"the scalar {column.name!r} (column {column.column!r}) has no value in the training sequences")
    raw = values[there].astype(np.float64)
    mean, scale = 0.0, 1.0
    if column.transform != "cyclic":
        transformed = np.arcsinh(raw) if column.transform == "asinh" else raw
        mean = float(transformed.mean())
        scale = float(transformed.std())
        # Of a constant nothing is left but rounding, and dividing by that would make noise of it.
        if scale <= 1e-7 * max(1.0, abs(mean)):
            scale = 1.0
    return Scalar(
        name=column.name,
        unit=column.unit,
        known_ahead=column.known_ahead,
        transform=column.transform,
        period=column.period,
        quantiles=tuple(float(value) for value in np.quantile(raw, QUANTILES)),
        mean=mean,
        scale=scale,
        missing_share=float(1 - there.sum() / max(1, rows.sum())),
        is_gap_ahead=column.known_ahead and _follows(raw, training.gaps_ahead[there]),
    )


def _follows(values: np.ndarray, gaps: np.ndarray) -> bool:
    """Whether the values are the gaps in some unit: a straight line of them."""
    if np.ptp(values) == 0 or np.ptp(gaps) == 0:
        return False
    return bool(abs(np.corrcoef(values, gaps)[0, 1]) > GAP_CORRELATION)
