"""Two tiny classifiers, trained in seconds from random weights: enough to have answers, and words that move them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reprlearn.data.config import LabelledData, TextData
from reprlearn.nn.config import BERTConfig, ClassifierConfig, GPTConfig
from reprlearn.objectives.config import ClassificationConfig
from reprlearn.recipes import FitConfig, Recipe

MAX_WORDS = 24
SENTENCES, OTHER = "tiny-bert-sentences", "tiny-gpt-sentences"
_BODY = {"width": 8, "n_layers": 1, "n_heads": 2, "context_length": 32, "dropout": 0.0}

RECIPE = Recipe(
    name=SENTENCES,
    summary="A tiny classifier for tests",
    data=LabelledData(
        n_labels=400,
        n_valid=100,
        max_words=MAX_WORDS,
        words_of=TextData(corpus="reviews", n_words=600, max_train_tokens=30_000),
    ),
    model=ClassifierConfig(body=BERTConfig(**_BODY), dropout=0.0),
    objective=ClassificationConfig(),
    fit=FitConfig(epochs=2, batch_size=16, optimiser="adamw", learning_rate=0.02, clip_norm=1.0, snapshot_words=0),
)


def write_classifiers(folder: Path) -> Path:
    """Train both into `folder`."""
    from reprlearn.fit import fit

    gpt = replace(RECIPE.model, body=GPTConfig(**_BODY))
    for recipe in (RECIPE, replace(RECIPE, name=OTHER, model=gpt, fit=replace(RECIPE.fit, seed=1))):
        for _ in fit(recipe, folder / recipe.name):
            pass
    return folder
