"""What a training step costs, what the block-wise cross entropy and half precision bring, what the augmented loss costs.

    python -m benchmarks.training_step

Times the step of the shipped tied recipe in six forms, in turns within one run, and sets each against the machine's
own single-precision matrix-multiply rate measured in the same run. The words of all forms are drawn from one Zipf
distribution: they repeat as those of a text do, and the augmented loss makes a soft target once for each word of a batch.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from unittest import mock

import torch
from torch.nn import functional as F

from reprlearn.fit.optimisers import make_optimisers
from reprlearn.nn.config import LSTMConfig
from reprlearn.objectives import causal
from reprlearn.objectives.causal import CausalBatch
from reprlearn.objectives.config import CausalConfig
from reprlearn.recipes import LSTM_TIED

VOCABULARY = 10_000
ROUNDS = 12
AUGMENTED_GAIN = 0.5


def plain_cross_entropy(
    hidden: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, targets: torch.Tensor
) -> torch.Tensor:
    return F.cross_entropy(F.linear(hidden, weight, bias).float(), targets)


def zipf_words(shape: tuple[int, int]) -> torch.Tensor:
    """Ids (batch, time) drawn with probability in proportion to 1 / rank."""
    frequency = 1 / torch.arange(1, VOCABULARY + 1, dtype=torch.float64)
    draw = torch.Generator().manual_seed(1)
    return torch.multinomial(frequency, shape[0] * shape[1], replacement=True, generator=draw).view(shape)


def step_of(precision: str, cross_entropy: Callable[..., torch.Tensor], gain: float = 0.0) -> Callable[[], None]:
    """One training step on random words, with the augmented loss where it has a gain."""
    recipe = LSTM_TIED
    assert isinstance(recipe.model, LSTMConfig) and isinstance(recipe.objective, CausalConfig)
    model = recipe.model.build(VOCABULARY, torch.Generator().manual_seed(0))
    objective = replace(recipe.objective, augmented_gain=gain).build()
    optimisers = make_optimisers(recipe.fit, model)
    ids = zipf_words((recipe.fit.batch_size, recipe.objective.sequence_length + 1))
    batch = CausalBatch(ids[:, :-1], ids[:, 1:])

    def step() -> None:
        half = torch.autocast("cpu", torch.bfloat16, enabled=precision == "bf16")
        with half, mock.patch.object(causal, "linear_cross_entropy", cross_entropy):
            loss, _ = objective.loss(model, batch, None)
        model.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), recipe.fit.clip_norm)
        for optimiser in optimisers:
            optimiser.step()

    return step


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    recipe = LSTM_TIED
    assert isinstance(recipe.model, LSTMConfig) and isinstance(recipe.objective, CausalConfig)
    forms = {
        "plain, fp32": step_of("fp32", plain_cross_entropy),
        "plain, bf16": step_of("bf16", plain_cross_entropy),
        "block-wise, fp32": step_of("fp32", causal.linear_cross_entropy),
        "block-wise, bf16": step_of("bf16", causal.linear_cross_entropy),
        "augmented, fp32": step_of("fp32", causal.linear_cross_entropy, AUGMENTED_GAIN),
        "augmented, bf16": step_of("bf16", causal.linear_cross_entropy, AUGMENTED_GAIN),
    }
    square = torch.randn(2048, 2048)
    times: dict[str, list[float]] = {name: [] for name in [*forms, "sgemm"]}
    for _ in range(ROUNDS + 2):  # the first two warm up
        for name, step in forms.items():
            times[name].append(seconds(step))
        times["sgemm"].append(seconds(lambda: square @ square))
    median = {name: statistics.median(values[2:]) for name, values in times.items()}

    tokens = recipe.fit.batch_size * recipe.objective.sequence_length
    width, layers = recipe.model.width, recipe.model.n_layers
    operations = 3 * 2 * tokens * (8 * width * width * layers + width * VOCABULARY)  # forward once, backward twice
    peak = 2 * 2048**3 / median.pop("sgemm")
    print(f"{torch.get_num_threads()} threads, sgemm {peak / 1e9:.0f} GFLOP/s, {operations / 1e9:.1f} GFLOP a step")
    print(f"{'step':<18}{'ms':>8}{'tokens/s':>10}{'of sgemm':>10}{'speed-up':>10}")
    slowest = median["plain, fp32"]
    for name, value in median.items():
        share = operations / value / peak
        print(f"{name:<18}{value * 1e3:>8.1f}{tokens / value:>10,.0f}{share:>10.0%}{slowest / value:>9.2f}x")
    n_distinct = len(zipf_words((recipe.fit.batch_size, recipe.objective.sequence_length)).unique())
    print(f"\nThe words are drawn by Zipf's law: {n_distinct} distinct ones in a batch of {tokens:,}")
    for precision in ("fp32", "bf16"):
        ratio = median[f"augmented, {precision}"] / median[f"block-wise, {precision}"]
        print(f"augmented step / block-wise step, {precision}: {ratio:.2f} (the aim: at most 1.6)")


if __name__ == "__main__":
    main()
