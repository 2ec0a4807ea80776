"""Where several scalars join the embedding of an event; the encodings themselves stand in `scalar_encodings`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional as F

from reprlearn.nn.event_config import EventModelConfig, ScalarFacts
from reprlearn.nn.scalar_encodings import AutoDis, Mask, Periodic, PiecewiseLinear, QuantileBuckets
from reprlearn.nn.scalar_transform import ScalarTransform
from reprlearn.nn.soft_one_hot import SoftOneHot

ADDED = {"quantile": QuantileBuckets, "ple": PiecewiseLinear, "plr": Periodic, "autodis": AutoDis}
VECTORS = frozenset({"embedding", "missing", "project"})
"""The parameters of an encoder that make its vectors g, and are as long as these are."""


def make_join(config: EventModelConfig, scalars: Sequence[ScalarFacts], generator: torch.Generator) -> ScalarJoin:
    """The join of the configured encoding, its weights drawn from `generator`."""
    if config.encoding == "none" or not scalars:
        return Unjoined()
    transforms = [ScalarTransform(facts) for facts in scalars]
    if config.encoding == "concat":
        return Concatenated(transforms, config.width, generator)
    if config.encoding == "mask":
        return Multiplied([Mask(transform, config, generator, len(scalars)) for transform in transforms])
    if config.encoding == "soft-one-hot":
        encoders = [
            SoftOneHot(t, config.n_buckets, config.width, temperature=config.temperature, generator=generator)
            for t in transforms
        ]
    else:
        encoders = [ADDED[config.encoding](transform, config, generator) for transform in transforms]
    return Added(encoders)


class ScalarJoin(nn.Module, ABC):
    """How the scalars of an event join its embedding: all that a model knows of an encoding.

    Shape: x (..., width), scalars (..., n_scalars) in raw units, NaN where missing -> (..., width)
    """

    shrinks: int = 1
    """By how much it divides x at the start; x is drawn larger by that, so that all models begin to read types alike."""

    @abstractmethod
    def forward(
        self, x: Float[Tensor, "*batch width"], scalars: Float[Tensor, "*batch n"]
    ) -> Float[Tensor, "*batch width"]:
        """x with the scalars in it."""

    @abstractmethod
    def encode(self, index: int, values: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch width"]:
        """What scalar number `index` brings in at raw `values`."""


class Unjoined(ScalarJoin):
    """x alone."""

    def forward(
        self, x: Float[Tensor, "*batch width"], scalars: Float[Tensor, "*batch n"]
    ) -> Float[Tensor, "*batch width"]:
        return x

    def encode(self, index: int, values: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch width"]:
        raise ValueError("a model with encoding 'none' reads no scalars, so it has no vector for one")


class Added(ScalarJoin):
    """x <- (x + sum of g) / (1 + number of scalars).

    NOTE[DIFF] The paper joins one duration. Of several scalars the mean is small, and a model whose inputs are small
    learns slowly. So the vectors g start sqrt(1 + number of scalars) times as long as drawn: together the scalars then
    weigh about as much as the type.
    """

    def __init__(self, encoders: Sequence[nn.Module]) -> None:
        super().__init__()
        self.encoders = nn.ModuleList(encoders)
        self.shrinks = 1 + len(encoders)
        with torch.no_grad():
            for encoder in encoders:
                for name, parameter in encoder.named_parameters():
                    if name.split(".")[0] in VECTORS:
                        parameter.mul_(self.shrinks**0.5)

    def forward(
        self, x: Float[Tensor, "*batch width"], scalars: Float[Tensor, "*batch n"]
    ) -> Float[Tensor, "*batch width"]:
        for values, encoder in zip(scalars.unbind(-1), self.encoders, strict=True):
            x = x + encoder(values)
        return x / (1 + len(self.encoders))

    def encode(self, index: int, values: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch width"]:
        return self.encoders[index](values)


class Multiplied(ScalarJoin):
    """x <- x * m, for each scalar in turn."""

    def __init__(self, encoders: Sequence[nn.Module]) -> None:
        super().__init__()
        self.encoders = nn.ModuleList(encoders)
        self.shrinks = 1 + len(encoders)

    def forward(
        self, x: Float[Tensor, "*batch width"], scalars: Float[Tensor, "*batch n"]
    ) -> Float[Tensor, "*batch width"]:
        for values, encoder in zip(scalars.unbind(-1), self.encoders, strict=True):
            x = x * encoder(values)
        return x

    def encode(self, index: int, values: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch width"]:
        return self.encoders[index](values)


class Concatenated(ScalarJoin):
    """x <- U [x; channels and flags of all scalars] + u; a missing value has channels 0 and flag 1, else the flag is 0."""

    def __init__(self, transforms: Sequence[ScalarTransform], width: int, generator: torch.Generator) -> None:
        super().__init__()
        self.transforms = nn.ModuleList(transforms)
        self.sizes = [transform.n_channels + 1 for transform in transforms]
        self.project = nn.Linear(width + sum(self.sizes), width)
        bound = self.project.in_features**-0.5
        with torch.no_grad():
            self.project.weight.uniform_(-bound, bound, generator=generator)
            self.project.weight[:, :width] = torch.eye(width)
            self.project.bias.zero_()

    def forward(
        self, x: Float[Tensor, "*batch width"], scalars: Float[Tensor, "*batch n"]
    ) -> Float[Tensor, "*batch width"]:
        parts = [self._channels(i, values) for i, values in enumerate(scalars.unbind(-1))]
        return self.project(torch.cat([x, *parts], dim=-1))

    def encode(self, index: int, values: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch width"]:
        """What the scalar adds to x: its columns of U times its channels and flag."""
        start = self.project.out_features + sum(self.sizes[:index])
        columns = self.project.weight[:, start : start + self.sizes[index]]
        return F.linear(self._channels(index, values), columns)

    def _channels(self, index: int, values: Tensor) -> Tensor:
        channels, missing = self.transforms[index](values)
        flag = missing.unsqueeze(-1)
        return torch.cat([channels.masked_fill(flag, 0.0), flag.to(channels.dtype)], dim=-1)
