"""Score a run on a split of its own corpus, or of a folder read with the run's own vocabulary."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from reprlearn.runs import Run


def evaluate(run: Run, split: str, folder: Path | None = None) -> dict[str, Any]:
    """Run, split and every metric of it, by the names the card uses.

    Every token of the split is scored exactly once, after all tokens before it.
    """
    from reprlearn.data.corpora import load_corpus

    config = run.recipe.data if folder is None else replace(run.recipe.data, folder=folder)
    corpus = load_corpus(config, vocabulary=run.vocabulary, splits=[split])
    metrics = run.recipe.objective.build().evaluate(run.model, corpus, split)
    data = run.card.corpus.name if folder is None else str(folder)
    return {"run": run.name, "split": split, "data": data, **metrics}
