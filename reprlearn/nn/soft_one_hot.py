"""Soft one-hot encoding of a scalar: Li, Du & Bengio 2017 (arXiv 1708.00065), their TimeJoint.

    p = n W + b        s = softmax(p / temperature)        g = s E

===========  ==============================  =============================================
symbol       here                            shape
===========  ==============================  =============================================
n            channels, from `transform`      (..., C), C = 1, or 2 for a cyclic scalar
W, b         weight, bias                    (C, P), (P,)
p            logits                          (..., P)
s            bucket_weights(values)          (..., P), the soft buckets
E            embedding                       (P, D), a vector for each bucket
g            forward(values)                 (..., D)
===========  ==============================  =============================================

With one channel, bucket k outweighs all others on at most one interval, and the intervals lie in the order of the
slopes W: the p_k are straight lines, and the uppermost of several lines changes only towards steeper ones.

NOTE[DIFF] The paper's temperature is 1, and it feeds log d; here `ScalarTransform` says what is fed.
NOTE[DIFF] The paper does not say how W and b start. Drawn at random, a few steep lines hide the others, whose buckets
start dead and get hardly any gradient. Here the buckets start side by side: bucket k hands over to the next at the
training quantile k / P, so that each is the heaviest for the same share of the data, and each overlaps its neighbours.
NOTE[DIFF] The paper has no missing values. Here they have a learned vector of their own, and lie in no bucket.
"""

from __future__ import annotations

import math

import torch
from jaxtyping import Float
from torch import Tensor, nn

from reprlearn.nn.event_config import check_temperature
from reprlearn.nn.scalar_transform import ScalarTransform, interpolate

SHARPNESS = 8.0
"""At the start the log-odds of two neighbours change by this over the width of a bucket: in its middle a bucket has 0.96
of the weight, and at its ends half."""
_NARROWEST = 0.02  # standard deviations; a narrower bucket starts softer, not steeper


