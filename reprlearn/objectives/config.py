"""Configurations of the objectives; `build` imports the objective it makes (recipes are listed without torch)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from reprlearn.objectives.base import Objective


@dataclass(frozen=True, kw_only=True)
class CausalConfig:
    """Predict each word from the words before it."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    kind: Literal["causal"] = "causal"
    """Which objective this configures."""
    sequence_length: int = 35
    """Words a training step reads in each column; the gradient reaches back no further, the state does."""

    def __post_init__(self) -> None:
        if self.sequence_length < 1:
            raise ValueError(f"sequence_length must be at least 1, however: {self.sequence_length}")

    def build(self) -> Objective:
        from reprlearn.objectives.causal import CausalObjective

        return CausalObjective(self)
