"""Tying and the augmented loss on a small model: plain, AL, RE and REAL over five seeds, paired differences.

    python -m benchmarks.twins_small [--seeds 5] [--ptb DIR] [--results DIR]

The four forms of Inan, Khosravi & Socher 2016: neither, the augmented loss (AL), tying (RE), both (REAL). Each is the
recipe of its name (`twins-small-...`), in everything else alike; with --ptb they are trained on a folder of already cut
text too, its first 300,000 words. A folder without a test split is scored on its validation split, as the rows say.
Each finished training is written at once, and skipped when the command is run again, unless its recipe or its data
have changed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import torch

from benchmarks.cells import add, claimed, recipe_digest
from reprlearn.analysis import twins_benchmark
from reprlearn.data.config import TextData
from reprlearn.fit import fit
from reprlearn.objectives.causal import CausalObjective
from reprlearn.recipes import RECIPES, Recipe
from reprlearn.runs import load

RECIPE_OF = {
    "plain": "twins-small-untied",
    "AL": "twins-small-untied-al",
    "RE": "twins-small-tied",
    "REAL": "twins-small-tied-al",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--ptb", type=Path, metavar="DIR", help="train on this folder of already cut text too")
    parser.add_argument("--no-reviews", action="store_true", help="leave the reviews out")
    parser.add_argument("--results", type=Path, default=twins_benchmark.RESULTS)
    options = parser.parse_args()
    own = RECIPES[RECIPE_OF["plain"]].data
    assert isinstance(own, TextData)
    data = [] if options.no_reviews else [own]
    if options.ptb is not None:
        data.append(replace(own, folder=options.ptb, as_is=True))
    for one in data:
        # By seed first: an interrupted benchmark then holds whole comparisons of fewer seeds.
        for seed in range(options.seeds):
            for form, name in RECIPE_OF.items():
                recipe = RECIPES[name]
                finish(replace(recipe, data=one, fit=replace(recipe.fit, seed=seed)), form, options.results)
        show(one.load().name, options.results)


def finish(recipe: Recipe, form: str, results: Path) -> None:
    """Train the cell, unless it is there, and add it to the results."""
    assert isinstance(recipe.data, TextData)
    corpus = recipe.data.load()
    digest = recipe_digest(recipe, corpus.content_hash)
    with claimed(results, twins_benchmark.CELLS, digest) as wanted:
        if not wanted:
            return
        began = time.perf_counter()
        key = {"corpus": corpus.name, "form": form, "seed": recipe.fit.seed}
        split = "test" if "test" in corpus.splits else "valid"
        with tempfile.TemporaryDirectory() as folder:
            for _ in fit(recipe, Path(folder) / recipe.name, seconds_between_states=1e9):
                pass
            run = load(Path(folder) / recipe.name)
            objective = recipe.objective.build()
            assert isinstance(objective, CausalObjective)
            stream = torch.from_numpy(corpus.splits[split].astype(np.int64))
            log_p = objective.stream_log_probabilities(run.model, stream, corpus.vocabulary.end_id).numpy()
            training = run.card.trained
            cell = key | {
                "hash": digest,
                "split": split,
                "n_parameters": run.card.n_parameters,
                "best_epoch": training.best_epoch,
                "tokens_per_second": round(training.tokens_per_second),
                "wall_seconds": round(training.wall_seconds),
                "valid_loss": run.card.metrics["valid"]["loss"],
                **run.card.metrics[split],
            }
        blocks = pd.DataFrame(key | dict(twins_benchmark.in_blocks(log_p)))
        add(results, key, {twins_benchmark.BLOCKS: blocks, twins_benchmark.CELLS: pd.DataFrame([cell])})
    print(
        f"{corpus.name} {form} seed {recipe.fit.seed}: {split} loss {cell['loss']:.4f},"
        f" perplexity {cell['perplexity']:.1f}, {time.perf_counter() - began:.0f} s",
        flush=True,
    )


def show(corpus: str, results: Path) -> None:
    """Print a corpus's table."""
    rows = twins_benchmark.results(corpus, results).to_dict("records")
    if not rows:
        return
    print(f"\n{corpus}: loss in nats a word, mean of {min(row['n_seeds'] for row in rows)} seeds")
    print(f"{'form':<8}{'parameters':>12}{'perplexity':>12}{'loss':>9}{'± seeds':>9}   less plain [95 %]")
    for row in rows:
        line = "{form:<8}{n_parameters:>12,}{perplexity:>12.1f}{loss:>9.4f}{loss_spread:>9.4f}   ".format_map(row)
        beside = "{difference:+.4f} [{low:+.4f}, {high:+.4f}]  {verdict}".format_map(row) if row["verdict"] else ""
        print(line + beside)


if __name__ == "__main__":
    main()
