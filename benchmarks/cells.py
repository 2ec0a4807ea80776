"""A long grid of trainings, done one cell at a time: each finished one is written at once, and skipped the next time.

A cell is known by its digest, of all that its figures hang on. Several processes may work at one grid: a cell that one of them is
at is left to it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from filelock import FileLock, Timeout

from reprlearn.cache import whole_file
from reprlearn.recipes import Recipe


@contextmanager
def claimed(results: Path, cells: str, digest: str) -> Iterator[bool]:
    """Whether to train the cell of this digest now: not where it is in the table `cells`, or another process is at it."""
    results.mkdir(parents=True, exist_ok=True)
    lock = FileLock(results / f".{digest}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield digest not in set(read(results / cells, ["hash"])["hash"])
    finally:
        lock.release()


def add(results: Path, key: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]) -> None:
    """Put a cell's rows, {file name: rows}, in place of those of the same key."""
    with FileLock(results / ".lock"):
        for name, rows in tables.items():
            before = read(results / name, list(rows.columns))
            if len(before):
                own = np.logical_and.reduce([before[column].to_numpy() == value for column, value in key.items()])
                rows = pd.concat([before.loc[~own], rows])
            with whole_file(results / name) as path:
                if name.endswith(".parquet"):
                    rows.to_parquet(path, index=False, compression="zstd")
                else:
                    rows.to_csv(path, index=False, float_format="%.6g")


def read(path: Path, columns: list[str]) -> pd.DataFrame:
    """A table of results; without a file, an empty one with these columns."""
    if not path.is_file():
        return pd.DataFrame(columns=columns)
    return pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)


def recipe_digest(recipe: Recipe, content_hash: str) -> str:
    """Of how a recipe trains (not what it is called, or where its data lie), and of what its data hold."""
    return digest_of(*(settings(part) for part in (recipe.model, recipe.objective, recipe.fit)), content_hash)


def settings(config: Any) -> dict[str, Any]:
    """The fields of a dataclass that are not at their defaults, and its `kind`.

    So a field that is added one day changes no digest. A default that is changed does not either: then the results are stale.
    """
    found = {}
    for field in dataclasses.fields(config):
        value = getattr(config, field.name)
        if field.name == "kind" or value != field.default:
            found[field.name] = settings(value) if dataclasses.is_dataclass(value) else value
    return found


def digest_of(*facts: Any) -> str:
    """Sixteen hex digits of anything JSON can hold."""
    return hashlib.sha256(json.dumps(facts, default=str).encode()).hexdigest()[:16]
