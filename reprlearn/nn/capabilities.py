"""What a model can be asked for. Small protocols: a page takes every run whose model has the one it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol, runtime_checkable

from jaxtyping import Float, Int
from torch import Tensor, nn

from reprlearn.nn.soft_one_hot import SoftOneHot


@runtime_checkable
class Embeds(Protocol):
    """Has a vector for every word (or event type) it reads."""

    def input_embedding(self) -> Float[Tensor, "vocabulary width"]: ...


@runtime_checkable
class Scores(Protocol):
    """Has a vector and a bias for every word (or event type) it predicts. No capability of its own: part of the next two."""

    def output_embedding(self) -> Float[Tensor, "vocabulary width"]: ...

    def output_bias(self) -> Float[Tensor, " vocabulary"]: ...


@runtime_checkable
class Predicts(Scores, Protocol):
    """Has a distribution over the next word of a text."""

    def next_token_logits(self, ids: Int[Tensor, "batch time"]) -> Float[Tensor, "batch time vocabulary"]: ...


@runtime_checkable
class ReadsInWindows(Protocol):
    """Looks back on so many words at most, and reads a longer text in windows. No capability of its own."""

    @property
    def context_length(self) -> int: ...

    def read(self, ids: Int[Tensor, " time"]) -> Iterator[Float[Tensor, "piece width"]]: ...


@runtime_checkable
class Contextual(Protocol):
    """Has a vector for each word of a text that hangs on the words around it, in several layers."""

    def layer_states(self, ids: Int[Tensor, " time"]) -> Float[Tensor, "layers time width"]: ...


@runtime_checkable
class Attends(Protocol):
    """Says how much each word (third axis) of a text looks at each (last axis)."""

    def attention(self, ids: Int[Tensor, " time"]) -> Float[Tensor, "layers heads time time"]: ...


@runtime_checkable
class FillsBlanks(Scores, Protocol):
    """Has a distribution over the words that may stand in a place of a text, from what stands to both sides."""

    def fill(self, ids: Int[Tensor, " time"], position: int) -> Float[Tensor, " vocabulary"]: ...


@runtime_checkable
class ReadsTexts(Protocol):
    """Has a vector for each word of several texts at once, padded behind them, of its last layer and of each. No capability of
    its own: a classifier's body.
    """

    def text_states(
        self, ids: Int[Tensor, "batch time"], lengths: Int[Tensor, " batch"]
    ) -> Float[Tensor, "batch time width"]: ...

    def text_layers(
        self, ids: Int[Tensor, "batch time"], lengths: Int[Tensor, " batch"]
    ) -> Float[Tensor, "layers batch time width"]: ...


@runtime_checkable
class Classifies(Protocol):
    """Has a distribution over a text's classes."""

    def class_log_probabilities(
        self, ids: Int[Tensor, "batch time"], lengths: Int[Tensor, " batch"]
    ) -> Float[Tensor, "batch classes"]: ...


@runtime_checkable
class ReadsAhead(Protocol):
    """Has a half that reads forward and carries its state, beside one that does not. No capability of its own."""

    def ahead(self, ids: Int[Tensor, "batch time"], state: Any = None) -> tuple[Tensor, tuple[Tensor, ...]]: ...


@runtime_checkable
class PredictsEvents(Scores, Protocol):
    """Has a distribution over the type of the next event."""

    def next_event_logits(
        self, types: Int[Tensor, "batch time"], scalars: Float[Tensor, "batch time n"]
    ) -> Float[Tensor, "batch time types"]: ...


@runtime_checkable
class EncodesScalars(Protocol):
    """Makes a vector of a scalar, asked for by the scalar's name; values are in its own unit, NaN where missing."""

    def encode(self, feature: str, values: Float[Tensor, " n"]) -> Float[Tensor, "n width"]: ...


@runtime_checkable
class Buckets(Protocol):
    """Encodes scalars as soft one-hots, whose buckets can be looked into."""

    def bucket_weights(
        self, feature: str, values: Float[Tensor, " n"], temperature: float | None = None
    ) -> Float[Tensor, "n buckets"]: ...

    def soft_one_hot(self, feature: str) -> SoftOneHot: ...


CAPABILITIES = (Embeds, Predicts, Contextual, Attends, FillsBlanks, Classifies, PredictsEvents, EncodesScalars, Buckets)


def capabilities(model: nn.Module) -> list[str]:
    """Names of the capabilities `model` has."""
    return [protocol.__name__ for protocol in CAPABILITIES if isinstance(model, protocol)]


def forward_reader(model: Any) -> Callable[..., tuple[Tensor, Any]]:
    """(ids, state) -> (hidden, state) of a recurrent model: the half that reads forward, of one that has two."""
    return model.ahead if isinstance(model, ReadsAhead) else model


def matrices(model: nn.Module) -> dict[str, str]:
    """The embedding matrices and the names of their tensors; a shared one has one name."""
    names = {id(tensor): name for name, tensor in (*model.named_parameters(), *model.named_buffers())}
    found = {}
    if isinstance(model, Embeds):
        found["input"] = names[id(model.input_embedding())]
    if isinstance(model, Scores):
        found["output"] = names[id(model.output_embedding())]
    return found


def n_parameters(model: nn.Module) -> int:
    """Parameters, a shared one counted once."""
    return sum(parameter.numel() for parameter in model.parameters())
