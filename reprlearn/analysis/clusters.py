"""Groups of words in the original space, named by their most central frequent words, and the length of each vector.

k-means runs on unit vectors about their mean, fitted to the frequent words (rare ones are noise, and those that never
occur are where chance left them) and then asked for all words.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis.neighbours import unit_rows
from reprlearn.analysis.stored import matrix_name, read_table, write_table
from reprlearn.data.events.vocabulary import EventVocabulary

if TYPE_CHECKING:
    from reprlearn.runs import Run

N_CLUSTERS = 24
FREQUENT = 3_000
BLOCK = 16_384


def clusters_for(n_words: int) -> int:
    """How many groups so many words fall into: the root of their number, so that a group has members, and no more than
    a map has colours for.
    """
    return min(N_CLUSTERS, math.isqrt(n_words))


def cluster_words(
    matrix: np.ndarray, words: tuple[str, ...], counts: np.ndarray, n_clusters: int | None = None, seed: int = 0
) -> tuple[np.ndarray, list[str]]:
    """(cluster (V,) int16, a label for each cluster): clusters are numbered from the largest, labels are three
    words. `n_clusters` is by default `clusters_for`'s.
    """
    # Heavy, and showing a shipped run does without it.
    from sklearn.cluster import KMeans

    n_clusters = clusters_for(len(words)) if n_clusters is None else n_clusters
    n_seen = int((np.asarray(counts) > 0).sum()) or len(words)
    frequent = np.argsort(-np.asarray(counts), kind="stable")[: min(FREQUENT, n_seen)]
    known = unit_rows(matrix[frequent])
    mean = known.mean(axis=0)
    known = unit_rows(known - mean)
    n_clusters = min(n_clusters, len(frequent))
    # pyright reads the type of n_init from its default, "auto".
    fitted = KMeans(n_clusters, n_init=3, random_state=seed).fit(known)  # pyright: ignore[reportArgumentType]
    parts = (unit_rows(unit_rows(matrix[start : start + BLOCK]) - mean) for start in range(0, len(matrix), BLOCK))
    cluster = np.concatenate([fitted.predict(part) for part in parts])
    order = np.argsort(-np.bincount(cluster, minlength=n_clusters), kind="stable")
    rank = np.empty(n_clusters, dtype=np.int16)
    rank[order] = np.arange(n_clusters, dtype=np.int16)
    nameable = np.array([_is_word(words[i]) for i in frequent], dtype=bool)
    members = [np.flatnonzero(nameable & (cluster[frequent] == old)) for old in order]
    centres = [fitted.cluster_centers_[old] for old in order]
    named = [words[i] for i in frequent]
    labels = [_label(known, centre, rows, named) for centre, rows in zip(centres, members, strict=True)]
    return rank[cluster], labels


def _is_word(word: str) -> bool:
    return any(character.isalnum() for character in word) and not (word.startswith("<") and word.endswith(">"))


def _label(units: np.ndarray, centre: np.ndarray, members: np.ndarray, words: list[str]) -> str:
    if not len(members):
        return "…"
    nearest = members[np.argsort(-(units[members] @ centre), kind="stable")[:3]]
    return ", ".join(words[i] for i in nearest)


def store_words(run: Run, which: str) -> int:
    """Compute and store norm and cluster of every word of a matrix; returns the number of clusters."""
    import pyarrow as pa

    frame, labels = _compute(run, which)
    metadata = {"matrix_hash": run.matrix_hash(which), "cluster_labels": labels}
    write_table(_path(run, which), pa.Table.from_pandas(frame, preserve_index=False), metadata)
    return len(labels)


def norms_and_clusters(run: Run, which: str) -> tuple[pd.DataFrame, list[str]]:
    """(word_id, norm, cluster) of every word, and the clusters' labels: stored with the run, else computed."""
    stored = read_table(_path(run, which), run.matrix_hash(which))
    if stored is None:
        return _compute(run, which)
    table, metadata = stored
    return pd.DataFrame({name: table.column(name).to_numpy() for name in table.column_names}), metadata[
        "cluster_labels"
    ]


def _compute(run: Run, which: str) -> tuple[pd.DataFrame, list[str]]:
    matrix = run.matrix(which)
    vocabulary = run.vocabulary
    # Names of event types are long (an airport's), and a group has several in its label.
    names = vocabulary.types if isinstance(vocabulary, EventVocabulary) else vocabulary.words
    cluster, labels = cluster_words(matrix, names, vocabulary.counts)
    norm = np.sqrt(np.einsum("vd,vd->v", matrix, matrix)).astype(np.float32)
    return pd.DataFrame({"word_id": np.arange(len(matrix), dtype=np.int32), "norm": norm, "cluster": cluster}), labels


def _path(run: Run, which: str):
    return run.maps_folder / f"{matrix_name(run, which)}-words.parquet"
