"""Tables that belong to one matrix of a run: parquet files that carry the hash of the matrix they were made from.

A file that is missing, damaged, or made from another matrix counts as absent: the caller computes afresh.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from reprlearn.cache import whole_file

if TYPE_CHECKING:
    import pyarrow as pa

    from reprlearn.runs import Run

Which = Literal["input", "output"]
_KEY = b"reprlearn"


def matrix_hash(matrix: np.ndarray) -> str:
    """SHA-256 (hex) of the matrix's float32 bytes, row after row."""
    return hashlib.sha256(np.ascontiguousarray(matrix, dtype=np.float32).data).hexdigest()


def matrix_name(run: Run, which: str) -> str:
    """Name under which files of this matrix are stored: a tied run's "output" is its "input", so it is stored once.

    ValueError when the run has no such matrix.
    """
    matrices = run.card.matrices
    if which not in matrices:
        raise ValueError(f"{run.name} has no matrix {which!r}; it has {', '.join(matrices) or 'none'}")
    return next(name for name in sorted(matrices) if matrices[name] == matrices[which])


def write_table(path: Path, table: pa.Table, metadata: dict[str, Any]) -> None:
    """Write the table with its metadata (JSON-able, must hold "matrix_hash"), whole or not at all."""
    import pyarrow.parquet as pq

    assert "matrix_hash" in metadata, "a stored table names the matrix it was made from"
    with whole_file(path) as temporary:
        pq.write_table(table.replace_schema_metadata({_KEY: json.dumps(metadata)}), temporary, compression="zstd")


def read_table(path: Path, expected_hash: str) -> tuple[pa.Table, dict[str, Any]] | None:
    """(table, metadata), or None when the file is missing, damaged, or made from another matrix."""
    if not path.is_file():
        return None
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # Without memory mapping: a file replaced meanwhile must not change under a reader.
        table = pq.read_table(path, memory_map=False)
        metadata = json.loads((table.schema.metadata or {})[_KEY])
        if metadata["matrix_hash"] != expected_hash:
            return None
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError):
        return None
    return table, metadata
