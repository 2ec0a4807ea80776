"""Neighbours of each word from one reference that no compared model made: counts of the training text.

A model's own neighbours would mark its own paper, so that what a model gives to "the neighbours of the right word" is asked
of these. Positive pointwise mutual information, then a truncated singular value decomposition, with the settings that
Levy, Goldberg & Dagan 2015 (Improving Distributional Similarity with Lessons Learned from Word Embeddings) recommend:

    PPMI(w, c) = max(0, log  #(w, c) |D| / (#(w) #_a(c)))     #_a(c) = #(c)**0.75, scaled to the sum of #(c)
    PPMI ~ U S V'                                             words are the rows of U (their "eig" = 0)

#(w, c) counts how often the context c stands within `window` tokens of w in the same text. A context is a word *and* the
side it stands on: words are then near that could stand in one another's place, not those that stand beside one another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis.neighbours import nearest

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from reprlearn.data.corpora import Corpus
    from reprlearn.data.vocabulary import Vocabulary

K, WIDTH, WINDOW, SMOOTHING = 10, 100, 5, 0.75
FORMAT = 2
"""Raise this whenever the same text would give other neighbours."""


def reference_neighbours(corpus: Corpus, k: int = K, width: int = WIDTH, window: int = WINDOW) -> np.ndarray:
    """(V, k) int32 ids of the nearest words of each word, best first; kept on disk once made (half a minute).

    -1 throughout for a word that has none: one that stands in no training text, and <unk> and <eos>, which are not one word
    and are nobody's neighbours either. -1 at the end where there are fewer than k others.
    """
    from reprlearn.data.store import cached_table

    key = {
        "what": "reference neighbours", "version": FORMAT, "content_hash": corpus.content_hash,
        "k": k, "width": width, "window": window,
    }  # fmt: skip

    def make() -> pd.DataFrame:
        found = neighbours_from(corpus.splits["train"], corpus.vocabulary, k, width, window)
        return pd.DataFrame({str(rank): found[:, rank] for rank in range(k)})

    return cached_table(key, make).to_numpy(np.int32)


def neighbours_from(stream: np.ndarray, vocabulary: Vocabulary, k: int, width: int, window: int) -> np.ndarray:
    """As `reference_neighbours`, of a stream of ids (n,), computed afresh."""
    counts = contexts(stream, len(vocabulary), vocabulary.end_id, window)
    special = [vocabulary.unknown_id, vocabulary.end_id]
    words = np.setdiff1d(np.flatnonzero(counts.sum(axis=1)), special)
    found = np.full((len(vocabulary), k), -1, dtype=np.int32)
    if len(words) > 1:
        # <unk> counts as a context, which tells something of a word, but is no word itself.
        best = nearest(_reduced(ppmi(counts)[words], width), k)
        found[words, : best.k] = words[best.ids]
    return found


def contexts(stream: np.ndarray, n_words: int, end_id: int, window: int) -> csr_matrix:
    """(V, 2V) float64 counts: how often each word stands within `window` tokens after (the first V columns) and before
    (the others) a word; no pair spans two texts.
    """
    from scipy.sparse import coo_matrix, csr_matrix, hstack

    ids = np.asarray(stream, dtype=np.int64)
    text = np.cumsum(ids == end_id)
    after = csr_matrix((n_words, n_words))
    for distance in range(1, window + 1):
        word, follower = ids[:-distance], ids[distance:]
        # <eos> is counted with the text that it ends as with the next one: it is no context.
        kept = (text[:-distance] == text[distance:]) & (word != end_id)
        pairs = (np.ones(kept.sum()), (word[kept], follower[kept]))
        after = after + coo_matrix(pairs, shape=(n_words, n_words)).tocsr()
    return csr_matrix(hstack([after, after.T]))


def ppmi(counts: csr_matrix, smoothing: float = SMOOTHING) -> csr_matrix:
    """Positive pointwise mutual information in nats of (words, contexts) counts; only what is positive is stored."""
    from scipy.sparse import csr_matrix

    of_word, of_context = (np.asarray(counts.sum(axis=axis), dtype=np.float64).ravel() for axis in (1, 0))
    smoothed = of_context**smoothing
    pairs = counts.tocoo()
    expected = of_word[pairs.row] * (smoothed / smoothed.sum())[pairs.col]
    found = csr_matrix((np.maximum(np.log(pairs.data / expected), 0), (pairs.row, pairs.col)), shape=counts.shape)
    found.eliminate_zeros()
    return found


def _reduced(matrix: csr_matrix, width: int) -> np.ndarray:
    """(n, width) float32: the left singular vectors of the largest singular values."""
    from sklearn.utils.extmath import randomized_svd

    n_rows = matrix.shape[0]  # pyright: ignore[reportOptionalSubscript]
    u, _, _ = randomized_svd(matrix, min(width, n_rows - 1), n_iter=7, random_state=0)  # type: ignore[arg-type]
    return u.astype(np.float32)
