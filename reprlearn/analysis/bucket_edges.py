"""Where one bucket hands over to the next, exactly.

With one channel the logits p_k = n w_k + b_k are straight lines, and the heaviest bucket is the uppermost of them: it
changes where two lines cross, at n = (b_j - b_k) / (w_k - w_j). On a circle, n = (sin t, cos t), they are waves, and

    p_k - p_j = A cos(t - f) + c        crosses zero at t = f +- arccos(-c / A), if |c| <= A.

All crossings of all pairs are computed and those kept at which the heaviest bucket changes. Where bucket j hands over
to k, their log-odds (p_k - p_j) / temperature go from -log 9 (90:10) to log 9 (10:90); other buckets are left aside.
The edges do not depend on the temperature, the width of the handover does.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis.bucket_axis import scalar_of, share_below, training_values, value_range
from reprlearn.analysis.buckets import bucket_order, soft_one_hot

if TYPE_CHECKING:
    from reprlearn.data.events.scalars import Scalar
    from reprlearn.nn.soft_one_hot import SoftOneHot
    from reprlearn.runs import Run

NARROWEST = 1e-5
"""Segments narrower than this, in standard deviations or turns, are left out: float32 values can hardly fall into them."""
_DECIDED = float(np.log(9))  # log-odds of 90:10


def segments(run: Run, feature: str) -> pd.DataFrame:
    """bucket, low, high (raw), share (of the training data): where each bucket is the heaviest, in order along the scalar.

    They cover `value_range`. Of a cyclic scalar the last one may go on over the end of the turn: low > high; and a
    bucket may have several.
    """
    scalar, layer = scalar_of(run, feature), soft_one_hot(run, feature)
    edges, buckets = _segments(scalar, layer)
    raw = _raw(layer, edges)
    low, high = value_range(scalar)
    if scalar.period is None:
        raw[0], raw[-1] = low, high  # exactly, not by way of the transform
    elif len(buckets) > 1:
        raw[-1] = raw[0]
    else:
        raw = np.array([low, high])
    return pd.DataFrame(
        {
            "bucket": buckets + 1,
            "low": raw[:-1],
            "high": raw[1:],
            "share": [_share(scalar, start, end) for start, end in itertools.pairwise(raw.tolist())],
        }
    )


def handovers(run: Run, feature: str, temperature: float | None = None) -> pd.DataFrame:
    """value, from_bucket, to_bucket, begins, ends, level: a row for each edge inside `value_range`, ascending.

    begins, ends: raw values at which the two buckets stand 90:10 and 10:90; NaN where they never stand so clearly apart
    (on a circle). level: share of the training data at or below `value`, so that k / P is an edge of even shares.
    """
    scalar, layer = scalar_of(run, feature), soft_one_hot(run, feature)
    temperature = layer.temperature if temperature is None else temperature
    edges, buckets = _segments(scalar, layer)
    if scalar.period is None:
        at, before, after = edges[1:-1], buckets[:-1], buckets[1:]
    else:
        at, before, after = (edges[:-1], np.roll(buckets, 1), buckets) if len(buckets) > 1 else (edges[:0],) * 3
    before, after = before.astype(int), after.astype(int)
    weight, bias = _lines(layer)
    begins, ends = np.empty(len(at)), np.empty(len(at))
    for i, (place, j, k) in enumerate(zip(at, before, after, strict=True)):
        rise, offset = weight[:, k] - weight[:, j], float(bias[k] - bias[j])
        begins[i] = _nearest_crossing(rise, offset + _DECIDED * temperature, place, -1)
        ends[i] = _nearest_crossing(rise, offset - _DECIDED * temperature, place, 1)
    value = _raw(layer, at)
    return pd.DataFrame(
        {
            "value": value,
            "from_bucket": before + 1,
            "to_bucket": after + 1,
            "begins": _raw(layer, begins),
            "ends": _raw(layer, ends),
            "level": share_below(scalar, value),
        }
    ).sort_values("value", ignore_index=True)


def _segments(scalar: Scalar, layer: SoftOneHot) -> tuple[np.ndarray, np.ndarray]:
    """Edges (m + 1,) and the heaviest bucket (m,) between them, in standard deviations or in turns from 0.

    On a circle the first and the last edge are the same place, the last a turn on.
    """
    weight, bias = _lines(layer)
    low, high = (0.0, 1.0) if scalar.period is not None else _ends(scalar, layer)
    crossings = _all_crossings(weight, bias)
    inside = np.unique(crossings[(crossings > low) & (crossings < high)])
    edges = np.concatenate([[low], inside, [high]])
    edges = edges[np.concatenate([[True], np.diff(edges) > NARROWEST])]
    edges[-1] = high
    middle = (edges[1:] + edges[:-1]) / 2
    heaviest = (_channels(middle, len(weight)) @ weight + bias).argmax(axis=1)
    changes = np.flatnonzero(np.diff(heaviest)) + 1
    kept, buckets = edges[np.concatenate([[0], changes])], heaviest[np.concatenate([[0], changes])]
    if scalar.period is not None and len(buckets) > 1:
        if buckets[0] == buckets[-1]:  # the segment that goes over the end of the turn is one, and comes last
            kept, buckets = kept[1:], buckets[1:]
        return np.append(kept, kept[0] + 1), buckets
    return np.append(kept, high), buckets


def _lines(layer: SoftOneHot) -> tuple[np.ndarray, np.ndarray]:
    """W (C, P) and b (P,), float64, ordered along the scalar."""
    order = bucket_order(layer)
    weight, bias = layer.weight.detach().numpy(), layer.bias.detach().numpy()
    return weight[:, order].astype(np.float64), bias[order].astype(np.float64)


def _channels(places: np.ndarray, n_channels: int) -> np.ndarray:
    """(n, C) the channels at places (n,) in standard deviations or turns."""
    if n_channels == 1:
        return places[:, None]
    return np.stack([np.sin(2 * np.pi * places), np.cos(2 * np.pi * places)], axis=1)


def _all_crossings(weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Every place where two of the P logits are equal."""
    j, k = np.triu_indices(len(bias), 1)
    return _crossings(weight[:, k] - weight[:, j], bias[k] - bias[j]).ravel()


