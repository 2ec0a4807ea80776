"""What the analysis says of a run's scalars and events, cached once for all visitors.

Keyed by the run's folder and the times of its files, as in `reprlearn.ui.loaders`. What comes back is shared: to read only.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from reprlearn.analysis import bucket_axis, bucket_edges, bucket_path, bucket_truth, bucket_usage, buckets
from reprlearn.ui.loaders import Stamp, stamp

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.analysis.partial_dependence import PartialDependence
    from reprlearn.analysis.what_if import Prefix
    from reprlearn.data.events.log import EventLog
    from reprlearn.runs import Run

_ABOUT_A_SCALAR: dict[str, Callable[..., Any]] = {
    "sweep": buckets.sweep,
    "handovers": bucket_edges.handovers,
    "segments": bucket_edges.segments,
    "bucket_usage": bucket_usage.bucket_usage,
    "vector_path": bucket_path.vector_path,
    "smoothness": bucket_path.smoothness,
    "value_similarity": bucket_path.value_similarity,
    "quantile_edges": bucket_axis.quantile_edges,
    "true_ranges": bucket_truth.true_ranges,
    "range_match": bucket_truth.range_match,
}
# One log is read at a time, however many visitors ask for it: a large table is held in memory once, not twice.
_log_lock = threading.Lock()


def about(question: str, run: Run, feature: str, **how: Any) -> Any:
    """The answer of the function of `reprlearn.analysis` called `question` about a scalar of a run."""
    return _about(stamp(run.path), run, question, feature, tuple(sorted(how.items())))


def event_log(run: Run) -> EventLog:
    """The log the run was trained on. Raises DataError where it is not there any more."""
    with _log_lock:
        return _event_log(repr(run.recipe.data), run)


def sequence_table(run: Run) -> pd.DataFrame:
    """`reprlearn.analysis.event_sequences.sequence_table` of the test split."""
    return _sequence_table(repr(run.recipe.data), event_log(run))


def prefix(run: Run, sequence_id: str, position: int) -> Prefix:
    """What the run's model made of a test sequence up to an event, position from 0. ValueError where there is none."""
    return _prefix(stamp(run.path), run, event_log(run), sequence_id, position)


def event_sweep(run: Run, sequence_id: str, position: int, feature: str, n_values: int) -> pd.DataFrame:
    """`sweep_after` of a scalar of an event over its range."""
    return _event_sweep(
        stamp(run.path), run, prefix(run, sequence_id, position), sequence_id, position, feature, n_values
    )


def dependence(run: Run, feature: str, n_values: int, type_ids: tuple[int, ...] | None = None) -> PartialDependence:
    """`partial_dependence` of the expected types on a scalar, over its range."""
    return _dependence(stamp(run.path), run, event_log(run), feature, n_values, type_ids)


@st.cache_resource(max_entries=192, show_spinner=False)
def _about(stamp: Stamp, _run: Run, question: str, feature: str, how: tuple[tuple[str, Any], ...]) -> Any:
    return _ABOUT_A_SCALAR[question](_run, feature, **dict(how))


@st.cache_resource(max_entries=3, show_spinner=False)
def _event_log(data: str, _run: Run) -> EventLog:
    return _run.recipe.data.load()  # pyright: ignore[reportAttributeAccessIssue, reportReturnType]


@st.cache_resource(max_entries=6, show_spinner=False)
def _sequence_table(data: str, _log: EventLog) -> pd.DataFrame:
    from reprlearn.analysis.event_sequences import sequence_table

    return sequence_table(_log)


@st.cache_resource(max_entries=256, show_spinner=False)
def _prefix(stamp: Stamp, _run: Run, _log: EventLog, sequence_id: str, position: int) -> Prefix:
    from reprlearn.analysis.what_if import read_prefix

    return read_prefix(_run, _log, "test", sequence_id, position)


@st.cache_resource(max_entries=64, show_spinner=False)
def _event_sweep(
    stamp: Stamp, _run: Run, _prefix: Prefix, sequence_id: str, position: int, feature: str, n_values: int
) -> pd.DataFrame:
    from reprlearn.analysis.what_if import sweep_after

    values = bucket_axis.value_grid(bucket_axis.scalar_of(_run, feature), n_values)
    return sweep_after(_run, _prefix, feature, values)


@st.cache_resource(max_entries=32, show_spinner=False)
def _dependence(
    stamp: Stamp, _run: Run, _log: EventLog, feature: str, n_values: int, type_ids: tuple[int, ...] | None
) -> PartialDependence:
    from reprlearn.analysis.partial_dependence import partial_dependence

    values = bucket_axis.value_grid(bucket_axis.scalar_of(_run, feature), n_values)
    return partial_dependence(_run, _log, feature, values, type_ids)
