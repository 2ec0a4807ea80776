"""Muon: steps whose matrices are made orthogonal, so that no few directions of a matrix take all of its step.

Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks". With the gradient G and momentum mu:

    M <- mu M + (1 - mu) G          U = mu M + (1 - mu) G             (Nesterov's look ahead)
    O ~ U (U^T U)^(-1/2)            by five Newton-Schulz iterations, X <- a X + (b X X^T + c (X X^T)^2) X
    W <- W - rate sqrt(max(1, rows / columns)) O

NOTE[DIFF] torch's own `torch.optim.Muon` takes a parameter whole. The weight of an LSTM layer is four matrices under each
other, one a gate: here each is made orthogonal by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor

COEFFICIENTS = (3.4445, -4.7750, 2.0315)  # a, b, c: singular values end between 0.7 and 1.2, soon rather than exactly
N_ITERATIONS = 5
MOMENTUM = 0.95


class Muon(torch.optim.Optimizer):
    """Steps matrices; a group's `n_blocks` says of how many, one under the other, each of its parameters is made."""

    def __init__(self, parameters: Iterable[Any], lr: float, momentum: float = MOMENTUM) -> None:
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "n_blocks": 1})
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.ndim != 2 or len(parameter) % group["n_blocks"]:
                    raise ValueError(f"not {group['n_blocks']} matrices of one size: {tuple(parameter.shape)}")

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> None:  # type: ignore[override]
        assert closure is None, "a loss is not evaluated again"
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is None:
                    continue
                state = self.state[parameter]
                mean = state.setdefault("momentum", torch.zeros_like(parameter))
                mean.lerp_(parameter.grad, 1 - group["momentum"])
                ahead = parameter.grad.lerp(mean, group["momentum"])
                blocks = ahead.view(group["n_blocks"], -1, ahead.shape[1])
                scale = max(1.0, blocks.shape[1] / blocks.shape[2]) ** 0.5
                parameter.add_(orthogonal(blocks).view_as(parameter), alpha=-group["lr"] * scale)


def orthogonal(matrices: Float[Tensor, "n rows columns"]) -> Float[Tensor, "n rows columns"]:
    """Of each matrix U S V^T about U V^T: the same singular vectors, singular values of 0.7 to 1.2. Computed in bfloat16."""
    a, b, c = COEFFICIENTS
    tall = matrices.shape[1] > matrices.shape[2]
    x = (matrices.transpose(1, 2) if tall else matrices).bfloat16()
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(N_ITERATIONS):
        gram = x @ x.transpose(1, 2)
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.transpose(1, 2) if tall else x).to(matrices.dtype)
