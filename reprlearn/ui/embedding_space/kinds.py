"""What a run's rows are called, and what is known of them: words of a text, types of events, vectors that were brought."""

from __future__ import annotations

from reprlearn.analysis.leading_words import has_counts
from reprlearn.runs import Run
from reprlearn.ui.text import TEXTS, t


def of_events(run: Run) -> bool:
    """Whether the run was trained on events, so that its words are event types."""
    return run.card.corpus.kind == "events"


def of_text(run: Run) -> bool:
    """Whether the run was trained on a text, so that there are sentences its words stand in."""
    return run.card.corpus.kind == "text"


def vectors_alone(run: Run) -> bool:
    """Whether the run was made of vectors, so that it neither reads nor predicts."""
    return run.card.imported is not None and "Predicts" not in run.card.capabilities


def said(run: Run, key: str, /, **values: object) -> str:
    """The text `key` as it is said of this run: the catalogue's "<key>.events" for a run of events, "<key>.vectors" for vectors
    alone, "<key>.uncounted" where it is not known how often words occur; the first of them that there is.
    """
    kinds = {"events": of_events(run), "vectors": vectors_alone(run), "uncounted": run.card.imported is not None}
    for kind, is_so in kinds.items():
        if is_so and f"{key}.{kind}" in TEXTS and (kind != "uncounted" or not has_counts(run)):
            return t(f"{key}.{kind}", **values)
    return t(key, **values)
