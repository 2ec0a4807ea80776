"""word2vec's binary format: a line "V D", then V times a word, a space and D numbers, float32 with the low byte first.

The original program puts a line break behind each vector, others do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from reprlearn.data.config import DataError
from reprlearn.data.vectors.blocks import (
    BLOCK_BYTES,
    MAX_WORD_BYTES,
    Block,
    OnProgress,
    Words,
    check_finite,
    check_size,
    ignore,
    shown,
)
from reprlearn.data.vectors.text import header_of


def read_binary(
    path: Path, words: Words, on_progress: OnProgress = ignore, first: int | None = None
) -> Iterator[Block]:
    """The blocks of a file, or of its `first` words; `words` is filled on the way. DataError for a header that lies, or a file
    that was cut off.
    """
    header = header_of(path)
    if header is None:
        raise DataError(f"{path.name}: its first line is not the number of words and their width")
    said, width = header
    n_words = min(said, first or said)
    check_size(path.name, n_words, width)
    size = path.stat().st_size
    least = n_words * (4 * width + 2)  # a word has a letter, and a space behind it
    if size < least:
        raise DataError(
            f"{path.name}: {size:,} bytes, however: {n_words:,} words of width {width:,} take {least:,} or more; it was cut off, "
            "or its first line is wrong"
        )
    with path.open("rb") as file:
        file.readline()
        rest = b""
        while len(words) < n_words:
            chunk = file.read(max(BLOCK_BYTES, 8 * width))
            block, rest = _block(rest + chunk, n_words, width, words, last=not chunk)
            if block[0]:
                yield block
            on_progress(min(1.0, file.tell() / size))
        if n_words == said and (rest + file.read(1)).strip(b"\n"):
            raise DataError(f"{path.name}: the first line says {n_words:,} words, however: more follow")


def _block(data: bytes, n_words: int, width: int, words: Words, *, last: bool) -> tuple[Block, bytes]:
    """The whole words of `data`, and the bytes left over. `last`: nothing follows."""
    found, vectors, first = [], [], len(words) + 1
    at = 0
    while len(words) < n_words:
        start = at + 1 if data[at : at + 1] == b"\n" else at
        space = data.find(b" ", start, start + MAX_WORD_BYTES + 1)
        end = space + 1 + 4 * width
        if space < 0 and len(data) - start > MAX_WORD_BYTES:
            raise DataError(
                f"{words.name}, word {len(words) + 1:,}: no word begins there, but {shown(data[start : start + 12])}"
            )
        if space < 0 or end > len(data):
            if last:
                raise DataError(f"{words.name}: cut off in word {len(words) + 1:,} of {n_words:,}")
            break
        found.append(words.add(data[start:space], len(words) + 1))
        vectors.append(data[space + 1 : end])
        at = end
    rows = np.frombuffer(b"".join(vectors), dtype="<f4").reshape(len(found), width)
    check_finite(rows, range(first, first + len(found)), words.name, "word")
    return (found, rows), data[at:]
