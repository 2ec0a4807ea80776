"""The full state of a training, so that a killed one goes on to the numbers it would have had.

One safetensors file, replaced atomically: tensors of the model, the best model so far, the optimiser, the random
generators and the state carried through the text; everything else as JSON in the file's metadata. No pickle.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from reprlearn.cache import whole_file
from reprlearn.runs.weights import writing

FILE_NAME = "state.safetensors"


def parameters_of(model: nn.Module) -> dict[str, Tensor]:
    """Copies of the parameters, a shared one once."""
    return {name: parameter.detach().cpu().clone() for name, parameter in model.named_parameters()}


@torch.no_grad()
def put_parameters(model: nn.Module, values: Mapping[str, Tensor]) -> None:
    """Write `values` into the parameters in place, so that shared ones stay shared."""
    for name, parameter in model.named_parameters():
        parameter.copy_(values[name])


def save(folder: Path, tensors: Mapping[str, Mapping[str, Tensor]], facts: Mapping[str, Any]) -> None:
    """Write groups of tensors and JSON-able `facts`; what stood there before is replaced only by a complete file."""
    flat = {
        f"{group}/{name}": tensor.cpu().contiguous() for group, part in tensors.items() for name, tensor in part.items()
    }
    with whole_file(folder / FILE_NAME) as temporary, writing(folder / FILE_NAME):
        save_file(flat, temporary, metadata={"facts": json.dumps(facts)})


def load(folder: Path) -> tuple[dict[str, dict[str, Tensor]], dict[str, Any]] | None:
    """What `save` wrote, or None where nothing was saved yet."""
    path = folder / FILE_NAME
    if not path.exists():
        return None
    groups: dict[str, dict[str, Tensor]] = {}
    try:
        with safe_open(path, framework="pt") as file:
            facts = json.loads(file.metadata()["facts"])
            for key in file.keys():  # noqa: SIM118 (safe_open is no mapping)
                group, name = key.split("/", 1)
                groups.setdefault(group, {})[name] = file.get_tensor(key)
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path} cannot be read ({error}); remove {folder} and train anew") from None
    return groups, facts


def optimiser_tensors(optimisers: Sequence[torch.optim.Optimizer]) -> dict[str, Tensor]:
    """The optimisers' own tensors by number of optimiser and parameter, and name, e.g. `0/3/exp_avg`."""
    return {
        f"{i}/{number}/{name}": torch.as_tensor(value)
        for i, optimiser in enumerate(optimisers)
        for number, entries in optimiser.state_dict()["state"].items()
        for name, value in entries.items()
        if value is not None
    }


def put_optimiser_tensors(optimisers: Sequence[torch.optim.Optimizer], tensors: Mapping[str, Tensor]) -> None:
    """The inverse of `optimiser_tensors`; rates and decays stay as they are."""
    states: list[dict[int, dict[str, Tensor]]] = [{} for _ in optimisers]
    for key, tensor in tensors.items():
        i, number, name = key.split("/", 2)
        states[int(i)].setdefault(int(number), {})[name] = tensor
    for optimiser, state in zip(optimisers, states, strict=True):
        optimiser.load_state_dict({"state": state, "param_groups": optimiser.state_dict()["param_groups"]})
