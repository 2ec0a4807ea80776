"""Configurations of the objectives; `build` imports the objective it makes (recipes are listed without torch)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from reprlearn.objectives.base import Objective

# Objectives whose loss is that of the next word or event alone, so that its exponential is a perplexity.
WITH_PERPLEXITY = ("causal", "next-event")


@dataclass(frozen=True, kw_only=True)
class CausalConfig:
    """Predict each word from the words before it."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    kind: Literal["causal"] = "causal"
    """Which objective this configures."""
    sequence_length: int = 35
    """Words a training step reads in each column; the gradient reaches back no further, the state does."""
    rotated: bool = False
    """Begin each epoch at another place of the text, so that its words fall into other columns and steps."""
    augmented_gain: float = 0.0
    """Weight of the augmented loss (Inan et al. 2016) over its temperature, their gamma; 0: without it."""
    augmented_temperature: float = 10.0
    """Temperature of the augmented loss, their tau: the higher, the more words share in a target."""
    augmented_gradient: bool = False
    """Let the soft target of the augmented loss carry gradient to the input embedding (slower)."""
    projection_penalty: float = 0.0
    """Weight of the norm of the projection before the output (Press & Wolf 2016); needs a model that has one."""
    activation_penalty: float = 0.0
    """Weight of the mean square of the hidden states (Merity et al. 2017, AR)."""
    change_penalty: float = 0.0
    """Weight of the mean square of the hidden states' change from word to word (Merity et al. 2017, TAR)."""

    def __post_init__(self) -> None:
        if self.sequence_length < 1:
            raise ValueError(f"sequence_length must be at least 1, however: {self.sequence_length}")
        for name in ("augmented_gain", "projection_penalty", "activation_penalty", "change_penalty"):
            if not 0 <= getattr(self, name) < math.inf:
                raise ValueError(f"{name} must be finite and not negative, however: {getattr(self, name)}")
        if not 0 < self.augmented_temperature < math.inf:
            raise ValueError(f"augmented_temperature must be above 0 and finite, however: {self.augmented_temperature}")

    def build(self) -> Objective:
        from reprlearn.objectives.causal import CausalObjective

        return CausalObjective(self)


@dataclass(frozen=True, kw_only=True)
class Word2VecObjectiveConfig:
    """Tell the words that stand near a word from words drawn at random."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    kind: Literal["word2vec"] = "word2vec"
    """Which objective this configures."""
    form: Literal["skip-gram", "cbow"] = "skip-gram"
    """Predict each word of the window from the word in its middle, or that word from the mean of the window."""
    window: int = 5
    """Words to both sides that count at most; how many do is drawn for each word."""
    n_negatives: int = 5
    """Words drawn at random that a pair is held against (word2vec's `negative`)."""
    n_noise: int = 512
    """Words drawn at random for a batch, which all its pairs share; they count as `n_negatives`."""
    threshold: float = 1e-3
    """Frequency above which subsampling thins a word out; 0: none is thinned out."""

    def __post_init__(self) -> None:
        for name in ("window", "n_negatives", "n_noise"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, however: {getattr(self, name)}")
        if not 0 <= self.threshold < math.inf:
            raise ValueError(f"threshold must be finite and not negative, however: {self.threshold}")

    def build(self) -> Objective:
        from reprlearn.objectives.skip_gram import SkipGramObjective

        return SkipGramObjective(self)


@dataclass(frozen=True, kw_only=True)
class MaskedConfig:
    """Fill in words that were taken out, from what stands to both sides."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    kind: Literal["masked"] = "masked"
    """Which objective this configures."""
    sequence_length: int = 128
    """Words of a row, which is read by itself."""
    share: float = 0.15
    """Share of the words that are taken out, others each time."""

    def __post_init__(self) -> None:
        if self.sequence_length < 2:
            raise ValueError(f"sequence_length must be at least 2, however: {self.sequence_length}")
        if not 0 < self.share < 1:
            raise ValueError(f"share must be between 0 and 1, however: {self.share}")

    def build(self) -> Objective:
        from reprlearn.objectives.masked import MaskedObjective

        return MaskedObjective(self)


@dataclass(frozen=True, kw_only=True)
class BidirectionalConfig:
    """Predict each word from the words before it, and by itself from the words after it."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    kind: Literal["bidirectional"] = "bidirectional"
    """Which objective this configures."""
    sequence_length: int = 35
    """Words a training step reads in each column; the forward half carries its state on, the backward half cannot."""

    def __post_init__(self) -> None:
        if self.sequence_length < 2:
            raise ValueError(f"sequence_length must be at least 2, however: {self.sequence_length}")

    def build(self) -> Objective:
        from reprlearn.objectives.bidirectional import BidirectionalObjective

        return BidirectionalObjective(self)


@dataclass(frozen=True, kw_only=True)
class ClassificationConfig:
    """Tell texts apart."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    kind: Literal["classification"] = "classification"
    """Which objective this configures."""

    def build(self) -> Objective:
        from reprlearn.objectives.classification import ClassificationObjective

        return ClassificationObjective(self)


@dataclass(frozen=True, kw_only=True)
class NextEventConfig:
    """Predict the type of each event from the events before it, and the time to it."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    kind: Literal["next-event"] = "next-event"
    """Which objective this configures."""
    duration_loss: Literal["none", "normal", "buckets"] = "normal"
    """How the predicted time to the next event is judged: not at all, by R^N, or by R^X in the buckets of the last gap.
    Off where a scalar tells that time ahead."""
    duration_weight: float = 0.1
    """Weight of that loss beside the cross entropy of the type."""
    max_length: int = 512
    """Events a training step reads of a sequence; longer ones are cut, and the gradient ends where they are."""

    def __post_init__(self) -> None:
        if not 0 <= self.duration_weight < math.inf:
            raise ValueError(f"duration_weight must be finite and not negative, however: {self.duration_weight}")
        if self.max_length < 1:
            raise ValueError(f"max_length must be at least 1, however: {self.max_length}")

    def build(self) -> Objective:
        from reprlearn.objectives.next_event import NextEventObjective

        return NextEventObjective(self)
