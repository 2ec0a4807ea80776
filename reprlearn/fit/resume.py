"""Saving where a training stands, and going on from there; `state` is the file, this is what is in it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import torch

from reprlearn.fit import state
from reprlearn.fit.training import Tally, Training
from reprlearn.progress import Progress


def save(training: Training) -> None:
    """Save the full state; the draws and the carried state of all processes are gathered into one file."""
    device = training.accelerator.device
    private = {"random": torch.get_rng_state()}
    if device.type == "cuda":
        private["random-device"] = torch.cuda.get_rng_state(device)
    if training.carried is not None:
        private |= {f"carried-{i}": part for i, part in enumerate(training.carried)}
    gathered: dict[str, Any] = {
        name: training.accelerator.gather(part[None].to(device).contiguous()) for name, part in private.items()
    }
    if not training.accelerator.is_main_process:
        return
    tally = {**vars(training.tally), "records": [asdict(record) for record in training.tally.records]}
    state.save(
        training.folder,
        {
            "model": state.parameters_of(training.model),
            "best": training.best,
            "optimiser": state.optimiser_tensors(_bare(training)),
            "private": gathered,
        },
        {**_identity(training), "tally": tally},
    )


def restore(training: Training) -> None:
    """Go on from the saved state, if there is one; `ValueError` when it belongs to another training."""
    found = state.load(training.folder)
    if found is None:
        return
    tensors, facts = found
    for name, value in _identity(training).items():
        if facts.get(name) != value:
            raise ValueError(
                f"{training.folder} was begun with {_difference(name, facts.get(name), value)};"
                " give the same to resume it, or remove the folder to begin anew"
            )
    state.put_parameters(training.model, tensors["model"])
    state.put_optimiser_tensors(_bare(training), tensors.get("optimiser", {}))
    training.best = tensors["best"]
    private = {name: part[training.accelerator.process_index] for name, part in tensors["private"].items()}
    device = training.accelerator.device
    torch.set_rng_state(private.pop("random"))
    if device.type == "cuda":
        torch.cuda.set_rng_state(private.pop("random-device"), device)
    training.carried = tuple(private[f"carried-{i}"].to(device) for i in range(len(private))) or None
    records = [Progress(**record) for record in facts["tally"].pop("records")]
    training.tally = Tally(**facts["tally"], records=records)


def _bare(training: Training) -> list[torch.optim.Optimizer]:
    """The optimisers out of accelerate's wrapping."""
    return [wrapped.optimizer for wrapped in training.optimisers]


def _difference(name: str, then: Any, now: Any) -> str:
    """The first thing in which two descriptions of a training differ: its path, and both values."""
    if isinstance(then, dict) and isinstance(now, dict):
        key = next(key for key in {**now, **then} if then.get(key) != now.get(key))
        return _difference(f"{name}.{key}".removeprefix("recipe."), then.get(key), now.get(key))
    return f"another {name} ({then!r}, now {now!r})"


def _identity(training: Training) -> dict[str, Any]:
    """What must be the same for a state to belong to this training."""
    return {
        "recipe": training.recipe.to_dict(),
        "number of processes": training.accelerator.num_processes,
        "corpus": training.corpus.content_hash,
    }
