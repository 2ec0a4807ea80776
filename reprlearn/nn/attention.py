"""A transformer layer: attention, to the words so far or to all of them, then a feed-forward net.

Vaswani et al. 2017 (arXiv 1706.03762), with the norm before each part (Radford et al. 2019, GPT-2):

    a = softmax(Q K^T / sqrt(D / heads)) V

Where a layer is `rotary`, each query and key is turned by an angle that grows with its place (Su et al. 2021, arXiv 2104.09864,
equation 34), so that what it scores depends on how far apart two words are and not on where they stand.

NOTE[DIFF] The attention weights themselves are not dropped: that would forbid torch's fused kernel on a processor.
"""

from __future__ import annotations

import math

import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn
from torch.nn import functional as F

INITIAL_SPREAD = 0.02  # standard deviation of the initial weights, GPT-2's
SLOWEST_TURN = 10_000.0  # places in which the slowest pair of units of a rotary layer turns by one radian


class Layer(nn.Module):
    """Attention, then a feed-forward net four times as wide; each is added to what it was given.

    causal: each word attends to those up to and including itself; otherwise to all.
    rotary: attention tells places by their distance; otherwise they are told by what is added to the words.

    Shape: (batch, time, width), and where some places are padding, which are not (batch, time) -> (batch, time, width)
    """

    def __init__(self, width: int, n_heads: int, dropout: float, *, causal: bool, rotary: bool = False) -> None:
        super().__init__()
        self.n_heads, self.dropout, self.causal, self.rotary = n_heads, dropout, causal, rotary
        self.attention_norm = nn.LayerNorm(width)
        self.query_key_value = nn.Linear(width, 3 * width)
        self.attended = nn.Linear(width, width)
        self.forward_norm = nn.LayerNorm(width)
        self.wide = nn.Linear(width, 4 * width)
        self.narrow = nn.Linear(4 * width, width)

    def forward(
        self, x: Float[Tensor, "batch time width"], seen: Bool[Tensor, "batch time"] | None = None
    ) -> Float[Tensor, "batch time width"]:
        x = x + self._drop(self._attend(self.attention_norm(x), seen))
        return x + self._drop(self.narrow(F.gelu(self.wide(self.forward_norm(x)))))

    def attention(self, x: Float[Tensor, "batch time width"]) -> Float[Tensor, "batch heads time time"]:
        """How much each word (third axis) attends to each (last axis): rows sum to 1."""
        query, key, _ = self._heads(self.attention_norm(x))
        scores = query @ key.transpose(2, 3) / math.sqrt(query.shape[3])
        if self.causal:
            scores = scores.masked_fill(torch.ones_like(scores[0, 0], dtype=torch.bool).triu(1), -math.inf)
        return scores.softmax(3)

    def _attend(
        self, x: Float[Tensor, "batch time width"], seen: Bool[Tensor, "batch time"] | None = None
    ) -> Float[Tensor, "batch time width"]:
        assert seen is None or not self.causal, "padding stands behind the words, where none of them looks"
        mask = None if seen is None else seen[:, None, None]
        heads = mixed(*self._heads(x), mask, causal=self.causal)
        return self.attended(heads.transpose(1, 2).flatten(2))

    def _heads(self, x: Float[Tensor, "batch time width"]) -> tuple[Tensor, Tensor, Tensor]:
        """Query, key and value, each (batch, heads, time, width / heads)."""
        parts = self.query_key_value(x).unflatten(2, (3, self.n_heads, -1))  # (batch, time, 3, heads, width / heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        if self.rotary:
            query, key = rotated(query), rotated(key)
        return query, key, value

    def _drop(self, x: Tensor) -> Tensor:
        return F.dropout(x, self.dropout, self.training)


def mixed(
    query: Float[Tensor, "batch heads time units"],
    key: Float[Tensor, "batch heads time units"],
    value: Float[Tensor, "batch heads time units"],
    seen: Bool[Tensor, "batch 1 1 time"] | None = None,
    *,
    causal: bool = False,
) -> Float[Tensor, "batch heads time units"]:
    """Each place's mean of the values, weighted by softmax(Q K^T / sqrt(units)), in the precision of the query."""
    if query.device.type != "cpu":
        return F.scaled_dot_product_attention(query, key, value, attn_mask=seen, is_causal=causal)
    # On a processor the kernel's backward pass in half precision takes three times as long as in single precision.
    with torch.autocast("cpu", enabled=False):
        single = (part.float() if part.dtype is torch.bfloat16 else part for part in (query, key, value))
        return F.scaled_dot_product_attention(*single, attn_mask=seen, is_causal=causal).to(query.dtype)


def rotated(x: Float[Tensor, "*batch time units"]) -> Float[Tensor, "*batch time units"]:
    """Every pair of units (i, i + units / 2) of the vector in place t, turned by the angle t * 10000^(-2 i / units)."""
    half = x.shape[-1] // 2
    rate = SLOWEST_TURN ** (-torch.arange(half, device=x.device) / half)
    angle = torch.arange(x.shape[-2], device=x.device)[:, None] * rate
    cosine, sine = angle.cos().to(x.dtype), angle.sin().to(x.dtype)
    first, second = x[..., :half], x[..., half:]
    return torch.cat([first * cosine - second * sine, first * sine + second * cosine], -1)


@torch.no_grad()
def draw_weights(modules: list[nn.Module], layers: nn.ModuleList, generator: torch.Generator) -> None:
    """GPT-2's initial draws for `modules`, in their order; what ends each layer is drawn narrower, since each adds two terms to
    the sum that runs through all of them.
    """
    for module in modules:
        if isinstance(module, nn.Linear | nn.Embedding):
            module.weight.normal_(0, INITIAL_SPREAD, generator=generator)
        if isinstance(module, nn.Linear) and module.bias is not None:
            module.bias.zero_()
    for layer in layers:
        assert isinstance(layer, Layer)
        for last in (layer.attended, layer.narrow):
            last.weight.mul_((2 * len(layers)) ** -0.5)


@torch.no_grad()
def attention_of(layers: nn.ModuleList, x: Float[Tensor, "1 time width"]) -> Float[Tensor, "layers heads time time"]:
    """The attention of every layer and head, for what goes into the first layer."""
    found = []
    for layer in layers:
        assert isinstance(layer, Layer)
        found.append(layer.attention(x)[0])
        x = layer(x)
    return torch.stack(found)


@torch.no_grad()
def states_of(
    layers: nn.ModuleList, x: Float[Tensor, "batch time width"], seen: Bool[Tensor, "batch time"] | None = None
) -> list[Float[Tensor, "batch time width"]]:
    """What goes into the first layer, and what comes out of each."""
    found = [x]
    for layer in layers:
        x = layer(x, seen)
        found.append(x)
    return found
