"""What an event recipe may ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reprlearn.data.config import DataError
from reprlearn.data.event_config import GAP_AHEAD, EventData, ScalarColumn

TABLE: dict[str, Any] = {"table": Path("x.csv"), "sequence_column": "a", "time_column": "b", "type_column": "c"}


def scalar(name: str = "x", column: str = "x", **fields: Any) -> ScalarColumn:
    return ScalarColumn(name=name, column=column, **fields)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"log": "trains"}, "'flights' or 'synthetic', not 'trains'"),
        ({"n_train_sequences": 0}, "must be positive, not 0"),
        ({"time_column": "t"}, "time_column is for a table"),
        (TABLE | {"type_column": None}, "type_column is missing"),
        (TABLE | {"time_unit": "years"}, "not 'years'"),
        (TABLE | {"type_column": "a"}, "the column 'a' has two roles"),
        (TABLE | {"scalars": (scalar(column="b"),)}, "the column 'b' is time_column already"),
        (TABLE | {"scalars": (scalar("x", "d"), scalar("y", "d"))}, "'d' has two roles: the scalars 'x' and 'y'"),
        (TABLE | {"scalars": (scalar("x", "d"), scalar("x", "e"))}, "two scalars are called 'x'"),
        (TABLE | {"scalar_columns": ("d", "b:asinh")}, "the column 'b' is time_column already"),
        (TABLE | {"scalar_columns": ("d:cyclic",)}, "'d:cyclic': a cyclic scalar needs its period, as in cyclic=24"),
        (TABLE | {"scalar_columns": (":asinh",)}, "needs a name"),
    ],
)
def test_an_event_log_that_makes_no_sense_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message) as caught:
        EventData(**fields)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "needs a name"),
        ({"transform": "log"}, "not 'log'"),
        ({"transform": "cyclic"}, "period must be positive, not None"),
        ({"transform": "cyclic", "period": float("nan")}, "period must be positive, not nan"),
        ({"period": 24.0}, "period=24.0, but its transform is 'standardise'"),
        ({"column": GAP_AHEAD}, "known ahead or not at all"),
    ],
)
def test_a_scalar_that_makes_no_sense_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message):
        scalar(**fields)


def test_a_column_may_be_both_of_the_event_past_and_of_the_next() -> None:
    EventData(**TABLE, scalars=(scalar("hour", "h"), scalar("next hour", "h", known_ahead=True)))


def test_scalars_can_be_written_on_a_command_line() -> None:
    written = ("amount", "delay:asinh:unit=min", "hour:unit=h:cyclic=24:ahead", "a:b", "at 5:30:asinh", "<gap since>")
    assert EventData(**TABLE, scalars=(scalar(),), scalar_columns=written).all_scalars == (
        scalar(),
        scalar("amount", "amount"),
        scalar("delay", "delay", transform="asinh", unit="min"),
        scalar("next hour", "hour", transform="cyclic", period=24.0, unit="h", known_ahead=True),
        scalar("a:b", "a:b"),
        scalar("at 5:30", "at 5:30", transform="asinh"),
        scalar("<gap since>", "<gap since>"),
    )
