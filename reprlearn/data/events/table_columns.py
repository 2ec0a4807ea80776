"""What the columns of a table mean: ids of sequences and types, times in hours, numbers.

A cell that is empty, or says nan, is missing; in a column of numbers so are NA, N/A and null. Everything else in a
column of sequences or types is a name, kept as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reprlearn.data.config import DataError
from reprlearn.data.events.table_files import TableFile

if TYPE_CHECKING:
    import pyarrow as pa

MOST_TYPES = 20_000
"""A column of more distinct values than this is taken for an id, not for a type."""

_HOURS = {"seconds": 1 / 3600, "minutes": 1 / 60, "hours": 1.0, "days": 24.0}
_MISSING_NAMES = ("", "nan", "NaN")
MISSING_NUMBERS = (*_MISSING_NAMES, "NAN", "-nan", "NA", "N/A", "n/a", "<NA>", "null", "NULL", "None", "NaT")
_MOST_LETTERS_SHOWN = 60


def names_of(file: TableFile, column: str, role: str) -> tuple[np.ndarray, list[str]]:
    """(M,) int64 indices of each row into the distinct names of a column. Raises DataError: a missing value."""
    import pyarrow as pa

    values = file.columns[column]
    try:
        if pa.types.is_dictionary(values.type):
            values = values.dictionary_decode()
        coded = values.dictionary_encode()
        names = coded.dictionary.cast(pa.string()).to_pylist()
    except pa.ArrowException as error:
        raise DataError(
            f"{file.path}, column {column!r} holds {values.type}, which cannot name a {role}: texts or numbers are expected"
        ) from error
    codes = coded.indices.fill_null(-1).to_numpy().astype(np.int64)
    # An index of -1, of a null, finds the last place, which stands for what is missing.
    missing = np.array([name is None or name in _MISSING_NAMES for name in names] + [True])
    if (absent := missing[codes]).any():
        raise file.error(column, int(absent.argmax()), f"the {role} is missing; every event needs one")
    return codes, names


def check_types(file: TableFile, column: str, names: list[str]) -> None:
    """Raises DataError when there are too many types to be types."""
    if len(names) > MOST_TYPES:
        raise DataError(
            f"{file.path}, column {column!r} has {len(names):,} distinct values: that looks like an id, not a type "
            f"of event; there may be {MOST_TYPES:,} types at most"
        )


def hours_of(file: TableFile, column: str, unit: str) -> tuple[np.ndarray, bool]:
    """(M,) float64 hours, and whether they are dates, counted from 1970-01-01 UTC; a date without a zone is UTC.

    Raises DataError: a time that is missing, infinite or neither a number nor an ISO 8601 date.
    """
    import pyarrow as pa

    values = file.columns[column]
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_timestamp(values.type) or pa.types.is_date(values.type):
        hours, dated = _hours_of_dates(values), True
    elif _is_text(values.type):
        first = next((text for text in values.slice(0, 1000).to_pylist() if text not in (None, *MISSING_NUMBERS)), "")
        dated = np.isnan(_float(first))
        hours = _hours_of_dates(values) if dated else _floats(file, column, values) * _HOURS[unit]
    else:
        hours, dated = _floats(file, column, values) * _HOURS[unit], False
    if (bad := ~np.isfinite(hours)).any():
        at = int(bad.argmax())
        value = values[at].as_py()
        if value is None or value in MISSING_NUMBERS or value != value:
            raise file.error(column, at, "the time is missing; every event needs one")
        wanted = "a date and time like 2013-01-31T17:30" if dated else f"a number of {unit}, as in the rows above"
        raise file.error(column, at, f"{_shown(value)} is no time; expected {wanted}")
    return hours, dated


def numbers_of(file: TableFile, column: str) -> np.ndarray:
    """(M,) float32, NaN where missing. Raises DataError: what is no number, is infinite, or too large for float32."""
    import pyarrow as pa

    values = file.columns[column]
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    numbers = _floats(file, column, values)
    wrong = np.isnan(numbers)
    if wrong.any() and _is_text(values.type):
        there = _present(values)
        if (wrong := wrong & there).any():
            at = int(wrong.argmax())
            raise file.error(column, at, f"{_shown(values[at].as_py())} is not a number; an empty cell means missing")
    if (infinite := np.isinf(numbers)).any():
        raise file.error(column, int(infinite.argmax()), "the number is infinite; an empty cell means missing")
    if (large := np.abs(numbers) > np.finfo(np.float32).max).any():
        at = int(large.argmax())
        raise file.error(column, at, f"{numbers[at]:g} is too large; numbers up to 3.4e38 can be learned from")
    return numbers.astype(np.float32)


def _floats(file: TableFile, column: str, values: pa.Array) -> np.ndarray:
    """(M,) float64; NaN for what is missing and, among texts, for what is no number."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = values.type
    if _is_text(kind):
        texts = pc.call_function("if_else", [pa.array(_present(values)), values, pa.scalar(None, kind)])
        try:
            return texts.cast(pa.float64()).to_numpy(zero_copy_only=False)
        except pa.ArrowException:
            # Slower, but it also reads " 5" and "+5", and says which values are none.
            return np.asarray(pd.to_numeric(texts.to_pandas(), errors="coerce"), dtype=np.float64)
    if not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind)
            or pa.types.is_decimal(kind) or pa.types.is_null(kind)):  # fmt: skip
        raise DataError(f"{file.path}, column {column!r} holds {kind}, not numbers")
    return values.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)


def _hours_of_dates(values: pa.Array) -> np.ndarray:
    """(M,) float64 hours since 1970-01-01 UTC, NaN for what is missing or no ISO 8601 date."""
    import pandas as pd

    dates = pd.to_datetime(values.to_pandas(), format="ISO8601", utc=True, errors="coerce")
    # In microseconds, in which the years 1 and 9999 still have a place.
    moments = dates.dt.tz_localize(None).to_numpy("datetime64[us]")
    return np.where(np.isnat(moments), np.nan, moments.astype(np.int64) / 3.6e9)


def _present(values: pa.Array) -> np.ndarray:
    """(M,) bool: the text is there and does not say that it is missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    trimmed = pc.call_function("utf8_trim_whitespace", [values])
    # Nulls are in no set of values unless it says so.
    wanted = pc.SetLookupOptions(pa.array([*MISSING_NUMBERS, None], values.type))
    return ~pc.call_function("is_in", [trimmed], wanted).to_numpy(zero_copy_only=False)


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _MOST_LETTERS_SHOWN else text[:_MOST_LETTERS_SHOWN] + "…"
