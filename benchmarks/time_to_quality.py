"""How fast a good language model is trained: against the model of PyTorch's examples, on the same text, in one run.

    python -m benchmarks.time_to_quality [--data DIR] [--peer-epochs 10]

Two comparisons on a folder of already cut text, without it on `reviews`:

1. The bare training step of the peer and of `ptb-quick`, in turns, in tokens a second, and each against the machine's own
   single-precision matrix-multiply rate measured between them.
2. Time to quality. The peer is trained for so many epochs, then `ptb-quick`: after how much of the peer's time is its
   validation perplexity at most the peer's best? Seconds are of training alone; one evaluation scores both.

Every epoch of both is written to `benchmarks/results/time_to_quality.csv`.
"""

from __future__ import annotations

import argparse
import math
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import torch

from benchmarks.peers.word_language_model import BATCH_SIZE, N_LAYERS, SEQUENCE_LENGTH, WIDTH, Epoch, Peer
from reprlearn.analysis import small_model
from reprlearn.analysis.operations import operations_per_token
from reprlearn.analysis.sizes import size_of
from reprlearn.cache import whole_file
from reprlearn.data.config import TextData
from reprlearn.fit import fit
from reprlearn.fit.optimisers import make_optimisers
from reprlearn.nn.config import LSTMConfig
from reprlearn.objectives.causal import CausalObjective
from reprlearn.objectives.config import CausalConfig
from reprlearn.recipes import RECIPES, Recipe

if TYPE_CHECKING:
    from reprlearn.data.corpora import Corpus

ROUNDS = 30
PEER_MODEL = LSTMConfig(tied=True, width=WIDTH, n_layers=N_LAYERS)  # in size alone


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, metavar="DIR", help="a folder of already cut text; without it: reviews")
    parser.add_argument("--peer-epochs", type=int, default=10)
    parser.add_argument("--results", type=Path, default=small_model.RESULTS)
    options = parser.parse_args()
    recipe = RECIPES["ptb-quick"]
    assert isinstance(recipe.data, TextData)
    data = TextData() if options.data is None else replace(recipe.data, folder=options.data)
    recipe = replace(recipe, data=data)
    corpus = data.load()
    print(f"{corpus.name}: {len(corpus.splits['train']):,} tokens to train on, {len(corpus.vocabulary):,} words")
    show_steps(recipe, corpus)
    curves = pd.concat([peer_curve(corpus, options.peer_epochs), own_curve(recipe, corpus)])
    options.results.mkdir(parents=True, exist_ok=True)
    with whole_file(options.results / small_model.PEER) as path:
        curves.to_csv(path, index=False, float_format="%.6g")
    show_qualities(options.results)


def show_steps(recipe: Recipe, corpus: Corpus) -> None:
    """Time the bare step of both in turns, and print it beside the machine's matrix-multiply rate."""
    peer, square = Peer(corpus), torch.randn(2048, 2048)
    peer_batch = next(iter(CausalObjective(CausalConfig(sequence_length=SEQUENCE_LENGTH)).batches(corpus, BATCH_SIZE)))
    own_step, n_own = own_training_step(recipe, corpus)
    works: dict[str, Callable[[], object]] = {
        "peer": lambda: peer.step(peer_batch.ids, peer_batch.targets),
        recipe.name: own_step,
        "sgemm": lambda: square @ square,
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS + 2):  # the first two warm up
        for name, work in works.items():
            began = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - began)
    median = {name: statistics.median(values[2:]) for name, values in times.items()}
    peak = 2 * 2048**3 / median["sgemm"]
    print(f"\nbare step, {torch.get_num_threads()} threads; sgemm {peak / 1e9:.0f} GFLOP/s")
    print(f"{'':<12}{'parameters':>12}{'tokens/s':>10}{'of peer':>9}{'GFLOP/token':>13}{'of sgemm':>10}")
    n_tokens = {"peer": peer_batch.targets.numel(), recipe.name: n_own}
    assert isinstance(recipe.model, LSTMConfig)
    models = {"peer": PEER_MODEL, recipe.name: recipe.model}
    for name, n in n_tokens.items():
        operations = operations_per_token(models[name], len(corpus.vocabulary))
        n_parameters = size_of(models[name], len(corpus.vocabulary)).total
        speed = n / median[name]
        of_peer = speed * median["peer"] / n_tokens["peer"]
        print(
            f"{name:<12}{n_parameters:>12,}{speed:>10,.0f}{of_peer:>8.2f}x{operations / 1e9:>13.4f}"
            f"{operations * speed / peak:>10.0%}"
        )


