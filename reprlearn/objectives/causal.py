"""The causal objective: predict each word from the words before it, over one long stream of text.

The stream is cut into `batch_size` columns of equal length that are read side by side; a recurrent model carries its
state from one step to the next, so a column is one uninterrupted text to it. A model that looks back on so many words
and no further (it has a `context_length`) carries nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from reprlearn.nn.capabilities import ReadsInWindows
from reprlearn.objectives.augmented import augmented_cross_entropy
from reprlearn.objectives.config import CausalConfig
from reprlearn.objectives.cross_entropy import linear_cross_entropy, target_log_probabilities

if TYPE_CHECKING:
    from reprlearn.data.corpora import Corpus
    from reprlearn.nn.lstm import LSTMLanguageModel
    from reprlearn.nn.transformer import GPTLanguageModel
    from reprlearn.objectives.base import Carried

    LanguageModel = LSTMLanguageModel | GPTLanguageModel


WARM_UP = 256  # tokens read, not scored, before an evaluation column that does not begin where the text does
EVALUATION_LENGTH = 128  # tokens of a column scored at a time


def perplexity(loss: float) -> float:
    """exp(loss): among how many equally likely words a model with this loss (nats a token) chooses."""
    return math.exp(loss) if loss < 700 else math.inf


class CausalBatch(NamedTuple):
    """Words read and the words that followed, column by column."""

    ids: Int[Tensor, "batch time"]
    targets: Int[Tensor, "batch time"]

    @property
    def n_targets(self) -> int:
        return self.targets.numel()


class CausalObjective:
    """Mean cross entropy of the next word, in nats a token."""

    def __init__(self, config: CausalConfig) -> None:
        self.config = config

    def n_batches(self, corpus: Corpus, batch_size: int) -> int:
        """Training steps in an epoch."""
        column_length = (len(corpus.splits["train"]) - 1) // batch_size
        if column_length < 1:
            raise ValueError(
                f"the training text of {len(corpus.splits['train'])} tokens is too short for a batch size of {batch_size}"
            )
        return math.ceil(column_length / self.config.sequence_length)

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
    ) -> Iterator[CausalBatch]:
        """The training batches of an epoch from number `first` on; a process of several gets its share of the columns.

        A text is read in its own order, so epochs and seeds are all alike.
        """
        if batch_size % n_ranks:
            raise ValueError(f"a batch size of {batch_size} does not split over {n_ranks} processes")
        column_length = (len(corpus.splits["train"]) - 1) // batch_size
        stream = torch.from_numpy(corpus.splits["train"][: column_length * batch_size + 1].astype(np.int64))
        mine = slice(rank * batch_size // n_ranks, (rank + 1) * batch_size // n_ranks)
        ids, targets = (part.view(batch_size, column_length)[mine] for part in (stream[:-1], stream[1:]))
        length = self.config.sequence_length
        for start in range(first * length, column_length, length):
            yield CausalBatch(ids[:, start : start + length], targets[:, start : start + length])

    def loss(
        self,
        model: LanguageModel,
        batch: CausalBatch,
        state: Carried | None,
        forward: Callable[..., Any] | None = None,
    ) -> tuple[Float[Tensor, ""], Carried]:
        """Mean loss of a batch with what the configuration adds to it, and the state to carry, cut from the gradient.

        `forward` is the model's own call unless it was wrapped (as it is in several processes).
        """
        hidden, carried = (forward or model)(batch.ids, state)
        scored = hidden.flatten(0, 1), model.output_embedding(), model.output_bias(), batch.targets.flatten()
        config = self.config
        if config.augmented_gain:
            loss = augmented_cross_entropy(
                *scored,
                model.input_embedding(),
                temperature=config.augmented_temperature,
                gain=config.augmented_gain,
                through_target=config.augmented_gradient,
            )
        else:
            loss = linear_cross_entropy(*scored)
        if config.projection_penalty:
            projection = getattr(model, "projection", None)
            if projection is None:
                raise ValueError(
                    "objective.projection_penalty needs a model with a projection: an LSTM with model.projection True"
                )
            loss = loss + config.projection_penalty * projection.weight.norm()
        return loss, tuple(part.detach() for part in carried)

    @torch.no_grad()
    def evaluate(self, model: LanguageModel, corpus: Corpus, split: str, n_columns: int = 8) -> dict[str, Any]:
        """Loss and perplexity on a split, every token scored exactly once, with what came before as context."""
        stream = torch.from_numpy(corpus.splits[split].astype(np.int64))
        log_p = self.stream_log_probabilities(model, stream, corpus.vocabulary.end_id, n_columns)
        known = stream != corpus.vocabulary.unknown_id
        loss, loss_known = -log_p.mean().item(), -log_p[known].mean().item()
        return {
            "loss": loss,
            "perplexity": perplexity(loss),
            "loss_without_unk": loss_known,
            "perplexity_without_unk": perplexity(loss_known),
            "tokens": len(stream),
            "unk_tokens": int((~known).sum()),
        }

    def references(self, corpus: Corpus, split: str) -> dict[str, float]:
        """None: a perplexity is compared with those of other models."""
        return {}

    @torch.no_grad()
    def stream_log_probabilities(
        self, model: LanguageModel, stream: Int[Tensor, " n"], end_id: int, n_columns: int = 8
    ) -> Float[Tensor, " n"]:
        """Log-probability of each token of `stream` (double precision, nats), given the tokens before it.

        The very first token is predicted after `<eos>`. How a model of limited context reads a long text is its own
        matter (its `read`); for another one see `_column_log_probabilities`.
        """
        was_training = model.training
        model.eval()
        if isinstance(model, ReadsInWindows):
            device = model.output_embedding().device
            stream = stream.to(device)
            before = torch.cat([stream.new_tensor([end_id]), stream[:-1]])
            scored, done = [], 0
            for hidden in model.read(before):
                scored.append(_log_probabilities(model, hidden, stream[done : done + len(hidden)]))
                done += len(hidden)
            log_p = torch.cat(scored)
        else:
            log_p = self._column_log_probabilities(model, stream, end_id, n_columns)
        model.train(was_training)
        return log_p.cpu().double()

    def _column_log_probabilities(
        self, model: LanguageModel, stream: Int[Tensor, " n"], end_id: int, n_columns: int
    ) -> Float[Tensor, " n"]:
        """Those of a recurrent model, its state carried.

        The stream is read in `n_columns` columns side by side. A column begins with the `WARM_UP` tokens before it as
        context, so the figure hardly depends on their number.
        """
        n = len(stream)
        n_columns = max(1, min(n_columns, n // (4 * WARM_UP)))
        column_length = math.ceil(n / n_columns)
        # Each column is its own tokens behind a warm-up of the tokens before them. The first has no past: <eos> alone.
        read = torch.full((WARM_UP + n_columns * column_length,), end_id)
        read[WARM_UP : WARM_UP + n] = stream
        columns = read.unfold(0, WARM_UP + column_length, column_length).to(model.output_embedding().device)
        _, (h, c) = model(columns[:, : WARM_UP - 1])
        h[:, 0], c[:, 0] = 0, 0
        scored = []
        for start in range(WARM_UP - 1, columns.shape[1] - 1, EVALUATION_LENGTH):
            stop = min(start + EVALUATION_LENGTH, columns.shape[1] - 1)
            hidden, (h, c) = model(columns[:, start:stop], (h, c))
            targets = columns[:, start + 1 : stop + 1]
            scored.append(_log_probabilities(model, hidden.flatten(0, 1), targets.flatten()).view(targets.shape))
        return torch.cat(scored, dim=1).flatten()[:n]


def _log_probabilities(
    model: LanguageModel, hidden: Float[Tensor, "n width"], targets: Int[Tensor, " n"]
) -> Float[Tensor, " n"]:
    return target_log_probabilities(hidden, model.output_embedding(), model.output_bias(), targets)
