"""What every reader of vectors shares: how much may be read, words without doubles, rows without gaps.

Readers yield blocks, (words, rows): some hundred to some thousand words at a time and their rows (n, D) float32, so that a
file of 400,000 x 300 numbers is read in the memory of one block. `words` is empty where the format has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from reprlearn.data.config import DataError

MAX_WORDS = 400_000
MAX_WIDTH = 8_192
MAX_NUMBERS = 200_000_000
"""Of one matrix: 800 MB in single precision."""
MAX_WORD_BYTES = 400
KEEP_FIRST = f"keep the first ones, the most frequent, on the command line with --first {MAX_WORDS}"
BLOCK_BYTES = 8 << 20

Block = tuple[list[str], np.ndarray]
OnProgress = Callable[[float], object]
"""Is told which share of the work is done, from 0 to 1."""


def ignore(share: float) -> None:
    """Nobody waits for the progress."""


class Words:
    """The words of a file in its order, all different, and how often each occurs where the file says so.

    name:  of the file, for messages.  unit: what a word's place is called there, "line" or "word"
    """

    def __init__(self, name: str, unit: str = "line") -> None:
        self.name, self.unit = name, unit
        self.words: list[str] = []
        self.counts: list[int] | None = None
        self._places: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.words)

    def add(self, raw: bytes, place: int) -> str:
        """Take the next word, found at `place` of the file; DataError where it is none, or stood there before."""
        where = f"{self.name}, {self.unit} {place:,}"
        if not raw.strip():
            raise DataError(f"{where}: no word")
        if len(raw) > MAX_WORD_BYTES:
            raise DataError(f"{where}: a word of {len(raw):,} bytes, more than the {MAX_WORD_BYTES} a word may have")
        try:
            word = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise DataError(f"{where}: the word {shown(raw)} is not UTF-8; convert the file to UTF-8") from None
        if "\0" in word or "\n" in word or "\r" in word:
            raise DataError(f"{where}: the word {shown(word)} holds a line break or a NUL")
        if word in self._places:
            raise DataError(
                f"{where}: the word {shown(word)} stands in {self.unit} {self._places[word]:,} already; leave one of them out"
            )
        if len(self.words) == MAX_WORDS:
            raise DataError(f"{self.name}: more than {MAX_WORDS:,} words; {KEEP_FIRST}")
        self._places[word] = place
        self.words.append(word)
        return word


def shown(text: object) -> str:
    """A piece of a file as a message quotes it: cut short, with escapes for what is no letter."""
    quoted = ascii(text) if isinstance(text, bytes) else repr(text)
    return quoted if len(quoted) <= 60 else f"{quoted[:57]}..."


def check_size(name: str, n_words: int, width: int) -> None:
    """DataError for a matrix that is larger than what is read here, or has nothing in it."""
    if n_words < 1 or width < 1:
        raise DataError(f"{name}: no vectors ({n_words:,} words of width {width:,})")
    if n_words > MAX_WORDS:
        raise DataError(f"{name}: {n_words:,} words, more than the {MAX_WORDS:,} that are read; {KEEP_FIRST}")
    if width > MAX_WIDTH:
        raise DataError(f"{name}: vectors of {width:,} numbers, more than the {MAX_WIDTH:,} that are read")
    if n_words * width > MAX_NUMBERS:
        raise DataError(
            f"{name}: {n_words:,} x {width:,} numbers, more than the {MAX_NUMBERS:,} that are read; {KEEP_FIRST}"
        )


def check_finite(rows: np.ndarray, places: Iterable[int], name: str, unit: str) -> None:
    """DataError that names the first row (n, D) with a number that is NaN or too large; `places` are those of the rows."""
    finite = np.isfinite(rows)
    if not finite.all():
        row = int(np.flatnonzero(~finite.all(axis=1))[0])
        column = int(np.flatnonzero(~finite[row])[0])
        place = list(places)[row]
        raise DataError(
            f"{name}, {unit} {place:,}: number {column + 1:,} is {rows[row, column]}; every number must be finite"
        )


def rows_in_blocks(matrix: np.ndarray, name: str) -> Iterator[Block]:
    """A matrix (V, D) of floats, mapped from a file perhaps, as blocks of float32; DataError for numbers that are not finite."""
    check_size(name, *matrix.shape)
    n = max(1, BLOCK_BYTES // (4 * matrix.shape[1]))
    for start in range(0, len(matrix), n):
        with np.errstate(over="ignore"):  # a double too large for single precision becomes infinite, and is named below
            rows = np.ascontiguousarray(matrix[start : start + n], dtype=np.float32)
        check_finite(rows, range(start + 1, start + 1 + len(rows)), name, "row")
        yield [], rows
