"""A tiny trained run of each kind that the Context page shows: ELMo, BERT, GPT, and word2vec to hold them against."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from reprlearn.analysis.context_spread import store_spread
from reprlearn.fit import fit
from reprlearn.recipes import RECIPES
from reprlearn.runs import Run
from tests.conftest import write_sentences

# Not the names of their recipes, which shipped runs bear.
ELMO, BERT, GPT, WORD2VEC = "tinyelmo", "tinybert", "tinygpt", "tinyword2vec"
RECIPE_OF = {ELMO: "elmo", BERT: "bert", GPT: "gpt-tied", WORD2VEC: "skip-gram"}
CONTEXT_LENGTH = 12
_TRANSFORMER = {"width": 8, "n_layers": 2, "n_heads": 2, "context_length": CONTEXT_LENGTH}
_SIZES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    ELMO: ({"width": 8, "n_layers": 1, "character_width": 4, "filters": ((1, 4), (2, 8))}, {"sequence_length": 12}),
    BERT: (_TRANSFORMER, {"sequence_length": CONTEXT_LENGTH}),
    GPT: (_TRANSFORMER, {"sequence_length": CONTEXT_LENGTH}),
    WORD2VEC: ({"width": 8}, {}),
}


def write_contextual_runs(root: Path) -> Path:
    """Train the four in seconds, and measure how much the words of the GPT spread; returns their folder."""
    corpus = write_sentences(root / "corpus")
    for name, (model, objective) in _SIZES.items():
        recipe: Any = RECIPES[RECIPE_OF[name]]
        recipe = replace(
            recipe,
            data=replace(recipe.data, corpus="reviews", folder=corpus, n_words=60),
            model=replace(recipe.model, **model),
            objective=replace(recipe.objective, **objective),
            fit=replace(recipe.fit, epochs=1, batch_size=8, snapshot_words=0, snapshots_per_epoch=1),
        )
        for _ in fit(recipe, root / "runs" / name):
            pass
    store_spread(Run(root / "runs" / GPT), n_words=20, n_each=12, n_baseline=60)
    return root / "runs"
