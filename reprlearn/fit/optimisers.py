"""Optimisers and learning-rate schedules a recipe can name."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import torch
from torch import nn

from reprlearn.fit.muon import Muon
from reprlearn.nn.capabilities import Scores
from reprlearn.recipes import FitConfig


def make_optimisers(config: FitConfig, model: nn.Module) -> list[torch.optim.Optimizer]:
    """The optimisers that share the model's parameters out among them, each at the schedule's highest rate.

    Muon is for the matrices between the embeddings; embeddings, output and vectors go to AdamW beside it.
    """
    if config.optimiser == "sgd":
        return [
            torch.optim.SGD(
                model.parameters(), lr=config.learning_rate, momentum=config.momentum, weight_decay=config.weight_decay
            )
        ]
    matrices = _inner_matrices(model) if config.optimiser == "muon" else {}
    theirs = {id(parameter) for group in matrices.values() for parameter in group}
    rest = [parameter for parameter in model.parameters() if id(parameter) not in theirs]
    betas = (config.momentum, config.second_moment_decay)
    optimisers: list[torch.optim.Optimizer] = [
        # Fused: one pass over the embeddings in the place of ten.
        torch.optim.AdamW(rest, lr=config.learning_rate, betas=betas, weight_decay=config.weight_decay, fused=True)
    ]
    if matrices:
        groups = [{"params": parameters, "n_blocks": n_blocks} for n_blocks, parameters in matrices.items()]
        optimisers.append(Muon(groups, lr=config.matrix_rate))
    return optimisers


def _inner_matrices(model: nn.Module) -> dict[int, list[nn.Parameter]]:
    """Matrices that are no table of vectors (neither an embedding nor what scores words or event types), by the number of
    matrices they stack: four gates in a weight of an LSTM.
    """
    tables = {id(module.weight) for module in model.modules() if isinstance(module, nn.Embedding)}
    if isinstance(model, Scores):
        tables.add(id(model.output_embedding()))
    found: dict[int, list[nn.Parameter]] = {}
    for module in model.modules():
        for parameter in module.parameters(recurse=False):
            if parameter.ndim == 2 and id(parameter) not in tables:
                found.setdefault(4 if isinstance(module, nn.LSTM) else 1, []).append(parameter)
    return found


def set_rates(config: FitConfig, optimisers: Iterable[torch.optim.Optimizer], step: int, total_steps: int) -> float:
    """Put every group at its rate of this step; they all follow the schedule. Returns `learning_rate`."""
    rate = learning_rate(config, step, total_steps)
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            highest = config.matrix_rate if isinstance(_bare(optimiser), Muon) else config.learning_rate
            group["lr"] = rate * (highest / config.learning_rate)
    return rate


def _bare(optimiser: Any) -> Any:
    """An optimiser out of accelerate's wrapping."""
    return getattr(optimiser, "optimizer", optimiser)


def learning_rate(config: FitConfig, step: int, total_steps: int) -> float:
    """Rate of step number `step` (from 0): warm-up, hold, then the schedule's fall to zero after the last step."""
    if step < config.warmup_steps:
        return config.learning_rate * (step + 1) / config.warmup_steps
    falls_from = max(config.warmup_steps, round(config.hold * total_steps))
    if config.schedule == "constant" or step < falls_from:
        return config.learning_rate
    progress = (step - falls_from) / max(1, total_steps - falls_from)
    if config.schedule == "linear":
        return config.learning_rate * (1 - progress)
    return config.learning_rate * 0.5 * (1 + math.cos(math.pi * progress))
