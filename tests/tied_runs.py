"""Trained runs that differ in tying, the augmented loss, the architecture and the words: what the Tied vs untied page is tested on."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from reprlearn.fit import fit
from reprlearn.nn.config import GPTConfig
from reprlearn.recipes import Recipe
from reprlearn.runs import Run

UNTIED, TIED, AUGMENTED, GPT, OTHER_WORDS = "tiny-untied", "tiny-tied", "tiny-untied-al", "tiny-gpt", "other-words"
ALL = (UNTIED, TIED, AUGMENTED, GPT, OTHER_WORDS)


def write_tied_runs(tiny_runs: Path, runs: Path) -> Path:
    """The two tiny runs of `conftest.tiny_runs` and three more, seconds to make: `tiny-untied-al`, `tiny-gpt` (tied) and
    `other-words`, which knows fewer words. The tokens of the first two are scored, of the others not. Returns their folder.
    """
    for name in (UNTIED, TIED):
        shutil.copytree(tiny_runs / name, runs / name)
    untied = Run(runs / UNTIED).recipe
    fast = replace(untied.fit, epochs=2)
    _train(replace(untied, name=AUGMENTED, objective=replace(untied.objective, augmented_gain=0.5), fit=fast), runs)
    gpt = GPTConfig(tied=True, width=12, n_layers=1, n_heads=2, context_length=16, dropout=0.0)
    _train(
        replace(untied, name=GPT, model=gpt, objective=replace(untied.objective, sequence_length=16), fit=fast), runs
    )
    _train(replace(untied, name=OTHER_WORDS, data=replace(untied.data, n_words=45), fit=fast), runs)
    score(runs / UNTIED)
    score(runs / TIED)
    return runs


def score(folder: Path) -> None:
    """Score the validation text and store it with the run."""
    from reprlearn.analysis.scores import store_scores

    store_scores(Run(folder))


def _train(recipe: Recipe, runs: Path) -> None:
    for _ in fit(recipe, runs / recipe.name):
        pass
