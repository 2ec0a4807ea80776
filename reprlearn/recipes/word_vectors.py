"""The recipes of word vectors: word2vec in both of its forms, and a tied skip-gram to see why it has two matrices."""

from __future__ import annotations

from dataclasses import replace

from reprlearn.data.config import TextData
from reprlearn.nn.config import Word2VecConfig
from reprlearn.objectives.config import Word2VecObjectiveConfig
from reprlearn.recipes.fit_config import FitConfig
from reprlearn.recipes.recipe import Recipe

SKIP_GRAM = Recipe(
    name="skip-gram",
    summary="word2vec: each word predicts the words in its window",
    data=TextData(corpus="reviews-full"),
    model=Word2VecConfig(width=100),
    objective=Word2VecObjectiveConfig(),
    fit=FitConfig(
        epochs=5,
        batch_size=64,
        optimiser="adamw",
        learning_rate=0.006,
        momentum=0.0,  # a word stands in few batches: a mean gradient would go on moving it long after
        second_moment_decay=0.999,
        warmup_steps=50,
        clip_norm=1.0,
        precision="bf16",
        snapshot_words=300,
    ),
)
SKIP_GRAM_TIED = replace(
    SKIP_GRAM,
    name="skip-gram-tied",
    summary="The same with one matrix for words and contexts, which scores every word high beside itself",
    model=replace(SKIP_GRAM.model, tied=True),
)
CBOW = replace(
    SKIP_GRAM,
    name="cbow",
    summary="word2vec: the mean of a window predicts the word in its middle",
    objective=replace(SKIP_GRAM.objective, form="cbow"),
)

WORD_VECTORS = (SKIP_GRAM, SKIP_GRAM_TIED, CBOW)
