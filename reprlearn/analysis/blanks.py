"""A word of a sentence taken out, and what would be put there: by a model that reads both sides, and by counts of both neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from reprlearn.analysis.typed import Typed
    from reprlearn.objectives.neighbour_counts import NeighbourCounts
    from reprlearn.runs import Run


@dataclass(frozen=True)
class Filling:
    """A distribution over the V words for the blank at `position` of a sentence.

    words: of the vocabulary.  log_probabilities: (V,) nats float32
    """

    words: tuple[str, ...]
    log_probabilities: np.ndarray

    def frame(self) -> pd.DataFrame:
        """All words, the most probable first, equal ones by id: rank, word_id, word, probability, sampling_probability (the same)."""
        order = np.argsort(-self.log_probabilities, kind="stable")
        probability = np.exp(self.log_probabilities.astype(np.float64))[order]
        return pd.DataFrame(
            {
                "rank": np.arange(1, len(order) + 1),
                "word_id": order,
                "word": np.array(self.words, dtype=object)[order],
                "probability": probability,
                "sampling_probability": probability,
            }
        )


def fill(run: Run, typed: Typed, position: int) -> Filling:
    """What the run's model, which must be one that `FillsBlanks`, would put in the place of a token. IndexError where there is none."""
    # torch takes seconds to import, and a page may have its fillings cached.
    import torch

    if not 0 <= position < len(typed):
        raise IndexError(f"there is no word {position + 1} in a sentence of {len(typed)}")
    with torch.inference_mode():
        scores = run.model.fill(torch.from_numpy(typed.ids), position)
        log_probabilities = scores.float().log_softmax(dim=0).numpy()
    log_probabilities.setflags(write=False)
    return Filling(tuple(run.vocabulary.words), log_probabilities)


def neighbour_counts(run: Run) -> NeighbourCounts:
    """Pairs of words in the run's training text, for `fill_by_counts`: a second or two. ValueError where the text is not to be had."""
    from reprlearn.analysis.texts import corpus_of
    from reprlearn.objectives.neighbour_counts import NeighbourCounts

    return NeighbourCounts(corpus_of(run))


def fill_by_counts(run: Run, counts: NeighbourCounts, typed: Typed, position: int) -> Filling:
    """What the words to both sides make of the blank; beyond the sentence's ends stands the end of a text."""
    ids = np.concatenate([[run.vocabulary.end_id], typed.ids, [run.vocabulary.end_id]])
    (log_probabilities,) = counts.log_probabilities(ids[[position]], ids[[position + 2]])
    return Filling(tuple(run.vocabulary.words), log_probabilities.astype(np.float32))
