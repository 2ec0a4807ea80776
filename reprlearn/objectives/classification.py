"""The classification objective: the cross entropy of a text's class."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn import functional as F

from reprlearn.objectives.config import ClassificationConfig

if TYPE_CHECKING:
    from reprlearn.data.labelled_corpus import LabelledCorpus, LabelledSplit
    from reprlearn.nn.classifier import Classifier
    from reprlearn.objectives.base import Carried

TEXTS_AT_ONCE = 32


class ClassificationBatch(NamedTuple):
    """Texts padded behind their words, how many words each has, and their classes.

    `n_scored` is how many texts there are: of a batch that is shared by several processes, the mean over them, so that the mean of
    their losses weighs every text the same.
    """

    ids: Int[Tensor, "batch time"]
    lengths: Int[Tensor, " batch"]
    labels: Int[Tensor, " batch"]
    n_scored: Float[Tensor, ""]

    @property
    def n_targets(self) -> float:
        return self.n_scored.item()


class ClassificationObjective:
    """Mean cross entropy of the class, in nats a text."""

    def __init__(self, config: ClassificationConfig) -> None:
        self.config = config

    def n_batches(self, corpus: LabelledCorpus, batch_size: int) -> int:
        """Training steps in an epoch; the last one may be of fewer texts."""
        return math.ceil(len(corpus.splits["train"]) / batch_size)

    def batches(
        self,
        corpus: LabelledCorpus,
        batch_size: int,
        *,
        first: int = 0,
        rank: int = 0,
        n_ranks: int = 1,
        epoch: int = 0,
        seed: int = 0,
    ) -> Iterator[ClassificationBatch]:
        """The texts of an epoch from batch number `first` on, in an order drawn anew for each."""
        if batch_size % n_ranks:
            raise ValueError(f"a batch size of {batch_size} does not split over {n_ranks} processes")
        train = corpus.splits["train"]
        order = np.random.default_rng([seed, epoch]).permutation(len(train))
        for start in range(first * batch_size, len(order), batch_size):
            chosen = order[start : start + batch_size]
            # Of a last batch with fewer texts than processes, each reads all.
            shared = len(chosen) >= n_ranks
            mine = chosen[rank::n_ranks] if shared else chosen
            yield _batch(train, mine, float(len(chosen) / n_ranks if shared else len(chosen)))

    def loss(
        self,
        model: Classifier,
        batch: ClassificationBatch,
        state: Carried | None,
        forward: Callable[..., Any] | None = None,
    ) -> tuple[Float[Tensor, ""], Carried]:
        """Mean loss of a batch; nothing is carried."""
        scores = (forward or model)(batch.ids, batch.lengths)
        return F.cross_entropy(scores.float(), batch.labels, reduction="sum") / batch.n_scored, ()

    @torch.no_grad()
    def evaluate(self, model: Classifier, corpus: LabelledCorpus, split: str) -> dict[str, float]:
        """Loss and accuracy on a split."""
        was_training = model.training
        model.eval()
        log_p = self.log_probabilities(model, corpus.splits[split])
        model.train(was_training)
        labels = torch.from_numpy(corpus.splits[split].labels.copy())
        loss = -log_p.gather(1, labels[:, None]).mean().item()
        return {
            "loss": loss,
            "accuracy": (log_p.argmax(1) == labels).double().mean().item(),
            "texts": float(len(labels)),
        }

    @torch.no_grad()
    def log_probabilities(self, model: Classifier, split: LabelledSplit) -> Float[Tensor, "n classes"]:
        """Log-probabilities of the classes of all texts of a split, in order (double precision, nats)."""
        device = next(model.parameters()).device
        order = np.argsort(split.lengths, kind="stable")  # texts of like lengths need little padding
        found: Tensor | None = None
        for start in range(0, len(order), TEXTS_AT_ONCE):
            chosen = order[start : start + TEXTS_AT_ONCE]
            batch = _batch(split, chosen, float(len(chosen)))
            own = model.class_log_probabilities(batch.ids.to(device), batch.lengths.to(device)).cpu().double()
            found = own.new_empty(len(split), own.shape[1]) if found is None else found
            found[torch.from_numpy(chosen)] = own
        assert found is not None, "a split has texts"
        return found

    def references(self, corpus: LabelledCorpus, split: str) -> dict[str, float]:
        """What always naming the more frequent class comes to."""
        return {"majority_accuracy": float(np.bincount(corpus.splits[split].labels).max() / len(corpus.splits[split]))}


def _batch(split: LabelledSplit, chosen: np.ndarray, n_scored: float) -> ClassificationBatch:
    """These texts, no longer than the longest of them."""
    longest = int(split.lengths[chosen].max())
    parts = split.ids[chosen][:, :longest], split.lengths[chosen], split.labels[chosen]
    ids, lengths, labels = (torch.from_numpy(part.copy()) for part in parts)
    return ClassificationBatch(ids, lengths, labels, torch.tensor(n_scored))
