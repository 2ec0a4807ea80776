"""The recipes of the event models: twins in everything but the encoding of their scalars."""

from __future__ import annotations

from dataclasses import replace

from reprlearn.data.event_config import EventData
from reprlearn.nn.event_config import Encoding, EventModelConfig
from reprlearn.objectives.config import NextEventConfig
from reprlearn.recipes.fit_config import FitConfig
from reprlearn.recipes.recipe import Recipe

_IN_WORDS: dict[Encoding, str] = {
    "none": "with the types of events alone",
    "concat": "with the scalars as numbers beside the type",
    "mask": "with the scalars as a mask over the type's vector",
    "soft-one-hot": "with the scalars as soft one-hots",
    "quantile": "with the scalars as hard quantile buckets",
    "ple": "with the scalars encoded piece by piece linearly",
    "plr": "with the scalars as waves of learned frequencies",
    "autodis": "with the scalars as soft buckets found by a small network",
}


_FIT = FitConfig(
    epochs=12,
    batch_size=16,
    optimiser="adamw",
    learning_rate=0.02,
    momentum=0.9,
    warmup_steps=50,
    clip_norm=1.0,
)

_FLIGHTS = Recipe(
    name="flights",
    summary="Next destination of an aircraft",
    data=EventData(log="flights"),
    model=EventModelConfig(width=64, n_buckets=32),
    objective=NextEventConfig(),
    fit=_FIT,
)
_SYNTHETIC = replace(_FLIGHTS, name="synthetic", summary="Next event of a made-up log", data=EventData(log="synthetic"))


def _with(recipe: Recipe, encoding: Encoding) -> Recipe:
    return replace(
        recipe,
        name=f"{recipe.name}-{encoding}",
        summary=f"{recipe.summary}, {_IN_WORDS[encoding]}",
        model=replace(recipe.model, encoding=encoding),
    )


EVENT_MODELS = tuple(_with(recipe, encoding) for recipe in (_FLIGHTS, _SYNTHETIC) for encoding in _IN_WORDS)
