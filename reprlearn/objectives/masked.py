"""The masked objective: fill in words that were taken out of a text, from what stands to both sides.

Devlin et al. 2018 (arXiv 1810.04805), section 3.1: of the words of a batch a share (there 15 %) is chosen anew each time; 80 %
of them are replaced by the mask, 10 % by a word drawn at random, 10 % stay; all of the chosen are predicted.

    J = -(1/n) sum over the chosen places of log softmax(W g(h) + b)[word]

A text is scored in three ways, none of which is a perplexity: every seventh word masked at once (`loss`, `accuracy`), and each
of a sample of words masked alone (`pseudo_perplexity`, Salazar et al. 2020, arXiv 1910.14659).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from reprlearn.nn.bert import MASK
from reprlearn.objectives.config import MaskedConfig
from reprlearn.objectives.cross_entropy import linear_cross_entropy
from reprlearn.objectives.neighbour_counts import NeighbourCounts

if TYPE_CHECKING:
    from reprlearn.data.corpora import Corpus
    from reprlearn.nn.bert import BERT
    from reprlearn.objectives.base import Carried

MASKED, REPLACED = 0.8, 0.1  # of the chosen words; the rest stay as they are
STRIDE = 7  # in evaluation every seventh word is masked, 14 %
N_ALONE = 1000  # words masked alone
ROWS_AT_ONCE = 32


class MaskedBatch(NamedTuple):
    """Rows of words, some of them taken out; their places in the rows laid end to end; and what stood there."""

    ids: Int[Tensor, "batch time"]
    places: Int[Tensor, " n"]
    targets: Int[Tensor, " n"]

    @property
    def n_targets(self) -> int:
        return self.ids.numel()  # words read: what a training is measured by


class MaskedObjective:
    """Mean cross entropy of the words taken out, in nats a word."""

    def __init__(self, config: MaskedConfig) -> None:
        self.config = config

    def n_batches(self, corpus: Corpus, batch_size: int) -> int:
        """Training steps in an epoch."""
        n_rows = (len(corpus.splits["train"]) - self.config.sequence_length) // self.config.sequence_length
        if n_rows < batch_size:
            raise ValueError(
                f"the training text of {len(corpus.splits['train'])} tokens is too short for a batch of {batch_size} rows"
                f" of {self.config.sequence_length}"
            )
        return n_rows // batch_size

    def batches(
        self,
        corpus: Corpus,
        batch_size: int,
        *,
        first: int = 0,
        rank: int = 0,
        n_ranks: int = 1,
        epoch: int = 0,
        seed: int = 0,
    ) -> Iterator[MaskedBatch]:
        """The training batches of an epoch from number `first` on: other rows, other words taken out in each epoch."""
        if batch_size % n_ranks:
            raise ValueError(f"a batch size of {batch_size} does not split over {n_ranks} processes")
        draw = np.random.default_rng([seed, epoch])
        length, text = self.config.sequence_length, corpus.splits["train"]
        begin = int(draw.integers(length))
        n_rows = (len(text) - length) // length
        rows = text[begin : begin + n_rows * length].reshape(n_rows, length).astype(np.int64)
        order = draw.permutation(n_rows)[: self.n_batches(corpus, batch_size) * batch_size]
        share = batch_size // n_ranks
        for number, start in enumerate(range(0, len(order), batch_size)):
            if number < first:
                continue
            mine = rows[order[start : start + batch_size]][rank * share : (rank + 1) * share]
            yield self._masked(mine, corpus, np.random.default_rng([seed, epoch, number, rank]))

    def _masked(self, rows: np.ndarray, corpus: Corpus, draw: np.random.Generator) -> MaskedBatch:
        """A batch of these rows: of their words (ends of texts are none) so many are chosen, and most of them replaced."""
        flat = rows.reshape(-1).copy()
        words = np.flatnonzero(flat != corpus.vocabulary.end_id)
        n = max(1, round(self.config.share * len(words)))
        places = np.sort(draw.permutation(words)[:n])
        targets, fate = flat[places].copy(), draw.random(n)
        flat[places[fate < MASKED]] = MASK
        replaced = places[(fate >= MASKED) & (fate < MASKED + REPLACED)]
        flat[replaced] = draw.choice(np.flatnonzero(corpus.vocabulary.counts > 0), len(replaced))
        return MaskedBatch(*(torch.from_numpy(part) for part in (flat.reshape(rows.shape), places, targets)))

    def loss(
        self, model: BERT, batch: MaskedBatch, state: Carried | None, forward: Callable[..., Any] | None = None
    ) -> tuple[Float[Tensor, ""], Carried]:
        """Mean loss of the words taken out; nothing is carried."""
        hidden = (forward or model)(batch.ids).flatten(0, 1)[batch.places]
        scored = model.predicting(hidden), model.output_embedding(), model.output_bias(), batch.targets
        return linear_cross_entropy(*scored), ()

    @torch.no_grad()
    def evaluate(self, model: BERT, corpus: Corpus, split: str) -> dict[str, float]:
        """Loss and accuracy with every seventh word masked, and the pseudo-perplexity of words masked alone."""
        was_training = model.training
        model.eval()
        loss, hits, n = 0.0, 0, 0
        for blank, places, targets in held_out(corpus, split, self.config.sequence_length):
            log_p = self._log_probabilities(model, blank, places)
            loss -= float(log_p.gather(1, targets[:, None].to(log_p.device)).double().sum())
            hits += int((log_p.argmax(1).cpu() == targets).sum())
            n += len(targets)
        alone = self._alone(model, corpus, split)
        model.train(was_training)
        found = {"loss": loss / n, "accuracy": hits / n, "words_filled_in": float(n)}
        return found | {"pseudo_perplexity": math.exp(min(alone, 700)), "tokens": float(len(corpus.splits[split]))}

    def _alone(self, model: BERT, corpus: Corpus, split: str) -> float:
        """Mean loss in nats of a sample of words, each masked alone in the middle of what stands around it."""
        stream, length = corpus.splits[split].astype(np.int64), self.config.sequence_length
        words = np.flatnonzero(stream != corpus.vocabulary.end_id)
        chosen = np.sort(np.random.default_rng(0).permutation(words)[:N_ALONE])
        starts = np.clip(chosen - length // 2, 0, max(0, len(stream) - length))
        total = 0.0
        for first in range(0, len(chosen), ROWS_AT_ONCE):
            block = slice(first, first + ROWS_AT_ONCE)
            rows = np.stack([stream[start : start + length] for start in starts[block]])
            within = chosen[block] - starts[block]
            places = np.arange(len(rows)) * rows.shape[1] + within
            targets = torch.from_numpy(stream[chosen[block]])
            rows[np.arange(len(rows)), within] = MASK
            log_p = self._log_probabilities(model, torch.from_numpy(rows), torch.from_numpy(places))
            total -= float(log_p.gather(1, targets[:, None].to(log_p.device)).double().sum())
        return total / len(chosen)

    @staticmethod
    def _log_probabilities(model: BERT, ids: Tensor, places: Tensor) -> Float[Tensor, "n vocabulary"]:
        device = model.input_embedding().device
        hidden = model(ids.to(device)).flatten(0, 1)[places.to(device)]
        return model.output(model.predicting(hidden)).log_softmax(1)

    def references(self, corpus: Corpus, split: str) -> dict[str, float]:
        """What counts of the words to both sides make of the same blanks."""
        if "train" not in corpus.splits:
            return {}
        counts = NeighbourCounts(corpus)
        loss, hits, n = 0.0, 0, 0
        for blank, places, targets in held_out(corpus, split, self.config.sequence_length):
            flat, at = blank.flatten().numpy(), places.numpy()
            column, end = at % blank.shape[1], corpus.vocabulary.end_id
            left = np.where(column > 0, flat[np.maximum(at - 1, 0)], end)
            right = np.where(column < blank.shape[1] - 1, flat[np.minimum(at + 1, len(flat) - 1)], end)
            log_p = counts.log_probabilities(left, right)
            loss -= float(log_p[np.arange(len(at)), targets.numpy()].sum())
            hits += int((log_p.argmax(1) == targets.numpy()).sum())
            n += len(at)
        return {"neighbour_counts_loss": loss / n, "neighbour_counts_accuracy": hits / n}


def held_out(corpus: Corpus, split: str, length: int) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Rows of a split with every seventh word masked, the places and the words: the same at every call.

    Which of seven is masked goes on from row to row, so that the words at the rows' ends are not always the same. What is left
    after the last whole row is not scored.
    """
    stream = corpus.splits[split].astype(np.int64)
    n_rows = len(stream) // length
    if not n_rows:
        raise ValueError(f"the {split} text of {len(stream)} tokens is shorter than a row of {length}")
    chosen = (np.arange(n_rows * length) % STRIDE == 0) & (stream[: n_rows * length] != corpus.vocabulary.end_id)
    rows = stream[: n_rows * length].copy()
    rows[chosen] = MASK
    for first in range(0, n_rows, ROWS_AT_ONCE):
        block = slice(first * length, min(first + ROWS_AT_ONCE, n_rows) * length)
        places = np.flatnonzero(chosen[block])
        if len(places):
            parts = rows[block].reshape(-1, length), places, stream[block][places]
            yield tuple(torch.from_numpy(part) for part in parts)  # type: ignore[misc]
