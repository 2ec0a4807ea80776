"""Files of vectors read from beginning to end: every row is handed on as it comes, the words are returned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from reprlearn.data.config import DataError
from reprlearn.data.vectors.arrays import open_npy
from reprlearn.data.vectors.binary import read_binary
from reprlearn.data.vectors.blocks import Block, OnProgress, Words, ignore, rows_in_blocks, shown
from reprlearn.data.vectors.lists import read_words
from reprlearn.data.vectors.projector import read_projector
from reprlearn.data.vectors.recognise import HAVE_WORDS, Source, check_whole
from reprlearn.data.vectors.tensors import read_tensor
from reprlearn.data.vectors.text import read_text

Write = Callable[[str, np.ndarray], None]
"""Takes "input" or "output", and the next rows (n, D) float32 of that matrix."""
NAMES = ("input", "output")


def read_vectors(source: Source, write: Write, on_progress: OnProgress = ignore, first: int | None = None) -> Words:
    """Hand every row of a source to `write`, the input matrix first, and return the words.

    first:  read so many words and no more, of a format that has its words in it
    DataError, by file and line, for what is wrong; rows may have been handed on by then.
    """
    check_whole(source)
    if first is not None and (first < 1 or source.format not in HAVE_WORDS):
        raise DataError(
            f"only the first words are read of GloVe and word2vec files, one at least, however: {source.format}, {first}"
        )
    words: Words | None = None
    width = 0
    for i, which in enumerate(NAMES[: len(source.matrices)]):
        own = Words(source.matrices[i].name, "word" if source.format == "word2vec-binary" else "line")
        n_rows = 0
        for _, rows in _blocks(
            source, i, own, lambda share, i=i: on_progress((i + share) / len(source.matrices)), first
        ):
            if width and rows.shape[1] != width:
                raise DataError(
                    f"{own.name}: width {rows.shape[1]:,}, however: {source.matrices[0].name} has {width:,}"
                )
            width, n_rows = rows.shape[1], n_rows + len(rows)
            write(which, rows)
        if source.words is not None:
            words = words or read_words(source.words, n_rows)
            if len(words) != n_rows:
                raise DataError(
                    f"{source.matrices[i].name}: {n_rows:,} rows, however: {words.name} has {len(words):,} words"
                )
        elif words is None:
            words = own
        else:
            _check_same(words, own)
    assert words is not None, "there is a matrix"
    return words


def _blocks(source: Source, i: int, words: Words, on_progress: OnProgress, first: int | None) -> Iterator[Block]:
    path: Path = source.matrices[i]
    if source.format == "word2vec-binary":
        return read_binary(path, words, on_progress, first)
    if source.format == "npy":
        return rows_in_blocks(open_npy(path), path.name)
    if source.format == "projector":
        return read_projector(path, on_progress)
    if source.format == "safetensors":
        return read_tensor(source.tensors[i])
    return read_text(path, words, on_progress, first)


def _check_same(first: Words, second: Words) -> None:
    """The two files of a pair have the same words, in the same order."""
    if len(first) != len(second):
        raise DataError(
            f"{second.name}: {len(second):,} words, however: {first.name} has {len(first):,}; a pair has the same"
        )
    for i, (a, b) in enumerate(zip(first.words, second.words, strict=True)):
        if a != b:
            raise DataError(
                f"{second.name}: word {i + 1:,} is {shown(b)}, however: {first.name} has {shown(a)} there; a pair has the same"
            )
