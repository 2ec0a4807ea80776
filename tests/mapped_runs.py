"""Runs with known vectors and stored maps, made in a moment and without training: what the map pages are tested on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
from safetensors.numpy import save_file

from reprlearn.analysis.clusters import store_words
from reprlearn.analysis.neighbours import store_neighbours
from reprlearn.analysis.projection import Layout, ProjectionConfig, run_path, write_layout
from reprlearn.analysis.stored import matrix_hash
from reprlearn.data.events.vocabulary import EventVocabulary
from reprlearn.data.vocabulary import Vocabulary
from reprlearn.recipes import LSTM_UNTIED, Recipe
from reprlearn.recipes.event_models import EVENT_MODELS
from reprlearn.runs import Card, Run
from reprlearn.runs.card import CorpusCard, TrainingCard

WIDTH, TRUST = 8, 0.91
FAR_OFF = ("P1", "P2")


def write_mapped_runs(root: Path, n_words: int = 240) -> Path:
    """`demo-untied` (input and output matrix) and `demo-tied` (one), `n_words` words each, with UMAP-named 2-D and 3-D maps.

    The words are <unk>, <eos> and w2, w3, ...; vectors lie in eight groups; the maps are their first coordinates.
    """
    draw = np.random.default_rng(0)
    centres = draw.normal(size=(8, WIDTH)) * 3
    group = np.arange(n_words) % 8
    a, b = ((centres[group] + draw.normal(size=(n_words, WIDTH))).astype(np.float32) for _ in range(2))
    _write_run(root / "demo-untied", {"in": a, "out": b}, {"input": "in", "output": "out"}, n_words)
    _write_run(root / "demo-tied", {"in": a + 0.5 * b}, {"input": "in", "output": "in"}, n_words)
    return root


def write_mapped_events(root: Path) -> Path:
    """`demo-air`, 41 event types of which 40 are places: P1 and P2 far off, the others over a country, and near places have
    near vectors; and `demo-few`, four types that are no places.
    """
    draw = np.random.default_rng(0)
    longitude, latitude = draw.uniform(-120, -70, 40), draw.uniform(26, 48, 40)
    longitude[:2], latitude[:2] = (-158, -150), (21, 61)
    vectors = np.stack([longitude / 20, latitude / 10, *draw.normal(size=(WIDTH - 2, 40)) * 0.2], axis=1)
    vectors[:, :2] -= vectors[:, :2].mean(axis=0)
    matrix = np.concatenate([draw.normal(size=(1, WIDTH)), vectors]).astype(np.float32)
    types = ("<oov>", *(f"P{i}" for i in range(1, 41)))
    labels = ("out of vocabulary", *(f"Place number {i}" for i in range(1, 41)))
    places = (None, *zip(longitude.tolist(), latitude.tolist(), strict=True))
    vocabulary = EventVocabulary(types, (0, *range(4100, 100, -100)), labels, places, ())
    _write_events(root / "demo-air", {"in": matrix, "out": matrix + 0.1}, vocabulary)
    few = EventVocabulary(("<oov>", "a", "b", "c"), (0, 9, 8, 7), ("out of vocabulary", "a", "b", "c"), None, ())
    _write_events(root / "demo-few", {"in": matrix[:4], "out": matrix[4:8]}, few)
    return root


def _write_events(folder: Path, tensors: dict[str, np.ndarray], vocabulary: EventVocabulary) -> None:
    folder.mkdir(parents=True)
    vocabulary.save(folder)
    recipe = replace(next(each for each in EVENT_MODELS if each.name == "flights-none"), name=folder.name)
    _finish(folder, tensors, {"input": "in", "output": "out"}, recipe, len(vocabulary), "events")


def _write_run(folder: Path, tensors: dict[str, np.ndarray], matrices: dict[str, str], n_words: int) -> None:
    folder.mkdir(parents=True)
    words = ["<unk>", "<eos>", *(f"w{i}" for i in range(2, n_words))]
    # The last words never occur, like the reserved words of a corpus.
    counts = np.maximum(5 * n_words // np.arange(1, n_words + 1) - 6, 0)
    Vocabulary(words, counts).save(folder)
    tied = len(tensors) == 1
    recipe = replace(LSTM_UNTIED, name=folder.name, model=replace(LSTM_UNTIED.model, tied=tied, width=WIDTH))
    _finish(folder, tensors, matrices, recipe, n_words, "text")


def _finish(
    folder: Path,
    tensors: dict[str, np.ndarray],
    matrices: dict[str, str],
    recipe: Recipe,
    n_words: int,
    kind: Literal["text", "events"],
) -> None:
    """Weights, card and maps."""
    save_file(tensors, folder / "weights.safetensors")
    tied = len(tensors) == 1
    Card(
        schema_version=1, name=folder.name, summary="A run for tests", recipe=recipe.to_dict(), seed=0, versions={},
        corpus=CorpusCard(kind=kind, name=kind, source="none", licence="none", content_hash="0", n_words=n_words, n_tokens={"train": 1}),
        architecture="LSTM", width=WIDTH, tied=tied, n_parameters=1, n_bytes=1, capabilities=["Embeds"], matrices=matrices,
        metrics={"test": {"perplexity": 99.0, "loss": 1.0}, "valid": {"perplexity": 99.0, "loss": 1.0}},
        training=TrainingCard(wall_seconds=1, tokens_per_second=1, tokens=1, epochs=1, best_epoch=1, machine="none",
                              finished="2026-01-01T00:00:00+00:00"),
    ).write(folder)  # fmt: skip
    run = Run(folder)
    for which in run.card.distinct_matrices:
        store_neighbours(run, which)
        store_words(run, which)
        for n_dims in (2, 3):
            _write_map(run, which, ProjectionConfig(method="umap", n_dims=n_dims))


def _write_map(run: Run, which: str, config: ProjectionConfig) -> None:
    import pandas as pd

    matrix = run.matrix(which)
    axes = {axis: matrix[:, i] for i, axis in enumerate("xyz"[: config.n_dims])}
    points = pd.DataFrame({"word_id": np.arange(len(matrix), dtype=np.int32), **axes})
    write_layout(run_path(run, which, config), Layout(points, config, TRUST), matrix_hash(matrix))
