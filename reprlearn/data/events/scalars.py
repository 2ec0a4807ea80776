"""A scalar of an event log: what it means, and what its training values look like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reprlearn.data.config import DataError
from reprlearn.data.event_config import GAP_SINCE, ScalarColumn, Transform
from reprlearn.data.events.sequences import Sequences

QUANTILES = tuple(i / 100 for i in range(101))
"""The shares of the training values that lie at or below each of a scalar's `quantiles`."""

N_BINS = 120
"""Bins of a scalar's `histogram`."""

GAP_CORRELATION = 0.999
"""A known-ahead scalar that follows the gap to the next event this closely is that gap, in whatever unit."""


@dataclass(frozen=True)
class Scalar:
    """A numeric input beside the event type.

    quantiles:      the training values at `QUANTILES`, raw unit
    histogram:      (N_BINS,) how many training values lie between two neighbours of `bin_edges`
    mean, scale:    mean and standard deviation of the transformed training values; 0 and 1 for a cyclic scalar, whose
                    sine and cosine need none, and 1 for the scale of a constant
    missing_share:  share of the training events without a value, the last of each sequence not counted where the
                    scalar is known ahead (nothing comes after it)
    is_gap_since:   is the time since the previous event, in hours
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
    histogram: tuple[int, ...]
    is_gap_since: bool = False
    is_gap_ahead: bool = False

    @property
    def bin_edges(self) -> np.ndarray:
        """(N_BINS + 1,) the edges of the histogram's bins, raw unit: evenly spaced in the transformed value."""
        return _bin_edges(self.quantiles[0], self.quantiles[-1], self.transform)


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
    quantiles = tuple(float(value) for value in np.quantile(raw, QUANTILES))
    return Scalar(
        name=column.name,
        unit=column.unit,
        known_ahead=column.known_ahead,
        transform=column.transform,
        period=column.period,
        quantiles=quantiles,
        mean=mean,
        scale=scale,
        missing_share=float(1 - there.sum() / max(1, rows.sum())),
        histogram=tuple(np.histogram(raw, _bin_edges(quantiles[0], quantiles[-1], column.transform))[0].tolist()),
        is_gap_since=column.column == GAP_SINCE,
        is_gap_ahead=column.known_ahead and _follows(raw, training.gaps_ahead[there]),
    )


def _bin_edges(lowest: float, highest: float, transform: Transform) -> np.ndarray:
    if lowest == highest:  # a constant: one bin around it holds everything
        lowest, highest = lowest - 0.5, highest + 0.5
    if transform != "asinh":
        return np.linspace(lowest, highest, N_BINS + 1)
    edges = np.sinh(np.linspace(np.arcsinh(lowest), np.arcsinh(highest), N_BINS + 1))
    # The way there and back rounds: without this the extreme values would fall out of their bins.
    edges[[0, -1]] = lowest, highest
    return edges


def _follows(values: np.ndarray, gaps: np.ndarray) -> bool:
    """Whether the values are the gaps in some unit: a straight line of them."""
    if np.ptp(values) == 0 or np.ptp(gaps) == 0:
        return False
    return bool(abs(np.corrcoef(values, gaps)[0, 1]) > GAP_CORRELATION)
