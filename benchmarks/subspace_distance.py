"""Does the augmented loss alone drive the output embedding into the span of the input embedding?

    python -m benchmarks.subspace_distance [--data DIR [--as-is]] [--taus 1 2 10] [--betas 0 ... 1] [--results DIR]

Repeats the check of Inan, Khosravi & Socher 2016 (section 5.1): a 2x300 LSTM without regularisation reads 20,000
contiguous words; the rows of its input embedding have norm 1; the loss is beta J_aug tau^2 V + (1 - beta) J. At the
end the distance between the column spans of the two embeddings is measured, with that of random spans beside it.

The words are the first of the training text of a folder, or of `reviews`. Choices the paper does not name:

-  the soft target carries no gradient;
-  AdamW for all weights, the input embedding at a tenth of the rate: at the whole rate a row of norm 1 turns so far in a
   step that the targets, made of these rows, run away from the model and J_aug rises instead of falling;
-  then the output embedding and its bias alone, to the lowest loss for the hidden states as they are: a convex problem.
   AdamW scales each entry by itself, which leaves any span, and plain gradient steps hardly move W along directions in
   which the hidden states vary little: what W began with stays there, and says nothing of the loss.

Without the augmented loss (beta 0) the temperature plays no part: one training stands for all. A finished training is
written at once and skipped when the command is run again; several processes may share the work.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from torch.nn import functional as F

from benchmarks.cells import add, claimed, digest_of
from reprlearn.analysis import subspace
from reprlearn.data.config import TextData
from reprlearn.nn.config import LSTMConfig
from reprlearn.nn.lstm import LSTMLanguageModel, State
from reprlearn.objectives.augmented import soft_targets

N_TOKENS, WIDTH = 20_000, 300
BATCH_SIZE, SEQUENCE_LENGTH = 20, 35
CLIP_NORM, WARMUP_STEPS = 1.0, 50
EMBEDDING_SHARE = 0.1  # of the learning rate
OUTPUT_PASSES = 12


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
    name, stream = contiguous_words(options.data, options.as_is)
    how = {"epochs": options.epochs, "learning_rate": options.learning_rate}
    for seed in range(options.seeds):
        for beta in options.betas:
            for taus in [options.taus] if beta == 0 else [[tau] for tau in options.taus]:
                finish(name, stream, taus, options.results, beta=beta, seed=seed, **how)
    show(name, options.results)


def contiguous_words(folder: Path | None, as_is: bool) -> tuple[str, torch.Tensor]:
    """The name of the corpus, and its first training words as ids without gaps (n,)."""
    data = TextData() if folder is None else TextData(folder=folder, as_is=as_is)
    corpus = data.load()
    _, ids = np.unique(corpus.splits["train"][:N_TOKENS], return_inverse=True)
    return corpus.name, torch.from_numpy(ids.astype(np.int64))


def finish(
    name: str,
    stream: torch.Tensor,
    taus: Sequence[float],
    results: Path,
    *,
    beta: float,
    seed: int,
    epochs: int,
    learning_rate: float,
) -> None:
    """Train one model, unless it is there, and add it to the results, a row for each of the temperatures it stands for."""
    how = {"beta": beta, "seed": seed, "epochs": epochs, "learning_rate": learning_rate}
    digest = digest_of(name, stream.tolist(), WIDTH, list(taus), how)
    with claimed(results, subspace.CELLS, digest) as wanted:
        if not wanted:
            return
        began = time.perf_counter()
        model = train(stream, tau=taus[0], **how)
        matrices = [m.detach().numpy() for m in (model.input_embedding(), model.output_embedding())]
        cell = {
            "data": name,
            "n_tokens": len(stream),
            "width": WIDTH,
            **how,
            "hash": digest,
            "n_types": len(matrices[0]),
            "distance": subspace.subspace_distance(*matrices),
            "random_distance": subspace.random_distance(WIDTH, len(matrices[0])),
        }
        rows = [cell | {"tau": tau} | mean_losses(model, stream, tau) for tau in taus]
        add(results, {"hash": digest}, {subspace.CELLS: pd.DataFrame(rows)})
    said = " and ".join(f"{tau:g}" for tau in taus)
    print(
        f"tau {said}, beta {beta:g}, seed {seed}: distance {cell['distance']:.3f}, {time.perf_counter() - began:.0f} s",
        flush=True,
    )


def train(
    stream: torch.Tensor, *, tau: float, beta: float, seed: int, epochs: int, learning_rate: float
) -> LSTMLanguageModel:
    n_types = int(stream.max()) + 1
    model = LSTMConfig(width=WIDTH, n_layers=2, dropout=0.0).build(n_types, torch.Generator().manual_seed(seed))
    put_on_the_sphere(model)
    embedding = model.input_embedding()
    rest = [parameter for parameter in model.parameters() if parameter is not embedding]
    groups = [{"params": rest}, {"params": [embedding], "lr": EMBEDDING_SHARE * learning_rate}]
    optimiser = torch.optim.AdamW(groups, lr=learning_rate, betas=(0.9, 0.99), weight_decay=0.0)
    highest = [group["lr"] for group in optimiser.param_groups]
    ids, targets = in_rows(stream)
    starts = range(0, ids.shape[1], SEQUENCE_LENGTH)
    n_steps = epochs * len(starts)
    state: State = ()
    for step in range(n_steps):
        start = starts[step % len(starts)]
        share = min(1.0, (step + 1) / WARMUP_STEPS) * (1 + math.cos(math.pi * step / n_steps)) / 2
        for group, rate in zip(optimiser.param_groups, highest, strict=True):
            group["lr"] = share * rate
        block = slice(start, start + SEQUENCE_LENGTH)
        hidden, state = model(ids[:, block], state if start else None)
        state = tuple(part.detach() for part in state)
        model.zero_grad()
        mixed_loss(model, hidden.flatten(0, 1), targets[:, block].flatten(), tau, beta).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP_NORM)
        optimiser.step()
        put_on_the_sphere(model)
    fit_output(model, stream, tau, beta)
    return model


def in_rows(stream: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The words read and those predicted, each (batch, length): as many stretches of the text side by side."""
    length = (len(stream) - 1) // BATCH_SIZE
    ids, targets = (part[: BATCH_SIZE * length].view(BATCH_SIZE, length) for part in (stream[:-1], stream[1:]))
    return ids, targets


