"""The objective of event models: the type of the next event, and the time to it.

Li, Du & Bengio 2017 (arXiv 1708.00065), with d the hours to the next event and d' their prediction:

    J = -log P(type) + weight R
    R^N = (log d' - log d)^2 / (2 sigma^2)         duration_loss "normal", sigma: that of log d in training
    R^X = -sum_k s_k(d) log s_k(d')                duration_loss "buckets", s: the soft one-hot of the last gap

NOTE[DIFF] The paper's R^N takes d as it is, and later sigma from the errors of the prediction. Gaps between events
have heavy tails, so here their logarithm is predicted, and sigma stays.
NOTE[DIFF] R is left out where a scalar known ahead tells d: predicting an input is no prediction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn import functional as F

from reprlearn.nn.event_model import BucketEventModel, EventModel
from reprlearn.objectives.causal import perplexity
from reprlearn.objectives.config import NextEventConfig
from reprlearn.objectives.event_baselines import oracle_losses, ranking_metrics, references
from reprlearn.objectives.event_batches import NOT_SCORED, EventBatch, Pieces, n_batches, shuffled_batches

if TYPE_CHECKING:
    from reprlearn.data.events.log import EventLog
    from reprlearn.data.events.sequences import Sequences

EVALUATION_BATCH = 64
EVALUATION_LENGTH = 256  # events of a sequence scored at a time; the state is carried on


@dataclass(frozen=True)
class EventScores:
    """How a model did on M events, those of a split that have a next one, in their order.

    log_p:      (M,) float64 log-probability of the type that came, nats
    ranks:      (M,) int64 its rank among all types, from 1; of equals, the lower id is first
    log_gap_errors:  (M,) float64 predicted minus true logarithm of the hours to the next event
    """

    log_p: np.ndarray
    ranks: np.ndarray
    log_gap_errors: np.ndarray


class NextEventObjective:
    """Mean cross entropy of the next event's type, in nats an event, and a duration loss beside it."""

    def __init__(self, config: NextEventConfig) -> None:
        self.config = config
        self._pieces: tuple[int, Pieces] | None = None

    def n_batches(self, log: EventLog, batch_size: int) -> int:
        """Training steps in an epoch."""
        return n_batches(len(self._training(log)), batch_size)

    def batches(
        self,
        log: EventLog,
        batch_size: int,
        *,
        first: int = 0,
        rank: int = 0,
        n_ranks: int = 1,
        epoch: int = 0,
        seed: int = 0,
    ) -> Iterator[EventBatch]:
        """The training batches of an epoch from number `first` on; a process of several gets its share of the rows."""
        pieces = self._training(log)
        if len(pieces) // self.n_batches(log, batch_size) < n_ranks:
            raise ValueError(f"a batch of {batch_size} sequences does not split over {n_ranks} processes")
        order = shuffled_batches(pieces.lengths, batch_size, np.random.default_rng([seed, epoch]))
        for number, chosen in enumerate(order):
            if number >= first:
                yield pieces.batch(chosen, rank, n_ranks)

    def loss(
        self, model: EventModel, batch: EventBatch, state: Any, forward: Callable[..., Any] | None = None
    ) -> tuple[Float[Tensor, ""], tuple[()]]:
        """Mean loss of a batch; nothing is carried from one to the next.

        `forward` is the model's own call unless it was wrapped (as it is in several processes).
        """
        hidden, _ = (forward or model)(batch.types, batch.scalars)
        scored = batch.targets != NOT_SCORED
        hidden = hidden[scored]
        logits = F.linear(hidden, model.output_embedding(), model.output_bias()).float()
        loss = F.cross_entropy(logits, batch.targets[scored], reduction="sum")
        if self._judges_durations(model):
            loss = loss + self.config.duration_weight * self._duration_loss(model, hidden, batch.log_gaps[scored])
        return loss / batch.n_scored, ()

    def _judges_durations(self, model: EventModel) -> bool:
        return self.config.duration_loss != "none" and not model.facts.gap_ahead_known

    def _duration_loss(
        self, model: EventModel, hidden: Float[Tensor, "n width"], log_gaps: Float[Tensor, " n"]
    ) -> Float[Tensor, ""]:
        """R^N or R^X, summed over n events."""
        predicted = model.log_durations(hidden)
        if self.config.duration_loss == "normal":
            return ((predicted - log_gaps) / model.facts.log_duration_scale).square().sum() / 2
        if not isinstance(model, BucketEventModel) or model.facts.gap_since is None:
            raise ValueError(
                "objective.duration_loss 'buckets' needs a model with encoding 'soft-one-hot' and, among its scalars,"
                " the hours since the previous event; choose 'normal' or 'none'"
            )
        # Beyond a century everything lies in the last bucket, and exp would overflow.
        hours = predicted.clamp(max=14.0).exp()
        return model.soft_one_hot(model.facts.gap_since).cross_entropy(log_gaps.exp(), hours).sum()

    def evaluate(self, model: EventModel, log: EventLog, split: str) -> dict[str, float]:
        """Loss, perplexity and ranking metrics on a split; every event that has a predecessor is predicted once."""
        scores = self.score(model, log.splits[split])
        loss = -scores.log_p.mean().item()
        metrics = {"loss": loss, "perplexity": perplexity(loss), **ranking_metrics(scores.ranks)}
        if self._judges_durations(model):
            metrics["log_duration_rmse"] = float(np.sqrt(np.square(scores.log_gap_errors).mean()))
        return {**metrics, "events": len(scores.log_p)}

    def references(self, log: EventLog, split: str) -> dict[str, float]:
        """What counting alone scores on the split, and of a synthetic log the best there is."""
        return {**references(log.splits["train"], log.splits[split], len(log.types)), **oracle_losses(log, split)}

    @torch.no_grad()
    def score(self, model: EventModel, sequences: Sequences) -> EventScores:
        """The scores of every event that has a next one, its whole sequence before it as context."""
        device = model.output_embedding().device
        was_training = model.training
        model.eval()
        pieces = Pieces(sequences, EVALUATION_LENGTH)
        log_p, ranks, errors = (np.full(sequences.n_events, np.nan) for _ in range(3))
        longest_first = np.argsort(-pieces.n_of, kind="stable")
        for chosen in np.array_split(longest_first, n_batches(len(longest_first), EVALUATION_BATCH)):
            state = None
            for step in range(pieces.n_of[chosen[0]]):
                # Sequences that have ended leave the batch; being sorted, they are its last rows.
                going_on = chosen[pieces.n_of[chosen] > step]
                numbers = pieces.first_of[going_on] + step
                batch = EventBatch(*(part.to(device) for part in pieces.batch(numbers)))
                if state is not None:
                    state = tuple(part[:, : len(going_on)].contiguous() for part in state)
                hidden, state = model(batch.types, batch.scalars, state)
                scored = batch.targets != NOT_SCORED
                at, steps = (index.cpu().numpy() for index in scored.nonzero(as_tuple=True))
                rows = pieces.starts[numbers][at] + steps
                logits = F.linear(hidden[scored], model.output_embedding(), model.output_bias()).float()
                targets = batch.targets[scored]
                log_p[rows] = F.cross_entropy(logits, targets, reduction="none").neg().cpu().numpy()
                ranks[rows] = rank_of(logits, targets).cpu().numpy()
                errors[rows] = (model.log_durations(hidden[scored]) - batch.log_gaps[scored]).cpu().numpy()
        model.train(was_training)
        kept = sequences.has_target
        return EventScores(log_p[kept], ranks[kept].astype(np.int64), errors[kept])

    def _training(self, log: EventLog) -> Pieces:
        """The pieces of the training split, made once for a log."""
        if self._pieces is None or self._pieces[0] != id(log):
            self._pieces = id(log), Pieces(log.splits["train"], self.config.max_length)
        return self._pieces[1]


def rank_of(scores: Float[Tensor, "n types"], targets: Int[Tensor, " n"]) -> Int[Tensor, " n"]:
    """Rank of each target among all types, from 1: how many score higher, or the same with a lower id."""
    own = scores.gather(1, targets[:, None])
    before = torch.arange(scores.shape[1], device=scores.device) < targets[:, None]
    return ((scores > own) | ((scores == own) & before)).sum(1) + 1
