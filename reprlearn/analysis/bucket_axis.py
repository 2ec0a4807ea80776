"""The axis of a scalar: the range that is drawn, evenly spaced values on it, and where the training data lies.

===========  ==================================  =========================================
transform    place on the axis of a value v      spaced evenly there means
===========  ==================================  =========================================
standardise  v                                   by the same amount
asinh        asinh(v)                            by the same factor, by an amount around 0
cyclic       v mod period                        by the same amount, once around
===========  ==================================  =========================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reprlearn.data.events.scalars import Scalar
    from reprlearn.runs import Run

GRID = 241
"""Values of a sweep: fine enough for a figure of 1,200 pixels."""
OUTLYING = 1 / 3
"""An end of the range is cut where the last percent of the data would take more than this share of the axis."""


def scalar_of(run: Run, feature: str) -> Scalar:
    """The run's scalar called `feature`. ValueError names those there are."""
    scalars: tuple[Scalar, ...] = run.vocabulary.scalars  # pyright: ignore[reportAttributeAccessIssue]
    for scalar in scalars:
        if scalar.name == feature:
            return scalar
    there = ", ".join(scalar.name for scalar in scalars) or "none"
    raise ValueError(f"there is no scalar {feature!r}; there are: {there}")


def positions(scalar: Scalar, values: np.ndarray) -> np.ndarray:
    """Places of raw values on the scalar's axis, float64: the value itself, its asinh, or its place in [0, period)."""
    values = np.asarray(values, dtype=np.float64)
    if scalar.transform == "cyclic":
        assert scalar.period is not None
        return np.remainder(values, scalar.period)
    return np.arcsinh(values) if scalar.transform == "asinh" else values


def values_at(scalar: Scalar, places: np.ndarray) -> np.ndarray:
    """The raw values at places on the axis: the inverse of `positions`."""
    places = np.asarray(places, dtype=np.float64)
    return np.sinh(np.clip(places, -80, 80)) if scalar.transform == "asinh" else places


def value_range(scalar: Scalar) -> tuple[float, float]:
    """Lowest and highest raw value that is drawn: of the training data, or a whole turn of a cyclic scalar.

    Where the lowest or highest percent of the data is so far out that it would take a third of the axis
    (`OUTLYING`), it is left out: the range then ends at the 1 % or the 99 % quantile.
    """
    if scalar.transform == "cyclic":
        assert scalar.period is not None
        return 0.0, scalar.period
    lowest, low, high, highest = positions(scalar, np.array(scalar.quantiles)[[0, 1, -2, -1]])
    whole = highest - lowest
    first = low if low - lowest > OUTLYING * whole and low < high else lowest
    last = high if highest - high > OUTLYING * whole and low < high else highest
    if first == last:  # a constant still needs an axis
        first, last = first - 1, last + 1
    start, end = values_at(scalar, np.array([first, last]))
    return float(start), float(end)


def value_grid(scalar: Scalar, n: int = GRID) -> np.ndarray:
    """(n,) float32 raw values over `value_range`, evenly spaced on the scalar's axis, ends included."""
    low, high = value_range(scalar)
    if scalar.transform == "asinh":
        return values_at(scalar, np.linspace(np.arcsinh(low), np.arcsinh(high), n)).astype(np.float32)
    return np.linspace(low, high, n, dtype=np.float32)


def training_values(scalar: Scalar, n_between: int = 8) -> np.ndarray:
    """(100 * n_between,) float32 raw values that stand for the training data, each for the same share of it.

    They lie between the 101 stored quantiles, evenly on the scalar's axis.
    """
    places = _ascending_places(scalar)
    shares = (np.arange(n_between) + 0.5) / n_between
    between = places[:-1, None] + shares * np.diff(places)[:, None]
    return values_at(scalar, between.ravel()).astype(np.float32)


def share_below(scalar: Scalar, values: np.ndarray) -> np.ndarray:
    """(n,) share of the training data at or below raw values (n,), between the stored quantiles on a straight line."""
    places = _ascending_places(scalar)
    at = np.arcsinh(values) if scalar.transform == "asinh" else np.asarray(values, dtype=np.float64)
    # Not np.interp: of quantiles that coincide the last counts, for all of those values lie at or below.
    last = len(places) - 1
    left = np.clip(np.searchsorted(places, at, side="right") - 1, 0, last - 1)
    gap = places[left + 1] - places[left]
    part = np.clip((at - places[left]) / np.where(gap > 0, gap, 1.0), 0.0, 1.0)
    return np.where(at >= places[-1], 1.0, np.where(at < places[0], 0.0, (left + part) / last))


def quantile_edges(run: Run, feature: str, n_buckets: int | None = None) -> np.ndarray:
    """(m,) raw training quantiles at k / n_buckets, 0 < k < n_buckets, that share the data out evenly; equal ones once.

    n_buckets: by default as many as the model has, in whatever form.
    """
    scalar = scalar_of(run, feature)
    n = run.model.config.n_buckets if n_buckets is None else n_buckets
    places = _ascending_places(scalar)
    cut = np.unique(np.interp(np.arange(1, n) / n, np.linspace(0, 1, len(places)), places))
    return values_at(scalar, cut[(cut > places[0]) & (cut < places[-1])])


def _ascending_places(scalar: Scalar) -> np.ndarray:
    """(101,) the stored quantiles on the axis. Not wrapped: values of a cyclic scalar may leave [0, period)."""
    quantiles = np.asarray(scalar.quantiles, dtype=np.float64)
    return np.arcsinh(quantiles) if scalar.transform == "asinh" else quantiles
