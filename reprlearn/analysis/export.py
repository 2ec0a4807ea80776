"""A run's vectors and tables in the formats other tools read.

Words come from texts, so any may hold a tab, a line break, or begin like a spreadsheet formula; each format
gets what it can carry, and a word is never dropped. Vectors become text a stretch at a time: all of 400,000 would
take gigabytes.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis.geometry import word_table
from reprlearn.cache import whole_file

if TYPE_CHECKING:
    from reprlearn.runs import Run

ROWS_AT_ONCE = 4_096
_SPACE = re.compile(r"\s+")


def word2vec_text(run: Run, which: str) -> bytes:
    """The text format of word2vec: "V D", then "word v1 ... vD" a line; white space within a word becomes "_"."""
    return b"".join(_word2vec_lines(run, which))


def _word2vec_lines(run: Run, which: str) -> Iterator[bytes]:
    matrix = run.matrix(which)
    yield f"{len(matrix)} {matrix.shape[1]}\n".encode()
    for word, numbers in zip(_distinct(run), _numbers(matrix, " "), strict=True):
        yield f"{word} {numbers}\n".encode()


def projector_tsv(run: Run, which: str) -> tuple[bytes, bytes]:
    """(vectors, metadata) for TensorBoard's Embedding Projector: tab-separated, a row a word, metadata with a
    header.
    """
    return b"".join(_projector_vectors(run, which)), _projector_metadata(run, which)


def _projector_vectors(run: Run, which: str) -> Iterator[bytes]:
    return (f"{numbers}\n".encode() for numbers in _numbers(run.matrix(which), "\t"))


def _projector_metadata(run: Run, which: str) -> bytes:
    frame = word_table(run, which)[["word", "count", "norm", "cluster_label"]]
    text_columns = {name: [_one_line(value) for value in frame[name]] for name in ("word", "cluster_label")}
    # Written by hand: a CSV writer would quote, and the projector does not unquote.
    frame = frame.assign(**text_columns, norm=[f"{norm:.6g}" for norm in frame["norm"]]).astype(str)
    lines = ["\t".join(frame.columns), *("\t".join(row) for row in frame.itertuples(index=False))]
    return ("\n".join(lines) + "\n").encode()


def csv(frame: pd.DataFrame) -> bytes:
    """A table as CSV (UTF-8 with a mark, so that spreadsheets read it); texts that would run as formulas get a
    leading '.
    """
    return codecs.BOM_UTF8 + _csv(frame)


def _csv(frame: pd.DataFrame, *, header: bool = True) -> bytes:
    safe = frame.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]) and not pd.api.types.is_bool_dtype(safe[name]):
            safe[name] = [_no_formula(value) if isinstance(value, str) else value for value in safe[name]]
    buffer = io.StringIO()
    safe.to_csv(buffer, index=False, header=header, lineterminator="\n")
    return buffer.getvalue().encode()


def _csv_parts(run: Run, which: str) -> Iterator[bytes]:
    """Every word with count, log-frequency, norm, cluster, and its vector in the columns v1 ... vD."""
    matrix, table = run.matrix(which), word_table(run, which)
    yield codecs.BOM_UTF8
    for start in range(0, len(matrix), ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        vectors = pd.DataFrame(matrix[rows], columns=[f"v{i}" for i in range(1, matrix.shape[1] + 1)])
        yield _csv(pd.concat([table.iloc[rows].reset_index(drop=True), vectors], axis=1), header=not start)


def write_export(run: Run, to: str, which: str, folder: Path) -> list[Path]:
    """Write the files of one format ("word2vec", "projector" or "csv") into `folder`, which is made; returns
    their paths.

    ValueError for another format, or a matrix the run does not have.
    """
    stem = f"{run.name}-{which}"
    files: dict[str, Iterable[bytes]]
    if to == "word2vec":
        files = {f"{stem}.txt": _word2vec_lines(run, which)}
    elif to == "projector":
        metadata = [_projector_metadata(run, which)]
        files = {f"{stem}-vectors.tsv": _projector_vectors(run, which), f"{stem}-metadata.tsv": metadata}
    elif to == "csv":
        files = {f"{stem}.csv": _csv_parts(run, which)}
    else:
        raise ValueError(f"vectors are exported to word2vec, projector or csv, however: {to!r}")
    folder.mkdir(parents=True, exist_ok=True)
    for name, parts in files.items():
        with whole_file(folder / name) as temporary, temporary.open("wb") as file:
            file.writelines(parts)
    return [folder / name for name in files]


def _no_formula(text: str) -> str:
    # A spreadsheet drops leading white space before it looks for a formula.
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) or text.startswith(("\t", "\r", "\n")) else text


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip() or "_"


def _distinct(run: Run) -> list[str]:
    """Words without white space, all different: readers of the format keep the first of equal words and drop
    the others.
    """
    seen: set[str] = set()
    words = []
    for word in run.vocabulary.words:
        plain = _SPACE.sub("_", word) or "_"
        while plain in seen:
            plain += "_"
        seen.add(plain)
        words.append(plain)
    return words


def _numbers(matrix: np.ndarray, separator: str) -> Iterator[str]:
    """Each row of (V, D) as text; 9 significant digits give every float32 back as it was."""
    template = separator.join(["%.9g"] * matrix.shape[1])
    for start in range(0, len(matrix), ROWS_AT_ONCE):
        for row in matrix[start : start + ROWS_AT_ONCE].tolist():
            yield template % tuple(row)
