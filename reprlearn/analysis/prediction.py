"""What a language model expects next, and how surprised it was by each word of the prompt itself.

The model reads <eos> w_1 ... w_n, so every word of the prompt has a prediction made from the words before it,
the first one from <eos> alone.

    surprisal of w_i = -log2 P(w_i | <eos> w_1 ... w_{i-1})   bits      entropy = -sum_w P(w) log2 P(w)   bits

One pass over the prompt (`read_prompt`) serves all questions; temperature and filters then need no model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reprlearn.analysis.sampling import check_sampling, sampling_probabilities

if TYPE_CHECKING:
    from reprlearn.runs import Run

# Positions scored at a time: (piece, V) float32 is 20 MB at 10,000 words, whatever the length of the prompt.
PIECE = 512
# Alternatives kept of each position: what might have stood there instead.
N_ALTERNATIVES = 5


@dataclass(frozen=True)
class PromptReading:
    """A prompt of n tokens as one model read it; small (one distribution), so that it can be cached.

    tokens: as typed.  word_ids: (n,), that of <unk> where `known` (n,) is False.
    log_probabilities: (n,) nats, of token i given those before it.  ranks: (n,), 1 = the model's first guess.
    next_log_probabilities: (V,) nats float32, of the word after the prompt.
    top_ids: (n, k), the k words that the model held most probable in the place of token i, best first, and
    top_log_probabilities: (n, k) nats, of these.
    context_length: words (with <eos>) the model looks back on at most; None: all there are.
    """

    words: tuple[str, ...]
    tokens: tuple[str, ...]
    word_ids: np.ndarray
    known: np.ndarray
    log_probabilities: np.ndarray
    ranks: np.ndarray
    next_log_probabilities: np.ndarray
    top_ids: np.ndarray
    top_log_probabilities: np.ndarray
    context_length: int | None = None

    @property
    def n_out_of_context(self) -> int:
        """Words of the prompt that were too far back to count for the word after it."""
        if self.context_length is None:
            return 0
        return max(0, len(self.tokens) - self.context_length)


def read_prompt(run: Run, prompt: str) -> PromptReading:
    """Pass a prompt of any length, empty or not, through the run's model once."""
    vocabulary = run.vocabulary
    tokens = tuple(vocabulary.tokens(prompt))
    ids = np.asarray(vocabulary.encode(prompt), dtype=np.int64)
    log_probabilities, ranks = np.empty(len(ids)), np.empty(len(ids), dtype=np.int64)
    n_top = min(N_ALTERNATIVES, len(vocabulary))
    top_ids, top = np.empty((len(ids), n_top), dtype=np.int64), np.empty((len(ids), n_top), dtype=np.float32)
    last = np.empty(0, dtype=np.float32)
    start = 0
    for rows in _log_probabilities(run.model, np.concatenate([[vocabulary.end_id], ids])):
        # Row i was computed from <eos> and the first i tokens: it predicts token i, and the very last row
        # predicts what follows.
        targets = ids[start : start + len(rows)]
        here, scored = slice(start, start + len(targets)), rows[: len(targets)]
        own = scored[np.arange(len(targets)), targets]
        log_probabilities[here] = own
        ranks[here] = 1 + (scored > own[:, None]).sum(axis=1)
        top_ids[here] = _best(scored, n_top)
        top[here] = np.take_along_axis(scored, top_ids[here], axis=1)
        start += len(rows)
        last = rows[-1].copy()
    known = ids != vocabulary.unknown_id
    context_length = getattr(run.model, "context_length", None)
    words = tuple(vocabulary.words)
    return PromptReading(words, tokens, ids, known, log_probabilities, ranks, last, top_ids, top, context_length)


def _best(rows: np.ndarray, k: int) -> np.ndarray:
    """Columns of the k largest values of each row of (n, V), largest first, of equal ones the lower column first."""
    # argpartition would be faster and take any of equal values; k is small, and so is a prompt.
    found = np.empty((len(rows), k), dtype=np.int64)
    left = rows.copy()
    for i in range(k):
        found[:, i] = left.argmax(axis=1) if len(left) else 0
        left[np.arange(len(left)), found[:, i]] = -np.inf
    return found


