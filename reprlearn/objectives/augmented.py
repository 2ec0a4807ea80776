"""The augmented loss: targets that know which words are alike.

Inan, Khosravi & Socher 2016 (arXiv 1611.01462), their AL. For a word y after the hidden state h:

    J = -log softmax(z)[y]                       z = W h + b
    y~ = softmax(E E[y] / tau)                   the soft target: words near y in the embedding space share in it
    J_aug = KL(y~ || softmax(z / tau))
    J_tot = J + alpha J_aug                      alpha = gamma tau

=======  ================  ===========================
symbol   here              shape
=======  ================  ===========================
E        embedding         (V, D), the input embedding
W, b     weight, bias      (V, D), (V,)
h        hidden            (n, D)
y        targets           (n,)
tau      temperature
gamma    gain
=======  ================  ===========================

The paper does not say whether y~ carries gradient to E. By default it does not; `through_target` lets it.

y~ hangs on the word alone, so it is made once for each word of a batch. Loss and gradients are then finished block by
block while the logits lie in the cache, as those of the plain loss are (`cross_entropy`).
"""

from __future__ import annotations

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn import functional as F

from reprlearn.objectives.cross_entropy import ROWS_PER_BLOCK, linear_cross_entropy


def augmented_cross_entropy(
    hidden: Float[Tensor, "n width"],
    weight: Float[Tensor, "vocabulary width"],
    bias: Float[Tensor, " vocabulary"],
    targets: Int[Tensor, " n"],
    embedding: Float[Tensor, "vocabulary width"],
    *,
    temperature: float,
    gain: float,
    through_target: bool = False,
) -> Float[Tensor, ""]:
    """J_tot in nats, the mean over n words."""
    return both_losses(
        hidden, weight, bias, targets, embedding, temperature=temperature, gain=gain, through_target=through_target
    )[0]


def both_losses(
    hidden: Float[Tensor, "n width"],
    weight: Float[Tensor, "vocabulary width"],
    bias: Float[Tensor, " vocabulary"],
    targets: Int[Tensor, " n"],
    embedding: Float[Tensor, "vocabulary width"],
    *,
    temperature: float,
    gain: float,
    through_target: bool = False,
) -> tuple[Float[Tensor, ""], Float[Tensor, ""]]:
    """J_tot, and the J in it (without gradient), in nats, means over n words."""
    if through_target or not torch.is_grad_enabled():
        aug = _divergence(hidden, weight, bias, targets, embedding, temperature)
        plain = linear_cross_entropy(hidden, weight, bias, targets)
        return plain + gain * temperature * aug, plain.detach()
    return _Augmented.apply(hidden, weight, bias, targets, embedding.detach(), temperature, gain)  # type: ignore[return-value]


def soft_targets(
    embedding: Float[Tensor, "vocabulary width"], words: Int[Tensor, " n"], temperature: float
) -> Float[Tensor, "n vocabulary"]:
    """y~ of each word: rows sum to 1, in single precision."""
    return (F.linear(embedding[words], embedding).float() / temperature).softmax(1)


def _divergence(
    hidden: Tensor, weight: Tensor, bias: Tensor, targets: Tensor, embedding: Tensor, temperature: float
) -> Tensor:
    """Mean KL(y~ || softmax(z / tau)), differentiable in everything."""
    words, of_word = targets.unique(return_inverse=True)
    log_y = (F.linear(embedding[words], embedding).float() / temperature).log_softmax(1)
    total = hidden.new_zeros((), dtype=torch.float32)
    for rows, which in zip(hidden.split(ROWS_PER_BLOCK), of_word.split(ROWS_PER_BLOCK), strict=True):
        log_q = (F.linear(rows, weight, bias).float() / temperature).log_softmax(1)
        log_target = log_y[which]
        total = total + (log_target.exp() * (log_target - log_q)).sum()
    return total / len(targets)


class _Augmented(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx,
        hidden: Tensor,
        weight: Tensor,
        bias: Tensor,
        targets: Tensor,
        embedding: Tensor,
        temperature: float,
        gain: float,
    ) -> tuple[Tensor, Tensor]:
        device = hidden.device.type
        dtype = torch.get_autocast_dtype(device) if torch.is_autocast_enabled(device) else weight.dtype
        same = embedding.data_ptr() == weight.data_ptr()
        with torch.autocast(device, enabled=False):
            low = weight.to(dtype)
            return _Augmented._blocks(
                ctx,
                hidden.to(dtype),
                low,
                bias.to(dtype),
                targets,
                low if same else embedding.to(dtype),
                temperature,
                gain,
            )

    @staticmethod
    def _blocks(
        ctx,
        hidden: Tensor,
        weight: Tensor,
        bias: Tensor,
        targets: Tensor,
        embedding: Tensor,
        temperature: float,
        gain: float,
    ) -> tuple[Tensor, Tensor]:
        n = len(targets)
        words, of_word = targets.unique(return_inverse=True)
        soft = F.linear(embedding[words], embedding).float().div_(temperature).log_softmax(1)
        negative_entropy = (soft.exp() * soft).sum(1)
        soft.exp_()  # y~, (words, V)
        # alpha KL = gain (tau sum y~ log y~ - sum y~ z + tau logsumexp(z / tau)), its gradient in z: gain (q - y~).
        loss, plain = gain * temperature * negative_entropy[of_word].sum(), torch.zeros_like(negative_entropy[0])
        hidden_gradient = torch.empty_like(hidden)
        weight_gradient = torch.zeros_like(weight, dtype=torch.float32)
        bias_gradient = torch.zeros_like(bias, dtype=torch.float32)
        for start in range(0, n, ROWS_PER_BLOCK):
            block = slice(start, start + ROWS_PER_BLOCK)
            rows, wanted = hidden[block], targets[block, None]
            z = torch.addmm(bias, rows, weight.T).float()
            target = soft[of_word[block]]
            # The normaliser of a softmax is read off at its peak, where the probability cannot vanish.
            peak, top = z.max(1, keepdim=True)
            residual = z.softmax(1)
            plain += (peak - residual.gather(1, top).log() - z.gather(1, wanted)).sum()
            loss -= gain * torch.dot(target.view(-1), z.view(-1))
            cooled = z.div_(temperature).softmax(1)  # q
            loss += gain * (peak - temperature * cooled.gather(1, top).log()).sum()
            residual.scatter_add_(1, wanted, residual.new_full(wanted.shape, -1.0))
            residual.add_(cooled.sub_(target), alpha=gain)
            bias_gradient += residual.sum(0)
            residual = residual.to(rows.dtype)
            hidden_gradient[block] = residual @ weight
            weight_gradient += residual.T @ rows
        ctx.save_for_backward(hidden_gradient / n, weight_gradient / n, bias_gradient / n)
        plain = plain / n
        ctx.mark_non_differentiable(plain)
        return loss / n + plain, plain

    @staticmethod
    @once_differentiable
    def backward(ctx, scale: Tensor, _: Tensor) -> tuple[Tensor | None, ...]:  # type: ignore[override]
        hidden_gradient, weight_gradient, bias_gradient = ctx.saved_tensors
        return hidden_gradient * scale, weight_gradient * scale, bias_gradient * scale, None, None, None, None
