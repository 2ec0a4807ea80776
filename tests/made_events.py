"""An event log made up in a moment and untrained models on it: what the analysis of event runs is tested on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import torch

from reprlearn.data.event_config import ScalarColumn
from reprlearn.data.events.log import EventLog, RawLog, encode_log
from reprlearn.data.events.sequences import Sequences, ahead
from reprlearn.nn.event_config import Encoding, EventModelConfig, LogFacts, ScalarFacts

TYPES = ("ATL", "BOS", "LAX", "<b>&", "SFO", "SEA")
PLACES = {
    "ATL": (-84.4, 33.6),
    "BOS": (-71.0, 42.4),
    "LAX": (-118.4, 33.9),
    "SFO": (-122.4, 37.6),
    "SEA": (-122.3, 47.4),
}
COLUMNS = (
    ScalarColumn(name="next hour", column="hour", unit="h", known_ahead=True, transform="cyclic", period=24.0),
    ScalarColumn(name="delay", column="delay", unit="min", transform="asinh"),
    ScalarColumn(name="type", column="size"),
)
"""The last one is called like a column of `sequence_events`, as a user's may be."""


def made_log(lengths: tuple[int, ...] = (2, 3, 5, 8, 13, 21, 34, 5, 7, 9) * 4, seed: int = 0) -> EventLog:
    """Forty short sequences "s0", "s1", ... of random types and scalars, some of them missing; times are dates."""
    draw = np.random.default_rng(seed)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    n = int(offsets[-1])
    gaps = draw.gamma(2, 5, n)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    times = 376_944.0 + np.cumsum(gaps) - np.cumsum(gaps)[offsets[owner]]
    delay = np.where(draw.uniform(size=n) < 0.1, np.nan, draw.normal(0, 30, n))
    scalars = np.stack([ahead(times % 24, offsets), delay, draw.normal(size=n)], axis=1).astype(np.float32)
    ids = draw.choice(len(TYPES), n, p=[0.3, 0.25, 0.2, 0.1, 0.1, 0.05]).astype(np.int32)
    raw = RawLog(
        name="made", source="made", licence="none",
        sequences=Sequences(tuple(f"s{i}" for i in range(len(lengths))), offsets, ids, times, scalars),
        type_names=TYPES, columns=COLUMNS, labels={"ATL": "Atlanta Intl", "LAX": "Los Angeles Intl"}, places=PLACES,
        n_dropped=0, dated=True,
    )  # fmt: skip
    return encode_log(raw, None)


def made_run(log: EventLog, encoding: Encoding = "soft-one-hot", seed: int = 0, **fields: Any) -> Any:
    """Model, vocabulary and matrices of a run that was never trained; scalars matter a great deal to it."""
    facts = LogFacts(
        n_types=len(log.types),
        scalars=tuple(
            ScalarFacts(
                name=s.name, transform=s.transform, mean=s.mean, scale=s.scale, period=s.period, quantiles=s.quantiles
            )
            for s in log.scalars
        ),
    )
    model = EventModelConfig(encoding=encoding, width=8, **fields).build(facts, torch.Generator().manual_seed(seed))
    with torch.no_grad():
        for parameter in (*model.join.parameters(), *model.layers.parameters(), model.output.weight):
            parameter.mul_(3)
    matrices = {"input": model.input_embedding().detach().numpy(), "output": model.output_embedding().detach().numpy()}
    return SimpleNamespace(model=model.eval().requires_grad_(False), vocabulary=log.vocabulary, matrix=matrices.get)