def _log_probabilities(model: Any, ids: np.ndarray) -> Iterator[np.ndarray]:
    """log P(next word) after each of `ids` (n,), as consecutive pieces (up to PIECE, V) float32."""
    # torch takes seconds to import, and a page may have its readings cached.
    import torch

    from reprlearn.nn.capabilities import forward_reader

    context = torch.from_numpy(ids)[None]
    with torch.inference_mode():
        if hasattr(model, "initial_state"):
            # A recurrent model: its state carries what was read, so a long prompt costs no more memory than a
            # short one.
            state, read_on = model.initial_state(1), forward_reader(model)
            for piece in context.split(PIECE, dim=1):
                hidden, state = read_on(piece, state)
                yield _normalised(model.output(hidden)[0])
        elif hasattr(model, "read"):  # a model of limited context takes a long text in windows
            for hidden in model.read(context[0]):
                for piece in hidden.split(PIECE):
                    yield _normalised(model.output(piece))
        else:
            for piece in model.next_token_logits(context)[0].split(PIECE):
                yield _normalised(piece)


def _normalised(logits: Any) -> np.ndarray:
    return logits.float().log_softmax(dim=-1).numpy()


def next_tokens(
    run: Run, prompt: str, temperature: float = 1.0, top_k: int | None = None, top_p: float | None = None
) -> pd.DataFrame:
    """All V words by how probable they are after the prompt: see `next_tokens_from`."""
    check_sampling(temperature, top_k, top_p)
    return next_tokens_from(read_prompt(run, prompt), temperature, top_k, top_p)


def next_tokens_from(
    reading: PromptReading, temperature: float = 1.0, top_k: int | None = None, top_p: float | None = None
) -> pd.DataFrame:
    """rank, word_id, word, probability (the model's own), sampling_probability (after temperature, top-k,
    top-p), V rows.

    Sorted by probability, equal ones by id. ValueError for a setting that `sampling_probabilities` refuses.
    """
    log_probabilities = reading.next_log_probabilities
    order = np.argsort(-log_probabilities, kind="stable")
    sampling = sampling_probabilities(log_probabilities, temperature, top_k, top_p)
    return pd.DataFrame(
        {
            "rank": np.arange(1, len(order) + 1),
            "word_id": order,
            "word": np.array(reading.words, dtype=object)[order],
            "probability": np.exp(log_probabilities.astype(np.float64))[order],
            "sampling_probability": sampling[order],
        }
    )


def surprisal(run: Run, prompt: str) -> pd.DataFrame:
    """How surprising each token of the prompt was to the model: see `surprisal_from`."""
    return surprisal_from(read_prompt(run, prompt))


def surprisal_from(reading: PromptReading) -> pd.DataFrame:
    """position (from 0), token, known, word_id, probability, rank, surprisal_bits; row i is the prediction
    *for* token i.

    Where `known` is False the model read and predicted <unk>, and the figures are those of <unk>.
    """
    return pd.DataFrame(
        {
            "position": np.arange(len(reading.tokens)),
            "token": np.array(reading.tokens, dtype=object),
            "known": reading.known,
            "word_id": reading.word_ids,
            "probability": np.exp(reading.log_probabilities),
            "rank": reading.ranks,
            "surprisal_bits": np.abs(reading.log_probabilities) / np.log(2),
        }
    )


def alternatives_from(reading: PromptReading) -> pd.DataFrame:
    """What else might have stood at each position: position, rank, word_id, word, probability; the five most probable words
    *in the place of* token i, so that where the first of them is the token itself the model had guessed it.
    """
    n, k = reading.top_ids.shape
    ids = reading.top_ids.ravel()
    return pd.DataFrame(
        {
            "position": np.repeat(np.arange(n), k),
            "rank": np.tile(np.arange(1, k + 1), n),
            "word_id": ids,
            "word": np.array(reading.words, dtype=object)[ids],
            "probability": np.exp(reading.top_log_probabilities.ravel().astype(np.float64)),
        }
    )


def entropy_bits(probabilities: np.ndarray) -> float:
    """-sum p log2 p in bits, with 0 log 0 = 0; `probabilities` sum to one."""
    positive = np.asarray(probabilities, dtype=np.float64)
    positive = positive[positive > 0]
    return max(0.0, float(-(positive * np.log2(positive)).sum()))


def effective_words(probabilities: np.ndarray) -> float:
    """2 to the entropy: as undecided as between this many equally probable words."""
    return 2 ** entropy_bits(probabilities)
