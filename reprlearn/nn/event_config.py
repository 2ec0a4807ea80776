"""Configuration of the event models, and what such a model must know of the log it reads.

It stands apart from the models so that recipes can be listed, shown as a form and written to a card without importing
torch. What is known of a log comes as plain numbers: `nn` imports nothing from `data`.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    import torch

    from reprlearn.nn.event_model import EventModel

Encoding = Literal["none", "concat", "mask", "soft-one-hot", "quantile", "ple", "plr", "autodis"]
TransformKind = Literal["standardise", "asinh", "cyclic"]
MIN_TEMPERATURE = 1e-6
"""Below it a softmax is hard to the last digit of a float, and its gradient nothing but overflow."""


def check_temperature(temperature: float) -> float:
    """`temperature` itself; `ValueError` unless it is finite and at least `MIN_TEMPERATURE`."""
    if not MIN_TEMPERATURE <= temperature < math.inf:
        raise ValueError(f"temperature must be finite and at least {MIN_TEMPERATURE:g}, however: {temperature=}")
    return temperature


@dataclass(frozen=True, kw_only=True)
class ScalarFacts:
    """What was fitted to one scalar on the training data. Values and quantiles are in the scalar's own unit."""

    name: str
    """Name of the scalar; a model is asked about it by this name."""
    transform: TransformKind = "standardise"
    """How it is brought to numbers around zero; see `reprlearn.nn.scalar_transform`."""
    mean: float = 0.0
    """Mean of the training values (`asinh`: of asinh(value)); not used by `cyclic`."""
    scale: float = 1.0
    """Their standard deviation (`asinh`: of asinh(value)), or 1 for a constant; not used by `cyclic`."""
    period: float | None = None
    """Length of a turn of a `cyclic` scalar."""
    quantiles: tuple[float, ...] = ()
    """Training quantiles at levels evenly spaced from 0 to 1, ascending; empty where none were taken."""

    def __post_init__(self) -> None:
        numbers = (self.mean, self.scale, *self.quantiles)
        if not all(math.isfinite(number) for number in numbers):
            raise ValueError(f"scalar {self.name!r}: fitted numbers must be finite, however: {self}")
        if self.scale < 0:
            raise ValueError(f"scalar {self.name!r}: scale must be at least 0, however: {self.scale=}")
        if (self.transform == "cyclic") != (self.period is not None) or not 0 < (self.period or 1) < math.inf:
            raise ValueError(
                f"scalar {self.name!r}: a cyclic scalar has a period above 0 and no other has one,"
                f" however: {self.transform=}, {self.period=}"
            )
        if any(a > b for a, b in itertools.pairwise(self.quantiles)):
            raise ValueError(f"scalar {self.name!r}: quantiles must ascend, however: {self.quantiles}")


@dataclass(frozen=True, kw_only=True)
class LogFacts:
    """What an event model must know of its log."""

    n_types: int
    """Event types, `<oov>` (id 0) among them."""
    scalars: tuple[ScalarFacts, ...] = ()
    """The scalars of an event, in the order of their columns."""
    log_duration_mean: float = 0.0
    """Mean natural logarithm of the training durations (the hours from an event to the next)."""
    log_duration_scale: float = 1.0
    """Its standard deviation."""
    gap_since: str | None = None
    """Name of the scalar that is the hours since the previous event, if there is one."""
    gap_ahead_known: bool = False
    """One of the scalars tells the time to the next event, so predicting it would mean nothing."""

    def __post_init__(self) -> None:
        if self.n_types < 1:
            raise ValueError(f"n_types must be at least 1, however: {self.n_types=}")
        names = [scalar.name for scalar in self.scalars]
        if len(set(names)) < len(names):
            raise ValueError(f"scalars need names of their own, however: {names}")


@dataclass(frozen=True, kw_only=True)
class EventModelConfig:
    """A recurrent model of event sequences, whose scalars enter by one of several encodings."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    kind: Literal["event"] = "event"
    """Which model this configures."""
    encoding: Encoding = "soft-one-hot"
    """How the scalars join the event's embedding."""
    width: int = 64
    """Units of the embeddings and of each layer."""
    cell: Literal["lstm", "gru"] = "lstm"
    """Recurrent cell."""
    n_layers: int = 1
    """Recurrent layers."""
    dropout: float = 0.1
    """Share of the units dropped before, between and after the layers, one mask a sequence."""
    n_buckets: int = 16
    """Resolution of an encoding: soft or hard buckets, bins, frequencies, meta-embeddings, or hidden units of the mask."""
    temperature: float = 1.0
    """Temperature of the softmax over buckets (soft-one-hot, autodis); lower is harder."""
    frequency_scale: float = 1.0
    """Standard deviation of the first frequencies (plr), in turns per standard deviation of the scalar."""

    def __post_init__(self) -> None:
        for name in ("width", "n_layers", "n_buckets"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, however: {getattr(self, name)}")
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout must be in [0, 1), however: {self.dropout}")
        if not 0 < self.frequency_scale < math.inf:
            raise ValueError(f"frequency_scale must be above 0 and finite, however: {self.frequency_scale}")
        check_temperature(self.temperature)

    @property
    def architecture(self) -> str:
        """The cell's name as cards show it."""
        return self.cell.upper()

    def build(self, log_facts: LogFacts, generator: torch.Generator) -> EventModel:
        """Make the model with weights drawn from `generator`; its class says what it can be asked for."""
        from reprlearn.nn.event_model import BucketEventModel, EventModel, ScalarEventModel

        if self.encoding == "none" or not log_facts.scalars:
            return EventModel(self, log_facts, generator)
        kind = BucketEventModel if self.encoding == "soft-one-hot" else ScalarEventModel
        return kind(self, log_facts, generator)
