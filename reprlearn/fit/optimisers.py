"""Optimisers and learning-rate schedules a recipe can name."""

from __future__ import annotations

import math
from collections.abc import Iterable

import torch
from torch import Tensor

from reprlearn.recipes import FitConfig


def make_optimiser(config: FitConfig, parameters: Iterable[Tensor]) -> torch.optim.Optimizer:
    """The optimiser at the schedule's highest rate."""
    if config.optimiser == "sgd":
        return torch.optim.SGD(
            parameters, lr=config.learning_rate, momentum=config.momentum, weight_decay=config.weight_decay
        )
    betas = (config.momentum, config.second_moment_decay)
    return torch.optim.AdamW(parameters, lr=config.learning_rate, betas=betas, weight_decay=config.weight_decay)


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