class SoftOneHot(nn.Module):
    """A scalar as a mixture of learned vectors, one for each of P soft buckets.

    Shape: values (...) in raw units, NaN where missing -> (..., width)

    >>> from reprlearn.nn.event_config import ScalarFacts
    >>> transform = ScalarTransform(ScalarFacts(name="gap", transform="asinh", mean=3.0, scale=1.5))
    >>> layer = SoftOneHot(transform, n_buckets=4, width=8, generator=torch.Generator().manual_seed(0))
    >>> gaps = torch.tensor([[0.5, 24.0, 900.0], [3.5, float("nan"), 1e30]])
    >>> layer(gaps).shape
    torch.Size([2, 3, 8])
    >>> [round(weight, 2) for weight in layer.bucket_weights(torch.tensor(9.0)).tolist()]
    [0.0, 0.7, 0.3, 0.0]
    >>> [round(weight, 2) for weight in layer.bucket_weights(torch.tensor(9.0), temperature=0.1).tolist()]
    [0.0, 1.0, 0.0, 0.0]
    """

    def __init__(
        self,
        transform: ScalarTransform,
        n_buckets: int,
        width: int,
        *,
        temperature: float = 1.0,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        if n_buckets < 1 or width < 1:
            raise ValueError(f"n_buckets and width must be at least 1, however: {n_buckets=}, {width=}")
        self.transform = transform
        self.temperature = check_temperature(temperature)
        weight, bias = side_by_side(transform, n_buckets)
        self.weight = nn.Parameter(weight)
        self.bias = nn.Parameter(bias)
        self.embedding = nn.Parameter(torch.randn(n_buckets, width, generator=generator))
        self.missing = nn.Parameter(torch.randn(width, generator=generator))

    def forward(
        self, values: Float[Tensor, "*batch"], temperature: float | None = None
    ) -> Float[Tensor, "*batch width"]:
        """The vector g of each value, or the one of missing values."""
        channels, missing = self.transform(values)
        mixed = self._soften(channels, temperature) @ self.embedding
        return torch.where(missing.unsqueeze(-1), self.missing, mixed)

    def bucket_weights(
        self, values: Float[Tensor, "*batch"], temperature: float | None = None
    ) -> Float[Tensor, "*batch buckets"]:
        """Weights s of each value: not negative, with sum 1; all zero for a missing value, which lies in no bucket."""
        channels, missing = self.transform(values)
        return self._soften(channels, temperature).masked_fill(missing.unsqueeze(-1), 0.0)

    def cross_entropy(
        self, true: Float[Tensor, "*batch"], predicted: Float[Tensor, "*batch"], *, shared: bool = True
    ) -> Float[Tensor, "*batch"]:
        """The paper's R^X = -sum_k s_k(true) log s_k(predicted), in nats; 0 where the true value is missing.

        Both are values in raw units, such as the true and the predicted duration. Of a projection that is `shared`
        with the input, the gradient reaches `predicted` alone: R^X falls to 0 when one bucket holds every value
        whatever is predicted, so it would otherwise empty the very buckets the model reads its input by.
        """
        weight, bias = (self.weight.detach(), self.bias.detach()) if shared else (self.weight, self.bias)
        channels, missing = self.transform(true)
        target = (_logits(channels, weight, bias) / self.temperature).softmax(-1)
        log_s = (_logits(self.transform(predicted)[0], weight, bias) / self.temperature).log_softmax(-1)
        return -(target * log_s).sum(-1).masked_fill(missing, 0.0)

    def _soften(self, channels: Tensor, temperature: float | None) -> Tensor:
        temperature = self.temperature if temperature is None else check_temperature(temperature)
        return (_logits(channels, self.weight, self.bias) / temperature).softmax(-1)


def _logits(
    channels: Float[Tensor, "*batch channels"],
    weight: Float[Tensor, "channels buckets"],
    bias: Float[Tensor, " buckets"],
) -> Float[Tensor, "*batch buckets"]:
    # Products, not a matrix product: under autocast that would round the scalar to three digits and blur the edges.
    logits = bias
    for channel in range(len(weight)):
        logits = logits + channels[..., channel, None] * weight[channel]
    return logits


def side_by_side(
    transform: ScalarTransform, n_buckets: int
) -> tuple[Float[Tensor, "channels buckets"], Float[Tensor, " buckets"]]:
    """W and b of buckets that share the training values out evenly."""
    if transform.facts.period is not None:
        return _around(transform, n_buckets)
    edges = _strictly_ascending(transform.quantile_positions(torch.arange(1, n_buckets) / n_buckets))
    width = torch.ones_like(edges)
    if len(edges) > 1:
        gaps = edges.diff()
        width = torch.cat([gaps[:1], (gaps[1:] + gaps[:-1]) / 2, gaps[-1:]])  # of the buckets on both sides of an edge
    # Lines k and k + 1 cross at edge k, where their difference grows by `rise` a unit.
    rise = SHARPNESS / width.clamp_min(_NARROWEST)
    start = torch.zeros(1)
    weight = torch.cat([start, rise.cumsum(0)])
    bias = torch.cat([start, -(rise * edges).cumsum(0)])
    return (weight - weight.mean()).unsqueeze(0), bias - bias.mean()


def _around(transform: ScalarTransform, n_buckets: int) -> tuple[Tensor, Tensor]:
    """Buckets on a circle: p_k = c cos(angle - angle_k), so the nearest of the centres angle_k is the heaviest."""
    centres = _strictly_ascending(transform.quantile_positions((torch.arange(n_buckets) + 0.5) / n_buckets))
    angles = 2 * math.pi * centres
    # Between two centres at an even spacing the log-odds change by about c spacing^2 over a bucket.
    c = SHARPNESS * (n_buckets / (2 * math.pi)) ** 2
    return c * torch.stack([angles.sin(), angles.cos()]), torch.zeros(n_buckets)


def _strictly_ascending(positions: Float[Tensor, " n"]) -> Float[Tensor, " n"]:
    """The same number of positions, spread evenly over the distinct ones where some coincide."""
    distinct = positions.unique()
    if len(distinct) == len(positions):
        return positions
    if len(distinct) == 1:  # a constant: spread around it as around the mean of a normal variable
        return distinct + torch.special.ndtri((torch.arange(len(positions)) + 1) / (len(positions) + 1))
    ranks = torch.linspace(0, len(distinct) - 1, len(positions))
    return interpolate(ranks, torch.arange(len(distinct)).float(), distinct)
