"""Lines of a file, in blocks, with their numbers; and the numbers that stand in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from reprlearn.data.config import DataError
from reprlearn.data.vectors.blocks import BLOCK_BYTES, MAX_WIDTH, OnProgress, check_finite, ignore, shown

MAX_LINE_BYTES = 40 * MAX_WIDTH
"""Forty characters a number are more than any program writes."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"

Line = tuple[int, bytes]


def lines_in_blocks(path: Path, on_progress: OnProgress = ignore) -> Iterator[list[Line]]:
    """(number from 1, line without its end) of a UTF-8 text, a block at a time; blank lines at the end are left out.

    DataError for a file that is no text: NUL bytes, UTF-16, a line without end.
    """
    size, name = max(1, path.stat().st_size), path.name
    number, rest, done, blank = 0, b"", 0, []
    with path.open("rb") as file:
        while chunk := file.read(BLOCK_BYTES):
            if not done:
                chunk = _without_mark(chunk, name)
            done += len(chunk)
            if b"\0" in chunk:
                raise DataError(f"{name}: holds NUL bytes, so it is no text of vectors")
            *whole, rest = (rest + chunk).split(b"\n")
            if len(rest) > MAX_LINE_BYTES:
                raise DataError(f"{name}, line {number + len(whole) + 1:,}: longer than a line of vectors can be")
            found = []
            for number, line in enumerate(whole, number + 1):  # noqa: B020 (goes on from the last number)
                _collect(found, blank, number, line.rstrip(b" \r"))
            yield found
            on_progress(min(1.0, done / size))
    found = []
    _collect(found, blank, number + 1, rest.rstrip(b" \r"))
    yield found


def _collect(found: list[Line], blank: list[int], number: int, line: bytes) -> None:
    """Blank lines wait: they count only when something follows them."""
    if not line:
        blank.append(number)
        return
    found.extend((each, b"") for each in blank)
    blank.clear()
    found.append((number, line))


def _without_mark(chunk: bytes, name: str) -> bytes:
    if chunk.startswith(_UTF16):
        raise DataError(f"{name}: is UTF-16; save it as UTF-8")
    return chunk.removeprefix(_UTF8_MARK)


def first_lines(path: Path, n: int = 2) -> list[bytes]:
    """The first lines that are not longer than a line of vectors can be, without their ends."""
    with path.open("rb") as file:
        found = [file.readline(MAX_LINE_BYTES) for _ in range(n)]
    return [line.removeprefix(_UTF8_MARK).rstrip(b" \r\n") for line in found if line]


def are_numbers(fields: Sequence[bytes]) -> bool:
    """Whether there are fields, and each is a number."""
    return bool(fields) and all(is_number(field) for field in fields)


def is_number(field: bytes) -> bool:
    try:
        float(field)
    except ValueError:
        return False
    return b"_" not in field  # which Python reads, and no other program writes


def parse_numbers(texts: Sequence[bytes], places: Sequence[int], width: int, separator: bytes, name: str) -> np.ndarray:
    """(n, width) float32 of n texts, each `width` numbers between single separators.

    DataError that names the first line where there are more or fewer, or something that is no finite number.
    """
    import pyarrow as pa
    from pyarrow import csv

    data, columns = b"\n".join(texts), [str(i) for i in range(width)]
    try:
        table = csv.read_csv(
            pa.BufferReader(data),
            read_options=csv.ReadOptions(column_names=columns, use_threads=False, block_size=len(data) + 1),
            parse_options=csv.ParseOptions(
                delimiter=separator.decode(),
                quote_char=False,
                double_quote=False,
                escape_char=False,
                ignore_empty_lines=False,
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.float32()), null_values=[], strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        _raise_at_culprit(texts, places, width, separator, name)
        raise DataError(f"{name}, lines {places[0]:,} to {places[-1]:,}: {str(error).splitlines()[0][:200]}") from None
    if table.num_rows != len(texts):  # an empty text at the end is no row to the parser
        _raise_at_culprit(texts, places, width, separator, name)
    (batch,) = table.combine_chunks().to_batches()
    rows = batch.to_tensor(row_major=True).to_numpy()
    check_finite(rows, places, name, "line")
    return rows


def wrong_width(name: str, place: int, found: int, width: int) -> DataError:
    """The error of a line with more or fewer numbers than the others."""
    numbers = "1 number" if found == 1 else f"{found:,} numbers"
    return DataError(
        f"{name}, line {place:,}: {numbers}, however the first vector has {width:,}; mend the line or leave it out"
    )


def _raise_at_culprit(texts: Sequence[bytes], places: Sequence[int], width: int, separator: bytes, name: str) -> None:
    """DataError for the first text that is not `width` numbers. The fast parser counts its lines otherwise."""
    for place, text in zip(places, texts, strict=True):
        fields = text.split(separator) if text else []
        wrong = next((field for field in fields if not is_number(field)), None)
        if len(fields) != width:
            raise wrong_width(name, place, len(fields), width)
        if wrong is not None:
            raise DataError(f"{name}, line {place:,}: {shown(wrong)} is no number")
