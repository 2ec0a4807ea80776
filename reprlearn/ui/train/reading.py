"""What a training wrote so far, read once for all who watch it, and again when there is more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.jobs import Job, watching
from reprlearn.runs.run import SNAPSHOTS

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.analysis.snapshot_neighbours import Neighbourhoods


def neighbourhoods(folder: Path) -> Neighbourhoods | None:
    """The neighbourhoods so far, shared by all who watch; None as long as there are none, or while one is being written."""
    try:
        stamp = tuple(sorted((file.name, file.stat().st_mtime_ns) for file in (folder / SNAPSHOTS).glob("epoch-*")))
        return _read(str(folder), stamp) if stamp else None
    except (OSError, ValueError):  # the folder is renamed as the run is completed
        return None


@st.cache_resource(max_entries=8, show_spinner=False)
def _read(folder: str, stamp: tuple[tuple[str, int], ...]) -> Neighbourhoods | None:
    from reprlearn.analysis.snapshot_neighbours import neighbourhoods

    return neighbourhoods(Path(folder))


def records(job: Job) -> pd.DataFrame:
    """`reprlearn.jobs.watching.records`."""
    try:
        size = (job.folder / watching.RECORDS).stat().st_size
    except OSError:
        size = 0
    return _records(str(job.folder), job.created, size, job)


@st.cache_data(max_entries=32, show_spinner=False)
def _records(folder: str, created: float, size: int, _job: Job) -> pd.DataFrame:
    return watching.records(_job)