def own_training_step(recipe: Recipe, corpus: Corpus) -> tuple[Callable[[], None], int]:
    """A training step of the recipe on its first batch, and the tokens in it."""
    model = recipe.build_model(corpus.vocabulary, torch.Generator().manual_seed(0))
    objective = recipe.objective.build()
    optimisers = make_optimisers(recipe.fit, model)
    batch = next(iter(objective.batches(corpus, recipe.fit.batch_size)))

    def step() -> None:
        with torch.autocast("cpu", torch.bfloat16, enabled=recipe.fit.precision == "bf16"):
            loss, _ = objective.loss(model, batch, None)
        model.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), recipe.fit.clip_norm)
        for optimiser in optimisers:
            optimiser.step()

    return step, batch.n_targets


def peer_curve(corpus: Corpus, n_epochs: int) -> pd.DataFrame:
    """The peer's epochs: model, epoch, tokens, seconds of training, validation perplexity, and 10^12 operations so far."""
    rows = []
    per_token = operations_per_token(PEER_MODEL, len(corpus.vocabulary))
    for number, epoch in enumerate(Peer(corpus).epochs(n_epochs), start=1):
        rows.append(_row("peer", number, epoch, per_token))
        _say(rows[-1])
    return pd.DataFrame(rows)


def own_curve(recipe: Recipe, corpus: Corpus) -> pd.DataFrame:
    """The same of the recipe; the seconds are those its training steps took, without the scoring between them."""
    assert isinstance(recipe.model, LSTMConfig)
    rows, seconds, tokens = [], 0.0, 0
    per_token = operations_per_token(recipe.model, len(corpus.vocabulary))
    with tempfile.TemporaryDirectory() as folder:
        for record in fit(recipe, Path(folder) / recipe.name, seconds_between_states=1e9):
            seconds += (record.tokens - tokens) / record.tokens_per_second
            tokens = record.tokens
            if record.valid_loss is not None:
                perplexity = math.exp(record.valid_loss)
                rows.append(_row(recipe.name, record.epoch, Epoch(tokens, seconds, perplexity), per_token))
                _say(rows[-1])
    return pd.DataFrame(rows)


def _row(model: str, number: int, epoch: Epoch, per_token: int) -> dict[str, Any]:
    return {"model": model, "epoch": number, **asdict(epoch), "teraoperations": epoch.tokens * per_token / 1e12}


def show_qualities(results: Path) -> None:
    """Print how long each took to the peer's best validation perplexity."""
    found = small_model.qualities(results)
    assert found is not None
    print("\npeer, best of {n_epochs:.0f} epochs: {peer_perplexity:.1f} after {peer_minutes:.1f} min".format_map(found))
    if math.isnan(found["minutes"]):
        print("the recipe did not get there: {perplexity:.1f} is its best".format_map(found))
    else:
        share = found["minutes"] / found["peer_minutes"]
        print(f"the recipe after {found['minutes']:.1f} min, in {share:.2f} of the time (the aim: 0.25)")


def _say(row: dict[str, Any]) -> None:
    line = "{model:<12} epoch {epoch:>2}: {valid_perplexity:>7.1f} valid after {seconds:>6.0f} s"
    print(line.format_map(row), flush=True)


if __name__ == "__main__":
    main()
