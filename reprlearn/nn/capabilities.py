"""What a model can be asked for. Small protocols: a page takes every run whose model has the one it needs."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from jaxtyping import Float, Int
from torch import Tensor, nn


@runtime_checkable
class Embeds(Protocol):
    """Has a vector for every word it reads."""

    def input_embedding(self) -> Float[Tensor, "vocabulary width"]: ...


@runtime_checkable
class Predicts(Protocol):
    """Has a vector for every word it predicts, and a distribution over the next one."""

    def output_embedding(self) -> Float[Tensor, "vocabulary width"]: ...

    def output_bias(self) -> Float[Tensor, " vocabulary"]: ...

    def next_token_logits(self, ids: Int[Tensor, "batch time"]) -> Float[Tensor, "batch time vocabulary"]: ...


CAPABILITIES = (Embeds, Predicts)


def capabilities(model: nn.Module) -> list[str]:
    """Names of the capabilities `model` has."""
    return [protocol.__name__ for protocol in CAPABILITIES if isinstance(model, protocol)]


def matrices(model: nn.Module) -> dict[str, str]:
    """The embedding matrices and the names of their parameters; a shared one has one name."""
    names = {id(parameter): name for name, parameter in model.named_parameters()}
    found = {}
    if isinstance(model, Embeds):
        found["input"] = names[id(model.input_embedding())]
    if isinstance(model, Predicts):
        found["output"] = names[id(model.output_embedding())]
    return found


def n_parameters(model: nn.Module) -> int:
    """Parameters, a shared one counted once."""
    return sum(parameter.numel() for parameter in model.parameters())
