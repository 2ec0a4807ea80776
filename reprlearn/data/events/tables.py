"""A table of one's own as an event log: one event a row, with the roles of the columns named by the user.

The rows need no order: events are brought into that of their times, and those of equal time stay in that of the file.
A scalar that is known ahead stands in the table beside its own event and is moved to the event before, where it helps
to predict its own.
"""

from __future__ import annotations

import numpy as np

from reprlearn.data.config import DataError
from reprlearn.data.event_config import GAP_AHEAD, GAP_SINCE, EventData, ScalarColumn
from reprlearn.data.events.log import RawLog
from reprlearn.data.events.sequences import Sequences, ahead, gaps_since, in_sequences
from reprlearn.data.events.splitting import LEAST_SEQUENCES, too_few
from reprlearn.data.events.table_columns import check_types, hours_of, names_of, numbers_of
from reprlearn.data.events.table_files import TableFile, read_columns

SOURCE = "a table of one's own"
LICENCE = "not known: a table of one's own"
LEAST_EVENTS = 2
"""Of a single event nothing can be learned: it has no next one."""

OWN_SCALARS = (ScalarColumn(name="gap", column=GAP_SINCE, unit="h", transform="asinh"),)


def read_table(config: EventData) -> RawLog:
    """The event log in ``config.table``. Raises DataError, one line with the column and the row that are to blame."""
    assert config.table and config.sequence_column and config.time_column and config.type_column
    columns = config.all_scalars or OWN_SCALARS
    from_times = [column.column for column in columns if column.column in (GAP_SINCE, GAP_AHEAD)]
    in_file = dict.fromkeys(column.column for column in columns if column.column not in from_times)
    roles = (config.sequence_column, config.time_column, config.type_column)
    file = read_columns(config.table, [*roles, *in_file])
    if not len(file.rows):
        raise DataError(f"{file.path} names its columns but holds no events")
    codes, sequence_names = names_of(file, config.sequence_column, "sequence")
    hours, dated = hours_of(file, config.time_column, config.time_unit)
    type_ids, type_names = names_of(file, config.type_column, "type")
    check_types(file, config.type_column, type_names)
    numbers = {name: numbers_of(file, name) for name in in_file}
    for name, values in numbers.items():
        if np.isnan(values).all():
            raise DataError(f"{file.path}, column {name!r} holds no number at all: leave it out of the scalars")
    names, offsets, rows, n_dropped = in_sequences(
        codes, np.array(sequence_names, dtype=object), hours, LEAST_EVENTS
    )  # fmt: skip
    _check_sequences(file, config.sequence_column, len(names), n_dropped)
    hours = hours[rows]
    gaps = {GAP_SINCE: gaps_since(hours, offsets).astype(np.float32)}
    gaps[GAP_AHEAD] = ahead(gaps[GAP_SINCE], offsets)
    scalars = np.empty((len(rows), len(columns)), dtype=np.float32)
    for i, column in enumerate(columns):
        if column.column in from_times:
            scalars[:, i] = gaps[column.column]
        else:
            values = numbers[column.column][rows]
            scalars[:, i] = ahead(values, offsets) if column.known_ahead else values
    return RawLog(
        name=file.path.resolve().name,
        source=SOURCE,
        licence=LICENCE,
        sequences=Sequences(names, offsets, type_ids[rows].astype(np.int32), hours, scalars),
        type_names=tuple(type_names),
        columns=columns,
        labels={},
        places=None,
        n_dropped=n_dropped,
        dated=dated,
    )


def _check_sequences(file: TableFile, column: str, n_kept: int, n_dropped: int) -> None:
    if not n_kept:
        raise DataError(
            f"{file.path}, column {column!r}: each of the {n_dropped:,} sequences has one event only, so there is no "
            "next event to predict; is this the column that says which events belong together?"
        )
    if n_kept < LEAST_SEQUENCES:
        raise DataError(f"{file.path}, column {column!r}: {too_few(n_kept)}")
