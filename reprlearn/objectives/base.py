"""What the training loop asks of an objective, whatever the model and the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from torch import Tensor

Carried = tuple[Tensor, ...]


class Batch(Protocol):
    """A named tuple of tensors, rows first; `n_targets` predictions are scored in it, in the mean over the processes."""

    @property
    def n_targets(self) -> float: ...

    def __iter__(self) -> Iterator[Tensor]: ...


class Objective(Protocol):
    """Makes the batches of a data set, and the loss of a batch."""

    def n_batches(self, data: Any, batch_size: int, /) -> int:
        """Training steps in an epoch."""
        ...

    def batches(
        self,
        data: Any,
        batch_size: int,
        /,
        *,
        first: int = 0,
        rank: int = 0,
        n_ranks: int = 1,
        epoch: int = 0,
        seed: int = 0,
    ) -> Iterator[Any]:
        """The batches of an epoch from number `first` on, or a process's share of each.

        Where their order is drawn, `seed` and `epoch` determine it.
        """
        ...

    def loss(
        self, model: Any, batch: Any, state: Any, forward: Callable[..., Any] | None = None
    ) -> tuple[Tensor, Carried]:
        """Mean loss of a batch, and what to hand to the next one."""
        ...

    def evaluate(self, model: Any, data: Any, split: str, /) -> dict[str, float]:
        """Metrics on a split; `loss` is the one by which the best state is chosen."""
        ...

    def references(self, data: Any, split: str, /) -> dict[str, float]:
        """Metrics to hold a model's against: what simple rules score on the split."""
        ...
