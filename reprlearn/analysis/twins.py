"""Twins among the runs there are: pairs whose recipes differ in one thing alone, found by what the recipes say and not by name.

Whatever such a pair differs by in its results, that one thing did, up to what another seed would have given. Reads cards only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from reprlearn.runs import Card, Run

NAMES = ("name", "summary")
TIED, AUGMENTED = "model.tied", "objective.augmented_gain"
# What says how an augmented loss is made changes nothing where its weight is zero.
ONLY_WITH_AUGMENTED = ("objective.augmented_temperature", "objective.augmented_gradient")


class Twins(NamedTuple):
    """A run without something, and its twin with it."""

    without: Run
    having: Run


def tied_twins(runs: Sequence[Run]) -> list[Twins]:
    """Language models that differ in tying alone, the untied one first; pairs without the augmented loss before those with it."""
    pairs = [twins for twins in _pairs(runs, {TIED}) if not twins.without.card.tied and twins.having.card.tied]
    return sorted(pairs, key=lambda twins: bool(augmented_gain(twins.without.card)))


def augmented_twins(runs: Sequence[Run]) -> list[Twins]:
    """Language models that differ in the augmented loss alone, the one without it first; untied pairs before tied ones."""
    pairs = [
        twins
        for twins in _pairs(runs, {AUGMENTED, *ONLY_WITH_AUGMENTED})
        if not augmented_gain(twins.without.card) and augmented_gain(twins.having.card)
    ]
    return sorted(pairs, key=lambda twins: bool(twins.without.card.tied))


def differing(a: Card, b: Card) -> set[str]:
    """Dotted names of the fields in which two recipes differ, without what they are called."""
    fields_a, fields_b = dict(_fields(a.recipe)), dict(_fields(b.recipe))
    return {name for name in {*fields_a, *fields_b} if fields_a.get(name) != fields_b.get(name)} - {*NAMES}


def augmented_gain(card: Card) -> float:
    """The weight of the augmented loss a run was trained with; 0 without it."""
    return float((card.recipe.get("objective") or {}).get("augmented_gain") or 0.0)


def _pairs(runs: Sequence[Run], fields: set[str]) -> Iterator[Twins]:
    """Ordered pairs of trained runs over one text that differ, and in nothing but `fields`."""
    trained = [run for run in runs if run.card.imported is None and "Predicts" in run.card.capabilities]
    for a in trained:
        for b in trained:
            same_text = a.card.corpus.content_hash == b.card.corpus.content_hash
            apart = differing(a.card, b.card) if same_text and a is not b else set()
            if apart and apart <= fields:
                yield Twins(a, b)


def _fields(recipe: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in recipe.items():
        if isinstance(value, Mapping):
            yield from _fields(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value
