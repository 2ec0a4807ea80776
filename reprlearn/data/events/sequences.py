"""Sequences of events, one after the other in flat arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SHORTEST_GAP_HOURS = 1 / 3600
"""Events at the same moment count as a second apart where the logarithm of a gap is taken."""


@dataclass(frozen=True)
class Sequences:
    """n sequences of N events in all; read only. Row i holds the event i.

    names:     (n,) one a sequence
    offsets:   (n + 1,) int64; sequence k is the rows ``offsets[k]`` up to ``offsets[k + 1]``, in the order of time
    type_ids:  (N,) int32
    times:     (N,) float64 hours
    scalars:   (N, S) float32 in raw units, NaN where missing. An observed scalar in row i is about the event i; one
               that is known ahead is about the *next* event (what is known of the event to be predicted), so that it
               is NaN in the last row of a sequence, which has no target.
    """

    names: tuple[str, ...]
    offsets: np.ndarray
    type_ids: np.ndarray
    times: np.ndarray
    scalars: np.ndarray

    def __post_init__(self) -> None:
        n_events = int(self.offsets[-1])
        assert len(self.offsets) == len(self.names) + 1 and self.offsets[0] == 0
        assert self.type_ids.shape == self.times.shape == self.scalars.shape[:1] == (n_events,)
        assert self.offsets.dtype == np.int64 and self.type_ids.dtype == np.int32
        assert self.times.dtype == np.float64 and self.scalars.dtype == np.float32
        for array in (self.offsets, self.type_ids, self.times, self.scalars):
            array.setflags(write=False)

    def __len__(self) -> int:
        return len(self.names)

    @property
    def n_events(self) -> int:
        return len(self.type_ids)

    @property
    def lengths(self) -> np.ndarray:
        """(n,) int64 events of each sequence."""
        return np.diff(self.offsets)

    @property
    def has_target(self) -> np.ndarray:
        """(N,) bool: the event has a next one in its sequence."""
        mask = np.ones(self.n_events, dtype=bool)
        mask[self.offsets[1:] - 1] = False
        return mask

    @property
    def gaps_ahead(self) -> np.ndarray:
        """(N,) float64 hours to the next event of the sequence; NaN in its last row."""
        gaps = np.full(self.n_events, np.nan)
        gaps[:-1] = np.diff(self.times)
        gaps[self.offsets[1:] - 1] = np.nan
        return gaps

    @property
    def log_gaps_ahead(self) -> np.ndarray:
        """(N,) float64 natural logarithm of `gaps_ahead`, none shorter than `SHORTEST_GAP_HOURS`."""
        return np.log(np.maximum(self.gaps_ahead, SHORTEST_GAP_HOURS))

    def events_of(self, sequence: int) -> slice:
        """The rows of the sequence with this position."""
        return slice(int(self.offsets[sequence]), int(self.offsets[sequence + 1]))

    def take(self, sequences: np.ndarray) -> Sequences:
        """Those sequences (positions), in that order."""
        lengths = self.lengths[sequences]
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        # Each row's place in its new sequence, counted from where the old sequence begins.
        rows = np.arange(offsets[-1]) + np.repeat(self.offsets[sequences] - offsets[:-1], lengths)
        names = tuple(self.names[i] for i in sequences)
        return Sequences(names, offsets, self.type_ids[rows], self.times[rows], self.scalars[rows])


def ahead(values: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """(N,) the value of the next event of the sequence, NaN in its last row: how a known-ahead scalar is laid out."""
    moved = np.full(len(values), np.nan, dtype=values.dtype)
    moved[:-1] = values[1:]
    moved[offsets[1:] - 1] = np.nan
    return moved


def gaps_since(times: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """(N,) float64 hours since the previous event of the sequence, NaN in its first row."""
    gaps = np.full(len(times), np.nan)
    gaps[1:] = np.diff(times)
    gaps[offsets[:-1]] = np.nan
    return gaps


def in_sequences(
    codes: np.ndarray, names: np.ndarray, times: np.ndarray, least: int
) -> tuple[tuple[str, ...], np.ndarray, np.ndarray, int]:
    """Bring rows into sequences: by sequence, then by time, events of equal time in the order of the rows.

    codes:  (M,) the sequence of each row, an index into `names`; -1: in none, left out
    times:  (M,) hours
    least:  sequences of fewer events are left out
    Returns the names kept, their offsets, the rows in the new order, and how many sequences were left out.
    """
    counts = np.bincount(codes[codes >= 0], minlength=len(names))
    kept = counts >= least
    rows = np.flatnonzero((codes >= 0) & kept[codes])
    rows = rows[np.lexsort((times[rows], codes[rows]))]
    offsets = np.concatenate([[0], np.cumsum(counts[kept])]).astype(np.int64)
    n_dropped = int(np.count_nonzero((counts > 0) & ~kept))
    return tuple(str(name) for name in names[kept]), offsets, rows, n_dropped
