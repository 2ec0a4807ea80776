"""Score a run on a split of its own data, or of other data read with the run's own words or event types."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from reprlearn.data.config import LabelledData, TextData
from reprlearn.data.event_config import EventData
from reprlearn.runs import Run


def evaluate(run: Run, split: str, data: Path | None = None) -> dict[str, Any]:
    """Run, split and every metric of it, by the names the card uses.

    Every token (or event that has one before it) is scored exactly once, with what came before as context. `data` is a
    folder, or for an event model a table with the columns of the run's own. `ValueError` when the run's own data are
    no longer what it was trained on.
    """
    config = run.recipe.data
    if isinstance(config, LabelledData):
        if data is not None:
            raise ValueError(f"{run.name} tells labelled texts apart; there is no other folder to score it on")
        corpus: Any = config.load()
    else:
        corpus = _event_log(run, config, data) if isinstance(config, EventData) else _text(run, config, split, data)
    if split not in corpus.splits:
        raise ValueError(f"there is no split {split!r}; there are: {', '.join(corpus.splits)}")
    if data is None and corpus.content_hash != run.card.corpus.content_hash:
        raise ValueError(
            f"the data {corpus.name} are not what {run.name} was trained on any more (another content hash);"
            " score others with --data"
        )
    objective = run.recipe.objective.build()
    metrics = objective.evaluate(run.model, corpus, split) | objective.references(corpus, split)
    return {"run": run.name, "split": split, "data": run.card.corpus.name if data is None else str(data), **metrics}


def _text(run: Run, config: TextData, split: str, folder: Path | None) -> Any:
    from reprlearn.data.corpora import load_corpus

    if folder is None:
        return load_corpus(config)
    return load_corpus(replace(config, folder=folder, max_train_tokens=None), vocabulary=run.vocabulary, splits=[split])


def _event_log(run: Run, config: EventData, table: Path | None) -> Any:
    from reprlearn.data.events.log import load_events

    if table is None:
        return config.load()
    if config.table is None:
        raise ValueError(
            f"{run.name} was trained on the log {config.log}: there is no table to put {table} in place of"
        )
    return load_events(replace(config, table=table, n_train_sequences=None), vocabulary=run.vocabulary)
