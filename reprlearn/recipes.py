"""Recipes: typed, complete descriptions of a training. A recipe and a seed alone reproduce a run.

A pair to compare is one `replace(...)`: its two recipes differ in exactly one field. This module imports no torch.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, Literal

from reprlearn.data.config import TextData
from reprlearn.nn.config import LSTMConfig
from reprlearn.objectives.config import CausalConfig


@dataclass(frozen=True, kw_only=True)
class FitConfig:
    """How a model is fitted."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    seed: int = 0
    """Seed of the weights, of dropout and of every other draw."""
    epochs: int = 10
    """Passes over the training text."""
    batch_size: int = 32
    """Columns of text read side by side (over all processes together)."""
    optimiser: Literal["sgd", "adamw"] = "sgd"
    """Rule that turns gradients into steps."""
    learning_rate: float = 20.0
    """Highest learning rate of the schedule."""
    momentum: float = 0.0
    """Momentum (sgd), or the decay of the mean gradient (adamw, its beta 1)."""
    second_moment_decay: float = 0.99
    """Decay of the mean squared gradient (adamw alone, its beta 2)."""
    weight_decay: float = 0.0
    """Decay of the weights: added to the gradient (sgd), or applied beside it (adamw)."""
    schedule: Literal["constant", "linear", "cosine"] = "linear"
    """How the rate goes on after the warm-up; all but `constant` end at zero."""
    hold: float = 0.0
    """Share of the steps that stay at the highest rate before it falls."""
    warmup_steps: int = 0
    """Steps over which the rate rises from zero."""
    clip_norm: float = 0.25
    """Gradients longer than this are shortened to it."""
    precision: Literal["fp32", "bf16"] = "fp32"
    """Precision of the matrix products in training; weights and sums stay fp32."""
    snapshot_words: int = 1000
    """Most frequent words whose embeddings are kept after each epoch."""

    def __post_init__(self) -> None:
        positive = ("epochs", "batch_size", "learning_rate", "clip_norm")
        for name in (n for n in positive if not getattr(self, n) > 0):
            raise ValueError(f"fit.{name} must be above 0, however: {getattr(self, name)}")
        not_negative = ("seed", "momentum", "weight_decay", "warmup_steps", "snapshot_words")
        for name in (n for n in not_negative if not getattr(self, n) >= 0):
            raise ValueError(f"fit.{name} must not be negative, however: {getattr(self, name)}")
        if not 0 <= self.hold <= 1:
            raise ValueError(f"fit.hold must be in [0, 1], however: {self.hold}")
        if not 0 <= self.second_moment_decay < 1:
            raise ValueError(f"fit.second_moment_decay must be in [0, 1), however: {self.second_moment_decay}")
        if self.seed >= 2**31:
            raise ValueError(f"fit.seed must be below 2**31, however: {self.seed}")
        if self.optimiser == "adamw" and (self.learning_rate > 0.1 or self.momentum >= 1):
            raise ValueError(
                "adamw wants a fit.learning_rate around 0.003 and a fit.momentum below 1,"
                f" however: {self.learning_rate=}, {self.momentum=}"
            )


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What to train: data, model, objective and fit."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    name: str
    """Name of the recipe, and of its run unless another folder is given."""
    summary: str = ""
    """One line on what it is for."""
    data: TextData
    model: LSTMConfig
    objective: CausalConfig
    fit: FitConfig

    def __post_init__(self) -> None:
        # The name becomes a folder's.
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", self.name) or self.name.endswith(".partial"):
            raise ValueError(
                f"a recipe's name is made of letters, digits, '.', '_' and '-', and does not end in .partial: {self.name[:120]!r}"
            )

    def to_dict(self) -> dict[str, Any]:
        """The recipe as JSON holds it; `from_dict` is its inverse."""
        return _plain(asdict(self))

    @staticmethod
    def from_dict(fields: dict[str, Any]) -> Recipe:
        """Read a recipe; `ValueError` names the field that does not fit."""
        from pydantic import TypeAdapter, ValidationError

        try:
            return TypeAdapter(Recipe).validate_python(fields)
        except ValidationError as error:
            first = error.errors()[0]
            raise ValueError(f"recipe field {'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return str(value) if isinstance(value, Path) else value


# Chosen on the tied model, one seed and dropout 0.1, by the validation loss on `reviews` after 2.1M tokens: 4.990 nats
# after one pass over all of the text against 5.026 for plain SGD (rate 20, clipped at 0.25, the same linear fall), and
# 4.977 against 5.003 after three passes over a third of it.
_FIT = FitConfig(
    epochs=7,
    optimiser="adamw",
    learning_rate=0.003,
    momentum=0.0,
    warmup_steps=50,
    clip_norm=1.0,
    precision="bf16",
)

LSTM_UNTIED = Recipe(
    name="lstm-untied",
    summary="Two-layer LSTM of width 200 with an output matrix of its own",
    data=TextData(corpus="reviews"),
    model=LSTMConfig(width=200, n_layers=2, dropout=0.1),
    objective=CausalConfig(),
    fit=_FIT,
)
LSTM_TIED = replace(
    LSTM_UNTIED,
    name="lstm-tied",
    summary="The same LSTM with one matrix for the words it reads and the words it predicts",
    model=replace(LSTM_UNTIED.model, tied=True),
)
QUICK_DEMO = replace(
    LSTM_TIED,
    name="quick-demo",
    summary="A small tied LSTM on a part of the reviews: visibly learns in under two minutes on two cores",
    data=TextData(corpus="reviews", n_words=5_000, max_train_tokens=200_000),
    model=LSTMConfig(tied=True, width=100, n_layers=1, dropout=0.1),
    fit=replace(LSTM_TIED.fit, epochs=5),
)

RECIPES: dict[str, Recipe] = {recipe.name: recipe for recipe in (LSTM_UNTIED, LSTM_TIED, QUICK_DEMO)}


def find_recipe(name: str) -> Recipe:
    """The recipe of that name; `ValueError` lists the ones there are."""
    if name not in RECIPES:
        raise ValueError(f"there is no recipe {name!r}; there are: {', '.join(RECIPES)}")
    return RECIPES[name]
