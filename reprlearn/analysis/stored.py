"""Tables that belong to one matrix of a run, or to all its weights: parquet files that carry the hash of what they were made from.

A file that is missing, damaged, or made from another matrix counts as absent: the caller computes afresh.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from reprlearn.cache import whole_file
from reprlearn.runs import RunError
from reprlearn.runs.weights import FILE_NAME as WEIGHTS
from reprlearn.runs.weights import matrix_hash

if TYPE_CHECKING:
    import pyarrow as pa

    from reprlearn.runs import Run

__all__ = ["Which", "matrix_hash", "matrix_name", "read_table", "write_table"]

Which = Literal["input", "output"]
_KEY = b"reprlearn"


def matrix_name(run: Run, which: str) -> str:
    """Name under which files of this matrix are stored: a tied run's "output" is its "input", so it is stored once.

    ValueError when the run has no such matrix.
    """
    matrices = run.card.matrices
    if which not in matrices:
        raise ValueError(f"{run.name} has no matrix {which!r}; it has {', '.join(matrices) or 'none'}")
    return next(name for name in sorted(matrices) if matrices[name] == matrices[which])


def made_from(run: Run, format_number: int) -> dict[str, Any]:
    """What a table that hangs on all of a run's weights and its text carries, beside the number of its own format."""
    try:
        content = (run.path / WEIGHTS).read_bytes()
    except OSError as error:
        raise RunError(f"{run.name}: {WEIGHTS} cannot be read ({error.strerror})") from None
    weights = hashlib.sha256(content).hexdigest()
    return {"format": format_number, "weights": weights, "corpus": run.card.corpus.content_hash}


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
