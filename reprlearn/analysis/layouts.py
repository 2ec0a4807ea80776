"""What `python -m reprlearn map RUN` stores with a run, so that its pages show it without computing anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis.clusters import store_words
from reprlearn.analysis.film import has_film, store_film
from reprlearn.analysis.leading_words import is_large
from reprlearn.analysis.neighbours import store_neighbours
from reprlearn.analysis.projection import (
    Layout,
    ProjectionConfig,
    align,
    compute,
    run_path,
    stored_layout,
    write_layout,
)
from reprlearn.analysis.reduction import AXES

if TYPE_CHECKING:
    from reprlearn.runs import Run


def store_maps(run: Run, like: Run | None = None) -> Iterator[str]:
    """Store with the run what its pages show: neighbours, word tables and the maps by UMAP of each distinct matrix.

    Principal components take about a second, so they are computed when asked for. UMAP starts from the same map of `like`
    (a twin), and an output matrix from the input's map, so that maps of one family can be compared by eye. Yields a line
    as each file is written.
    """
    for which in run.card.distinct_matrices:
        expected = run.matrix_hash(which)
        if is_large(run):
            yield f"{which}: no table of neighbours for {len(run.vocabulary):,} words, they are computed word by word when asked for"
        else:
            found = store_neighbours(run, which)
            yield f"{which}: {found.k} nearest words of {len(found.ids):,}"
        yield f"{which}: {store_words(run, which)} clusters and the norm of each word"
        for n_dims in (2, 3):
            config = ProjectionConfig(method="umap", n_dims=n_dims)
            reference = _reference(run, which, config, like)
            init = None if reference is None else _start_from(run, reference)
            layout = compute(run, which, config, init=init)
            if reference is not None:
                layout = _turned(run, layout, reference)
            write_layout(run_path(run, which, config), layout, expected)
            yield f"{which}: UMAP {n_dims}-D, trustworthiness {layout.trustworthiness:.3f}"
        if has_film(run):
            made = store_film(run, which)
            yield f"{which}: film of {len(made.epochs)} frames, trustworthiness of the last {made.trustworthiness:.3f}"


def _reference(run: Run, which: str, config: ProjectionConfig, like: Run | None) -> pd.DataFrame | None:
    """Map (word, x, y(, z)) to start from: the twin's of the same matrix, or the run's own first one; None
    without either, or where it shares too few words.
    """
    sources = []
    if which != "input" and "input" in run.card.matrices:
        sources.append((run, "input"))
    if like is not None:
        sources.insert(0, (like, which if which in like.card.matrices else "input"))
    for source, name in sources:
        layout = stored_layout(source, name, config)
        if layout is not None:
            words = np.array(source.vocabulary.words, dtype=object)[layout.points["word_id"]]
            # With fewer words in common there is nothing to turn a map by.
            if len(set(words) & set(run.vocabulary.words)) > config.n_dims:
                return layout.points.assign(word=words)
    return None


def _start_from(run: Run, reference: pd.DataFrame) -> np.ndarray:
    """Start (V, n_dims) for UMAP: shared words where the reference has them, the others at its centre."""
    axes = [axis for axis in AXES if axis in reference]
    known = reference.set_index("word")[axes].reindex(list(run.vocabulary.words))
    return known.fillna(reference[axes].mean()).to_numpy(np.float32)


def _turned(run: Run, layout: Layout, reference: pd.DataFrame) -> Layout:
    words = np.array(run.vocabulary.words, dtype=object)[layout.points["word_id"]]
    points = align(layout.points.assign(word=words), reference, on="word").drop(columns="word")
    return replace(layout, points=points)
