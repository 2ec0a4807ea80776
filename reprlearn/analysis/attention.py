"""Where the heads of a transformer look in a sentence, and which plain habit describes each best.

A habit is a place that each word could look at: itself, the word before it, the word after it, the first word. Its share is the
mean attention to that place over the words that have it; beside it stands what attention spread evenly over all that a word can
see would give. Such heads were described by Clark, Khandelwal, Levy & Manning 2019 (arXiv 1906.04341).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from reprlearn.analysis.prediction import entropy_bits

if TYPE_CHECKING:
    from reprlearn.analysis.typed import Typed
    from reprlearn.runs import Run

HABITS = ("itself", "before", "after", "first")
MARKED = 2.0
"""A habit describes a head that gives it so many times what even attention would, and `LEAST` of all its attention."""
LEAST = 0.2


@dataclass(frozen=True)
class Reading:
    """A sentence of n tokens as every head read it.

    weights:  (layers, heads, n, n) float32, how much each word (third axis) attends to each (last axis); rows sum to 1
    causal:   words see only those before them, and themselves
    """

    typed: Typed
    weights: np.ndarray
    causal: bool

    @property
    def n_layers(self) -> int:
        return self.weights.shape[0]

    @property
    def n_heads(self) -> int:
        return self.weights.shape[1]

    def seen(self) -> np.ndarray:
        """(n, n) how much even attention would give: each word's over all that it can see."""
        n = self.weights.shape[-1]
        mask = np.tri(n) if self.causal else np.ones((n, n))
        return mask / mask.sum(axis=1, keepdims=True)


def read_attention(run: Run, typed: Typed) -> Reading:
    """Pass a typed sentence through the run's model, which must be one that `Attends`. ValueError for a sentence of no words."""
    # torch takes seconds to import, and a page may have its readings cached.
    import torch

    if not len(typed):
        raise ValueError("a sentence of no words has no attention")
    with torch.inference_mode():
        weights = run.model.attention(torch.from_numpy(typed.ids)).float().numpy()
    weights.setflags(write=False)
    return Reading(typed, weights, causal=not np.triu(weights, 1).any())


class Habit(NamedTuple):
    """What a head does most plainly: the habit's name (None where no habit describes it), its share, and the even share."""

    name: str | None
    share: float
    even: float


def habits(reading: Reading) -> pd.DataFrame:
    """The share of each habit in each head: layer, head (both from 1), habit, share, even; none of a habit that no word has."""
    even = reading.seen()
    rows = []
    for habit in HABITS:
        words, places = _places(habit, len(even), reading.causal)
        if not len(words):
            continue
        shares = reading.weights[:, :, words, places].mean(axis=2)
        for (layer, head), share in np.ndenumerate(shares):
            rows.append((layer + 1, head + 1, habit, float(share), float(even[words, places].mean())))
    return pd.DataFrame(rows, columns=pd.Index(["layer", "head", "habit", "share", "even"]))


def habit_of(table: pd.DataFrame, layer: int, head: int) -> Habit:
    """The habit that exceeds the even share most, if it is marked enough to describe the head.

    table: of `habits`, with more than one word.
    """
    rows = table.loc[(table["layer"] == layer) & (table["head"] == head)]
    if rows.empty:
        return Habit(None, float("nan"), float("nan"))
    best = rows.loc[(rows["share"] - rows["even"]).idxmax()]
    share, even = float(best["share"]), float(best["even"])
    marked = share >= LEAST and share >= MARKED * even
    return Habit(str(best["habit"]) if marked else None, share, even)


def most_looked_at(reading: Reading, layer: int, head: int) -> tuple[int, float, float]:
    """The word that gets most attention of a head (both from 1) beyond the even share: its number, its share, the even share.

    Means over the words that see it; one that is seen by fewer than a quarter of the words does not count.
    """
    weights, even = reading.weights[layer - 1, head - 1].astype(np.float64), reading.seen()
    sees = even > 0
    enough = sees.sum(axis=0) >= len(even) / 4
    share, fair = (np.where(sees, each, 0).sum(axis=0) / sees.sum(axis=0) for each in (weights, even))
    best = int(np.where(enough, share - fair, -np.inf).argmax())
    return best, float(share[best]), float(fair[best])


def words_looked_at(weights: np.ndarray) -> float:
    """Between how many words a head (n, n) divides its attention on the mean: 2 to the mean entropy of its rows."""
    return float(2 ** np.mean([entropy_bits(row) for row in weights]))


def _places(habit: str, n: int, causal: bool) -> tuple[np.ndarray, np.ndarray]:
    """The words that have the place, and the place of each; where a word sees itself alone, it has no choice and does not count."""
    words = np.arange(int(causal), n)
    if habit == "itself":
        return words, words
    if habit == "before":
        words = np.arange(1, n)
        return words, words - 1
    if habit == "after":
        words = np.arange(0 if causal else n - 1)
        return words, words + 1
    # The word before the second is the first: that of the others says more.
    words = np.arange(2, n)
    return words, np.zeros_like(words)
