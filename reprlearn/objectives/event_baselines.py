"""What counting scores on an event log: the frequencies of the types, and of the pairs of types that follow each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reprlearn.data.events.log import EventLog
    from reprlearn.data.events.sequences import Sequences

PRIOR = 10.0
"""The bigram counts start from so many events spread as the types are: pairs never seen are not impossible."""


def ranking_metrics(ranks: np.ndarray) -> dict[str, float]:
    """Accuracy, MAP@5 and MRR from the ranks (M,) of the types that came, the best being 1.

    With one right answer an event, average precision at 5 is 1 / rank, and 0 beyond the fifth.
    """
    reciprocal = 1.0 / ranks
    return {
        "accuracy": float((ranks == 1).mean()),
        "map_at_5": float(np.where(ranks <= 5, reciprocal, 0.0).mean()),
        "mrr": float(reciprocal.mean()),
    }


def references(train: Sequences, split: Sequences, n_types: int) -> dict[str, float]:
    """Loss (nats an event), accuracy, MAP@5 and MRR of two tables of counts, made on `train`, on the events of `split`.

    majority_*:  P(type) by the types' frequencies, so that the most frequent is always the guess
    bigram_*:    P(type | type before it)
    """
    seen, next_seen = _pairs(train)
    share = (np.bincount(next_seen, minlength=n_types) + 1 / n_types) / (len(next_seen) + 1)
    counts = np.bincount(seen.astype(np.int64) * n_types + next_seen, minlength=n_types**2)
    counts = counts.reshape(n_types, n_types) + PRIOR * share
    bigram = counts / counts.sum(axis=1, keepdims=True)
    types, targets = _pairs(split)
    return _scores("majority", share[None], np.zeros_like(types), targets) | _scores("bigram", bigram, types, targets)


def oracle_losses(log: EventLog, split: str) -> dict[str, float]:
    """Of a synthetic log the lowest loss there is, with the scalar and without it; of any other, nothing."""
    if log.oracle is None:
        return {}
    losses = log.oracle.nll[split]
    return {"oracle_loss": losses.with_scalar, "oracle_loss_without_scalar": losses.without_scalar}


def _pairs(sequences: Sequences) -> tuple[np.ndarray, np.ndarray]:
    """The types of all events that have a next one, and of that one."""
    rows = np.flatnonzero(sequences.has_target)
    return sequences.type_ids[rows], sequences.type_ids[rows + 1]


def _scores(name: str, table: np.ndarray, rows: np.ndarray, targets: np.ndarray) -> dict[str, float]:
    """Metrics of the probabilities table[rows] at the targets."""
    loss = float(-np.log(table[rows, targets]).mean())
    # Rank of every type in every row, equals in the order of their ids.
    ranks = np.empty(table.shape, dtype=np.int64)
    np.put_along_axis(ranks, np.argsort(-table, axis=1, kind="stable"), np.arange(1, table.shape[1] + 1)[None], axis=1)
    metrics = {"loss": loss, **ranking_metrics(ranks[rows, targets])}
    return {f"{name}_{metric}": value for metric, value in metrics.items()}
