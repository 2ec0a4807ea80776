"""Configurations of the models.

They stand apart from the models so that recipes can be listed, shown as a form and written to a card without
importing torch; `build` imports the model it makes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    import torch

    from reprlearn.nn.lstm import LSTMLanguageModel
    from reprlearn.nn.transformer import GPTLanguageModel


@dataclass(frozen=True, kw_only=True)
class LSTMConfig:
    """A recurrent language model."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    architecture: ClassVar[str] = "LSTM"
    kind: Literal["lstm"] = "lstm"
    """Which model this configures."""
    tied: bool = False
    """Use one matrix for the input and the output embedding."""
    width: int = 200
    """Units of the embeddings and, unless `hidden_width` is given, of each layer."""
    hidden_width: int | None = None
    """Units of every layer but the last, whose width is that of the embeddings; none: `width`."""
    n_layers: int = 2
    """Recurrent layers."""
    dropout: float = 0.2
    """Share of the units dropped before, between and after the layers, one mask a sequence."""
    recurrent_dropout: float = 0.0
    """Share of the hidden-to-hidden weights dropped, one mask a batch."""
    word_dropout: float = 0.0
    """Share of the vocabulary whose vectors are dropped wherever a batch reads them (embedding dropout)."""
    projection: bool = False
    """Put a square matrix between the last layer and the output embedding (Press & Wolf 2016, projection regularisation)."""

    def __post_init__(self) -> None:
        if self.width < 1 or self.n_layers < 1:
            raise ValueError(f"width and n_layers must be at least 1, however: {self.width=}, {self.n_layers=}")
        if self.hidden_width is not None and self.hidden_width < 1:
            raise ValueError(f"hidden_width must be at least 1, however: {self.hidden_width}")
        for name in ("dropout", "recurrent_dropout", "word_dropout"):
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} must be in [0, 1), however: {getattr(self, name)}")

    @property
    def layer_widths(self) -> tuple[int, ...]:
        """What the first layer reads, then what each layer gives: (n_layers + 1,)."""
        return (self.width, *[self.hidden_width or self.width] * (self.n_layers - 1), self.width)

    def build(self, vocabulary_size: int, generator: torch.Generator) -> LSTMLanguageModel:
        """Make the model with weights drawn from `generator`."""
        from reprlearn.nn.lstm import LSTMLanguageModel

        return LSTMLanguageModel(self, vocabulary_size, generator)


@dataclass(frozen=True, kw_only=True)
class GPTConfig:
    """A transformer language model that looks back only."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    architecture: ClassVar[str] = "GPT"
    kind: Literal["gpt"] = "gpt"
    """Which model this configures."""
    tied: bool = False
    """Use one matrix for the input and the output embedding."""
    width: int = 200
    """Units of the embeddings and of each layer."""
    n_layers: int = 4
    """Layers of attention, each with a feed-forward net four times as wide."""
    n_heads: int = 4
    """Heads of attention in each layer; they share the width among them."""
    context_length: int = 128
    """Words the model looks back on at most, the one it reads included."""
    dropout: float = 0.1
    """Share of the units dropped after the embeddings and at the end of each attention and feed-forward net."""

    def __post_init__(self) -> None:
        for name in ("width", "n_layers", "n_heads"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, however: {getattr(self, name)}")
        if self.context_length < 2:
            raise ValueError(f"context_length must be at least 2, however: {self.context_length}")
        if self.width % self.n_heads:
            raise ValueError(f"width must be a multiple of n_heads, however: {self.width=}, {self.n_heads=}")
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout must be in [0, 1), however: {self.dropout}")

    def build(self, vocabulary_size: int, generator: torch.Generator) -> GPTLanguageModel:
        """Make the model with weights drawn from `generator`."""
        from reprlearn.nn.transformer import GPTLanguageModel

        return GPTLanguageModel(self, vocabulary_size, generator)
