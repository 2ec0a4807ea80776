"""Batches of event sequences: padded, sorted by length, cut where they are too long."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

if TYPE_CHECKING:
    from reprlearn.data.events.sequences import Sequences

NOT_SCORED = -100
"""As a target: nothing is predicted here, because the position is padding or its sequence ends."""


class EventBatch(NamedTuple):
    """Events read, and what came after each of them. Rows are padded at their end with type 0 and missing scalars.

    `targets` are the types of the next events or `NOT_SCORED`; `log_gaps` the logarithms of the hours to them, NaN
    where nothing is scored. `n_scored` is how many targets there are: of a batch that is shared by several processes,
    the mean over them, so that the mean of their losses weighs every event the same.
    """

    types: Int[Tensor, "batch time"]
    scalars: Float[Tensor, "batch time n"]
    targets: Int[Tensor, "batch time"]
    log_gaps: Float[Tensor, "batch time"]
    n_scored: Float[Tensor, ""]

    @property
    def n_targets(self) -> float:
        return self.n_scored.item()


class Pieces:
    """Stretches of sequences, at most `max_length` events each; all of a split's events, each once.

    n_of, first_of:   (n,) how many pieces each sequence has, and the number of its first; the others follow it
    starts, lengths:  the row in which each piece begins, and its events
    """

    def __init__(self, sequences: Sequences, max_length: int) -> None:
        starts, stops = sequences.offsets[:-1], sequences.offsets[1:]
        self.n_of = -(-(stops - starts) // max_length)
        self.first_of = np.cumsum(self.n_of) - self.n_of
        nth = np.arange(self.n_of.sum()) - np.repeat(self.first_of, self.n_of)
        self.starts = np.repeat(starts, self.n_of) + nth * max_length
        self.lengths = np.minimum(np.repeat(stops, self.n_of) - self.starts, max_length)
        self._sequences = sequences
        targets = np.full(sequences.n_events, NOT_SCORED, dtype=np.int64)
        rows = np.flatnonzero(sequences.has_target)
        targets[rows] = sequences.type_ids[rows + 1]
        self._n_scored = np.add.reduceat(targets != NOT_SCORED, self.starts, dtype=np.int64)
        self._targets, self._log_gaps = targets, sequences.log_gaps_ahead.astype(np.float32)

    def __len__(self) -> int:
        return len(self.starts)

    def batch(self, pieces: np.ndarray, rank: int = 0, n_ranks: int = 1) -> EventBatch:
        """The pieces with these numbers, one a row; of several processes, one's share of them."""
        mine = pieces[rank::n_ranks]
        steps = np.arange(self.lengths[mine].max())
        there = steps < self.lengths[mine, None]
        rows = np.where(there, self.starts[mine, None] + steps, 0)
        return EventBatch(
            types=torch.from_numpy(np.where(there, self._sequences.type_ids[rows], 0).astype(np.int64)),
            scalars=torch.from_numpy(np.where(there[..., None], self._sequences.scalars[rows], np.float32(np.nan))),
            targets=torch.from_numpy(np.where(there, self._targets[rows], NOT_SCORED)),
            log_gaps=torch.from_numpy(np.where(there, self._log_gaps[rows], np.float32(np.nan))),
            n_scored=torch.tensor(max(1, self._n_scored[pieces].sum()) / n_ranks, dtype=torch.float32),
        )


def n_batches(n_pieces: int, batch_size: int) -> int:
    """Batches an epoch has."""
    return math.ceil(n_pieces / batch_size)


def shuffled_batches(lengths: np.ndarray, batch_size: int, generator: np.random.Generator) -> Iterator[np.ndarray]:
    """The pieces of an epoch's batches, (about batch_size,) each: alike in length within a batch, so that little is
    padding, and the batches in random order. Pieces of equal length meet others in each epoch.
    """
    order = np.lexsort((generator.random(len(lengths)), lengths))
    # Equal shares: a short last batch would weigh its events more than any other.
    batches = np.array_split(order, n_batches(len(lengths), batch_size))
    for i in generator.permutation(len(batches)):
        yield batches[i]
