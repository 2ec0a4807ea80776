"""Maps of a run's matrices on disk: those shipped with the run, and those a reader computed (the disk cache).

Reading one needs numpy, pandas and pyarrow only. Each file carries the hash of its matrix, the parameters, the
versions it was made with and its trustworthiness; one made from another matrix is ignored. The computing itself is in
`reprlearn.analysis.reduction`.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reprlearn.analysis.leading_words import is_large, leading_words
from reprlearn.analysis.neighbours import neighbour_table
from reprlearn.analysis.reduction import (
    AXES,
    MIN_WORDS,
    OnProgress,
    ProjectionConfig,
    align,
    ignore,
    principal_components,
    project,
)
from reprlearn.analysis.stored import matrix_name, read_table, write_table
from reprlearn.analysis.trustworthiness import trust_k, trustworthiness

if TYPE_CHECKING:
    from reprlearn.runs import Run

__all__ = [
    "Layout",
    "ProjectionConfig",
    "align",
    "compute_layout",
    "project",
    "stored_layout",
    "trustworthiness",
]


@dataclass(frozen=True)
class Layout:
    """A map: points (word_id, x, y(, z)) in order of word_id, of all words or the leading ones, and what is known of it."""

    points: pd.DataFrame
    config: ProjectionConfig
    trustworthiness: float
    explained_variance: tuple[float, ...] | None = None
    versions: dict[str, str] = field(default_factory=dict)


def stored_layout(run: Run, which: str, config: ProjectionConfig) -> Layout | None:
    """The map with these parameters, from the run or else from the disk cache; None when neither holds it."""
    expected = run.matrix_hash(which)
    for path in (run_path(run, which, config), _cache_path(expected, config)):
        found = read_table(path, expected)
        if found is not None and found[1].get("config") == _as_json(config):
            with suppress(KeyError, TypeError, ValueError):
                return _layout(*found, config)
    return None


def compute_layout(run: Run, which: str, config: ProjectionConfig, on_progress: OnProgress | None = None) -> Layout:
    """Compute a map and keep it in the disk cache. PCA takes about a second, UMAP up to a minute at 10,000 words.

    `on_progress(stage, fraction)` is called with the stages "neighbours", "umap_import", "umap",
    "trustworthiness", "done".
    """
    layout = compute(run, which, config, on_progress)
    expected = run.matrix_hash(which)
    try:
        write_layout(_cache_path(expected, config), layout, expected)
    except OSError as error:
        # A map that could not be kept is a map all the same.
        warnings.warn(f"the map was not cached: {error}", stacklevel=2)
    return layout


def compute(
    run: Run,
    which: str,
    config: ProjectionConfig,
    on_progress: OnProgress | None = None,
    init: np.ndarray | None = None,
) -> Layout:
    """Compute a map and keep it nowhere; `init` (V, n_dims) is where UMAP starts. ValueError for fewer than three words.

    Of a run with more words than a map shows, principal components are those of all words; UMAP lays out the leading ones alone.
    """
    on_progress = on_progress or ignore
    matrix, ids = run.matrix(which), None
    if is_large(run) and config.method == "umap":
        ids = leading_words(run)
        matrix, init = matrix[ids], None if init is None else init[ids]
    if len(matrix) < MIN_WORDS:
        raise ValueError(f"a map needs at least {MIN_WORDS} words, however: {run.name} has {len(matrix)}")
    explained, versions = None, {"scikit-learn": version("scikit-learn")}
    if config.method == "pca":
        coordinates, explained = principal_components(matrix, config.n_dims)
    else:
        versions = {"umap-learn": version("umap-learn"), "numba": version("numba")}
        on_progress("neighbours", 0.0)
        coordinates = project(matrix, config, neighbour_table(run, which) if ids is None else None, init, on_progress)
    on_progress("trustworthiness", 0.92)
    trust = trustworthiness(matrix, coordinates, k=trust_k(len(matrix)))
    points = pd.DataFrame({"word_id": np.arange(len(matrix), dtype=np.int32) if ids is None else ids.astype(np.int32)})
    points = points.assign(**{axis: coordinates[:, i] for i, axis in enumerate(AXES[: config.n_dims])})
    on_progress("done", 1.0)
    return Layout(points, config, trust, explained, versions)


def _as_json(config: ProjectionConfig) -> dict[str, Any]:
    """What decides the map: PCA depends on the number of dimensions alone."""
    values = asdict(config)
    return {name: values[name] for name in ("method", "n_dims")} if config.method == "pca" else values


def run_path(run: Run, which: str, config: ProjectionConfig) -> Path:
    """Where a map that ships with the run is stored."""
    return run.maps_folder / f"{matrix_name(run, which)}-{config.method}-{config.n_dims}d.parquet"


def _cache_path(expected_hash: str, config: ProjectionConfig) -> Path:
    from reprlearn.cache import cache_folder

    key = json.dumps([expected_hash, _as_json(config), version("umap-learn")], sort_keys=True)
    return cache_folder("layouts") / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.parquet"


def write_layout(path: Path, layout: Layout, expected_hash: str) -> None:
    import pyarrow as pa

    metadata = {
        "matrix_hash": expected_hash,
        "config": _as_json(layout.config),
        "trustworthiness": layout.trustworthiness,
        "trustworthiness_k": trust_k(len(layout.points)),
        "explained_variance": layout.explained_variance,
        "versions": layout.versions,
    }
    write_table(path, pa.Table.from_pandas(layout.points, preserve_index=False), metadata)


def _layout(table: Any, metadata: dict[str, Any], config: ProjectionConfig) -> Layout:
    points = pd.DataFrame({name: table.column(name).to_numpy() for name in ("word_id", *AXES[: config.n_dims])})
    explained = metadata.get("explained_variance")
    trust = float(metadata["trustworthiness"])
    return Layout(points, config, trust, tuple(explained) if explained else None, metadata.get("versions", {}))
