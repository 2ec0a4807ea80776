"""The sequences of an event log as tables: which there are, and what happened in one."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from reprlearn.data.events.log import EventLog
    from reprlearn.data.events.scalars import Scalar
    from reprlearn.data.events.sequences import Sequences
    from reprlearn.data.events.vocabulary import EventVocabulary
    from reprlearn.runs import Run

COLUMNS = ("position", "time", "type_id", "type", "label", "word")
"""What `sequence_events` says of an event beside its scalars."""


def sequence_table(log: EventLog, split: str = "test") -> pd.DataFrame:
    """sequence_id, n_events, first, last (times as in `sequence_events`), most_common_type; a row a sequence, in the
    order of the split. Of types that are equally common the one seen more often in training is named.
    """
    sequences = split_of(log, split)
    n_types, owner = len(log.types), np.repeat(np.arange(len(sequences)), sequences.lengths)
    pairs, counts = np.unique(owner * np.int64(n_types) + sequences.type_ids, return_counts=True)
    # By sequence, then by count, then by id, so that the first row of each sequence is the one wanted.
    order = np.lexsort((pairs % n_types, -counts, pairs // n_types))
    first = np.searchsorted(pairs[order] // n_types, np.arange(len(sequences)))
    return pd.DataFrame(
        {
            "sequence_id": np.array(sequences.names, dtype=object),
            "n_events": sequences.lengths,
            "first": _times(log, sequences.times[sequences.offsets[:-1]]),
            "last": _times(log, sequences.times[sequences.offsets[1:] - 1]),
            "most_common_type": np.array(log.types, dtype=object)[pairs[order][first] % n_types],
        }
    )


def sequence_events(log: EventLog, split: str, sequence_id: str) -> pd.DataFrame:
    """The events of a sequence in their order: position (from 0), time (UTC where the log is dated, else hours),
    type_id, type (as in the data), label, word (readable and unique), and a column a scalar in its own unit.

    NaN is a missing value. A known-ahead scalar is about the event in the *next* row. A scalar that is called like one
    of `COLUMNS` has " (scalar)" after its name. ValueError for a split or sequence that is not there.
    """
    sequences = split_of(log, split)
    rows = rows_of(sequences, sequence_id)
    ids = sequences.type_ids[rows]
    frame = pd.DataFrame(
        {
            "position": np.arange(len(ids)),
            "time": _times(log, sequences.times[rows]),
            **type_columns(log.vocabulary, ids),
        }
    )
    scalars = {
        f"{scalar.name} (scalar)" if scalar.name in COLUMNS else scalar.name: sequences.scalars[rows, i]
        for i, scalar in enumerate(log.scalars)
    }
    return pd.concat([frame, pd.DataFrame(scalars, index=frame.index)], axis=1)


def scalar_index(scalars: tuple[Scalar, ...], feature: str) -> int:
    """Column of the scalar called `feature`; ValueError names those there are."""
    names = [scalar.name for scalar in scalars]
    if feature not in names:
        there = f"there are: {', '.join(names)}" if names else "the log has none"
        raise ValueError(f"there is no scalar {feature!r}; {there}")
    return names.index(feature)


def split_of(log: EventLog, split: str) -> Sequences:
    """The sequences of a split; ValueError names those there are."""
    if split not in log.splits:
        raise ValueError(f"there is no split {split!r}; there are: {', '.join(log.splits)}")
    return log.splits[split]


def rows_of(sequences: Sequences, sequence_id: str) -> slice:
    """The rows of the sequence called so; ValueError, with the ids that look most like it, when there is none."""
    try:
        return sequences.events_of(sequences.names.index(sequence_id))
    except ValueError:
        close = difflib.get_close_matches(sequence_id, sequences.names, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
        raise ValueError(f"there is no sequence {sequence_id!r} among these {len(sequences):,}{hint}") from None


def check_position(rows: slice, position: int) -> int:
    """`position` itself; ValueError unless the sequence has so many events."""
    n_events = rows.stop - rows.start
    if not 0 <= position < n_events:
        raise ValueError(f"the sequence has events 0 to {n_events - 1}, however: {position=}")
    return position


def vocabulary_of(run: Run) -> EventVocabulary:
    """The types and scalars of a run that reads events; ValueError for a run that reads text."""
    from reprlearn.data.events.vocabulary import EventVocabulary

    vocabulary = run.vocabulary
    if not isinstance(vocabulary, EventVocabulary):
        raise ValueError("this run reads text, not events, so it has neither event types nor scalars")
    return vocabulary


def type_columns(vocabulary: EventVocabulary, ids: np.ndarray) -> dict[str, np.ndarray]:
    """type_id, type, label and word of the types `ids` (n,), as columns."""
    names = {"type": vocabulary.types, "label": vocabulary.type_labels, "word": vocabulary.words}
    return {"type_id": ids, **{column: np.array(texts, dtype=object)[ids] for column, texts in names.items()}}


def _times(log: EventLog, hours: np.ndarray) -> pd.Series:
    """UTC dates to the second where the log has dates, else the hours as they are."""
    if not log.dated:
        return pd.Series(hours)
    return pd.Series(np.round(hours * 3600).astype("int64").astype("datetime64[s]"))
