"""How large a training is, and how long it would take on this machine, from a few of its steps."""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from accelerate import Accelerator

from reprlearn.data.corpora import Corpus
from reprlearn.fit.training import Training
from reprlearn.nn.capabilities import n_parameters
from reprlearn.recipes import Recipe

WARM_UP_STEPS, LEAST_STEPS, MOST_STEPS = 2, 3, 200
FEW_SCORED, MANY_SCORED = 4_000, 16_000
EVALUATIONS = 3
"""How often a finished training scores its validation data beside once an epoch, or as much (the test data among it)."""


def estimate(recipe: Recipe, seconds: float = 10.0) -> dict[str, Any]:
    """Size and duration of a training, measured on steps that are thrown away; takes `seconds` beside reading the data.

    n_parameters       numbers to learn, a shared one once
    n_train, n_valid   tokens (or events) of the training and the validation data; None where the data count otherwise
    steps_per_epoch    training steps of an epoch
    seconds_per_epoch  of an epoch, its validation included
    seconds_besides    of reading the data, and of scoring the run in the end
    seconds            of all of it
    """
    began = time.perf_counter()
    data = recipe.data.load()
    loading = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        trial = _Trial(recipe, data, Accelerator(mixed_precision="no"), Path(folder))
        per_step = trial.seconds_per_step(seconds)
        scoring = trial.seconds_to_score()
    per_epoch = trial.steps_per_epoch * per_step + scoring
    besides = loading + EVALUATIONS * scoring
    n_tokens = getattr(data, "n_tokens", None) or getattr(data, "n_events", {})
    return {
        "n_parameters": n_parameters(trial.model),
        "n_train": n_tokens.get("train"),
        "n_valid": n_tokens.get("valid"),
        "steps_per_epoch": trial.steps_per_epoch,
        "seconds_per_epoch": per_epoch,
        "seconds_besides": besides,
        "seconds": recipe.fit.epochs * per_epoch + besides,
    }


class _Trial(Training):
    """A training of which a few steps are taken."""

    def seconds_per_step(self, seconds: float) -> float:
        """The median over as many steps as there is time for."""
        taken: list[float] = []
        began = last = time.perf_counter()
        fit = self.recipe.fit
        for batch in self.objective.batches(self.corpus, fit.batch_size, seed=fit.seed):
            self._step(batch)
            last, before = time.perf_counter(), last
            taken.append(last - before)
            enough = len(taken) >= WARM_UP_STEPS + LEAST_STEPS and last - began > seconds
            if enough or len(taken) >= MOST_STEPS:
                break
        return statistics.median(taken[WARM_UP_STEPS:] or taken)

    def seconds_to_score(self) -> float:
        """How long the validation data take to score: where they are long, from two parts of them.

        Some of it takes as long however many tokens there are (a sample of words, each masked alone).
        """
        if not isinstance(self.corpus, Corpus) or len(self.corpus.splits["valid"]) <= MANY_SCORED:
            return self._seconds_to_score(self.corpus)
        # What only the first of two measurements has (memory to be asked for) had better be taken for more than for less.
        many, few = (self._seconds_to_score(_cut(self.corpus, n)) for n in (MANY_SCORED, FEW_SCORED))
        per_token = max(many - few, 0.0) / (MANY_SCORED - FEW_SCORED)
        return many + per_token * (len(self.corpus.splits["valid"]) - MANY_SCORED)

    def _seconds_to_score(self, data: Any) -> float:
        began = time.perf_counter()
        self.objective.evaluate(self.model, data, "valid")
        return time.perf_counter() - began


def _cut(corpus: Corpus, n: int) -> Corpus:
    """The corpus with n tokens of validation text."""
    return replace(corpus, splits={**corpus.splits, "valid": corpus.splits["valid"][:n]})
