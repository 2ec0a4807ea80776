"""The columns of a CSV or Parquet file, with the row that each value stands in.

A CSV file is UTF-8, has commas between its fields and names its columns in its first row. Rows are counted as a person
would in the file: in a CSV file the row of the names is row 1, in a Parquet file row 1 holds the first values. Blank
rows hold nothing and are skipped.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reprlearn.data.config import DataError

if TYPE_CHECKING:
    import pyarrow as pa

_PARQUET_MAGIC = b"PAR1"
_CHUNK_BYTES = 1 << 20
_MOST_NAMES_SHOWN = 12


@dataclass(frozen=True)
class TableFile:
    """Columns read from a file.

    columns:  name -> (M,) Arrow array; of a CSV file all are texts
    rows:     (M,) int64 the row of the file that each value stands in
    """

    path: Path
    columns: dict[str, pa.Array]
    rows: np.ndarray

    def error(self, column: str, position: int, problem: str) -> DataError:
        """What to raise about the value at this position of a column."""
        return DataError(f"{self.path}, row {self.rows[position]}, column {column!r}: {problem}")


def read_columns(path: Path, names: Sequence[str]) -> TableFile:
    """Those columns of the file. Raises DataError: no such file or column, not a table, not UTF-8, ragged rows."""
    path = path.expanduser()
    with _opening(path):
        return _read_parquet(path, names) if is_parquet(path) else _read_csv(path, names)


def table_header(path: Path) -> list[str]:
    """The names of the columns, in their order. Raises DataError: no such file, not a table, not UTF-8."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = path.expanduser()
    with _opening(path):
        if not is_parquet(path):
            _check_utf8(path)
            return _header(path)
        try:
            return pq.read_schema(path).names
        except pa.ArrowException as error:
            raise DataError(f"{path} is no sound Parquet file: {_one_line(error)}") from error


def is_parquet(path: Path) -> bool:
    """Whether the file says of itself that it is one. OSError: it cannot be opened."""
    with path.open("rb") as file:
        return file.read(len(_PARQUET_MAGIC)) == _PARQUET_MAGIC


@contextmanager
def _opening(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise DataError(f"the table {path} does not exist") from error
    except IsADirectoryError as error:
        raise DataError(f"{path} is a folder, not a CSV or Parquet table") from error
    except OSError as error:
        raise DataError(f"{path} cannot be read: {' '.join(str(error.strerror or error).split())}") from error


def _read_parquet(path: Path, names: Sequence[str]) -> TableFile:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
        _check_names(path, names, file.schema_arrow.names)
        table = file.read(columns=list(names))
    except pa.ArrowException as error:
        raise DataError(f"{path} is no sound Parquet file: {_one_line(error)}") from error
    columns = {name: table[name].combine_chunks() for name in names}
    return TableFile(path, columns, np.arange(1, table.num_rows + 1))


def _read_csv(path: Path, names: Sequence[str]) -> TableFile:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    _check_utf8(path)
    header = _header(path)
    _check_names(path, names, header)
    # Columns go by their positions, so that no name, however odd or repeated, can mean anything to the reader.
    positions = {name: str(header.index(name)) for name in names}
    wrong: list[Any] = []
    try:
        table = arrow_csv.read_csv(
            path,
            arrow_csv.ReadOptions(
                column_names=[str(i) for i in range(len(header))],
                skip_rows_after_names=1,
                # In order, so that rows can be counted.
                use_threads=False,
            ),
            arrow_csv.ParseOptions(
                newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=_collect(wrong)
            ),
            arrow_csv.ConvertOptions(
                include_columns=list(positions.values()),
                column_types={position: pa.string() for position in positions.values()},
            ),
        )
    except pa.ArrowException as error:
        if wrong and wrong[-1].text.strip():
            raise _ragged(path, wrong[-1]) from error
        if "straddling" in str(error):
            raise DataError(f"{path} has a row of more than a million bytes: is a double quote left open?") from error
        raise DataError(f"{path} is no sound CSV file: {_one_line(error)}") from error
    columns = {name: table[position].combine_chunks() for name, position in positions.items()}
    blank = np.array([row.number for row in wrong], dtype=np.int64)
    rows = np.setdiff1d(np.arange(2, 2 + table.num_rows + len(blank)), blank, assume_unique=True)
    return _without_blank_rows(TableFile(path, columns, rows))


def _ragged(path: Path, row: Any) -> DataError:
    fields = f"{row.actual_columns} field{'' if row.actual_columns == 1 else 's'}"
    if row.actual_columns > row.expected_columns:
        hint = "a field that holds a comma must stand in double quotes"
    else:
        hint = "is one missing, or a double quote left open?"
    return DataError(
        f"{path}, row {row.number}: {fields} where the first row names {row.expected_columns} columns; {hint}"
    )


def _collect(wrong: list[Any]) -> Callable[[Any], str]:
    """A handler that skips blank lines and stops at a row of too many or too few fields; both are put into `wrong`."""

    def handle(row: Any) -> str:
        wrong.append(row)
        return "error" if row.text.strip() else "skip"

    return handle


def _without_blank_rows(file: TableFile) -> TableFile:
    """Spreadsheets write rows of nothing but commas; what has no value in any column that is read is no event."""
    import pyarrow as pa
    import pyarrow.compute as pc

    full = np.zeros(len(file.rows), dtype=bool)
    for column in file.columns.values():
        full |= pc.call_function("not_equal", [column, pa.scalar("")]).to_numpy(zero_copy_only=False)
    if full.all():
        return file
    return TableFile(file.path, {name: column.filter(full) for name, column in file.columns.items()}, file.rows[full])


def _check_names(path: Path, wanted: Sequence[str], there: Sequence[str]) -> None:
    for name in wanted:
        if name not in there:
            shown = ", ".join(map(repr, there[:_MOST_NAMES_SHOWN]))
            more = f" and {len(there) - _MOST_NAMES_SHOWN} more" if len(there) > _MOST_NAMES_SHOWN else ""
            raise DataError(f"{path} has no column {name!r}; its columns are {shown}{more}")
        if there.count(name) > 1:
            raise DataError(f"{path} has {there.count(name)} columns named {name!r}: rename all but one of them")


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            return next(csv.reader(file))
        except StopIteration:
            raise DataError(f"{path} is empty: its first row must name the columns") from None
        except csv.Error as error:
            raise DataError(f"{path}, row 1 is not a row of column names: {_one_line(error)}") from error


def _check_utf8(path: Path) -> None:
    """Raises DataError with the line of the first byte that is not UTF-8, or of a NUL."""
    decoder, line, offset = codecs.getincrementaldecoder("utf-8")(), 1, 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK_BYTES)
            held = len(decoder.getstate()[0])
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                # The decoder counts from the bytes it held back of the chunk before.
                line += chunk.count(b"\n", 0, max(0, error.start - held))
                raise DataError(
                    f"{path} is not UTF-8: byte 0x{error.object[error.start]:02x} at offset "
                    f"{offset - held + error.start} (line {line}); save it as UTF-8"
                ) from error
            if (nul := text.find("\0")) >= 0:
                line += text.count("\n", 0, nul)
                raise DataError(f"{path} has a NUL character on line {line} (UTF-16, or no text?); save it as UTF-8")
            if not chunk:
                return
            line += chunk.count(b"\n")
            offset += len(chunk)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
