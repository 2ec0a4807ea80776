"""What each ingredient of `ptb-small` brings: it is left out, everything else stays.

    python -m benchmarks.ptb_ingredients --data DIR [--epochs 5] [--seeds 3] [--results DIR]

The recipe is shortened to a few epochs (about eight minutes on two cores), its learning-rate schedule with it, and trained
once without each of its ingredients; as it is it is trained over several seeds, whose spread says how much one training is
worth. A short training shows what makes learning faster; what keeps a long one from overfitting costs something here and
pays later. Each finished training is written at once, and skipped when the command is run again, unless its recipe or its
data have changed.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from benchmarks.cells import add, claimed, recipe_digest
from reprlearn.analysis.small_model import INGREDIENTS, RESULTS, WHOLE, ingredient_cells, ingredients
from reprlearn.data.config import TextData
from reprlearn.fit import fit
from reprlearn.nn.config import LSTMConfig
from reprlearn.objectives.config import CausalConfig
from reprlearn.recipes import RECIPES, Recipe
from reprlearn.runs import load

ADAMW_RATE = 0.003  # the best for it that was found on the reviews; Muon's would be far too high


def without_each(recipe: Recipe) -> Mapping[str, Recipe]:
    """The recipe without one ingredient, by what stands in its place; those it does not have are left out."""
    model, objective, fit_config = recipe.model, recipe.objective, recipe.fit
    assert isinstance(model, LSTMConfig) and isinstance(objective, CausalConfig)
    changed = {
        "untied": replace(recipe, model=replace(model, tied=False)),
        "layers_2x200": replace(recipe, model=replace(model, width=200, hidden_width=None, n_layers=2)),
        "no_dropout": replace(recipe, model=replace(model, dropout=0.0)),
        "no_recurrent_dropout": replace(recipe, model=replace(model, recurrent_dropout=0.0)),
        "no_word_dropout": replace(recipe, model=replace(model, word_dropout=0.0)),
        "no_penalties": replace(recipe, objective=replace(objective, activation_penalty=0.0, change_penalty=0.0)),
        "no_augmented_loss": replace(recipe, objective=replace(objective, augmented_gain=0.0)),
        "same_beginning": replace(recipe, objective=replace(objective, rotated=False)),
        # As the model of PyTorch's examples is trained, but for its falling rate.
        "sgd": replace(
            recipe,
            fit=replace(fit_config, optimiser="sgd", learning_rate=20.0, batch_size=20, clip_norm=0.25, warmup_steps=0),
        ),
        "adamw": replace(recipe, fit=replace(fit_config, optimiser="adamw", learning_rate=ADAMW_RATE)),
        "momentum": replace(recipe, fit=replace(fit_config, momentum=0.9)),
        "batches_of_32": replace(recipe, fit=replace(fit_config, batch_size=32)),
        "constant_rate": replace(recipe, fit=replace(fit_config, schedule="constant")),
        "fp32": replace(recipe, fit=replace(fit_config, precision="fp32")),
    }
    return {WHOLE: recipe} | {name: other for name, other in changed.items() if other != recipe}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, metavar="DIR", required=True, help="a folder of already cut text")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=3, help="of the whole recipe")
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    recipe = RECIPES["ptb-small"]
    assert isinstance(recipe.data, TextData)
    recipe = replace(
        recipe,
        data=replace(recipe.data, folder=options.data),
        fit=replace(recipe.fit, epochs=options.epochs, snapshot_words=0),
    )
    for name, other in without_each(recipe).items():
        finish(name, other, options.results)
    for seed in range(1, options.seeds):
        finish(WHOLE, replace(recipe, fit=replace(recipe.fit, seed=seed)), options.results)
    show(options.results)


def finish(name: str, recipe: Recipe, results: Path) -> None:
    """Train the cell, unless it is there, and add it to the results."""
    digest = recipe_digest(recipe, recipe.data.load().content_hash)
    with claimed(results, INGREDIENTS, digest) as wanted:
        if not wanted:
            return
        with tempfile.TemporaryDirectory() as folder:
            for _ in fit(recipe, Path(folder) / recipe.name, seconds_between_states=1e9):
                pass
            card = load(Path(folder) / recipe.name).card
        key = {"instead": name, "seed": recipe.fit.seed}
        row = key | {
            "epochs": recipe.fit.epochs,
            "n_parameters": card.n_parameters,
            "minutes": card.trained.wall_seconds / 60,
            "tokens_per_second": round(card.trained.tokens_per_second),
            "valid_loss": card.metrics["valid"]["loss"],
            "valid_perplexity": card.metrics["valid"]["perplexity"],
            "machine": card.trained.machine,
            "hash": digest,
        }
        add(results, key, {INGREDIENTS: pd.DataFrame([row])})
    print(f"{name}: {row['valid_perplexity']:.1f} valid, {row['minutes']:.1f} min", flush=True)


def show(results: Path) -> None:
    """Print the table, what is lost without each ingredient first."""
    print(
        f"\n{'left out, in its place':<44}{'parameters':>12}{'minutes':>9}{'perplexity':>12}{'loss more':>11}   [95 %]"
    )
    for row in ingredients(ingredient_cells(results)).to_dict("records"):
        print(
            f"{row['instead']:<44}{row['n_parameters']:>12,.0f}{row['minutes']:>9.1f}"
            f"{math.exp(row['valid_loss']):>12.1f}{row['difference']:>+11.4f}   [{row['low']:+.4f}, {row['high']:+.4f}]"
        )


if __name__ == "__main__":
    main()
