"""Does the augmented loss alone drive the output embedding into the span of the input embedding?

    python -m benchmarks.subspace_distance [--data DIR [--as-is]] [--taus 1 2 10] [--betas 0 ... 1] [--results DIR]

Repeats the check of Inan, Khosravi & Socher 2016 (section 5.1): a 2x300 LSTM without regularisation reads 20,000
contiguous words; the rows of its input embedding have norm 1; the loss is beta J_aug tau^2 V + (1 - beta) J. At the
end the distance between the column spans of the two embeddings is measured, with that of random spans beside it.

The words are the first of the training text of a folder, or of `reviews`. Choices the paper does not name: the soft
target carries no gradient; the optimiser is Muon for the output embedding and the matrices of the LSTM, AdamW for the
rest. Adam scales each entry by itself and so leaves any span; plain gradient steps keep the span but hardly move W along
directions in which the hidden states vary little, so that what W began with stays there. Muon's step of W is its gradient
times a square matrix: the span of the gradient's columns, and all of its directions alike. A
finished training is written at once and skipped when the command is run again.
"""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import torch
from torch.nn import functional as F

from benchmarks.cells import add
from reprlearn.analysis import subspace
from reprlearn.data.config import TextData
from reprlearn.fit.muon import Muon
from reprlearn.nn.config import LSTMConfig
from reprlearn.nn.lstm import LSTMLanguageModel
from reprlearn.objectives.augmented import soft_targets

N_TOKENS, WIDTH = 20_000, 300
BATCH_SIZE, SEQUENCE_LENGTH = 20, 35
CLIP_NORM, WARMUP_STEPS = 1.0, 50
MATRIX_RATE = 0.02


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, metavar="DIR", help="a folder with train.txt; without it: reviews")
    parser.add_argument("--as-is", action="store_true", help="the folder's text is already cut into words")
    parser.add_argument("--taus", type=float, nargs="+", default=[10.0, 2.0, 1.0])
    parser.add_argument("--betas", type=float, nargs="+", default=[0.0, 1.0, 0.5, 0.1, 0.9])
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=200)
    parser.add_argument("--learning-rate", type=float, default=0.003)
    parser.add_argument("--results", type=Path, default=subspace.RESULTS)
    options = parser.parse_args()
    options.results.mkdir(parents=True, exist_ok=True)
    name, stream = contiguous_words(options.data, options.as_is)
    wanted = [
        dict(
            zip(
                subspace.KEY,
                (name, len(stream), WIDTH, options.epochs, options.learning_rate, tau, beta, seed),
                strict=True,
            )
        )
        for seed in range(options.seeds)
        for tau in options.taus
        for beta in options.betas
    ]
    for key in wanted:
        finish(key, stream, options.results)
    show(name, options.results)


def contiguous_words(folder: Path | None, as_is: bool) -> tuple[str, torch.Tensor]:
    """The name of the corpus, and its first training words as ids without gaps (n,)."""
    data = TextData() if folder is None else TextData(folder=folder, as_is=as_is)
    corpus = data.load()
    _, ids = np.unique(corpus.splits["train"][:N_TOKENS], return_inverse=True)
    return corpus.name, torch.from_numpy(ids.astype(np.int64))


def finish(key: dict[str, Any], stream: torch.Tensor, results: Path) -> None:
    """Train the cell, unless it is there, and add it to the results."""
    done = subspace.cells(results)
    if np.logical_and.reduce([done[name].to_numpy() == value for name, value in key.items()]).any():
        return
    began = time.perf_counter()
    settings = {name: key[name] for name in ("tau", "beta", "seed", "epochs", "learning_rate")}
    model, losses = train(stream, **settings)
    matrices = [m.detach().numpy() for m in (model.input_embedding(), model.output_embedding())]
    cell = key | {
        "n_types": len(matrices[0]),
        "distance": subspace.subspace_distance(*matrices),
        "random_distance": subspace.random_distance(WIDTH, len(matrices[0])),
        **losses,
    }
    add(results, key, {subspace.CELLS: pd.DataFrame([cell])})
    print(
        f"tau {key['tau']:g}, beta {key['beta']:g}, seed {key['seed']}: distance {cell['distance']:.3f},"
        f" {time.perf_counter() - began:.0f} s",
        flush=True,
    )


