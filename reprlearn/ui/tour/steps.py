"""The steps in their order. A step's name is its place in the link; its words are `tour.title.<name>` and `tour.lead.<name>`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reprlearn.ui.tour import buckets, expecting, onward, rare_words, representation, soft_target, transfer, tying
from reprlearn.ui.tour.navigation import Onward
from reprlearn.ui.tour.questions import Question


def _nothing() -> Question | None:
    """What a step asks that asks nothing."""


@dataclass(frozen=True)
class Step:
    """A screen of the tour.

    show: draws its figure, and returns what to try.  ask: what the room guesses before that; None where there is nothing to guess.
    Both raise `standing.NotHere` where the runs they stand on are missing.
    """

    name: str
    show: Callable[[], Onward | None]
    ask: Callable[[], Question | None] = _nothing


STEPS = (
    Step("representation", representation.show),
    Step("transfer", transfer.show),
    Step("next-token", expecting.show, expecting.ask),
    Step("soft-target", soft_target.show),
    Step("augmented-loss", soft_target.show_loss),
    Step("tying", tying.show, tying.ask),
    Step("rare-words", rare_words.show, rare_words.ask),
    Step("numbers", buckets.show_value),
    Step("buckets", buckets.show_learned, buckets.ask),
    Step("onward", onward.show),
)
