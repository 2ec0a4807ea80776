"""Cross entropy of a linear output layer, without ever holding the logits of a whole batch.

    J = -(1/N) sum_i log softmax(h_i W^T + b)[y_i]

With a vocabulary of 10,000 the logits are most of a step's memory traffic. Their gradient, softmax - one-hot, is known
as soon as they are, so each block of rows is finished while it lies in the cache: loss, gradient with respect to h, and
its share of the gradients of W and b. Measured against `F.cross_entropy(F.linear(...))` in `benchmarks/`.
"""

from __future__ import annotations

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.autograd.function import once_differentiable

ROWS_PER_BLOCK = 280  # 280 x 10,000 half-precision logits stay within the shared cache of the machines measured


def linear_cross_entropy(
    hidden: Float[Tensor, "n width"],
    weight: Float[Tensor, "vocabulary width"],
    bias: Float[Tensor, " vocabulary"],
    targets: Int[Tensor, " n"],
) -> Float[Tensor, ""]:
    """Mean cross entropy in nats of `softmax(hidden @ weight.T + bias)` at `targets`.

    Under autocast the matrix products run in its precision; the logarithm of the softmax and the sums stay in
    single precision.
    """
    if not torch.is_grad_enabled():
        return -target_log_probabilities(hidden, weight, bias, targets).mean()
    return _LinearCrossEntropy.apply(hidden, weight, bias, targets)  # type: ignore[return-value]


def target_log_probabilities(
    hidden: Float[Tensor, "n width"],
    weight: Float[Tensor, "vocabulary width"],
    bias: Float[Tensor, " vocabulary"],
    targets: Int[Tensor, " n"],
) -> Float[Tensor, " n"]:
    """Log-probability of each target, in single precision, a block of rows at a time."""
    blocks = []
    for rows, wanted in zip(hidden.split(ROWS_PER_BLOCK), targets.split(ROWS_PER_BLOCK), strict=True):
        logits = torch.nn.functional.linear(rows, weight, bias).float()
        blocks.append(logits.gather(1, wanted[:, None]).squeeze(1) - logits.logsumexp(1))
    return torch.cat(blocks)


class _LinearCrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(ctx, hidden: Tensor, weight: Tensor, bias: Tensor, targets: Tensor) -> Tensor:
        device = hidden.device.type
        dtype = torch.get_autocast_dtype(device) if torch.is_autocast_enabled(device) else weight.dtype
        with torch.autocast(device, enabled=False):
            return _LinearCrossEntropy._blocks(
                ctx, hidden.to(dtype), weight.to(dtype), bias.to(dtype), targets, hidden.dtype
            )

    @staticmethod
    def _blocks(ctx, hidden: Tensor, weight: Tensor, bias: Tensor, targets: Tensor, dtype: torch.dtype) -> Tensor:
        n = len(targets)
        loss = torch.zeros((), dtype=torch.float32, device=hidden.device)
        hidden_gradient = torch.empty_like(hidden, dtype=dtype)
        weight_gradient = torch.zeros_like(weight, dtype=torch.float32)
        bias_gradient = torch.zeros_like(bias, dtype=torch.float32)
        for start in range(0, n, ROWS_PER_BLOCK):
            rows, wanted = hidden[start : start + ROWS_PER_BLOCK], targets[start : start + ROWS_PER_BLOCK, None]
            log_p = torch.log_softmax(torch.addmm(bias, rows, weight.T), dim=1, dtype=torch.float32)
            loss -= log_p.gather(1, wanted).sum()
            residual = log_p.exp_()  # softmax - one-hot
            residual.scatter_add_(1, wanted, residual.new_full(wanted.shape, -1.0))
            bias_gradient += residual.sum(0)
            residual = residual.to(rows.dtype)
            hidden_gradient[start : start + ROWS_PER_BLOCK] = residual @ weight
            weight_gradient += residual.T @ rows
        ctx.save_for_backward(hidden_gradient / n, weight_gradient / n, bias_gradient / n)
        return loss / n

    @staticmethod
    @once_differentiable
    def backward(ctx, scale: Tensor) -> tuple[Tensor, Tensor, Tensor, None]:  # type: ignore[override]
        hidden_gradient, weight_gradient, bias_gradient = ctx.saved_tensors
        return hidden_gradient * scale, weight_gradient * scale, bias_gradient * scale, None
