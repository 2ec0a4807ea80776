"""On the synthetic log: the true ranges of the scalar beside the learned ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reprlearn.analysis.bucket_axis import quantile_edges, scalar_of, share_below, training_values
from reprlearn.analysis.bucket_edges import segments
from reprlearn.analysis.buckets import has_buckets

if TYPE_CHECKING:
    from reprlearn.runs import Run


def true_ranges(run: Run, feature: str) -> pd.DataFrame | None:
    """low, high (raw), group: which types are likely after a value in it; None for a log whose truth is not known."""
    from reprlearn.data.events.ground_truth import GroundTruth

    scalar_of(run, feature)
    data: Any = run.recipe.data
    if data.kind != "events" or data.table is not None or data.log != "synthetic":
        return None
    ranges = GroundTruth.draw().ranges
    return pd.DataFrame({"low": r.low, "high": r.high, "group": r.group} for r in ranges)


def range_match(run: Run, feature: str) -> pd.DataFrame | None:
    """edge, learned, learned_off, quantile, quantile_off: for each true edge the nearest learned handover, the nearest
    of as many edges of even shares, and how far off they are, as a share of the training data.

    attrs: "purity" and "quantile_purity", the share of the data that lies in the true range which holds the most of its
    segment. Both rise with the number of segments, so only their difference tells something. None where the truth is
    not known, or where the run has no soft buckets.
    """
    truth = true_ranges(run, feature)
    if truth is None or not has_buckets(run):
        return None
    scalar, edges = scalar_of(run, feature), truth["low"].to_numpy()[1:]
    learned = segments(run, feature)["low"].to_numpy()[1:]
    # As many as were learned, or more pieces alone would win.
    even = quantile_edges(run, feature, len(learned) + 1)
    table = pd.DataFrame({"edge": edges})
    for name, found in (("learned", learned), ("quantile", even)):
        at, off = np.full(len(edges), np.nan), np.full(len(edges), np.nan)
        if len(found):
            apart = np.abs(share_below(scalar, edges)[:, None] - share_below(scalar, found)[None])
            at, off = found[apart.argmin(axis=1)], apart.min(axis=1)
        table[name], table[f"{name}_off"] = at, off
    values = training_values(scalar)
    table.attrs["purity"] = purity(values, learned, edges)
    table.attrs["quantile_purity"] = purity(values, even, edges)
    return table


def purity(values: np.ndarray, learned: np.ndarray, true: np.ndarray) -> float:
    """Share of the values that lie in the true segment which holds the most values of their learned segment.

    learned, true: the edges of the segments, ascending.
    """
    counts = np.zeros((len(learned) + 1, len(true) + 1))
    np.add.at(counts, (np.searchsorted(learned, values), np.searchsorted(true, values)), 1)
    return float(counts.max(axis=1).sum() / len(values))
