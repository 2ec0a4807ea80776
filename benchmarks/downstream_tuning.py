"""The cells of `benchmarks.downstream` that train a whole network: from the weights of a run, or the same one from random weights."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np

from benchmarks.cells import settings
from benchmarks.downstream_cells import Answer, Cell, Setting, corpus_of, data_of, weights_hash
from reprlearn.analysis.transfer_heads import accuracy, log_loss
from reprlearn.data.config import LabelledData
from reprlearn.data.labelled_corpus import LabelledCorpus
from reprlearn.fit import fit
from reprlearn.nn.config import ClassifierConfig
from reprlearn.objectives.classification import ClassificationObjective
from reprlearn.recipes import RECIPES, Recipe
from reprlearn.runs import load

EPOCHS = ((100, 20), (300, 15), (1_000, 8))
"""Passes over so many labels, or fewer, at the most; the recipe's over more."""


def recipe_of(cell: Cell, setting: Setting) -> Recipe:
    """The recipe of this model and task with the cell's labels and seed, in the form of the run that is put to use."""
    run, base = setting.runs[cell.way.model], RECIPES[f"{cell.way.model}-{cell.task}"]
    data, model = data_of(cell, run), cast(ClassifierConfig, base.model)
    epochs = next((n for most, n in EPOCHS if (cell.n_labels or np.inf) <= most), base.fit.epochs)
    start = str(run.path.resolve()) if cell.way.use == "fine-tuned" else None
    return replace(
        base, data=data, model=replace(model, body=cast(Any, run.recipe.model), start_from=start),
        fit=replace(base.fit, seed=cell.seed, epochs=epochs),
    )  # fmt: skip


def identity(cell: Cell, setting: Setting) -> tuple[Any, ...]:
    """All that the cell's figures hang on, but for the seed."""
    recipe, run = recipe_of(cell, setting), setting.runs[cell.way.model]
    model = replace(cast(ClassifierConfig, recipe.model), start_from=None)  # where a run lies is not what it is
    weights = weights_hash(run) if cell.way.use == "fine-tuned" else ""
    parts = (recipe.data, model, recipe.objective, replace(recipe.fit, seed=0))
    return (cell.way.name, weights, *map(settings, parts), corpus_of(cell.task, run).content_hash)


class Untested(LabelledData):
    """Labelled texts without those of the test split: the run that is left is asked about them once, not twice."""

    def load(self) -> LabelledCorpus:
        corpus = super().load()
        return replace(corpus, splits={name: split for name, split in corpus.splits.items() if name != "test"})


def answers(cell: Cell, setting: Setting) -> list[Answer]:
    """Train it, and ask the run that is left."""
    recipe = recipe_of(cell, setting)
    recipe = replace(recipe, data=Untested(**vars(recipe.data)))
    with tempfile.TemporaryDirectory() as folder:
        for _ in fit(recipe, Path(folder) / recipe.name, seconds_between_states=1e9):
            pass
        run = load(Path(folder) / recipe.name)
        corpus = corpus_of(cell.task, setting.runs[cell.way.model])
        objective = cast(ClassificationObjective, recipe.objective.build())
        scored = {}
        for split in ("valid", "test"):
            log_p = objective.log_probabilities(run.model, corpus.splits[split]).numpy()
            scored[split] = log_p[:, 1] - log_p[:, 0]
        training = run.card.trained
    valid = corpus.splits["valid"].labels
    facts = (("epochs", training.epochs), ("best_epoch", training.best_epoch))
    of_valid = accuracy(scored["valid"], valid), log_loss(scored["valid"], valid)
    return [Answer(scored["test"], *of_valid, facts=facts)]
