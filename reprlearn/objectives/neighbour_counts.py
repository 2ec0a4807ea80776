"""A rule to hold fillers of blanks against: what counts of the words to both sides say, and nothing else.

    P(w | l, r) ~ P(w | l) P(w | r) / P(w)

which is exact where the words to both sides, given the word between them, have nothing to do with each other. P(w | l) and
P(w | r) are shares of the training text's pairs, smoothed towards P(w) by Witten & Bell's rule (1991): as much weight as l (or r)
has distinct neighbours for the pairs it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from reprlearn.data.corpora import Corpus


class NeighbourCounts:
    """The pairs of a corpus's training text."""

    def __init__(self, corpus: Corpus) -> None:
        stream, n = corpus.splits["train"], len(corpus.vocabulary)
        ones = np.ones(len(stream) - 1)
        self._after = sparse.coo_array((ones, (stream[:-1], stream[1:])), shape=(n, n)).tocsr()
        self._before = sparse.coo_array((ones, (stream[1:], stream[:-1])), shape=(n, n)).tocsr()
        # A word that the training text lacks gets the weight of one occurrence in all.
        counts = np.bincount(stream, minlength=n) + 1 / n
        self.unigram = counts / counts.sum()

    def log_probabilities(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """(n, V) float64 nats, of every word between the words `left` (n,) and `right` (n,)."""
        log_p = np.log(self._smoothed(self._after, left)) + np.log(self._smoothed(self._before, right))
        log_p -= np.log(self.unigram)
        peak = log_p.max(axis=1, keepdims=True)
        return log_p - peak - np.log(np.exp(log_p - peak).sum(axis=1, keepdims=True))

    def _smoothed(self, pairs: sparse.csr_array, given: np.ndarray) -> np.ndarray:
        """(n, V) of each word beside those given."""
        rows = pairs[given]
        n_pairs = np.asarray(rows.sum(axis=1)).reshape(-1, 1)
        n_distinct = np.diff(rows.indptr)[:, None].astype(np.float64)
        total = n_pairs + n_distinct
        share = np.where(total > 0, n_distinct / np.maximum(total, 1), 1.0)
        return rows.toarray() / np.maximum(total, 1) + share * self.unigram
