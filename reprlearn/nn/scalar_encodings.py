"""Encodings of a scalar to compare with the soft one-hot. How they join the embedding x of an event: `scalar_join`.

============  ==========================================================  =================  ==========================
encoding      a scalar with channels n becomes                            joins x by         source
============  ==========================================================  =================  ==========================
none          nothing                                                     x                  Li et al. 2017, NoTime
concat        n and a flag that says it is missing                        U [x; n; flag] + u Li et al. 2017, TimeConcat
mask          m = sigmoid(c W + b), c = ReLU(n T + t)                     x * m              Li et al. 2017, TimeMask
soft-one-hot  g = softmax(n W + b) E                                      (x + g) / 2        Li et al. 2017, TimeJoint
quantile      g = E_k, k the quantile bucket of the value                 (x + g) / 2
ple           g = W e + b, e_t = clip((n - b_t-1) / (b_t - b_t-1), 0, 1)  (x + g) / 2        Gorishniy et al. 2022
plr           g = ReLU(W [cos(2 pi c n); sin(2 pi c n)] + b)              (x + g) / 2        Gorishniy et al. 2022
autodis       g = softmax(W LeakyReLU(n T + t) / temperature) E           (x + g) / 2        Guo et al. 2021
============  ==========================================================  =================  ==========================

Li, Du & Bengio 2017 (arXiv 1708.00065); Gorishniy, Rubachev & Babenko 2022 (arXiv 2203.05556); Guo et al. 2021 (arXiv
2012.08986). All read the same `ScalarTransform`, and in all of them a missing value has something learned of its own.

NOTE[DIFF] The papers join one duration. Several scalars join at one place: x <- (x + sum of g) / (1 + number of
scalars); masks multiply; concatenation takes the channels of all.
NOTE[DIFF] TimeConcat feeds [x; n] to the recurrent layer. Here U brings it back to the width of x, so that all models
have the same recurrent layer; U starts as the identity on x. Without a nonlinearity between, nothing more is expressed.
NOTE[DIFF] Masks start where their product is 1 / (1 + number of scalars), as x is scaled in the other encodings.
NOTE[DIFF] AutoDis adds alpha times its hidden units before the softmax; here that skip is left out.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn import functional as F

from reprlearn.nn.event_config import EventModelConfig
from reprlearn.nn.scalar_transform import FittedNumbers, ScalarTransform


def linear(n_in: int, n_out: int, generator: torch.Generator) -> nn.Linear:
    """A linear layer whose weights and bias are drawn from `generator`, uniform in +-1 / sqrt(n_in)."""
    layer = nn.Linear(n_in, n_out)
    for parameter in layer.parameters():
        nn.init.uniform_(parameter, -(n_in**-0.5), n_in**-0.5, generator=generator)
    return layer


class ScalarEncoder(nn.Module, ABC):
    """A scalar as a vector; `embed` says how for values that are not missing.

    Shape: values (...) in raw units, NaN where missing -> (..., width)
    """

    def __init__(self, transform: ScalarTransform, width: int, generator: torch.Generator) -> None:
        super().__init__()
        self.transform = transform
        self.missing = nn.Parameter(torch.randn(width, generator=generator))

    def forward(self, values: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch width"]:
        missing = self.transform.missing(values)
        return torch.where(missing.unsqueeze(-1), self.missing, self.embed(values.masked_fill(missing, 0.0)))

    @abstractmethod
    def embed(self, values: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch width"]:
        """The vectors of values none of which is missing."""


class QuantileBuckets(ScalarEncoder):
    """Hard one-hot: a vector for each bucket between two training quantiles; buckets that coincide are merged."""

    def __init__(self, transform: ScalarTransform, config: EventModelConfig, generator: torch.Generator) -> None:
        super().__init__(transform, config.width, generator)
        quantiles = transform.quantile_positions(torch.arange(config.n_buckets) / config.n_buckets)
        # An edge at the minimum would cut off a bucket that no training value lies in.
        edges = quantiles[quantiles > quantiles[0]].unique()
        self.fitted = FittedNumbers(edges=edges)
        self.embedding = nn.Parameter(torch.randn(len(edges) + 1, config.width, generator=generator))

    def bucket(self, values: Float[Tensor, "*batch"]) -> Int[Tensor, "*batch"]:
        """Number of the bucket: how many of the edges lie at or below the value."""
        return torch.bucketize(self.transform.position(values), self.fitted.get_buffer("edges"), right=True)

    def embed(self, values: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch width"]:
        return F.embedding(self.bucket(values), self.embedding)


class PiecewiseLinear(ScalarEncoder):
    """PLE: how far the value has come through each bin between training quantiles; the end bins go on outward."""

    def __init__(self, transform: ScalarTransform, config: EventModelConfig, generator: torch.Generator) -> None:
        super().__init__(transform, config.width, generator)
        edges = transform.quantile_positions(torch.linspace(0, 1, config.n_buckets + 1)).unique()
        if len(edges) == 1:  # a constant still needs a bin
            edges = torch.cat([edges, edges + 1])
        n_bins = len(edges) - 1
        lowest, highest = torch.zeros(n_bins), torch.ones(n_bins)
        lowest[0], highest[-1] = -math.inf, math.inf
        self.fitted = FittedNumbers(start=edges[:-1], width=edges.diff(), lowest=lowest, highest=highest)
        self.project = linear(n_bins, config.width, generator)

    def progress(self, values: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch bins"]:
        """e: 1 for the bins below the value, 0 for those above, the share reached in its own."""
        start, width, lowest, highest = self.fitted.buffers()
        return ((self.transform.position(values).unsqueeze(-1) - start) / width).clamp(lowest, highest)

    def embed(self, values: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch width"]:
        return self.project(self.progress(values))


class Periodic(ScalarEncoder):
    """PLR: cosines and sines of learned frequencies, a linear layer, ReLU."""

    def __init__(self, transform: ScalarTransform, config: EventModelConfig, generator: torch.Generator) -> None:
        super().__init__(transform, config.width, generator)
        drawn = torch.randn(transform.n_channels, config.n_buckets, generator=generator)
        self.frequencies = nn.Parameter(config.frequency_scale * drawn)
        self.project = linear(2 * drawn.numel(), config.width, generator)

    def embed(self, values: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch width"]:
        turns = (self.transform(values)[0].unsqueeze(-1) * self.frequencies).flatten(-2)
        angle = 2 * math.pi * turns
        return self.project(torch.cat([angle.cos(), angle.sin()], dim=-1)).relu()


class AutoDis(ScalarEncoder):
    """AutoDis: a small network gives the weights of learned meta-embeddings."""

    def __init__(self, transform: ScalarTransform, config: EventModelConfig, generator: torch.Generator) -> None:
        super().__init__(transform, config.width, generator)
        self.temperature = config.temperature
        self.first = linear(transform.n_channels, config.n_buckets, generator)
        self.second = linear(config.n_buckets, config.n_buckets, generator)
        self.embedding = nn.Parameter(torch.randn(config.n_buckets, config.width, generator=generator))

    def embed(self, values: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch width"]:
        hidden = F.leaky_relu(self.first(self.transform(values)[0]))
        return (self.second(hidden).float() / self.temperature).softmax(-1) @ self.embedding


class Mask(ScalarEncoder):
    """TimeMask: a small network gives the share of each unit of x that passes, between 0 and 1."""

    def __init__(
        self, transform: ScalarTransform, config: EventModelConfig, generator: torch.Generator, n_scalars: int
    ) -> None:
        super().__init__(transform, config.width, generator)
        self.first = linear(transform.n_channels, config.n_buckets, generator)
        self.second = linear(config.n_buckets, config.width, generator)
        share = (1 + n_scalars) ** (-1 / n_scalars)
        nn.init.constant_(self.second.bias, math.log(share / (1 - share)))
        nn.init.constant_(self.missing, math.log(share / (1 - share)))

    def forward(self, values: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch width"]:
        return super().forward(values).sigmoid()

    def embed(self, values: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch width"]:
        return self.second(self.first(self.transform(values)[0]).relu())
