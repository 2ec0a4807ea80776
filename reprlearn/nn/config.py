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
    """Units of the embeddings and of each layer."""
    n_layers: int = 2
    """Recurrent layers."""
    dropout: float = 0.2
    """Share of the units dropped before, between and after the layers, one mask a sequence."""
    recurrent_dropout: float = 0.0
    """Share of the hidden-to-hidden weights dropped, one mask a batch."""
    projection: bool = False
    """Put a square matrix between the last layer and the output embedding (Press & Wolf 2016, projection regularisation)."""

    def __post_init__(self) -> None:
        if self.width < 1 or self.n_layers < 1:
            raise ValueError(f"width and n_layers must be at least 1, however: {self.width=}, {self.n_layers=}")
        for name in ("dropout", "recurrent_dropout"):
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} must be in [0, 1), however: {getattr(self, name)}")

    def build(self, vocabulary_size: int, generator: torch.Generator) -> LSTMLanguageModel:
        """Make the model with weights drawn from `generator`."""
        from reprlearn.nn.lstm import LSTMLanguageModel

        return LSTMLanguageModel(self, vocabulary_size, generator)