def _crossings(rise: np.ndarray, offset: np.ndarray) -> np.ndarray:
    """(m,) or on a circle (2, m): the places where n @ rise + offset is zero, rise (C, m); NaN where there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if len(rise) == 1:
            return np.where(rise[0] != 0, -offset / rise[0], np.nan)
        amplitude, turned = np.hypot(*rise), np.arctan2(rise[0], rise[1])
        apart = np.arccos(-offset / amplitude)
    return np.remainder(np.stack([turned - apart, turned + apart]) / (2 * np.pi), 1.0)


def _nearest_crossing(rise: np.ndarray, offset: float, place: float, direction: int) -> float:
    """The first place from `place` onwards (direction 1) or backwards (-1) where n @ rise + offset is zero, or NaN."""
    found = np.ravel(_crossings(rise[:, None], np.array([offset])))
    if len(rise) == 1:
        return float(found[0])
    if np.isnan(found).any():
        return float("nan")
    ways = np.remainder(direction * (found - place), 1.0)
    return float(np.remainder(found[ways.argmin()], 1.0))


def _ends(scalar: Scalar, layer: SoftOneHot) -> tuple[float, float]:
    import torch

    low, high = layer.transform.position(torch.tensor(value_range(scalar), dtype=torch.float64)).tolist()
    return low, high


def _raw(layer: SoftOneHot, places: np.ndarray) -> np.ndarray:
    """Raw values (n,) of places in standard deviations or turns, float64."""
    facts = layer.transform.facts
    if facts.period is not None:
        return np.remainder(places, 1.0) * facts.period
    unscaled = places * float(layer.transform.scale) + float(layer.transform.mean)
    if facts.transform == "asinh":
        # Infinite where a handover that hardly rises ends beyond all numbers.
        with np.errstate(over="ignore"):
            return np.sinh(unscaled)
    return unscaled


def _share(scalar: Scalar, low: float, high: float) -> float:
    """Share of the training data in (low, high], which on a circle may go over the end of the turn."""
    if scalar.period is None:
        # The ends of the range hold the values beyond them too.
        start, end = value_range(scalar)
        below, up_to = share_below(scalar, np.array([low, high]))
        return float((1.0 if high >= end else up_to) - (0.0 if low <= start else below))
    held = np.remainder(training_values(scalar).astype(np.float64), scalar.period)
    inside = (held > low) & (held <= high) if low < high else (held > low) | (held <= high)
    return float(inside.mean())
