"""Gradient norms of the input and the output matrix, told apart even where the two are one."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from reprlearn.nn.capabilities import Embeds, Scores


class GradientProbe:
    """Norms of the two gradients of a probed step.

    The gradient that reaches a shared matrix is the sum of two: through the rows of the words read and through the
    scores of the words predicted. The first is rebuilt from the gradient at the embedding layer's output, the second is
    what remains.
    """

    def __init__(self, model: nn.Module, mean: Callable[[Tensor], Tensor] = lambda part: part) -> None:
        """`mean` takes a gradient's mean over the processes, as their model's own gradients are."""
        self._model, self._mean = model, mean
        self._armed = False
        self._read: list[tuple[Tensor, Tensor]] = []
        self._norms: tuple[float | None, float | None] = (None, None)
        self._embedding = None
        if isinstance(model, Embeds):
            weight = model.input_embedding()
            self._embedding = next(
                (m for m in model.modules() if isinstance(m, nn.Embedding) and m.weight is weight), None
            )
        if self._embedding is not None:
            self._embedding.register_forward_hook(self._watch)

    def arm(self) -> None:
        """Probe the coming step."""
        self._armed = self._embedding is not None
        self._read.clear()

    def _watch(self, _module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        if self._armed and output.requires_grad:
            output.register_hook(lambda gradient, ids=inputs[0]: self._read.append((ids, gradient)))

    @torch.no_grad()
    def collect(self) -> None:
        """Take the norms, after the backward pass and before clipping."""
        if not self._armed or not self._read:
            return
        self._armed = False
        assert self._embedding is not None
        weight = self._embedding.weight
        read = torch.zeros_like(weight)
        for ids, gradient in self._read:
            read.index_add_(0, ids.flatten(), gradient.flatten(0, -2).to(read.dtype))
        self._read.clear()
        read = self._mean(read)
        predicted = None
        if isinstance(self._model, Scores):
            output = self._model.output_embedding()
            if output.grad is not None:
                predicted = output.grad - read if output is weight else output.grad
        self._norms = read.norm().item(), None if predicted is None else predicted.norm().item()

    def read(self) -> tuple[float | None, float | None]:
        """The (input, output) norms of the step probed since the last call; None where there was none."""
        norms, self._norms = self._norms, (None, None)
        return norms
