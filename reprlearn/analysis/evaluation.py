"""Score a run on a split of its own corpus, or of a folder read with the run's own vocabulary."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from reprlearn.runs import Run


def evaluate(run: Run, split: str, folder: Path | None = None) -> dict[str, Any]:
    """Run, split and every metric of it, by the names the card uses.

    Every token of the split is scored exactly once, with the text before it as context. `ValueError` when the run's own
    corpus is no longer the one it was trained on.
    """
    from reprlearn.data.corpora import load_corpus

    if folder is None:
        corpus = load_corpus(run.recipe.data, splits=[split])
        if corpus.content_hash != run.card.corpus.content_hash:
            raise ValueError(
                f"the corpus {corpus.name} is not the text {run.name} was trained on any more (another content hash);"
                " score another text with --data DIR"
            )
    else:
        config = replace(run.recipe.data, folder=folder, max_train_tokens=None)
        corpus = load_corpus(config, vocabulary=run.vocabulary, splits=[split])
    metrics = run.recipe.objective.build().evaluate(run.model, corpus, split)
    data = run.card.corpus.name if folder is None else str(folder)
    return {"run": run.name, "split": split, "data": data, **metrics}
