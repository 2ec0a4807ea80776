"""Word lists that belong to a matrix: one word a line, or the projector's metadata, a table with tabs and a header."""

from __future__ import annotations

from pathlib import Path

from reprlearn.data.config import DataError
from reprlearn.data.vectors.blocks import OnProgress, Words, ignore, shown
from reprlearn.data.vectors.lines import first_lines, lines_in_blocks

WORD_COLUMNS = ("word", "label", "token", "name", "text")
COUNT_COLUMNS = ("count", "frequency", "freq")


def read_words(path: Path, n_rows: int | None = None, on_progress: OnProgress = ignore) -> Words:
    """The words of a list, and their counts where a column of that name holds some.

    n_rows:  rows of the matrix they belong to; a list of one column with one line more begins with a header
    DataError where there are more or fewer, or something is wrong with one of them.
    """
    words = Words(path.name)
    first = first_lines(path, 1)
    table = bool(first) and b"\t" in first[0]
    columns = _columns(first[0], path.name) if table else (0, None)
    n_fields = first[0].count(b"\t") + 1 if first else 1
    lines = [line for block in lines_in_blocks(path, on_progress) for line in block]
    if table or (n_rows is not None and len(lines) == n_rows + 1 and _is_header(lines[0][1])):
        lines = lines[1:]
    if n_rows is not None and len(lines) != n_rows:
        raise DataError(f"{path.name}: {len(lines):,} words, however: the matrix has {n_rows:,} rows")
    counts = []
    for place, line in lines:
        fields = line.split(b"\t") if table else [line]
        if len(fields) != n_fields:
            raise DataError(
                f"{path.name}, line {place:,}: {len(fields)} columns, however the first line has {n_fields}"
            )
        words.add(fields[columns[0]], place)
        if columns[1] is not None:
            counts.append(_count(fields[columns[1]], path.name, place))
    if not len(words):
        raise DataError(f"{path.name}: no words in it")
    words.counts = counts if columns[1] is not None and any(counts) else None
    return words


def _is_header(line: bytes) -> bool:
    return line.strip().lower().decode("utf-8", "replace") in WORD_COLUMNS


def _columns(header: bytes, name: str) -> tuple[int, int | None]:
    """Which columns hold the word, by default the first, and its count, if any."""
    names = [field.strip().lower().decode("utf-8", "replace") for field in header.split(b"\t")]
    if len(set(names)) != len(names):
        raise DataError(
            f"{name}, line 1: two columns have the same name; a table with tabs begins with its columns' names"
        )
    word = next((names.index(each) for each in WORD_COLUMNS if each in names), 0)
    count = next((names.index(each) for each in COUNT_COLUMNS if each in names), None)
    return word, None if count == word else count


def _count(field: bytes, name: str, place: int) -> int:
    if not field.strip().isdigit() or len(field) > 15:
        raise DataError(f"{name}, line {place:,}: {shown(field)} is no count")
    return int(field)
