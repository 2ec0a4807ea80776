"""Fine-tuning starts from the weights of another run."""

from __future__ import annotations

from typing import Any, cast

from torch import nn

from reprlearn.fit.state import put_parameters
from reprlearn.nn.classifier import Classifier
from reprlearn.nn.config import ClassifierConfig
from reprlearn.nn.elmo import ELMo
from reprlearn.recipes import Recipe
from reprlearn.runs import load


def take_weights(model: nn.Module, recipe: Recipe, vocabulary: Any) -> None:
    """Put the weights of the run that a classifier is to start from into its body; of any other recipe, nothing.

    `ValueError` when there is no such run, or it knows other words or is of another form.
    """
    config = recipe.model
    if not isinstance(config, ClassifierConfig) or config.start_from is None:
        return
    run = load(config.start_from)
    if run.vocabulary.words != vocabulary.words:
        raise ValueError(f"{recipe.name} cannot start from {run.name}: it knows other words than the data are cut into")
    # What only scores words is no part of a classifier, where it is apart from what reads them (`ELMo.without_words`).
    left_out = "output." if isinstance(run.model, ELMo) else ()
    theirs = {name: part for name, part in run.model.named_parameters() if not name.startswith(left_out)}
    ours = dict(cast(Classifier, model).body.named_parameters())
    if {name: tuple(part.shape) for name, part in theirs.items()} != {
        name: tuple(part.shape) for name, part in ours.items()
    }:
        raise ValueError(
            f"{recipe.name} cannot start from {run.name}: its model is {run.recipe.model}, model.body is {config.body}"
        )
    put_parameters(cast(Classifier, model).body, theirs)
