"""The cells of `benchmarks.downstream` that fit a head on features. Features are made once for each run and task, and kept in files."""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock

from benchmarks.cells import digest_of, settings
from benchmarks.downstream_cells import (
    Answer,
    Cell,
    Setting,
    Task,
    corpus_of,
    data_of,
    drawn_of,
    splits_of,
    weights_hash,
)
from reprlearn.analysis.transfer_features import layer_means, word_counts
from reprlearn.analysis.transfer_heads import (
    COUNTS_GRID,
    DENSE_GRID,
    Head,
    Texts,
    logistic_regression,
    rank,
    standardised,
)
from reprlearn.analysis.transfer_mix import mixed_regression
from reprlearn.cache import whole_file
from reprlearn.data.corpora import load_corpus
from reprlearn.data.labelled_corpus import used
from reprlearn.runs import Run

VERSION = 1
"""Raise this whenever the same texts would give other features or heads."""
SPLITS = ("train", "valid", "test")


def identity(cell: Cell, setting: Setting) -> tuple[Any, ...]:
    """All that the cell's figures hang on, but for the seed."""
    run = setting.runs.get(cell.way.model)
    return (
        VERSION, cell.way.name, settings(replace(data_of(cell, run), draw=0)), "" if run is None else weights_hash(run),
        corpus_of(cell.task, run).content_hash, COUNTS_GRID if run is None else DENSE_GRID,
    )  # fmt: skip


def answers(cell: Cell, setting: Setting) -> list[Answer]:
    """The answers on each layer, that on the best one marked; a single one where there is but one, or a mix."""
    run = setting.runs.get(cell.way.model)
    corpus = corpus_of(cell.task, run)
    labels = {split: corpus.splits[split].labels for split in SPLITS}
    drawn = drawn_of(cell, run)
    labels["train"] = labels["train"][drawn]
    if run is None:
        return [_answer(logistic_regression(Texts(_counts(cell, drawn), labels), COUNTS_GRID))]
    features: dict[str, np.ndarray] = dict(zip(SPLITS, features_of(cell.task, run, setting.features), strict=True))
    features["train"] = features["train"][:, drawn]
    if cell.way.use == "mix":
        return [_answer(mixed_regression(Texts(standardised(features), labels), DENSE_GRID))]
    n_layers = len(features["train"])
    heads = [
        logistic_regression(
            Texts(standardised({split: layers[i] for split, layers in features.items()}), labels), DENSE_GRID
        )
        for i in range(n_layers)
    ]
    if n_layers == 1:
        return [_answer(heads[0])]
    best = max(range(n_layers), key=lambda i: rank(heads[i]))
    return [replace(_answer(head), layer=i, chosen=i == best) for i, head in enumerate(heads)]


def _answer(head: Head) -> Answer:
    facts: dict[str, Any] = {"c": head.c, "mix": " ".join(f"{share:.4f}" for share in head.mix)}
    return Answer(head.log_odds["test"], head.accuracy_valid, head.log_loss_valid, facts=tuple(facts.items()))


def _counts(cell: Cell, drawn: np.ndarray) -> dict[str, Any]:
    """TF-IDF of the words as they are written, those that no model knows as well: as many of a text as models read."""
    config = data_of(cell, None)
    rows = splits_of(cell.task)
    tables = {
        split: rows[split].iloc[drawn if split == "train" else used(split, rows[split]["label"].to_numpy(), config)]
        for split in SPLITS
    }
    cut = load_corpus(config.words_of, splits=[]).vocabulary.tokens
    texts = [[cut(text)[: config.max_words] for text in tables[split]["text"]] for split in SPLITS]
    return dict(zip(SPLITS, word_counts(*texts), strict=True))


@functools.lru_cache(maxsize=4)
def features_of(task: Task, run: Run, folder: Path) -> tuple[np.ndarray, ...]:
    """`layer_means` of the three splits, all training texts; from the folder where another cell, or process, has made them."""
    corpus = corpus_of(task, run)
    folder.mkdir(parents=True, exist_ok=True)
    name = digest_of(VERSION, weights_hash(run), corpus.content_hash)
    paths = [folder / f"{name}-{split}.npy" for split in SPLITS]
    with FileLock(folder / f"{name}.lock"):
        for split, path in zip(SPLITS, paths, strict=True):
            if not path.is_file():
                made = layer_means(run, corpus.splits[split])
                with whole_file(path) as temporary, temporary.open("wb") as file:
                    np.save(file, made, allow_pickle=False)
    return tuple(np.load(path, allow_pickle=False) for path in paths)
