"""Which encoding of scalars predicts the next event best: every encoding, five seeds, paired differences.

    python -m benchmarks.event_encodings [--logs synthetic flights] [--seeds 5] [--results DIR]

A cell is a training of the recipe of that encoding, in everything else alike. Each finished cell is written to the
results at once, and skipped when the command is run again, unless its recipe or its data have changed. The tables are
printed at the end from what is stored; the soft one-hot page shows the same.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.cells import add, claimed, recipe_digest
from reprlearn.analysis import encoding_benchmark
from reprlearn.data.event_config import EventData
from reprlearn.fit import fit
from reprlearn.objectives.next_event import NextEventObjective
from reprlearn.recipes import RECIPES, Recipe
from reprlearn.runs import load

ENCODINGS = ("none", "concat", "mask", "soft-one-hot", "quantile", "ple", "plr", "autodis")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--logs", nargs="+", default=["synthetic", "flights"], choices=["synthetic", "flights"])
    parser.add_argument("--encodings", nargs="+", default=ENCODINGS, choices=ENCODINGS)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--results", type=Path, default=encoding_benchmark.RESULTS)
    options = parser.parse_args()
    for name in options.logs:
        # By seed first: an interrupted benchmark then holds whole comparisons of fewer seeds.
        for seed in range(options.seeds):
            for encoding in options.encodings:
                recipe = RECIPES[f"{name}-{encoding}"]
                finish(replace(recipe, fit=replace(recipe.fit, seed=seed)), name, encoding, options.results)
    for name in options.logs:
        show(name, options.results)


def finish(recipe: Recipe, name: str, encoding: str, results: Path) -> None:
    """Train the cell, unless it is there, and add it to the results."""
    seed = recipe.fit.seed
    digest = recipe_digest(recipe, recipe.data.load().content_hash)
    with claimed(results, encoding_benchmark.CELLS, digest) as wanted:
        if not wanted:
            return
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            for _ in fit(recipe, Path(folder) / recipe.name, seconds_between_states=1e9):
                pass
            run = load(Path(folder) / recipe.name)
            assert isinstance(recipe.data, EventData)
            objective = recipe.objective.build()
            assert isinstance(objective, NextEventObjective)
            test = recipe.data.load().splits["test"]
            log_p = objective.score(run.model, test).log_p
            of_sequence = np.repeat(np.arange(len(test)), test.lengths)[test.has_target]
            key = {"log": name, "encoding": encoding, "seed": seed}
            cell = key | {
                "hash": digest,
                "n_parameters": run.card.n_parameters,
                "best_epoch": run.card.trained.best_epoch,
                "events_per_second": round(run.card.trained.tokens_per_second),
                "valid_loss": run.card.metrics["valid"]["loss"],
                **run.card.metrics["test"],
            }
            sequences = pd.DataFrame(
                key
                | {
                    "sequence": np.arange(len(test)),
                    "n_events": np.bincount(of_sequence, minlength=len(test)),
                    "loss": np.bincount(of_sequence, weights=-log_p, minlength=len(test)),
                }
            )
        add(results, key, {encoding_benchmark.SEQUENCES: sequences, encoding_benchmark.CELLS: pd.DataFrame([cell])})
    print(
        f"{name} {encoding} seed {seed}: test loss {cell['loss']:.4f}, {time.perf_counter() - began:.0f} s", flush=True
    )


def show(name: str, results: Path) -> None:
    """Print a log's table."""
    rows = encoding_benchmark.results(name, results).to_dict("records")
    if not rows:
        return
    counting = encoding_benchmark.of_log(encoding_benchmark.cells(results), name).to_dict("records")[0]
    print(f"\n{name}: test loss in nats an event, mean of {min(row['n_seeds'] for row in rows)} seeds")
    for kind in ("majority", "bigram"):
        print(f"  {kind}: loss {counting[kind + '_loss']:.4f}, accuracy {counting[kind + '_accuracy']:.4f}")
    head = f"{'encoding':<14}{'loss':>8}{'± seeds':>9}{'acc.':>8}{'MAP@5':>8}{'MRR':>8}"
    print(f"{head}   less soft one-hot [95 %]      soft one-hot")
    for row in rows:
        beside = "{difference:+.4f} [{low:+.4f}, {high:+.4f}]   {verdict}".format_map(row) if row["verdict"] else ""
        metrics = "{encoding:<14}{loss:>8.4f}{loss_spread:>9.4f}{accuracy:>8.4f}{map_at_5:>8.4f}{mrr:>8.4f}   "
        print(metrics.format_map(row) + beside)
    if not np.isnan(rows[0]["regret"]):
        best, without = rows[0]["oracle_loss"], rows[0]["oracle_loss_without_scalar"]
        print(
            f"best there is: {best:.4f} with the scalar, {without:.4f} without; the scalar tells {without - best:.4f} nats"
        )
        for row in rows:
            own = f", {row['loss'] - without:+.4f} over its own best" if row["encoding"] == "none" else ""
            print("{encoding:<14}regret {regret:.4f}, closes {gap_closed:.1%} of the gap".format_map(row) + own)


if __name__ == "__main__":
    main()
