"""Small runs with scalars for the tests of the buckets: a model with random or known weights, and no training."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch

from reprlearn.data.event_config import EventData, ScalarColumn
from reprlearn.data.events.scalars import Scalar, describe_scalar
from reprlearn.data.events.sequences import Sequences
from reprlearn.nn.event_config import EventModelConfig, LogFacts, ScalarFacts


@dataclass
class FakeRun:
    """What the analysis asks of a run."""

    name: str
    model: Any
    vocabulary: Any
    recipe: Any


def make_scalar(values: np.ndarray, name: str = "gap", transform: Any = "asinh", period: float | None = None) -> Scalar:
    """The scalar whose training values these are; NaN where missing."""
    column = ScalarColumn(name=name, column=name, unit="h", transform=transform, period=period)
    n = len(values)
    training = Sequences(
        names=("only",),
        offsets=np.array([0, n]),
        type_ids=np.zeros(n, dtype=np.int32),
        times=np.arange(n, dtype=np.float64),
        scalars=values.astype(np.float32)[:, None],
    )
    return describe_scalar(column, values.astype(np.float32), training)


DRAW = np.random.default_rng(0)
GAP = make_scalar(np.where(DRAW.random(4000) < 0.1, np.nan, np.exp(DRAW.normal(2, 1.5, 4000)) - 3))
HOUR = make_scalar(np.remainder(DRAW.normal(14, 5, 4000), 24), "hour", "cyclic", 24.0)
SIZE = make_scalar(DRAW.normal(50, 9, 4000), "size", "standardise")


def make_run(
    encoding: Any = "soft-one-hot",
    scalars: tuple[Scalar, ...] = (GAP, HOUR, SIZE),
    seed: int | None = None,
    n_buckets: int = 8,
    data: EventData | None = None,
) -> Any:
    """A run as built, or with `seed` buckets that lie anywhere."""
    facts = LogFacts(
        n_types=5,
        scalars=tuple(
            ScalarFacts(
                name=s.name, transform=s.transform, mean=s.mean, scale=s.scale, period=s.period, quantiles=s.quantiles
            )
            for s in scalars
        ),
    )
    generator = torch.Generator().manual_seed(seed or 0)
    model: Any = EventModelConfig(encoding=encoding, width=6, n_buckets=n_buckets).build(facts, generator)
    model.eval().requires_grad_(False)
    if seed is not None:
        for scalar in scalars:
            layer = model.soft_one_hot(scalar.name)
            for parameter in (layer.weight, layer.bias):
                torch.nn.init.normal_(parameter, std=3, generator=generator)
    recipe = SimpleNamespace(data=data or EventData())
    return FakeRun(f"a-{encoding}", model, SimpleNamespace(scalars=scalars), recipe)
