"""How the types expected next depend on a scalar over many sequences, not in one alone.

At one event of each of n sequences the scalar is swept through the values x while all else stays:

    line k        f_k(x) = P(type | sequence k, the scalar of its event at x)    individual conditional expectation
                                                                                 (Goldstein et al. 2015)
    dependence    f(x) = mean of f_k(x) over k                                   partial dependence (Friedman 2001)

The band is the 10 % and 90 % quantile of the lines at each x: where lines run in parallel it tells of different levels,
where they cross of an effect that differs between sequences. Values that do not go with the rest of an event are swept
through all the same, so read the density of the data beside it.

Prefixes of all lengths are read as one batch that shrinks: sorted by length, each keeps its state where it ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reprlearn.analysis.event_sequences import scalar_index, split_of, type_columns, vocabulary_of
from reprlearn.analysis.event_steps import State, carry, check_log, step

if TYPE_CHECKING:
    from reprlearn.data.events.log import EventLog
    from reprlearn.data.events.scalars import Scalar
    from reprlearn.data.events.sequences import Sequences
    from reprlearn.runs import Run

BAND = (0.1, 0.9)
# Events read and probabilities held at a time, whatever the sequences' lengths and the number of types.
_PIECE, _MOST_PROBABILITIES = 512, 4_000_000


@dataclass(frozen=True)
class PartialDependence:
    """How types depend on a scalar.

    summary: value, type_id, type, label, word, mean, low, high; a row a type and value
    lines:   value, type_id, sequence_id, position, probability; a row a type, sequence and value
    n_sequences: how many were asked; fewer than wanted where the split has no more
    """

    feature: str
    n_sequences: int
    summary: pd.DataFrame
    lines: pd.DataFrame


def partial_dependence(
    run: Run,
    log: EventLog,
    feature: str,
    values: Sequence[float] | np.ndarray,
    type_ids: Sequence[int] | None = None,
    n_sequences: int = 200,
    seed: int = 0,
    split: str = "test",
    n_types: int = 6,
) -> PartialDependence:
    """Sweep a scalar at one random event, not the last, of each of `n_sequences` random sequences.

    values: (n,) raw.  type_ids: the types told of; None: the `n_types` whose mean moves farthest, over those values
    that lie between the 1 % and 99 % quantiles of the training data (beyond, a model only guesses).
    ValueError for a scalar, split or type that is not there, and for a log that is not the run's.
    """
    check_log(run, log)
    column = scalar_index(vocabulary_of(run).scalars, feature)
    values = np.asarray(values, dtype=np.float64)
    sequences = split_of(log, split)
    chosen, positions = draw_events(sequences, n_sequences, seed)
    rows = sequences.offsets[chosen] + positions
    state = states_before(run.model, sequences, chosen, positions)
    asked = sequences.type_ids[rows], sequences.scalars[rows]

    def swept() -> Iterator[np.ndarray]:
        return _sweeps(run.model, state, *asked, column, values, len(log.types))

    if type_ids is None:
        mean = np.zeros((len(values), len(log.types)))
        for part in swept():
            mean += part.sum(axis=0, dtype=np.float64) / len(rows)
        ids = np.argsort(-np.ptp(mean[_seen(log.scalars[column], values)], axis=0), kind="stable")[:n_types]
    else:
        ids = np.asarray(type_ids, dtype=np.int64)
        if ((ids < 0) | (ids >= len(log.types))).any():
            raise ValueError(f"types have the ids 0 to {len(log.types) - 1}, however: {list(type_ids)}")
    found = np.concatenate([part[:, :, ids] for part in swept()]).astype(np.float64)  # (sequences, values, types)
    names = np.array(sequences.names, dtype=object)[chosen]
    return PartialDependence(
        feature, len(rows), _summary(run, values, ids, found), _lines(values, ids, names, positions, found)
    )


def _seen(scalar: Scalar, values: np.ndarray) -> np.ndarray:
    """(n,) bool: which values lie where training data are; all, where none does."""
    low, high = np.quantile(scalar.quantiles, [0.01, 0.99])
    inside = (values >= low) & (values <= high)
    return inside if inside.any() else np.ones(len(values), dtype=bool)


def draw_events(sequences: Sequences, n_sequences: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """One event, any but the last, of each of `n_sequences` different sequences (all, where there are no more):
    which sequences (n,), and the positions in them (n,).
    """
    draw = np.random.default_rng(seed)
    able = np.flatnonzero(sequences.lengths > 1)
    chosen = np.sort(draw.permutation(able)[:n_sequences])
    return chosen, draw.integers(0, sequences.lengths[chosen] - 1)


def states_before(model: Any, sequences: Sequences, chosen: np.ndarray, positions: np.ndarray) -> State:
    """What the model made of the first `positions` (n,) events of each of the `chosen` (n,) sequences."""
    order = np.argsort(-positions, kind="stable")
    starts, ends = sequences.offsets[chosen][order], positions[order]
    kept: tuple[np.ndarray, ...] | None = None
    begin = 0
    while (active := int((ends > begin).sum())) > 0:
        # Up to where the shortest of them ends; the others go on from there.
        end = min(int(ends[active - 1]), begin + _PIECE)
        rows = starts[:active, None] + np.arange(begin, end)
        before = None if kept is None else tuple(part[:, :active] for part in kept)
        after = carry(model, before, sequences.type_ids[rows], sequences.scalars[rows])
        assert after is not None
        # Zeros are what a recurrent layer starts from, so they stand for the empty prefixes.
        kept = kept or tuple(np.zeros((part.shape[0], len(order), part.shape[2]), part.dtype) for part in after)
        for whole, part in zip(kept, after, strict=True):
            whole[:, :active] = part
        begin = end
    back = np.argsort(order)
    return None if kept is None else tuple(part[:, back] for part in kept)


def _sweeps(
    model: Any,
    state: State,
    type_ids: np.ndarray,
    scalars: np.ndarray,
    column: int,
    values: np.ndarray,
    n_types: int,
) -> Iterator[np.ndarray]:
    """Probabilities (sequences, values, V) of a few sequences at a time, all in their order."""
    n_values = len(values)
    n_at_once = max(1, _MOST_PROBABILITIES // max(1, n_values * n_types))
    for begin in range(0, len(type_ids), n_at_once):
        part = slice(begin, begin + n_at_once)
        moved = np.repeat(scalars[part], n_values, axis=0)
        moved[:, column] = np.tile(values, len(moved) // n_values)
        before = None if state is None else tuple(np.repeat(layers[:, part], n_values, axis=1) for layers in state)
        found = step(model, before, np.repeat(type_ids[part], n_values), moved)
        yield found.reshape(-1, n_values, found.shape[-1])


def _summary(run: Run, values: np.ndarray, ids: np.ndarray, found: np.ndarray) -> pd.DataFrame:
    low, high = np.quantile(found, BAND, axis=0)
    return pd.DataFrame(
        {
            "value": np.tile(values, len(ids)),
            **type_columns(vocabulary_of(run), np.repeat(ids, len(values))),
            "mean": found.mean(axis=0).T.ravel(),
            "low": low.T.ravel(),
            "high": high.T.ravel(),
        }
    )


def _lines(
    values: np.ndarray, ids: np.ndarray, names: np.ndarray, positions: np.ndarray, found: np.ndarray
) -> pd.DataFrame:
    n_sequences, n_values, n_types = found.shape
    return pd.DataFrame(
        {
            "value": np.tile(values, n_types * n_sequences),
            "type_id": np.repeat(ids, n_sequences * n_values),
            "sequence_id": np.tile(np.repeat(names, n_values), n_types),
            "position": np.tile(np.repeat(positions, n_values), n_types),
            "probability": found.transpose(2, 0, 1).ravel(),
        }
    )
