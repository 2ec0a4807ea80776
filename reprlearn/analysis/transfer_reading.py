"""What a classifier says of a text, and which words moved it: each is left out in turn, and the text read again.

The change is what an occlusion gives (Zeiler & Fergus 2014; Li, Monroe & Jurafsky 2016, arXiv 1612.08220):

    moved_i = log-odds(text) - log-odds(text without word i)

in nats, above zero where the word speaks for "positive". Words that say a thing together hide behind one another: with either
left out, the other still says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from reprlearn.runs import Run


@dataclass(frozen=True)
class Reading:
    """A text of n_words as a classifier read it, or the first n of them.

    tokens:    (n,) the words read, as typed
    known:     (n,) whether the model knows them; the others it reads as one and the same unknown word
    log_odds:  log P(positive) / P(negative), nats
    without:   (n,) the same with each word left out
    """

    tokens: tuple[str, ...]
    known: np.ndarray
    log_odds: float
    without: np.ndarray
    n_words: int

    @property
    def probability(self) -> float:
        """P(positive)."""
        return float(1 / (1 + np.exp(-self.log_odds)))

    @property
    def moved(self) -> np.ndarray:
        """(n,) nats by which each word moves the answer towards "positive"."""
        return self.log_odds - self.without


def read_text(run: Run, text: str) -> Reading:
    """Let a classifier read a text of any length, and the text without each of its words, in one pass.

    `ValueError` when the run tells no texts apart.
    """
    if "Classifies" not in run.card.capabilities:
        raise ValueError(f"{run.name} tells no texts apart: choose a run that can classify")
    import torch

    model: Any = run.model
    everything = run.vocabulary.tokens(text)
    most = min(run.recipe.data.max_words, getattr(model.body, "context_length", len(everything) + 1))  # type: ignore[union-attr]
    tokens = everything[:most]
    ids = run.vocabulary.ids(tokens)
    rows, lengths = _left_out(ids, run.vocabulary.unknown_id)
    with torch.inference_mode():
        log_p = model.class_log_probabilities(torch.from_numpy(rows), torch.from_numpy(lengths)).double().numpy()
    log_odds = log_p[:, 1] - log_p[:, 0]
    known = ids != run.vocabulary.unknown_id
    return Reading(tuple(tokens), known, float(log_odds[0]), log_odds[1:], len(everything))


def _left_out(ids: np.ndarray, unknown_id: int) -> tuple[np.ndarray, np.ndarray]:
    """The text and, a row for each word, the text without it, padded with 0: (n + 1, n) and their lengths.

    A text of no words is a single unknown one, as in `data.labelled_corpus`.
    """
    n = len(ids)
    rows = np.zeros((n + 1, max(n, 1)), dtype=np.int64)
    lengths = np.full(n + 1, max(n - 1, 1))
    rows[0, :n], lengths[0] = ids, max(n, 1)
    for i in range(n):
        rows[i + 1, : n - 1] = np.delete(ids, i)
    if n <= 1:
        rows[n:, 0] = unknown_id
    return rows, lengths


def moves(reading: Reading) -> pd.DataFrame:
    """position (from 0), token, known and moved (nats), a row a word of the text, in its order."""
    return pd.DataFrame(
        {
            "position": np.arange(len(reading.tokens)),
            "token": np.array(reading.tokens, dtype=object),
            "known": reading.known,
            "moved": reading.moved,
        }
    )


def strongest(reading: Reading, k: int) -> pd.DataFrame:
    """The k words that moved the classifier most, the strongest first: rows of `moves`."""
    frame = moves(reading)
    order = np.argsort(-np.abs(frame["moved"].to_numpy()), kind="stable")[:k]
    return frame.iloc[order].reset_index(drop=True)
