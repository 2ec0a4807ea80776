"""A training as a film: where the words of its snapshots lie on a map, frame by frame, and what goes along with it.

A frame is a snapshot. Its words are the most frequent ones, the same in all frames. Two kinds of map hold still between
frames, so that what moves is the words:

pca   the snapshots lie in one space; all are projected on the components of the last one. A plain projection: distances
      that training makes longer are longer here.
umap  AlignedUMAP (umap-learn): a map a frame, each word held near its place in the frames around. It takes half a minute, so
      it is stored with the run (`python -m reprlearn map RUN`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from reprlearn.analysis.neighbours import near_k, nearest
from reprlearn.analysis.reduction import MIN_WORDS, align, principal_components
from reprlearn.analysis.stored import matrix_name, read_table, write_table
from reprlearn.analysis.tiedness import is_tied, tiedness_by_epoch
from reprlearn.analysis.trustworthiness import trust_k, trustworthiness

if TYPE_CHECKING:
    from reprlearn.runs import Run

Method = Literal["umap", "pca"]
MIN_FRAMES = 2
N_GROUPS = 8
SMOOTHED_RECORDS = 5


@dataclass(frozen=True)
class Film:
    """Words on a map over training.

    points:  epoch, word_id, x, y; a row a frame and word, frames in order, the words of each in the same order
    trustworthiness:  of the last frame, over its own words (`analysis.trustworthiness`)
    """

    points: pd.DataFrame
    method: Method
    trustworthiness: float

    @property
    def epochs(self) -> list[float]:
        return self.points["epoch"].drop_duplicates().tolist()


def has_film(run: Run) -> bool:
    """Whether the run has the snapshots a film is made of. Reads none of them."""
    return sum(1 for _ in run.snapshots_folder.glob("epoch-*.safetensors")) >= MIN_FRAMES


def film(run: Run, which: str, method: Method = "umap") -> Film:
    """The film of a matrix; UMAP's is read from the run where it is stored, and is computed where not.

    ValueError for a run that has no such matrix, or fewer than two snapshots of three words.
    """
    return (method == "umap" and stored_film(run, which)) or compute_film(run, which, method)


def stored_film(run: Run, which: str) -> Film | None:
    """The film by AlignedUMAP that is stored with the run, if there is one and the matrix has not changed since."""
    found = read_table(run.maps_folder / f"{matrix_name(run, which)}-film.parquet", run.matrix_hash(which))
    if found is None:
        return None
    table, metadata = found
    return Film(table.to_pandas(), "umap", float(metadata["trustworthiness"]))


def store_film(run: Run, which: str) -> Film:
    """Compute the film by AlignedUMAP and store it with the run."""
    import pyarrow as pa

    made = compute_film(run, which, "umap")
    metadata = {"matrix_hash": run.matrix_hash(which), "trustworthiness": made.trustworthiness}
    path = run.maps_folder / f"{matrix_name(run, which)}-film.parquet"
    write_table(path, pa.Table.from_pandas(made.points, preserve_index=False), metadata)
    return made


def compute_film(run: Run, which: str, method: Method) -> Film:
    """The film, afresh."""
    epochs, word_ids, matrices = _frames(run, which)
    places = _aligned_umap(matrices) if method == "umap" else _on_last_components(matrices)
    points = pd.concat(
        [
            pd.DataFrame({"epoch": epoch, "word_id": word_ids, "x": xy[:, 0], "y": xy[:, 1]})
            for epoch, xy in zip(epochs, places, strict=True)
        ],
        ignore_index=True,
    )
    trust = trustworthiness(matrices[-1], places[-1], k=trust_k(len(word_ids)))
    return Film(points, method, trust)


def in_step(film: Film, reference: Film) -> Film:
    """`film` turned, mirrored, scaled and shifted as a whole, so that its last frame lies on the reference's as well as it can.

    A film that shares too few words with the reference is given back as it is.
    """
    mine, other = (each.points.loc[each.points["epoch"] == each.epochs[-1]] for each in (film, reference))
    if mine["word_id"].isin(other["word_id"]).sum() < MIN_WORDS:
        return film
    # One movement for all frames: that of the last one, found with its rows in front of all rows.
    n_last = len(mine)
    rows = pd.concat([mine, film.points], ignore_index=True)
    keys = np.where(np.arange(len(rows)) < n_last, rows["word_id"], -1 - np.arange(len(rows)))
    moved = align(rows.assign(key=keys), other.assign(key=other["word_id"]), on="key").iloc[n_last:]
    return Film(moved.drop(columns="key").reset_index(drop=True), film.method, film.trustworthiness)


def settled(run: Run, which: str) -> pd.DataFrame:
    """How much of where words end up was there already, one row a frame: epoch, shared.

    shared:  share of a word's nearest words of the last frame (cosine, in the space of the matrix) that are among its
             nearest in this frame, mean over the words; 1 in the last one
    """
    epochs, word_ids, matrices = _frames(run, which)
    k = near_k(len(word_ids))
    ids = [nearest(matrix, k).ids for matrix in matrices]
    shared = [float((each[:, :, None] == ids[-1][:, None, :]).any(2).mean()) for each in ids]
    return pd.DataFrame({"epoch": epochs, "shared": shared})


def half_settled(settled: pd.DataFrame) -> float:
    """The first epoch at which half of the nearest words of the end are there."""
    return float(settled.loc[settled["shared"] >= 0.5, "epoch"].iloc[0])


def along(run: Run) -> pd.DataFrame:
    """What moves along with the film, one row a frame: epoch, perplexity, tied.

    perplexity:  of the training text, a mean of the records up to this point, the latest most; NaN before the first one
    tied:        share of nearest words that input and output matrix have in common (`tiedness_by_epoch`); 1 for a tied run, NaN for
                 one without an output matrix
    """
    epochs, _, _ = _frames(run, run.card.distinct_matrices[0])
    curves = run.curves
    done = curves["step"].to_numpy(np.float64) / curves["total_steps"].to_numpy(np.float64) * run.recipe.fit.epochs
    losses = curves["train_loss"].ewm(span=SMOOTHED_RECORDS).mean().to_numpy()
    at = np.searchsorted(done, np.asarray(epochs) + 1e-9, side="right") - 1
    perplexity = np.where(at >= 0, np.exp(losses[at.clip(0)]), np.nan)
    if "output" not in run.card.matrices:
        tied = np.full(len(epochs), np.nan)
    elif is_tied(run):
        tied = np.ones(len(epochs))
    else:
        tied = tiedness_by_epoch(run, measures=["knn_overlap"])["knn_overlap"].to_numpy(np.float64)
    return pd.DataFrame({"epoch": epochs, "perplexity": perplexity, "tied": tied})


def groups(run: Run, which: str) -> tuple[pd.DataFrame, list[str]]:
    """(word_id, group) of the words of a film, and what each group is called: k-means of the last frame."""
    from reprlearn.analysis.clusters import cluster_words

    _, word_ids, matrices = _frames(run, which)
    words = tuple(run.vocabulary.words[i] for i in word_ids)
    counts = np.asarray(run.vocabulary.counts)[word_ids]
    group, names = cluster_words(matrices[-1], words, counts, n_clusters=min(N_GROUPS, len(words)))
    return pd.DataFrame({"word_id": word_ids, "group": group}), names


def _frames(run: Run, which: str) -> tuple[list[float], np.ndarray, list[np.ndarray]]:
    """Epochs, word ids (n,) and the matrix (n, D) of each snapshot."""
    name = matrix_name(run, which)
    found = {epoch: each for epoch, each in run.snapshots.items() if name in each}
    ids = [each["word_ids"] for each in found.values()]
    if len(ids) < MIN_FRAMES or len(ids[0]) < MIN_WORDS or any(not np.array_equal(each, ids[0]) for each in ids):
        raise ValueError(f"{run.name} has no film: it needs two snapshots or more, of the same three words or more")
    return list(found), ids[0], [each[name].astype(np.float32) for each in found.values()]


def _on_last_components(matrices: list[np.ndarray]) -> list[np.ndarray]:
    last = matrices[-1].astype(np.float64)
    _, _, rows = np.linalg.svd(last - last.mean(0), full_matrices=False)
    axes = rows[:2].T
    # The sign a component has is free: as `principal_components` sets it, so that the last frame is the map of its words.
    reference = principal_components(matrices[-1], 2)[0]
    signs = np.sign((((last - last.mean(0)) @ axes) * reference[:, : axes.shape[1]]).sum(0))
    return [((matrix - last.mean(0)) @ (axes * signs)).astype(np.float32) for matrix in matrices]


def _aligned_umap(matrices: list[np.ndarray]) -> list[np.ndarray]:
    import warnings

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=ImportWarning)
        # Compiles for some twenty seconds (numba).
        from umap.aligned_umap import AlignedUMAP

        warnings.filterwarnings("ignore", category=UserWarning)
        n_words = len(matrices[0])
        same = {i: i for i in range(n_words)}
        fitted = AlignedUMAP(metric="cosine", n_neighbors=min(15, n_words - 1), random_state=0).fit(
            matrices, relations=[same] * (len(matrices) - 1)
        )
    return [np.asarray(places, dtype=np.float32) for places in fitted.embeddings_]
