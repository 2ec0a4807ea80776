"""Texts as features: means over their own words, whatever they are padded with; and counts that know the training texts alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from reprlearn.analysis.transfer_features import layer_means, mean_vectors, word_counts
from reprlearn.data.labelled_corpus import LabelledSplit
from reprlearn.nn.config import BERTConfig, ELMoConfig, GPTConfig

WORDS = tuple(f"word{i}" for i in range(30))
BODIES = {
    "gpt": GPTConfig(width=8, n_layers=2, n_heads=2, context_length=12, dropout=0.0),
    "bert": BERTConfig(width=8, n_layers=2, n_heads=2, context_length=12, dropout=0.0),
    "elmo": ELMoConfig(width=8, n_layers=2, character_width=4, filters=((1, 4), (2, 4)), longest_word=8, dropout=0.0),
}


def split(n: int = 150, longest: int = 9) -> LabelledSplit:
    draw = np.random.default_rng(0)
    lengths = draw.integers(1, longest + 1, n)
    ids = np.where(np.arange(longest) < lengths[:, None], draw.integers(0, 30, (n, longest)), 0)
    return LabelledSplit(ids, lengths, draw.integers(0, 2, n), tuple(f"text-{i}" for i in range(n)))


def run_of(config: Any) -> Any:
    generator = torch.Generator().manual_seed(0)
    model = config.build(WORDS if isinstance(config, ELMoConfig) else len(WORDS), generator).eval()
    return SimpleNamespace(name="made", card=SimpleNamespace(capabilities=["Contextual"], matrices={}), model=model)


@pytest.mark.parametrize("config", BODIES.values(), ids=list(BODIES))
def test_each_layer_s_mean_is_that_of_the_text_alone(config):
    run, texts = run_of(config), split()
    means = layer_means(run, texts)
    assert means.shape == (3, 150, 16 if isinstance(config, ELMoConfig) else 8)
    for i in (0, 7, 149):
        with torch.no_grad():
            alone = run.model.layer_states(torch.from_numpy(texts.ids[i, : texts.lengths[i]].copy())).mean(1)
        np.testing.assert_allclose(means[:, i], alone, rtol=1e-4, atol=1e-5)


def test_word_vectors_are_averaged_over_known_words():
    matrix = np.random.default_rng(1).normal(size=(30, 5)).astype(np.float32)
    texts = split()
    means = mean_vectors(matrix, texts, unknown_id=3)
    for ids, length, mean in zip(texts.ids, texts.lengths, means, strict=True):
        known = [matrix[i] for i in ids[:length] if i != 3]
        np.testing.assert_allclose(mean, np.mean(known, axis=0) if known else 0, rtol=1e-5, atol=1e-6)


def test_texts_longer_than_a_model_reads_and_runs_without_vectors_are_refused():
    with pytest.raises(ValueError, match="at most 12 words of a text, however: 20"):
        layer_means(run_of(BODIES["bert"]), split(longest=20, n=300))
    nothing: Any = SimpleNamespace(name="made", card=SimpleNamespace(capabilities=["Classifies"], matrices={}))
    with pytest.raises(ValueError, match="made has neither"):
        layer_means(nothing, split())


def test_counts_are_of_words_and_pairs_that_training_texts_hold():
    train, other = word_counts([["a", "film"], ["a", "a", "bore"]], [["a", "film", "unheard"], ["unheard"]])
    assert train.shape == (2, 6)  # a, film, bore; "a film", "a a", "a bore"
    np.testing.assert_allclose(np.sqrt(train.multiply(train).sum(axis=1)).ravel(), 1)
    assert other[0].nnz == 3 and other[1].nnz == 0
    assert (train[0] != other[0]).nnz == 0, "what is unheard of does not count"