def mixed_loss(
    model: LSTMLanguageModel, hidden: torch.Tensor, targets: torch.Tensor, tau: float, beta: float
) -> torch.Tensor:
    """beta J_aug tau^2 V + (1 - beta) J, the mean over the words."""
    loss = torch.zeros(())
    if beta > 0:
        loss = beta * augmented_loss(model, hidden, targets, tau) * tau**2 * len(model.output_bias())
    if beta < 1:
        loss = loss + (1 - beta) * F.cross_entropy(model.output(hidden), targets)
    return loss


def augmented_loss(model: LSTMLanguageModel, hidden: torch.Tensor, targets: torch.Tensor, tau: float) -> torch.Tensor:
    """J_aug, the mean over the words."""
    words, of_word = targets.unique(return_inverse=True)
    soft = soft_targets(model.input_embedding().detach(), words, tau)[of_word]
    return F.kl_div((model.output(hidden) / tau).log_softmax(1), soft, reduction="batchmean")


@torch.no_grad()
def fit_output(model: LSTMLanguageModel, stream: torch.Tensor, tau: float, beta: float) -> None:
    """Take the output embedding and its bias to the lowest loss for the hidden states as they are.

    With x = (h, 1), C = mean x x^T and G the gradient of the loss, a step is -G C^(-1) / kappa. Where kappa bounds the
    curvature of the loss in the logits, no step raises the loss (Böhning 1992, "Multinomial logistic regression algorithm").
    diag(q) - q q^T is at most 1/2, and at most the largest q, which for J_aug is near 1 / V.
    """
    ids, targets = in_rows(stream)
    words = targets.flatten()
    hidden, _ = model(ids, None)
    x = F.pad(hidden.flatten(0, 1), (0, 1), value=1.0)
    inverse = torch.linalg.pinv(x.T.double() @ x.double() / len(x), hermitian=True)
    weights = torch.cat([model.output_embedding(), model.output_bias()[:, None]], 1)
    n_types = len(weights)
    for _ in range(OUTPUT_PASSES):
        gradient, largest = torch.zeros_like(weights), 0.0
        for some, wanted in zip(x.split(1000), words.split(1000), strict=True):
            logits = some @ weights.T
            plain, smooth = logits.softmax(1), (logits / tau).softmax(1)
            largest = max(largest, float(smooth.max()))
            aim = soft_targets(model.input_embedding(), wanted, tau)
            in_logits = beta * tau * n_types * (smooth - aim) + (1 - beta) * (plain - F.one_hot(wanted, n_types))
            gradient += in_logits.T @ some / len(x)
        kappa = beta * n_types * min(largest, 0.5) + (1 - beta) / 2
        weights -= (gradient.double() @ inverse / kappa).float()
    model.output_embedding().copy_(weights[:, :-1])
    model.output_bias().copy_(weights[:, -1])


@torch.no_grad()
def mean_losses(model: LSTMLanguageModel, stream: torch.Tensor, tau: float) -> dict[str, float]:
    """J and J_aug in nats a word."""
    ids, targets = in_rows(stream)
    hidden = model(ids, None)[0].flatten(0, 1)
    sums = torch.zeros(2)
    for some, wanted in zip(hidden.split(1000), targets.flatten().split(1000), strict=True):
        losses = F.cross_entropy(model.output(some), wanted), augmented_loss(model, some, wanted, tau)
        sums += torch.stack(losses) * len(wanted)
    return dict(zip(("loss", "augmented_loss"), (sums / len(hidden)).tolist(), strict=True))


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
