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

from reprlearn.objectives.augmented import both_losses
from reprlearn.objectives.config import CausalConfig
from reprlearn.objectives.cross_entropy import linear_cross_entropy, target_log_probabilities
from reprlearn.objectives.reading import hidden_states

if TYPE_CHECKING:
    from reprlearn.data.corpora import Corpus
    from reprlearn.nn.lstm import LSTMLanguageModel
    from reprlearn.nn.transformer import GPTLanguageModel
    from reprlearn.objectives.base import Carried

    LanguageModel = LSTMLanguageModel | GPTLanguageModel


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
    """Mean cross entropy of the next word, in nats a token.

    cross_entropy: of the batch whose loss was asked for last, without what the configuration adds to it; what curves show.
    """

    def __init__(self, config: CausalConfig) -> None:
        self.config = config
        self.cross_entropy: Tensor | None = None

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

        A text is read in its own order; where the recipe has it `rotated`, what stands before an epoch's beginning is
        read at its end.
        """
        if batch_size % n_ranks:
            raise ValueError(f"a batch size of {batch_size} does not split over {n_ranks} processes")
        column_length = (len(corpus.splits["train"]) - 1) // batch_size
        text = corpus.splits["train"]
        if self.config.rotated:
            text = np.roll(text, -int(np.random.default_rng([seed, epoch]).integers(len(text))))
        stream = torch.from_numpy(text[: column_length * batch_size + 1].astype(np.int64))
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
            loss, self.cross_entropy = both_losses(
                *scored,
                model.input_embedding(),
                temperature=config.augmented_temperature,
                gain=config.augmented_gain,
                through_target=config.augmented_gradient,
            )
        else:
            loss = linear_cross_entropy(*scored)
            self.cross_entropy = loss.detach()
        return loss + self._penalties(model, hidden), tuple(part.detach() for part in carried)

    def _penalties(self, model: LanguageModel, hidden: Float[Tensor, "batch time width"]) -> Tensor | float:
        """What the configuration adds to the loss of the words.

        NOTE[DIFF] Merity et al. take the change of the hidden states before dropout. A unit is dropped for a whole sequence
        here, so the change after it is the same but for the units left out.
        """
        config, added = self.config, 0.0
        if config.projection_penalty:
            projection = getattr(model, "projection", None)
            if projection is None:
                raise ValueError(
                    "objective.projection_penalty needs a model with a projection: an LSTM with model.projection True"
                )
            added = added + config.projection_penalty * projection.weight.norm()
        if config.activation_penalty:
            added = added + config.activation_penalty * hidden.float().square().mean()
        if config.change_penalty and hidden.shape[1] > 1:
            added = added + config.change_penalty * hidden.float().diff(dim=1).square().mean()
        return added

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

        The very first token is predicted after `<eos>`; how a long text is read says `reading`.
        """
        was_training = model.training
        model.eval()
        stream = stream.to(model.output_embedding().device)
        log_p = torch.empty(len(stream), dtype=torch.float64)
        for positions, hidden in hidden_states(model, stream, end_id, n_columns):
            scored = model.output_embedding(), model.output_bias(), stream[positions]
            log_p[positions.cpu()] = target_log_probabilities(hidden, *scored).cpu().double()
        model.train(was_training)
        return log_p
