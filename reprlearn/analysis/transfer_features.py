"""Texts as features: what a trained model makes of them as it is, and how often which words stand in them.

A text is the mean of its words' vectors: of their word vectors, or of the states of each layer of a model that reads them in
their context (Peters et al. 2018, arXiv 1802.05365).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from reprlearn.data.labelled_corpus import LabelledSplit
    from reprlearn.runs import Run

TEXTS_AT_ONCE = 64
"""Of 128 words, five layers of width 200 take 33 MB."""


def layer_means(run: Run, split: LabelledSplit) -> np.ndarray:
    """The mean of each layer's states over the words of each text, float32 (layers, texts, width).

    Of a run whose model has layers, its input to the first and the output of each; of word vectors, one layer: the mean of the
    words that are known. `ValueError` where the run's model does neither, or texts are longer than it can read.
    """
    if "Contextual" in run.card.capabilities:
        return _mean_states(run, split)
    if "input" in run.card.matrices:
        return mean_vectors(run.matrix("input"), split, run.vocabulary.unknown_id)[None]
    raise ValueError(f"{run.name} has neither word vectors nor layers to make features of")


def mean_vectors(matrix: np.ndarray, split: LabelledSplit, unknown_id: int) -> np.ndarray:
    """The mean vector of the known words of each text, float32 (texts, width); zeros for a text without any."""
    counted = (np.arange(split.ids.shape[1]) < split.lengths[:, None]) & (split.ids != unknown_id)
    sums = np.stack([matrix[ids[own]].sum(axis=0) for ids, own in zip(split.ids, counted, strict=True)])
    return (sums / np.maximum(counted.sum(axis=1), 1)[:, None]).astype(np.float32)


def _mean_states(run: Run, split: LabelledSplit) -> np.ndarray:
    import torch

    model: Any = run.model
    most, longest = getattr(model, "context_length", None), int(split.lengths.max())
    if most is not None and longest > most:
        raise ValueError(f"{run.name} reads at most {most} words of a text, however: {longest}")
    order = np.argsort(split.lengths, kind="stable")  # texts of like lengths need little padding
    found: np.ndarray | None = None
    with torch.inference_mode():
        for start in range(0, len(order), TEXTS_AT_ONCE):
            chosen = order[start : start + TEXTS_AT_ONCE]
            lengths = torch.from_numpy(split.lengths[chosen].copy())
            ids = torch.from_numpy(split.ids[chosen][:, : int(lengths.max())].copy())
            states = model.text_layers(ids, lengths)
            words = (torch.arange(ids.shape[1]) < lengths[:, None])[..., None]
            means = ((states * words).sum(2) / lengths[:, None]).numpy()
            if found is None:
                found = np.empty((len(means), len(split), means.shape[2]), dtype=np.float32)
            found[:, chosen] = means
    assert found is not None, "a split has texts"
    return found


def word_counts(train: Sequence[Sequence[str]], *others: Sequence[Sequence[str]]) -> list[Any]:
    """TF-IDF of words and pairs of words, of texts given as words: sparse (texts, terms) of the training texts and of each other set.

    Counts enter as 1 + log, rows have length 1. Terms and their rarity are those of the training texts, rare ones included.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    analyser: Any = _words_and_pairs
    vectoriser = TfidfVectorizer(analyzer=analyser, sublinear_tf=True)
    return [vectoriser.fit_transform(train), *(vectoriser.transform(texts) for texts in others)]


def _words_and_pairs(words: Sequence[str]) -> list[str]:
    return [*words, *(f"{a} {b}" for a, b in pairwise(words))]
