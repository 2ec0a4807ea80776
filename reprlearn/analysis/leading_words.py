"""Which of a run's words stand for all where there are too many to draw or to compare with each other.

They are its most frequent ones. Where nothing is known of how often words occur (of vectors that somebody brought), they are the
first ones, which in the files of word2vec and GloVe are the most frequent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reprlearn.runs import Run

MAPPED_WORDS = 20_000
"""Words a map shows, and UMAP lays out, at most."""
COMPARED_WORDS = 10_000
"""Words of two runs whose neighbours are compared at most, where one of the runs is larger than a map."""


def is_large(run: Run) -> bool:
    """Whether a run has more words than a map shows; then no table of all neighbours is made of it either."""
    return len(run.vocabulary) > MAPPED_WORDS


def has_counts(run: Run) -> bool:
    """Whether it is known how often the words of a run occur."""
    return bool(np.asarray(run.vocabulary.counts).any())


def occurring(run: Run) -> np.ndarray:
    """(V,) whether a word stands in the training text; True for all where counts are not known."""
    counts = np.asarray(run.vocabulary.counts)
    return counts > 0 if counts.any() else np.ones(len(counts), dtype=bool)


def leading_words(run: Run) -> np.ndarray:
    """(min(MAPPED_WORDS, V),) int64 ids of the words that stand for all, ascending."""
    counts = np.asarray(run.vocabulary.counts)
    return np.sort(np.argsort(-counts, kind="stable")[:MAPPED_WORDS])
