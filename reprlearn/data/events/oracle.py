"""The best prediction there is on a synthetic log, in the log's own type ids: the yardstick of its event models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from reprlearn.data.events.ground_truth import TYPES, GroundTruth, Range, range_weights
from reprlearn.data.events.sequences import Sequences


@dataclass(frozen=True)
class Losses:
    """Nats an event of the Bayes-optimal prediction, with the scalar known and without it."""

    with_scalar: float
    without_scalar: float

    @property
    def gap(self) -> float:
        return self.without_scalar - self.with_scalar


@dataclass(frozen=True)
class Oracle:
    """What is true of a synthetic log.

    types:     the log's types, V in all, ``<oov>`` (probability zero) first
    expected:  the losses in the mean over all logs of this kind
    nll:       split -> the losses on the events of that split, those with a next event
    """

    truth: GroundTruth
    types: tuple[str, ...]
    expected: Losses
    nll: Mapping[str, Losses]

    @classmethod
    def of(cls, truth: GroundTruth, types: tuple[str, ...], splits: Mapping[str, Sequences]) -> Oracle:
        """The oracle of a log with these types and splits."""
        bare = cls(truth, types, Losses(*truth.expected_nll), {})
        nll = {}
        for split, part in splits.items():
            with_scalar, without = bare.event_nll(part)
            nll[split] = Losses(float(with_scalar.mean()), float(without.mean()))
        return replace(bare, nll=nll)

    @property
    def ranges(self) -> tuple[Range, ...]:
        """The R true ranges of the scalar, in minutes and in order."""
        return self.truth.ranges

    def range_weights(self, values: np.ndarray) -> np.ndarray:
        """(n, R) how much each range holds at n values in minutes: the true soft buckets. Rows sum to 1."""
        return range_weights(values)

    def next_type_probabilities(self, type_ids: np.ndarray, values: np.ndarray) -> np.ndarray:
        """(n, V) the true probability of each next type after events of these types that lasted `values` minutes.

        Where a value is NaN, the probability without the scalar.
        """
        own = self._own[type_ids]
        assert (own >= 0).all(), "a synthetic log has no rare types"
        probabilities = np.zeros((len(own), len(self.types)))
        probabilities[:, self._own >= 0] = self.truth.next_type(own, values)[:, self._own[self._own >= 0]]
        return probabilities

    def event_nll(self, sequences: Sequences) -> tuple[np.ndarray, np.ndarray]:
        """Nats of each of M events that have a next one, in their order: (M,) with the scalar and (M,) without."""
        rows = np.flatnonzero(sequences.has_target)
        at, targets = np.arange(len(rows)), sequences.type_ids[rows + 1]
        values = sequences.scalars[rows, 0]
        known = self.next_type_probabilities(sequences.type_ids[rows], values)
        unknown = self.next_type_probabilities(sequences.type_ids[rows], np.full(len(rows), np.nan))
        return -np.log(known[at, targets]), -np.log(unknown[at, targets])

    @cached_property
    def _own(self) -> np.ndarray:
        """(V,) the ground truth's index of each of the log's types; -1 for ``<oov>``."""
        return np.array([TYPES.index(name) if name in TYPES else -1 for name in self.types])
