"""What is in a table before anybody has said what its columns mean: their kinds, first rows, and a guess at their roles.

Parquet can claim, and hold, far more than its size: rows, bytes and columns are counted as they are read, up to a limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from reprlearn.data.config import DataError
from reprlearn.data.event_config import GAP_AHEAD, GAP_SINCE
from reprlearn.data.events.table_columns import MISSING_NUMBERS
from reprlearn.data.events.table_files import is_parquet, read_columns, table_header

if TYPE_CHECKING:
    import pyarrow as pa

MOST_COLUMNS, MOST_NAME_CHARACTERS, MOST_ROWS = 200, 100, 3_000_000
MOST_BYTES = 600 << 20
SHOWN_ROWS, SHOWN_CHARACTERS, SAMPLED_ROWS, BATCH_ROWS = 8, 60, 2_000, 4_096
Kind = Literal["number", "time", "text"]

# In the order of preference; parts of names that say what a column is.
_SEQUENCE = ("sequence", "session", "customer", "patient", "user", "person", "case", "tailnum", "visit", "device", "id")
_TIME = ("timestamp", "datetime", "time", "date", "when", "hour", "day")
_TYPE = ("event", "type", "activity", "action", "code", "product", "item", "dest", "label", "category")


def describe_table(path: Path) -> dict[str, Any]:
    """What is known of a table without its roles, as plain values. DataError: it cannot be read, or is too large.

    n_rows     events
    columns    of each its name, kind, and number of distinct values among the first rows
    rows       the first rows, each a list of texts as they are shown, cut to `SHOWN_CHARACTERS`
    roles      a guess, {"sequence", "time", "type": column or None}
    """
    names = table_header(path)
    _check_names(path, names)
    sample, n_rows = _sample(path, names)
    if not n_rows:
        raise DataError(f"{path} names its columns but holds no events")
    columns = [{"name": name, "kind": _kind(values), "n_distinct": len(set(values))} for name, values in sample.items()]
    rows = [[_shown(values[i]) for values in sample.values()] for i in range(min(SHOWN_ROWS, n_rows))]
    return {"n_rows": n_rows, "columns": columns, "rows": rows, "roles": _guess(columns, min(n_rows, SAMPLED_ROWS))}


def _check_names(path: Path, names: Sequence[str]) -> None:
    if len(names) > MOST_COLUMNS:
        raise DataError(f"{path} has {len(names):,} columns; {MOST_COLUMNS} are the most that are taken here")
    for i, name in enumerate(names, start=1):
        if not name.strip():
            raise DataError(f"{path}: column {i} has no name; the first row must name every column")
        if len(name) > MOST_NAME_CHARACTERS:
            raise DataError(
                f"{path}: the name of column {i} has more than {MOST_NAME_CHARACTERS} characters: {name[:40]!r}"
            )
        if re.search(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]", name):
            raise DataError(f"{path}: the name of column {i} holds a control character: {name[:40]!r}; rename it")
        if name in (GAP_SINCE, GAP_AHEAD):
            raise DataError(
                f"{path}: column {i} is called {name!r}, which stands for a gap between events here; rename it"
            )
        if names.index(name) != i - 1:
            raise DataError(f"{path} has {names.count(name)} columns named {name!r}: rename all but one of them")


def _sample(path: Path, names: Sequence[str]) -> tuple[dict[str, list[str | None]], int]:
    """The first rows of every column, as texts, and how many rows there are in all."""
    sample: dict[str, list[str | None]] = {name: [] for name in names}
    n_rows = n_bytes = 0
    for columns in _batches(path, names):
        n = len(next(iter(columns.values())))
        n_rows += n
        n_bytes += sum(map(_n_bytes, columns.values()))
        if n_rows > MOST_ROWS or n_bytes > MOST_BYTES:
            raise DataError(
                f"{path} is too large when it is unpacked: {MOST_ROWS:,} rows and {MOST_BYTES >> 20} MB are the most taken here"
            )
        room = SAMPLED_ROWS - len(sample[names[0]])
        for name, column in columns.items() if room > 0 else ():
            sample[name] += [_text(value) for value in column.slice(0, room).to_pylist()]
    return sample, n_rows


def _batches(path: Path, names: Sequence[str]) -> Iterator[dict[str, pa.Array]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not is_parquet(path):
        yield read_columns(path, names).columns
        return
    try:
        file = pq.ParquetFile(path)
        if file.metadata.num_rows > MOST_ROWS:
            raise DataError(
                f"{path} has {file.metadata.num_rows:,} rows; {MOST_ROWS:,} are the most that are taken here"
            )
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            yield dict(zip(names, batch.columns, strict=True))
    except (pa.ArrowException, OSError, MemoryError) as error:
        raise DataError(f"{path} is no sound Parquet file: {' '.join(str(error).split())[:200]}") from error


def _n_bytes(column: pa.Array) -> int:
    """What the column takes once each row has its own value: of a dictionary, a row is a number and costs next to nothing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_dictionary(column.type):
        return column.nbytes
    values = column.dictionary
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
        return len(column) * 16
    lengths = pc.call_function("binary_length", [values]).to_numpy(zero_copy_only=False)
    return int(lengths[column.indices.drop_null().to_numpy()].sum())


def _text(value: object) -> str | None:
    text = "" if value is None else str(value)
    return None if text in MISSING_NUMBERS else text


def _shown(text: str | None) -> str:
    text = "" if text is None else text
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"


def _kind(values: Sequence[str | None]) -> Kind:
    there = [value for value in values if value is not None]
    if there and all(map(_is_number, there)):
        return "number"
    return "time" if there and all(map(_is_time, there)) else "text"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text.strip())
    except ValueError:
        return False
    return True


def _guess(columns: Sequence[dict[str, Any]], n: int) -> dict[str, str | None]:
    """Which columns look like sequence, time and type, each at most once."""
    free = {column["name"]: column for column in columns}

    def take(parts: Sequence[str], fits: Any) -> str | None:
        fitting = [name for name, column in free.items() if fits(column)]
        named = next((name for part in parts for name in fitting if part in name.lower()), None)
        chosen = named or next(iter(fitting), None)
        free.pop(chosen, None)  # type: ignore[arg-type]
        return chosen

    def repeats(column: dict[str, Any]) -> bool:
        return 1 < column["n_distinct"] < n

    time = take(_TIME, lambda column: column["kind"] == "time")
    time = time or take(
        _TIME, lambda column: column["kind"] == "number" and any(p in column["name"].lower() for p in _TIME)
    )
    sequence = take(_SEQUENCE, lambda column: repeats(column) and any(p in column["name"].lower() for p in _SEQUENCE))
    kind = take(_TYPE, lambda column: repeats(column) and column["kind"] == "text")
    sequence = sequence or take(_SEQUENCE, repeats)
    return {"sequence": sequence, "time": time, "type": kind or take(_TYPE, repeats)}
