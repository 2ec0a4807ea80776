"""What a run's rows are called: words of a text, or types of events."""

from __future__ import annotations

from reprlearn.runs import Run
from reprlearn.ui.text import TEXTS, t


def of_events(run: Run) -> bool:
    """Whether the run was trained on events, so that its words are event types."""
    return run.card.corpus.kind == "events"


def said(run: Run, key: str, /, **values: object) -> str:
    """The text `key` as it is said of this run: the catalogue's "<key>.events" for a run of events, where there is one."""
    if of_events(run) and f"{key}.events" in TEXTS:
        return t(f"{key}.events", **values)
    return t(key, **values)
