"""Configurations of the models.

They stand apart from the models so that recipes can be listed, shown as a form and written to a card without
importing torch; `build` imports the model it makes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    import torch

    from reprlearn.nn.bert import BERT
    from reprlearn.nn.classifier import Classifier
    from reprlearn.nn.elmo import ELMo
    from reprlearn.nn.lstm import LSTMLanguageModel
    from reprlearn.nn.transformer import GPTLanguageModel
    from reprlearn.nn.word2vec import Word2Vec


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


def check_transformer(config: GPTConfig | BERTConfig) -> None:
    """ValueError where the sizes of a transformer do not go together."""
    for name in ("width", "n_layers", "n_heads"):
        if getattr(config, name) < 1:
            raise ValueError(f"{name} must be at least 1, however: {getattr(config, name)}")
    if config.context_length < 2:
        raise ValueError(f"context_length must be at least 2, however: {config.context_length}")
    if config.width % config.n_heads:
        raise ValueError(f"width must be a multiple of n_heads, however: {config.width=}, {config.n_heads=}")
    if not 0 <= config.dropout < 1:
        raise ValueError(f"dropout must be in [0, 1), however: {config.dropout}")


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
        check_transformer(self)

    def build(self, vocabulary_size: int, generator: torch.Generator) -> GPTLanguageModel:
        """Make the model with weights drawn from `generator`."""
        from reprlearn.nn.transformer import GPTLanguageModel

        return GPTLanguageModel(self, vocabulary_size, generator)


@dataclass(frozen=True, kw_only=True)
class Word2VecConfig:
    """Word vectors, and context vectors to learn them by."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    architecture: ClassVar[str] = "word2vec"
    kind: Literal["word2vec"] = "word2vec"
    """Which model this configures."""
    tied: bool = False
    """Use one matrix for words and for contexts."""
    width: int = 200
    """Units of a vector."""

    def __post_init__(self) -> None:
        if self.width < 1:
            raise ValueError(f"width must be at least 1, however: {self.width}")

    def build(self, vocabulary_size: int, generator: torch.Generator) -> Word2Vec:
        """Make the model with vectors drawn from `generator`."""
        from reprlearn.nn.word2vec import Word2Vec

        return Word2Vec(self, vocabulary_size, generator)


@dataclass(frozen=True, kw_only=True)
class BERTConfig:
    """A transformer that reads a text from both sides and fills in blanks."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    architecture: ClassVar[str] = "BERT"
    kind: Literal["bert"] = "bert"
    """Which model this configures."""
    tied: bool = True
    """Use one matrix for the input and the output embedding."""
    width: int = 200
    """Units of the embeddings and of each layer."""
    n_layers: int = 4
    """Layers of attention, each with a feed-forward net four times as wide."""
    n_heads: int = 4
    """Heads of attention in each layer; they share the width among them."""
    context_length: int = 128
    """Words of a text at most."""
    dropout: float = 0.1
    """Share of the units dropped after the embeddings and at the end of each attention and feed-forward net."""

    def __post_init__(self) -> None:
        check_transformer(self)
        if self.width // self.n_heads % 2:  # rotary attention turns units in pairs
            raise ValueError(f"width / n_heads must be even, however: {self.width} / {self.n_heads}")

    def build(self, vocabulary_size: int, generator: torch.Generator) -> BERT:
        """Make the model with weights drawn from `generator`."""
        from reprlearn.nn.bert import BERT

        return BERT(self, vocabulary_size, generator)


@dataclass(frozen=True, kw_only=True)
class ELMoConfig:
    """Two recurrent language models, one a direction, over words made of their characters."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    architecture: ClassVar[str] = "ELMo"
    kind: Literal["elmo"] = "elmo"
    """Which model this configures."""
    width: int = 200
    """Units of a word's vector, of each layer and of the output embedding."""
    n_layers: int = 2
    """Recurrent layers in each direction."""
    character_width: int = 16
    """Units of a character's vector."""
    filters: tuple[tuple[int, int], ...] = ((1, 16), (2, 32), (3, 64), (4, 64), (5, 64))
    """Filters of the convolution over a word's characters: how many characters each spans, and how many of them there are."""
    n_highways: int = 1
    """Highway layers behind the convolution."""
    longest_word: int = 16
    """Bytes of a word that are read; what is longer is cut off."""
    dropout: float = 0.1
    """Share of the units dropped before, between and after the layers, one mask a sequence."""

    def __post_init__(self) -> None:
        for name in ("width", "n_layers", "character_width", "longest_word"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, however: {getattr(self, name)}")
        if not self.filters or any(span < 1 or n < 1 or span > self.longest_word for span, n in self.filters):
            raise ValueError(f"filters span 1 to longest_word characters, and there are some, however: {self.filters}")
        if self.n_highways < 0:
            raise ValueError(f"n_highways must not be negative, however: {self.n_highways}")
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout must be in [0, 1), however: {self.dropout}")

    def build(self, words: Sequence[str], generator: torch.Generator) -> ELMo:
        """Make the model for these words, with weights drawn from `generator`."""
        from reprlearn.nn.elmo import ELMo

        return ELMo(self, words, generator)


@dataclass(frozen=True, kw_only=True)
class ClassifierConfig:
    """A text model with a head that tells texts apart."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    architecture: ClassVar[str] = "classifier"
    kind: Literal["classifier"] = "classifier"
    """Which model this configures."""
    body: GPTConfig | BERTConfig | ELMoConfig
    """The model that reads the texts."""
    start_from: str | None = None
    """The run whose weights the body starts from, fine-tuned from there; none: from random ones."""
    dropout: float = 0.1
    """Share of the units dropped before the head."""

    def __post_init__(self) -> None:
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout must be in [0, 1), however: {self.dropout}")

    @property
    def width(self) -> int:
        """Units of the body's embeddings."""
        return self.body.width

    @property
    def states_width(self) -> int:
        """Units of the body's states: of both directions where it has two."""
        return 2 * self.body.width if isinstance(self.body, ELMoConfig) else self.body.width

    def build(self, words: Sequence[str], n_classes: int, generator: torch.Generator) -> Classifier:
        """Make the model for these words, with weights drawn from `generator`."""
        from reprlearn.nn.classifier import Classifier

        body = self.body
        if isinstance(body, ELMoConfig):
            return Classifier(self, body.build(words, generator).without_words(), n_classes, generator)
        return Classifier(self, body.build(len(words), generator), n_classes, generator)
