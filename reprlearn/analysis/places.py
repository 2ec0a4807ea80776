"""Event types that are places: drawn where they are, and how much of that a model found by itself.

For each pair of places the great-circle distance d (haversine formula, a round Earth of radius 6371 km) stands beside
the cosine distance c of their vectors:

    d = 2 R asin sqrt(sin^2(dlat / 2) + cos lat_a cos lat_b sin^2(dlon / 2))      c = 1 - a . b / (|a| |b|)

The measure is Spearman's rank correlation of d and c over all pairs. Pairs share places, so they are not independent,
and its p-value comes from Mantel's test (1967): the places are permuted over the vectors, and p is the share of
permutations, the data's own order among them, whose correlation is at least as high.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from reprlearn.runs import Run

EARTH_RADIUS_KM = 6371.0
MIN_COUNT = 100
"""The vector of a place seen less often in training has hardly moved from where it began, which was chance."""


@dataclass(frozen=True)
class Geography:
    """How much geography a matrix holds.

    correlation: Spearman's, of great-circle and cosine distance over the pairs, in [-1, 1]
    p_value:     Mantel's, one-sided (near places have near vectors)
    n_places, min_count: so many places, each seen at least so many times in training
    pairs:       a, b (words), km, cosine_distance; a row a pair
    """

    correlation: float
    p_value: float
    n_places: int
    min_count: int
    pairs: pd.DataFrame


def has_places(run: Run) -> bool:
    """Whether at least three types of the run have a known place: fewer make no map."""
    return sum(place is not None for place in _type_places(run)) >= 3


def places(run: Run) -> pd.DataFrame:
    """word_id, word, x (longitude), y (latitude), degrees: types with a known place, in the order of their ids.

    ValueError for a run whose types are no places.
    """
    if not has_places(run):
        raise ValueError("the event types of this run are no places: fewer than three have a longitude and latitude")
    known = [(i, *place) for i, place in enumerate(_type_places(run)) if place is not None]
    ids = np.array([i for i, _, _ in known], dtype=np.int32)
    return pd.DataFrame(
        {
            "word_id": ids,
            "word": np.array(run.vocabulary.words, dtype=object)[ids],
            "x": np.array([longitude for _, longitude, _ in known]),
            "y": np.array([latitude for _, _, latitude in known]),
        }
    )


def great_circle_km(longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
    """(n, n) km between places given in degrees, (n,) each."""
    lon, lat = np.radians(longitude), np.radians(latitude)
    half = np.sin((lat[:, None] - lat) / 2) ** 2
    half += np.cos(lat)[:, None] * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half.clip(0, 1)))


def geography(
    run: Run, which: str = "input", min_count: int = MIN_COUNT, n_permutations: int = 999, seed: int = 0
) -> Geography:
    """How much geography the `input` or `output` matrix holds, with a Mantel test of so many permutations.

    min_count: places seen fewer times in training are left out.
    ValueError for a run whose types are no places, and where fewer than three are left.
    """
    from scipy.stats import rankdata

    table: Any = places(run)
    table = table[np.asarray(run.vocabulary.counts)[table["word_id"]] >= min_count]
    if len(table) < 3:
        raise ValueError(f"fewer than three places are seen {min_count} times or more in training")
    vectors = np.asarray(run.matrix(which), dtype=np.float64)[table["word_id"]]
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    km = great_circle_km(table["x"].to_numpy(), table["y"].to_numpy())
    n, (a, b) = len(table), np.triu_indices(len(table), k=1)
    distance = 1 - vectors @ vectors.T
    far, apart = rankdata(km[a, b]), rankdata(distance[a, b])
    far, apart = (ranks - ranks.mean() for ranks in (far, apart))
    scale = float(np.sqrt((far @ far) * (apart @ apart))) or 1.0
    # Ranks stay with their pairs when places are permuted, so they are computed once.
    square = np.zeros((n, n))
    square[a, b] = square[b, a] = far
    draw = np.random.default_rng(seed)
    null = np.empty(n_permutations)
    for i in range(n_permutations):
        order = draw.permutation(n)
        null[i] = square[order[a], order[b]] @ apart / scale
    correlation = float(far @ apart) / scale
    # Room for rounding: a permutation that changes nothing counts as at least as high.
    as_high = int((null >= correlation - 1e-12).sum())
    words = table["word"].to_numpy()
    pairs = pd.DataFrame({"a": words[a], "b": words[b], "km": km[a, b], "cosine_distance": distance[a, b]})
    p_value = (1 + as_high) / (1 + n_permutations)
    return Geography(correlation, p_value, n, min_count, pairs)


def _type_places(run: Run) -> tuple[tuple[float, float] | None, ...]:
    """Longitude and latitude of each type; nothing where the run's words are no places."""
    return getattr(run.vocabulary, "type_places", None) or ()
