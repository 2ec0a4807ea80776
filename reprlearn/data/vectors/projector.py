"""The vectors of TensorBoard's Embedding Projector: numbers with tabs between them, a row a line, no words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reprlearn.data.config import DataError
from reprlearn.data.vectors.blocks import Block, OnProgress, check_size, ignore
from reprlearn.data.vectors.lines import lines_in_blocks, parse_numbers


def read_projector(path: Path, on_progress: OnProgress = ignore) -> Iterator[Block]:
    """The blocks of a file, without words. DataError for what is wrong, by its line."""
    width, n = 0, 0
    for lines in lines_in_blocks(path, on_progress):
        if not lines:
            continue
        width = width or lines[0][1].count(b"\t") + 1
        n += len(lines)
        check_size(path.name, n, width)
        yield [], parse_numbers([line for _, line in lines], [place for place, _ in lines], width, b"\t", path.name)
    if not n:
        raise DataError(f"{path.name}: no vectors in it")
