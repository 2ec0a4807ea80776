"""What if a scalar of one event had been another: the types expected next, before and after.

    unmoved   P(type_{i+1} | events 0 .. i)
    moved     the same, with the chosen scalars of event i at other values and all else as it was

A known-ahead scalar of event i is about event i + 1 (the hour of the *next* departure). Only the named scalars move:
others that go with them in the data stay, so a far move can make an event that never occurs.

What the model made of the events before i does not depend on the moved scalars: `read_prefix` computes it once, and
each question is then one step of the recurrent layer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis.event_sequences import (
    check_position,
    rows_of,
    scalar_index,
    split_of,
    type_columns,
    vocabulary_of,
)
from reprlearn.analysis.event_steps import State, carry, check_log, step

if TYPE_CHECKING:
    from reprlearn.data.events.log import EventLog
    from reprlearn.runs import Run

Moved = Mapping[str, float | None]
"""New raw values of scalars by name; None or NaN: missing."""


@dataclass(frozen=True)
class Prefix:
    """All that is needed to ask about one event: what the model made of the events before it, and the event itself.

    scalars: (S,) float32 raw, as they were.  true_id: type of the event after it; None where it is the last.
    """

    split: str
    sequence_id: str
    position: int
    n_events: int
    type_id: int
    scalars: np.ndarray
    true_id: int | None
    state: State


def read_prefix(run: Run, log: EventLog, split: str, sequence_id: str, position: int) -> Prefix:
    """Pass the events before `position` (from 0) through the model once.

    ValueError for a split, sequence or position that is not there, and for a log with other types or scalars than the
    run was trained on.
    """
    check_log(run, log)
    sequences = split_of(log, split)
    rows = rows_of(sequences, sequence_id)
    at = rows.start + check_position(rows, position)
    return Prefix(
        split=split,
        sequence_id=sequence_id,
        position=position,
        n_events=rows.stop - rows.start,
        type_id=int(sequences.type_ids[at]),
        scalars=sequences.scalars[at].copy(),
        true_id=int(sequences.type_ids[at + 1]) if at + 1 < rows.stop else None,
        state=carry(
            run.model, None, sequences.type_ids[None, rows.start : at], sequences.scalars[None, rows.start : at]
        ),
    )


def next_types(
    run: Run, log: EventLog, split: str, sequence_id: str, position: int, moved: Moved | None = None
) -> pd.DataFrame:
    """All V types by how probable they are after the event at `position`: see `next_types_after`."""
    return next_types_after(run, read_prefix(run, log, split, sequence_id, position), moved)


def next_types_after(run: Run, prefix: Prefix, moved: Moved | None = None) -> pd.DataFrame:
    """rank (1 = first guess), type_id, type, label, word, probability (as it was), moved_probability, moved_rank and
    is_true, V rows sorted by probability, equal ones by id. Without `moved` both distributions are the same.

    ValueError for a scalar that is not there or a value that is infinite.
    """
    scalars = np.stack([prefix.scalars, move(run, prefix.scalars, moved or {})])
    as_it_was, after = step(run.model, prefix.state, np.full(2, prefix.type_id), scalars)
    order = np.argsort(-as_it_was, kind="stable")
    moved_ranks = np.empty(len(order), dtype=np.int64)
    moved_ranks[np.argsort(-after, kind="stable")] = np.arange(1, len(order) + 1)
    return pd.DataFrame(
        {
            "rank": np.arange(1, len(order) + 1),
            **type_columns(vocabulary_of(run), order),
            "probability": as_it_was[order].astype(np.float64),
            "moved_probability": after[order].astype(np.float64),
            "moved_rank": moved_ranks[order],
            "is_true": order == (-1 if prefix.true_id is None else prefix.true_id),
        }
    )


def move(run: Run, scalars: np.ndarray, moved: Moved) -> np.ndarray:
    """`scalars` (S,) with the named ones at their new values. ValueError: no such scalar, an infinite value."""
    result = scalars.copy()
    for name, value in moved.items():
        number = np.nan if value is None else float(value)
        if np.isinf(number):
            raise ValueError(f"a value of {name!r} must be a number, or None where it is missing, however: {value}")
        result[scalar_index(vocabulary_of(run).scalars, name)] = number
    return result


def sweep_after(
    run: Run,
    prefix: Prefix,
    feature: str,
    values: Sequence[float] | np.ndarray,
    n_types: int | None = 8,
    moved: Moved | None = None,
) -> pd.DataFrame:
    """value, type_id, type, label, word, is_true, probability: a row for each of the n raw `values` (NaN: missing) and
    each type shown; types in the order of their largest probability over the values, each one's values in their order.

    n_types: so many of the most probable at some value, and the true one besides; None: all V.
    moved: other scalars held at new values meanwhile.
    """
    column = scalar_index(vocabulary_of(run).scalars, feature)
    scalars = np.repeat(move(run, prefix.scalars, moved or {})[None], len(values), axis=0)
    scalars[:, column] = values
    found = step(run.model, prefix.state, np.full(len(values), prefix.type_id), scalars)
    ranked = np.argsort(-found.max(axis=0), kind="stable")
    shown = ranked if n_types is None else ranked[:n_types]
    if prefix.true_id is not None and prefix.true_id not in shown:
        shown = np.append(shown, prefix.true_id)
    ids = np.repeat(shown, len(values))
    return pd.DataFrame(
        {
            "value": np.tile(np.asarray(values, dtype=np.float64), len(shown)),
            **type_columns(vocabulary_of(run), ids),
            "is_true": ids == (-1 if prefix.true_id is None else prefix.true_id),
            "probability": found[:, shown].T.ravel().astype(np.float64),
        }
    )
