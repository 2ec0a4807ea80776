"""The scores of a run's validation text, token by token, and the neighbours it was asked for: cached as `loaders` caches."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from reprlearn.runs import Run
from reprlearn.ui import loaders

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

Kept = TypeVar("Kept")


def of(run: Run) -> pd.DataFrame | None:
    """`reprlearn.analysis.scores.stored_scores` of the validation split, cached where there are any; to read only."""
    from reprlearn.analysis.scores import stored_scores

    return _kept(stored_scores, run)


def reference_neighbours(run: Run) -> np.ndarray | None:
    """`reprlearn.analysis.scores.stored_reference`, cached where there is one; to read only."""
    from reprlearn.analysis.scores import stored_reference

    return _kept(stored_reference, run)


def make(run: Run) -> None:
    """`reprlearn.analysis.scores.store_scores`: a pass over the validation split, half a minute and more."""
    from reprlearn.analysis.scores import store_scores

    with loaders.forward_lock:
        store_scores(run)


def stamp(run: Run) -> loaders.Stamp:
    """`loaders.stamp`, with the times of the scores: it changes when a run is scored (again)."""
    name, times = loaders.stamp(run.path)
    folder = run.path / "scores"
    return name, (*times, *(file.stat().st_mtime_ns for file in sorted(folder.glob("*.parquet"))))


def _kept(read: Callable[[Run], Kept | None], run: Run) -> Kept | None:
    try:
        return _scores(stamp(run), read.__name__, read, run)
    except loaders.NotStored:
        return None


@st.cache_resource(max_entries=24, show_spinner=False)
def _scores(stamp: loaders.Stamp, what: str, _read: Callable[[Run], Kept | None], _run: Run) -> Kept:
    found = _read(_run)
    if found is None:
        raise loaders.NotStored
    return found
