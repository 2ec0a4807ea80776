"""How a model is fitted: optimiser, schedule, and how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True, kw_only=True)
class FitConfig:
    """How a model is fitted."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    seed: int = 0
    """Seed of the weights, of dropout and of every other draw."""
    epochs: int = 10
    """Passes over the training data."""
    patience: int | None = None
    """Stop after this many passes in a row without a better validation loss; none: make all of them."""
    batch_size: int = 32
    """Columns of text, or sequences of events, read side by side (over all processes together)."""
    optimiser: Literal["sgd", "adamw", "muon"] = "sgd"
    """Rule that turns gradients into steps (muon: for the matrices between the embeddings, with adamw for all else)."""
    learning_rate: float = 20.0
    """Highest learning rate of the schedule."""
    matrix_rate: float = 0.02
    """The same of the matrices that muon steps (muon alone)."""
    momentum: float = 0.0
    """Momentum (sgd), or the decay of the mean gradient (adamw, its beta 1; muon's own is 0.95)."""
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
    """Most frequent words, or event types, whose embeddings are kept as training goes on; 0: of none."""
    snapshots_per_epoch: int = 1
    """How often they are kept: after each epoch alone, or within it too."""

    def __post_init__(self) -> None:
        positive = ("epochs", "batch_size", "snapshots_per_epoch", "learning_rate", "matrix_rate", "clip_norm")
        for name in (n for n in positive if not getattr(self, n) > 0):
            raise ValueError(f"fit.{name} must be above 0, however: {getattr(self, name)}")
        not_negative = ("seed", "momentum", "weight_decay", "warmup_steps", "snapshot_words")
        for name in (n for n in not_negative if not getattr(self, n) >= 0):
            raise ValueError(f"fit.{name} must not be negative, however: {getattr(self, name)}")
        if self.patience is not None and self.patience < 1:
            raise ValueError(f"fit.patience must be at least 1, however: {self.patience}")
        if not 0 <= self.hold <= 1:
            raise ValueError(f"fit.hold must be in [0, 1], however: {self.hold}")
        if not 0 <= self.second_moment_decay < 1:
            raise ValueError(f"fit.second_moment_decay must be in [0, 1), however: {self.second_moment_decay}")
        if self.seed >= 2**31:
            raise ValueError(f"fit.seed must be below 2**31, however: {self.seed}")
        if self.optimiser in ("adamw", "muon") and (self.learning_rate > 0.1 or self.momentum >= 1):
            raise ValueError(
                f"{self.optimiser} wants a fit.learning_rate around 0.003 and a fit.momentum below 1,"
                f" however: {self.learning_rate=}, {self.momentum=}"
            )
