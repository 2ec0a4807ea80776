"""Twins side by side: what each costs and how well it predicts, and how far it is from the one they are held against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from reprlearn.analysis.twins import augmented_gain

if TYPE_CHECKING:
    from reprlearn.runs import Card, Run

MEASURES = ("parameters", "bytes", "tokens_per_second", "epochs", "valid_perplexity", "test_perplexity")


def twin_table(runs: Sequence[Run], reference: Run) -> pd.DataFrame:
    """A row a run in the order given, from the cards alone: no weights are read.

    run, architecture, tied, augmented:  what it is; augmented: its weight of the augmented loss, 0 without it
    MEASURES:           unique parameters, bytes of the weights as stored, training tokens a second, epochs, perplexities;
                        NaN where a card does not say
    <measure>_change:   less that of the reference, in the measure's own unit
    <measure>_share:    the change as a share of the reference's
    """
    base = _measures(reference.card)
    rows = []
    for run in runs:
        card, own = run.card, _measures(run.card)
        row: dict[str, Any] = {"run": run.name, "architecture": card.architecture, "tied": card.tied}
        row["augmented"] = augmented_gain(card)
        for name in MEASURES:
            row[name] = own[name]
            row[f"{name}_change"] = own[name] - base[name]
            row[f"{name}_share"] = (own[name] - base[name]) / base[name] if base[name] else float("nan")
        rows.append(row)
    return pd.DataFrame(rows)


def _measures(card: Card) -> dict[str, float]:
    perplexity = {split: card.metrics.get(split, {}).get("perplexity", float("nan")) for split in ("valid", "test")}
    training = card.training
    cost = (float("nan"), float("nan")) if training is None else (training.tokens_per_second, training.epochs)
    values = (card.n_parameters, card.n_bytes, *cost, *perplexity.values())
    return dict(zip(MEASURES, (float(value) for value in values), strict=True))
