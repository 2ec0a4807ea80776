"""Vectors as text, a word a line: GloVe's format, and word2vec's, which says first how many and how wide they are.

    GloVe       the 0.1 -0.2 0.3            word2vec      400000 300
                of 0.4 0.5 -0.6                           the 0.1 -0.2 0.3 ...

fastText's .vec files are of the second kind. A word may hold spaces (GloVe's largest files have such words): the numbers are the
last ones of the line. But a number among the parts of a word is taken for a vector that is too wide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from reprlearn.data.config import DataError
from reprlearn.data.vectors.blocks import Block, OnProgress, Words, check_size, ignore
from reprlearn.data.vectors.lines import Line, first_lines, is_number, lines_in_blocks, parse_numbers, wrong_width

_HEADER = re.compile(rb"(\d{1,15}) +(\d{1,15})")


def header_of(path: Path) -> tuple[int, int] | None:
    """(words, width) as the first line of word2vec's formats says; None where the file begins with a vector."""
    lines = first_lines(path)
    found = _HEADER.fullmatch(lines[0]) if lines else None
    if found is None or (
        len(lines) > 1 and _HEADER.fullmatch(lines[1])
    ):  # a word that is a number, and its only number
        return None
    return int(found[1]), int(found[2])


def read_text(path: Path, words: Words, on_progress: OnProgress = ignore, first: int | None = None) -> Iterator[Block]:
    """The blocks of a file in either format, or of its `first` words; `words` is filled on the way.

    DataError for what is wrong, by its line.
    """
    header = header_of(path)
    if header is not None:
        check_size(path.name, min(header[0], first or header[0]), header[1])
    width = None if header is None else header[1]
    separator, skip = b" ", header is not None
    for lines in lines_in_blocks(path, on_progress):
        if skip and lines:
            lines, skip = lines[1:], False
        if not lines:
            continue
        if not len(words):
            separator = b"\t" if b"\t" in lines[0][1] else b" "
            width = width or lines[0][1].count(separator)
            if not width:
                raise DataError(f"{path.name}, line {lines[0][0]:,}: a word without numbers")
        assert width is not None, "the first line has told"
        lines = lines[: None if first is None else first - len(words)]
        check_size(path.name, len(words) + len(lines), width)
        yield _block(lines, width, separator, words)
        if len(words) == first:
            return
    if header is not None and len(words) != header[0]:
        raise DataError(f"{path.name}: the first line says {header[0]:,} words, however: {len(words):,} follow")
    if not len(words):
        raise DataError(f"{path.name}: no vectors in it")


def _block(lines: list[Line], width: int, separator: bytes, words: Words) -> Block:
    found, numbers, places = [], [], []
    for place, line in lines:
        word, _, rest = line.partition(separator)
        if rest.count(separator) != width - 1:
            word, rest = _with_spaces(line, width, separator, words.name, place)
        found.append(words.add(word, place))
        numbers.append(rest)
        places.append(place)
    return found, parse_numbers(numbers, places, width, separator, words.name)


def _with_spaces(line: bytes, width: int, separator: bytes, name: str, place: int) -> tuple[bytes, bytes]:
    """The word and the numbers of a line with more or fewer fields than others."""
    fields = line.split(separator)
    extra = len(fields) - 1 - width
    if extra < 0 or any(is_number(field) for field in fields[1 : 1 + extra]):
        raise wrong_width(name, place, len(fields) - 1, width)
    return separator.join(fields[: 1 + extra]), separator.join(fields[1 + extra :])
