"""The bidirectional objective: predict each word from the words before it, and by itself from the words after it.

Peters et al. 2018 (arXiv 1802.05365), section 3.1, here as a mean over words and directions:

    J = -(1/2n) sum_t [ log P(w_t | w_1 ... w_t-1) + log P(w_t | w_t+1 ... w_T) ]

The text is read in columns as the causal objective reads it.

NOTE[DIFF] The forward half carries its state from step to step; the backward half would have to have read what comes, and begins
anew at the end of each row (in their program both carry on within a batch, from whatever stood in the column before).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from reprlearn.objectives.causal import CausalObjective, perplexity
from reprlearn.objectives.config import BidirectionalConfig, CausalConfig
from reprlearn.objectives.cross_entropy import linear_cross_entropy, target_log_probabilities

if TYPE_CHECKING:
    from reprlearn.data.corpora import Corpus
    from reprlearn.nn.elmo import ELMo
    from reprlearn.objectives.base import Carried

EVALUATION_LENGTH, EVALUATION_COLUMNS = 128, 8


class BidirectionalBatch(NamedTuple):
    """Words read, those that followed them, and those that came before, column by column."""

    ids: Int[Tensor, "batch time"]
    following: Int[Tensor, "batch time"]
    preceding: Int[Tensor, "batch time"]

    @property
    def n_targets(self) -> int:
        return self.ids.numel()


class BidirectionalObjective:
    """Mean cross entropy of both directions, in nats a word."""

    def __init__(self, config: BidirectionalConfig) -> None:
        self.config = config
        self._columns = CausalObjective(CausalConfig(sequence_length=config.sequence_length))

    def n_batches(self, corpus: Corpus, batch_size: int) -> int:
        """Training steps in an epoch."""
        return self._columns.n_batches(corpus, batch_size)

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
    ) -> Iterator[BidirectionalBatch]:
        """The training batches of an epoch from number `first` on, in the text's own order."""
        if batch_size % n_ranks:
            raise ValueError(f"a batch size of {batch_size} does not split over {n_ranks} processes")
        text = corpus.splits["train"]
        column_length = (len(text) - 1) // batch_size
        mine = slice(rank * batch_size // n_ranks, (rank + 1) * batch_size // n_ranks)
        framed = np.concatenate([[corpus.vocabulary.end_id], text[: column_length * batch_size + 1]]).astype(np.int64)
        preceding, ids, following = (
            torch.from_numpy(framed[i : i + column_length * batch_size]).view(batch_size, column_length)[mine]
            for i in range(3)
        )
        length = self.config.sequence_length
        for start in range(first * length, column_length, length):
            block = slice(start, start + length)
            yield BidirectionalBatch(ids[:, block], following[:, block], preceding[:, block])

    def loss(
        self, model: ELMo, batch: BidirectionalBatch, state: Carried | None, forward: Callable[..., Any] | None = None
    ) -> tuple[Float[Tensor, ""], Carried]:
        """Mean loss of a batch over both directions, and the forward half's state, cut from the gradient."""
        ahead, back, carried = (forward or model)(batch.ids, state)
        hidden = torch.cat([ahead.flatten(0, 1), back.flatten(0, 1)])
        targets = torch.cat([batch.following.flatten(), batch.preceding.flatten()])
        loss = linear_cross_entropy(hidden, model.output_embedding(), model.output_bias(), targets)
        return loss, tuple(part.detach() for part in carried)

    @torch.no_grad()
    def evaluate(self, model: ELMo, corpus: Corpus, split: str) -> dict[str, float]:
        """Loss of both directions on a split, and perplexity, which is that of the forward half: it alone predicts a next word.

        Every token is scored once in each direction, forward with what came before as context, backward with what follows in its
        row. The first has <eos> before it, the last <eos> behind it.
        """
        was_training = model.training
        model.eval()
        stream = torch.from_numpy(corpus.splits[split].astype(np.int64)).to(model.output_embedding().device)
        forward_log_p = self._forward(model, stream, corpus.vocabulary.end_id)
        backward_log_p = self._backward(model, stream, corpus.vocabulary.end_id)
        model.train(was_training)
        known = (stream != corpus.vocabulary.unknown_id).cpu()
        ahead, back = -forward_log_p.mean().item(), -backward_log_p.mean().item()
        return {
            "loss": (ahead + back) / 2,
            "perplexity": perplexity(ahead),
            "perplexity_without_unk": perplexity(-forward_log_p[known].mean().item()),
            "backward_perplexity": perplexity(back),
            "tokens": float(len(stream)),
        }

    def _forward(self, model: ELMo, stream: Int[Tensor, " n"], end_id: int) -> Float[Tensor, " n"]:
        """Log-probability of each token given those before it (double precision, nats), read in one column."""
        read = torch.cat([stream.new_tensor([end_id]), stream[:-1]])
        state, found = None, []
        for start in range(0, len(stream), EVALUATION_LENGTH * EVALUATION_COLUMNS):
            block = slice(start, start + EVALUATION_LENGTH * EVALUATION_COLUMNS)
            ahead, _, state = model(read[block][None], state)
            found.append(
                target_log_probabilities(ahead[0], model.output_embedding(), model.output_bias(), stream[block])
            )
        return torch.cat(found).cpu().double()

    def _backward(self, model: ELMo, stream: Int[Tensor, " n"], end_id: int) -> Float[Tensor, " n"]:
        """Log-probability of each token given those that follow it, read in one column from the end."""
        read = torch.cat([stream[1:], stream.new_tensor([end_id])])
        found = []
        for start in range(0, len(stream), EVALUATION_LENGTH * EVALUATION_COLUMNS):
            block = slice(start, start + EVALUATION_LENGTH * EVALUATION_COLUMNS)
            _, back, _ = model(read[block][None])
            found.append(
                target_log_probabilities(back[0], model.output_embedding(), model.output_bias(), stream[block])
            )
        return torch.cat(found).cpu().double()

    def references(self, corpus: Corpus, split: str) -> dict[str, float]:
        """None: a perplexity is compared with those of other models."""
        return {}
