"""Prompts continued word by word: each word drawn from what the model expects after all words before it.

A draw is the inverse of the cumulative distribution at a random number between 0 and 1, words in the order of their
probability. The random numbers come from the seed alone, so a text begins the same however many words are asked for, and two
models that expect the same draw the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reprlearn.analysis.sampling import check_sampling, sampling_probabilities

if TYPE_CHECKING:
    from reprlearn.runs import Run

MAX_WORDS = 200


def continue_prompt(
    run: Run,
    prompt: str,
    n_words: int,
    seed: int = 0,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
) -> pd.DataFrame:
    """The next `n_words` words, one draw a row: position (from 0), word_id, word, probability (the model's own),
    sampling_probability (after temperature, top-k, top-p), rank (1 = the model's first guess), surprisal_bits.

    After an <eos> the model goes on with a new text, as it does in training. ValueError for a number of words that is
    negative or above MAX_WORDS, a negative seed, or settings that make no distribution.
    """
    if not 0 <= n_words <= MAX_WORDS:
        raise ValueError(f"n_words must lie between 0 and {MAX_WORDS}, however: {n_words=}")
    if seed < 0:
        raise ValueError(f"seed must not be negative, however: {seed=}")
    check_sampling(temperature, top_k, top_p)
    chances = np.random.default_rng(seed).random(n_words)
    ids = np.concatenate([[run.vocabulary.end_id], run.vocabulary.encode(prompt)]).astype(np.int64)
    reader, rows = _Reader(run.model), []
    log_probabilities = reader.read(ids) if n_words else np.empty(0)
    for position, chance in enumerate(chances):
        sampling = sampling_probabilities(log_probabilities, temperature, top_k, top_p)
        word_id = _draw(sampling, float(chance))
        own = float(log_probabilities[word_id])
        rank = 1 + int((log_probabilities > log_probabilities[word_id]).sum())
        rows.append(
            (position, word_id, run.vocabulary.words[word_id], np.exp(own), sampling[word_id], rank, -own / np.log(2))
        )
        if position + 1 < n_words:
            log_probabilities = reader.read(np.array([word_id], dtype=np.int64))
    names = ["position", "word_id", "word", "probability", "sampling_probability", "rank", "surprisal_bits"]
    return pd.DataFrame(rows, columns=pd.Index(names))


def _draw(probabilities: np.ndarray, chance: float) -> int:
    """The word where the cumulative distribution, most probable words first, passes `chance` of [0, 1)."""
    order = np.argsort(-probabilities, kind="stable")
    cumulative = np.cumsum(probabilities[order])
    # The sum may end a rounding error below one; what has no probability is never drawn.
    last = int((probabilities > 0).sum()) - 1
    return int(order[min(int(np.searchsorted(cumulative, chance, side="right")), last)])


class _Reader:
    """Reads a text in pieces, and says after each what is expected next."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._ids = np.empty(0, dtype=np.int64)
        self._state = model.initial_state(1) if hasattr(model, "initial_state") else None

    def read(self, ids: np.ndarray) -> np.ndarray:
        """log P (V,), nats float32, of the word after all ids read so far, `ids` (n,) the last of them."""
        import torch

        from reprlearn.nn.capabilities import forward_reader

        with torch.inference_mode():
            if self._state is not None:
                # The state carries what was read, so a word costs the same however long the text is.
                hidden, read_on = None, forward_reader(self._model)
                for piece in _pieces(ids):
                    hidden, self._state = read_on(torch.from_numpy(piece)[None], self._state)
                assert hidden is not None, "something is read each time"
                logits = self._model.output(hidden[:, -1])[0]
            else:
                self._ids = np.concatenate([self._ids, ids])
                length = getattr(self._model, "context_length", None) or len(self._ids)
                logits = self._model.next_token_logits(torch.from_numpy(self._ids[-length:])[None])[0, -1]
            return logits.float().log_softmax(dim=-1).numpy()


def _pieces(ids: np.ndarray, size: int = 512) -> Iterator[np.ndarray]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
