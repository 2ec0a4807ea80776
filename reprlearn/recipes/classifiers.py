"""The recipes of classifiers: a pre-trained model fine-tuned until it tells whether a text likes its film.

Each begins with the weights of the run it names (`model.start_from`); with none, it is the same network from random weights.
"""

from __future__ import annotations

from dataclasses import replace

from reprlearn.data.config import LabelledData
from reprlearn.nn.config import ClassifierConfig
from reprlearn.objectives.config import ClassificationConfig
from reprlearn.recipes.fit_config import FitConfig
from reprlearn.recipes.pretrained import BERT, ELMO, GPT
from reprlearn.recipes.recipe import Recipe

BERT_SENTENCES = Recipe(
    name="bert-sentences",
    summary="BERT, fine-tuned to tell whether a sentence likes its film",
    data=LabelledData(task="sentences"),
    model=ClassifierConfig(body=BERT.model, start_from="bert"),  # type: ignore[arg-type]
    objective=ClassificationConfig(),
    fit=FitConfig(
        epochs=3,
        patience=3,
        batch_size=16,
        optimiser="adamw",
        learning_rate=0.0005,
        momentum=0.9,
        second_moment_decay=0.98,
        weight_decay=0.01,
        warmup_steps=20,
        clip_norm=1.0,
        precision="bf16",
        snapshot_words=0,
    ),
)
GPT_SENTENCES = replace(
    BERT_SENTENCES,
    name="gpt-sentences",
    summary="GPT, fine-tuned to tell whether a sentence likes its film",
    model=replace(BERT_SENTENCES.model, body=GPT.model, start_from="gpt"),
)
ELMO_SENTENCES = replace(
    BERT_SENTENCES,
    name="elmo-sentences",
    summary="ELMo, fine-tuned to tell whether a sentence likes its film",
    model=replace(BERT_SENTENCES.model, body=ELMO.model, start_from="elmo"),
)


def _of_reviews(recipe: Recipe) -> Recipe:
    """The same for whole reviews."""
    return replace(
        recipe,
        name=recipe.name.replace("sentences", "reviews"),
        summary=recipe.summary.replace("a sentence", "a review"),
        data=replace(recipe.data, task="reviews"),
    )


SENTENCES = (BERT_SENTENCES, GPT_SENTENCES, ELMO_SENTENCES)
CLASSIFIERS = (*SENTENCES, *map(_of_reviews, SENTENCES))
