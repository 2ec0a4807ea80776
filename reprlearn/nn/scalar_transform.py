"""Raw scalars -> numbers around zero that a network can read, by a map fitted on training data.

===========  ==========================================  ========================================================
transform    channels of a value v                       for
===========  ==========================================  ========================================================
standardise  (v - mean) / scale                          values without heavy tails
asinh        (asinh(v) - mean) / scale                   heavy tails of either sign: log(2 v) for v >> 1,
                                                         -log(2 |v|) for v << -1, v around zero
cyclic       sin(2 pi v / period), cos(2 pi v / period)  hours, weekdays: the end of a turn meets its beginning
===========  ==========================================  ========================================================

Below one unit of the scalar (an hour, a minute, a coin) asinh counts differences, above it ratios.
It stands for the log d of Li, Du & Bengio 2017 (arXiv 1708.00065), which has no value at zero and below.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn

from reprlearn.nn.event_config import ScalarFacts

LIMIT = 1e4
"""Transformed values are held within this many standard deviations, infinite ones too: products stay far from overflow."""
_MOST_SINH = 80.0  # sinh of it is 3e34, in reach of float32


class FittedNumbers(nn.Module):
    """Buffers fitted on data: saved with the weights and moved between devices, but never rounded.

    A model saved or run in half precision would else move its bucket edges, and lose means above 65,504 altogether.
    """

    def __init__(self, **numbers: Tensor) -> None:
        super().__init__()
        for name, number in numbers.items():
            # A copy: a slice of another tensor, as edges often are, could not be saved.
            self.register_buffer(name, number.float().clone())

    def _apply(self, fn: Any, recurse: bool = True) -> FittedNumbers:
        return super()._apply(lambda tensor: tensor.to(fn(tensor).device), recurse)


class ScalarTransform(FittedNumbers):
    """The fitted map of one scalar.

    Shape: values (...) in raw units, NaN where missing -> channels (..., n_channels), finite, and missing (...)
    """

    mean: Tensor
    scale: Tensor

    def __init__(self, facts: ScalarFacts) -> None:
        # A spread below what float32 resolves around the mean is rounding: such a column is constant, and only centred.
        constant = facts.scale <= torch.finfo(torch.float32).eps * abs(facts.mean)
        super().__init__(mean=torch.tensor(facts.mean), scale=torch.tensor(1.0 if constant else facts.scale))
        self.facts = facts
        self.n_channels = 2 if facts.transform == "cyclic" else 1

    def forward(
        self, values: Float[Tensor, "*batch"]
    ) -> tuple[Float[Tensor, "*batch channels"], Bool[Tensor, "*batch"]]:
        """Channels and which values are missing; the channels of a missing value are those of some present one."""
        missing = self.missing(values)
        # Replaced before any arithmetic: a NaN that is masked afterwards still comes back through the gradient.
        position = self.position(values.masked_fill(missing, 0.0))
        if self.facts.period is None:
            return position.unsqueeze(-1), missing
        angle = 2 * math.pi * position
        return torch.stack([angle.sin(), angle.cos()], dim=-1), missing

    def missing(self, values: Float[Tensor, "*batch"]) -> Bool[Tensor, "*batch"]:
        """NaN, and for a cyclic scalar infinity: it has no place in a turn."""
        return values.isnan() if self.facts.period is None else ~values.isfinite()

    def position(self, values: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch"]:
        """Place on a line: the standardised value, or for a cyclic scalar the share of the turn, in [0, 1)."""
        if self.facts.period is not None:
            # The remainder of a tiny negative value rounds up to the whole period.
            return (values.remainder(self.facts.period) / self.facts.period).remainder(1.0)
        if self.facts.transform == "asinh":
            values = values.asinh()
        return ((values - self.mean) / self.scale).clamp(-LIMIT, LIMIT)

    def inverse(self, channels: Float[Tensor, "*batch channels"]) -> Float[Tensor, "*batch"]:
        """The values, in raw units, that have these channels; a cyclic one comes back in [0, period)."""
        if self.facts.period is not None:
            share = (torch.atan2(channels[..., 0], channels[..., 1]) / (2 * math.pi)).remainder(1.0)
            return share.remainder(1.0) * self.facts.period
        values = channels.squeeze(-1) * self.scale + self.mean
        if self.facts.transform == "asinh":
            return values.clamp(-_MOST_SINH, _MOST_SINH).sinh()
        return values

    def quantile_positions(self, levels: Float[Tensor, " n"]) -> Float[Tensor, " n"]:
        """Positions of the training quantiles at `levels`, ascending, on a straight line between the stored ones.

        Where none are stored: as if standardised values were normal (within levels 0.5 % to 99.5 %), and cyclic
        ones uniform.
        """
        if not self.facts.quantiles:
            return levels if self.facts.period is not None else torch.special.ndtri(levels.clamp(0.005, 0.995))
        values = torch.tensor(self.facts.quantiles, dtype=torch.float32)
        positions = self.position(values).double().cpu()
        # Rounded to float32 as `levels` are: a level that is stored is then read exactly.
        stored = torch.tensor([i / max(len(values) - 1, 1) for i in range(len(values))])
        # The positions of a cyclic scalar whose values leave [0, period) wrap around; sorted they are ascending again.
        return interpolate(levels.double(), stored.double(), positions.sort().values).float()


def interpolate(at: Float[Tensor, " n"], x: Float[Tensor, " m"], y: Float[Tensor, " m"]) -> Float[Tensor, " n"]:
    """The broken line through the points (x, y), x ascending, read at `at`; flat beyond its ends."""
    if len(x) == 1:
        return y.expand(len(at)).clone()
    right = torch.searchsorted(x, at).clamp(1, len(x) - 1)
    left = right - 1
    share = ((at - x[left]) / (x[right] - x[left]).clamp_min(1e-12)).clamp(0, 1)
    return y[left] + share * (y[right] - y[left])
