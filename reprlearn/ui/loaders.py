"""What pages read, cached once for all visitors.

Everything is keyed by the run's folder and the times of its files, so a run trained again or mapped again is read again,
and every cache is bounded. What is cached as a resource is shared and read-only; tables are copies, free to change.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.runs import BrokenRun, Run, find_runs, uploads
from reprlearn.runs.store import state
from reprlearn.ui import shown
from reprlearn.ui.visitor import visitor

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.analysis.neighbours import Neighbours
    from reprlearn.analysis.places import Geography
    from reprlearn.analysis.prediction import PromptReading
    from reprlearn.analysis.projection import Layout, ProjectionConfig

Stamp = tuple[str, tuple[int, ...]]
_WATCHED = ("card.json", "weights.safetensors", "maps")

# One visitor's forward pass at a time: torch already uses every core it may, and a model is built once, not once a visitor.
forward_lock = threading.Lock()


def runs() -> tuple[list[Run], list[BrokenRun]]:
    """All runs this visitor sees (everybody's, then those they brought and have not published), and what among everybody's is
    broken or out of reach. Cards only: neither torch nor pandas is loaded.
    """
    found, broken = _find(state(stamp))
    own = own_uploads()
    names = {run.name for run in own}
    return [*(run for run in found if run.name not in names), *own], broken


def own_uploads() -> list[Run]:
    """The runs this visitor brought and has not published."""
    folder = uploads.folder_of(visitor())
    if not folder.is_dir():
        return []
    uploads.keep(folder)
    return _uploads(str(folder), tuple(stamp(entry) for entry in sorted(folder.iterdir())))


def runs_with(capability: str | None) -> list[Run]:
    """The runs that can do something, "Predicts" for instance; all of them for None."""
    return [run for run in runs()[0] if capability is None or capability in run.card.capabilities]


def run(name: str) -> Run:
    """The run of this name, the same object for every visitor, so that its model and matrices are loaded once.

    A run of a remote root is fetched here, the first time. KeyError when there is none (or it is broken), `RunError` when it
    cannot be fetched.
    """
    found = {each.name: each for each in runs()[0]}[name]
    shown.note(name)
    return _open(stamp(found.path), found)


def stamp(folder: Path) -> Stamp:
    """Identity of a run's folder as it is now: its path and the times (ns) of the files that pages read from it."""
    times = []
    for name in _WATCHED:
        try:
            times.append((folder / name).stat().st_mtime_ns)
        except OSError:
            times.append(0)
    return str(folder), tuple(times)


def word_table(run: Run, which: str) -> pd.DataFrame:
    """`reprlearn.analysis.geometry.word_table`, cached."""
    return _word_table(stamp(run.path), run, which)


def neighbours(run: Run, which: str) -> Neighbours:
    """`reprlearn.analysis.neighbours.neighbour_table`, cached; arrays to read only. ValueError for a run too large for one."""
    return _neighbours(stamp(run.path), run, which)


def near(run: Run, which: str, word: str, k: int) -> pd.DataFrame:
    """`reprlearn.analysis.neighbours.neighbours_of`: from the table of all neighbours, or of a large run for this word, cached."""
    from reprlearn.analysis.leading_words import is_large
    from reprlearn.analysis.neighbours import neighbours_of

    if is_large(run):
        return _near(stamp(run.path), run, which, word, k)
    return neighbours_of(run, which, word, k, neighbours(run, which))


def geography(run: Run, which: str) -> Geography:
    """`reprlearn.analysis.places.geography`, cached; to read only. ValueError with too few places."""
    return _geography(stamp(run.path), run, which)


def stored_layout(run: Run, which: str, config: ProjectionConfig) -> Layout | None:
    """`reprlearn.analysis.projection.stored_layout`, cached where there is one. Never imports umap."""
    try:
        return _stored_layout(stamp(run.path), run, which, config)
    except NotStored:
        return None


def reading(run: Run, prompt: str) -> PromptReading:
    """A prompt as the run's model read it, cached: temperature, filters and words are asked of it without the model."""
    return _reading(stamp(run.path), run, prompt)


def continuation(
    run: Run, prompt: str, n_words: int, seed: int, temperature: float, top_k: int | None, top_p: float | None
) -> pd.DataFrame:
    """`reprlearn.analysis.continuation.continue_prompt`, cached."""
    return _continuation(stamp(run.path), run, prompt, n_words, seed, temperature, top_k, top_p)


class NotStored(Exception):
    """Nothing yet. An exception is not cached, so what is computed a moment later is found."""


@st.cache_resource(max_entries=4, show_spinner=False)
def _find(state: tuple[Hashable, ...]) -> tuple[list[Run], list[BrokenRun]]:
    return find_runs()


@st.cache_resource(max_entries=64, show_spinner=False)
def _uploads(folder: str, stamps: Sequence[Stamp]) -> list[Run]:
    return uploads.find_uploads(Path(folder))


@st.cache_resource(max_entries=8, show_spinner=False)
def _open(stamp: Stamp, _run: Run) -> Run:
    return _run if _run.origin else Run(_run.path)


@st.cache_data(max_entries=16, show_spinner=False)
def _word_table(stamp: Stamp, _run: Run, which: str) -> pd.DataFrame:
    from reprlearn.analysis.geometry import word_table

    return word_table(_run, which)


@st.cache_resource(max_entries=16, show_spinner=False)
def _neighbours(stamp: Stamp, _run: Run, which: str) -> Neighbours:
    from reprlearn.analysis.neighbours import neighbour_table

    return neighbour_table(_run, which)


@st.cache_data(max_entries=256, show_spinner=False)
def _near(stamp: Stamp, _run: Run, which: str, word: str, k: int) -> pd.DataFrame:
    from reprlearn.analysis.neighbours import neighbours_of

    return neighbours_of(_run, which, word, k)


@st.cache_resource(max_entries=16, show_spinner=False)
def _geography(stamp: Stamp, _run: Run, which: str) -> Geography:
    from reprlearn.analysis.places import geography

    return geography(_run, which)


@st.cache_data(max_entries=32, show_spinner=False)
def _stored_layout(stamp: Stamp, _run: Run, which: str, config: ProjectionConfig) -> Layout:
    from reprlearn.analysis.projection import stored_layout

    layout = stored_layout(_run, which, config)
    if layout is None:
        raise NotStored
    return layout


@st.cache_resource(max_entries=128, show_spinner=False)
def _reading(stamp: Stamp, _run: Run, prompt: str) -> PromptReading:
    from reprlearn.analysis.prediction import read_prompt

    with forward_lock:
        return read_prompt(_run, prompt)


@st.cache_data(max_entries=128, show_spinner=False)
def _continuation(
    stamp: Stamp,
    _run: Run,
    prompt: str,
    n_words: int,
    seed: int,
    temperature: float,
    top_k: int | None,
    top_p: float | None,
) -> pd.DataFrame:
    from reprlearn.analysis.continuation import continue_prompt

    with forward_lock:
        return continue_prompt(_run, prompt, n_words, seed, temperature, top_k, top_p)
