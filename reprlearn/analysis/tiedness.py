"""How tied the input and the output matrix of a run are, after each epoch and at the end.

A tied run has one matrix, so it agrees with itself by identity and nothing is computed. Press & Wolf 2016
(arXiv 1608.05859) hold that a tied matrix becomes more like the *output* matrix of the untied twin than like its input
matrix: `between` puts numbers to that.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis.agreement import IDENTICAL, MEASURES, agreement, run_agreement
from reprlearn.analysis.spectrum import SUMMARY, summary

if TYPE_CHECKING:
    from reprlearn.runs import Run


def tiedness_by_epoch(run: Run, k: int | None = None, measures: Collection[str] = MEASURES) -> pd.DataFrame:
    """One row a snapshot, of its words alone (the most frequent ones, among which neighbours are looked for too): epoch,
    n_words, and each measure between input and output matrix with its "chance_" (`agreement`).

    Epoch 0 is before training. A tied run is `IDENTICAL` all along, nothing by chance (NaN). No rows for a run without
    snapshots, or without an output matrix.
    """
    rows = []
    columns = [*measures, *(f"chance_{name}" for name in measures)]
    for epoch, snapshot in (run.snapshots if "output" in run.card.matrices else {}).items():
        n_words = len(snapshot["word_ids"])
        if n_words < 3 or not (is_tied(run) or "output" in snapshot):
            continue
        if is_tied(run):
            found = IDENTICAL
        else:
            a, b = (snapshot[which].astype(np.float32) for which in ("input", "output"))
            found = agreement(a, b, k, measures=measures)
        rows.append({"epoch": epoch, "n_words": n_words, **found})
    frame = pd.DataFrame(rows, columns=["epoch", "n_words", *columns])
    return frame.astype(dict.fromkeys(columns, np.float64))


def shape_by_epoch(run: Run) -> pd.DataFrame:
    """How each matrix fills its space, one row a snapshot and distinct matrix, over the words of the snapshot: epoch, matrix,
    n_words, width, then what `spectrum.summary` says. No rows for a run without snapshots.
    """
    rows = []
    for epoch, snapshot in run.snapshots.items():
        for which in run.card.distinct_matrices:
            if which in snapshot and len(snapshot[which]) > 1:
                n_words, width = snapshot[which].shape
                about = {"epoch": epoch, "matrix": which, "n_words": n_words, "width": width}
                rows.append(about | summary(snapshot[which]))
    return pd.DataFrame(rows, columns=["epoch", "matrix", "n_words", "width", *SUMMARY])


def tiedness(run: Run, measures: Collection[str] = MEASURES) -> dict[str, float]:
    """`run_agreement` of a run's input and output matrix as they are, over all words that occur; `IDENTICAL` for a tied run.

    ValueError where there is no output matrix.
    """
    if "output" not in run.card.matrices:
        raise ValueError(f"{run.name} has no output matrix")
    return dict(IDENTICAL) if is_tied(run) else run_agreement(run, "input", run, "output", measures)


def is_tied(run: Run) -> bool:
    """Whether the run has an output matrix and it is the input matrix."""
    matrices = run.card.matrices
    return "output" in matrices and matrices["output"] == matrices.get("input")


def between(runs: Sequence[Run], measures: Collection[str] = MEASURES) -> pd.DataFrame:
    """Each tied run's matrix against the input and the output matrix of each untied run: tied, untied, matrix ("input" or
    "output"), n_words, then what `agreement` finds. No rows where there is none of either.

    Over the words both runs know; pairs that share fewer than three of them are left out.
    """
    rows = []
    chance = [f"chance_{name}" for name in measures]
    untied = [run for run in runs if "output" in run.card.matrices and not is_tied(run)]
    for tied, other in product(filter(is_tied, runs), untied):
        for which in ("input", "output"):
            try:
                found = run_agreement(tied, "input", other, which, measures)
            except ValueError:
                continue
            rows.append({"tied": tied.name, "untied": other.name, "matrix": which, **found})
    return pd.DataFrame(rows, columns=["tied", "untied", "matrix", "n_words", *measures, *chance])