def train(
    stream: torch.Tensor, *, tau: float, beta: float, seed: int, epochs: int, learning_rate: float
) -> tuple[LSTMLanguageModel, dict[str, float]]:
    """The model, and the two losses of its last epoch in nats a token."""
    n_types = int(stream.max()) + 1
    config = LSTMConfig(width=WIDTH, n_layers=2, dropout=0.0)
    model = config.build(n_types, torch.Generator().manual_seed(seed))
    put_on_the_sphere(model)
    length = (len(stream) - 1) // BATCH_SIZE
    ids, targets = (part[: BATCH_SIZE * length].view(BATCH_SIZE, length) for part in (stream[:-1], stream[1:]))
    starts = range(0, length, SEQUENCE_LENGTH)
    output = model.output_embedding()
    gates = [parameter for parameter in model.layers.parameters() if parameter.ndim == 2]
    theirs = {id(parameter) for parameter in (output, *gates)}
    rest = [parameter for parameter in model.parameters() if id(parameter) not in theirs]
    muon = Muon([{"params": [output]}, {"params": gates, "n_blocks": 4}], lr=MATRIX_RATE)
    optimisers = (muon, torch.optim.AdamW(rest, lr=learning_rate, betas=(0.9, 0.99), weight_decay=0.0))
    highest = [[group["lr"] for group in optimiser.param_groups] for optimiser in optimisers]
    sums, step, n_steps = torch.zeros(2), 0, epochs * len(starts)
    for _ in range(epochs):
        state = None
        sums = torch.zeros(2)
        for start in starts:
            share = min(1.0, (step + 1) / WARMUP_STEPS) * (1 + math.cos(math.pi * step / n_steps)) / 2
            block = slice(start, start + SEQUENCE_LENGTH)
            hidden, state = model(ids[:, block], state)
            state = tuple(part.detach() for part in state)
            hidden, wanted = hidden.flatten(0, 1), targets[:, block].flatten()
            plain, augmented = both_losses(model, hidden, wanted, tau)
            model.zero_grad()
            (beta * augmented * tau**2 * n_types + (1 - beta) * plain).backward()
            torch.nn.utils.clip_grad_norm_(rest, CLIP_NORM)
            for optimiser, rates in zip(optimisers, highest, strict=True):
                for group, rate in zip(optimiser.param_groups, rates, strict=True):
                    group["lr"] = share * rate
                optimiser.step()
            put_on_the_sphere(model)
            sums += torch.stack([plain.detach(), augmented.detach()]) * len(wanted)
            step += 1
    loss, augmented_loss = (sums / targets.numel()).tolist()
    return model, {"loss": loss, "augmented_loss": augmented_loss}


def both_losses(
    model: LSTMLanguageModel, hidden: torch.Tensor, targets: torch.Tensor, tau: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """J and J_aug, means over the words."""
    logits = F.linear(hidden, model.output_embedding(), model.output_bias())
    words, of_word = targets.unique(return_inverse=True)
    soft = soft_targets(model.input_embedding().detach(), words, tau)[of_word]
    return F.cross_entropy(logits, targets), F.kl_div((logits / tau).log_softmax(1), soft, reduction="batchmean")


@torch.no_grad()
def put_on_the_sphere(model: LSTMLanguageModel) -> None:
    """Give each row of the input embedding the norm 1."""
    model.input_embedding().copy_(F.normalize(model.input_embedding()))


def show(name: str, results: Path) -> None:
    """Print the table of a corpus: mean distance over the seeds, a row a beta, a column a tau."""
    rows = subspace.cells(results)
    rows = rows.loc[rows["data"] == name]
    table = rows.pivot_table(index="beta", columns="tau", values="distance")
    random = rows["random_distance"].iloc[0]
    print(f"\n{name}: distance between the spans of the two embeddings; random spans: {random:.3f}")
    print(table.to_string(float_format=lambda value: f"{value:.3f}"))


if __name__ == "__main__":
    main()
