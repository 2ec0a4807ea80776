"""A folder of text of one's own: train.txt, valid.txt and perhaps test.txt, UTF-8, one sentence or paragraph a line.

Lines end with ``\\n`` or ``\\r\\n``; a byte order mark is skipped, and so are blank lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reprlearn.data.config import DataError

SPLITS = ("train", "valid", "test")
_LAYOUT = "a folder of text holds train.txt, valid.txt and perhaps test.txt, one text a line"


def split_files(folder: Path, splits: Iterable[str] | None = None) -> dict[str, Path]:
    """The file of each split; None: train and valid, which must be there, and test when it is. Raises DataError."""
    folder = folder.expanduser()
    if not folder.exists():
        raise DataError(f"the folder {folder} does not exist; {_LAYOUT}")
    if not folder.is_dir():
        raise DataError(f"{folder} is a file, not a folder; {_LAYOUT}")
    if splits is None:
        splits = SPLITS if (folder / "test.txt").exists() else SPLITS[:2]
    files = {split: folder / f"{split}.txt" for split in splits}
    for split, path in files.items():
        if path.is_dir():
            raise DataError(f"{path} is a folder where the text file of the split {split!r} is expected")
        if not path.exists():
            raise DataError(f"{folder} has no {path.name}; {_LAYOUT}")
    return files


def read_bytes(path: Path) -> bytes:
    """The file's content. Raises DataError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}") from error


def lines_of(path: Path, content: bytes) -> list[tuple[int, str]]:
    """(line number from 1, text) of each line that is not blank. Raises DataError: empty, not UTF-8, binary."""
    lines = [(number, line.strip()) for number, line in enumerate(text_of(path, content).split("\n"), start=1)]
    lines = [(number, line) for number, line in lines if line]
    if not lines:
        raise DataError(f"{path} is empty; put one sentence or paragraph on each line")
    return lines


def text_of(path: Path, content: bytes) -> str:
    """The text of a file. Raises DataError: not UTF-8, binary."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{path} is not UTF-8: byte 0x{content[error.start]:02x} at offset {error.start} (line {line}); "
            "save it as UTF-8"
        ) from error
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise DataError(
            f"{path} has a NUL character on line {line} (UTF-16, or no text at all?); save it as UTF-8 text"
        )
    return text
