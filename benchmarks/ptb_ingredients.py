"""What each ingredient of `ptb-small` brings: it is left out, everything else stays.

    python -m benchmarks.ptb_ingredients --data DIR [--epochs 6] [--seeds 1] [--results DIR]

The recipe is shortened to a few epochs (about eight minutes on two cores), its learning-rate schedule with it, and trained
once as it is and once without each of its ingredients. A short training shows what makes learning faster; what keeps a
long one from overfitting costs something here and pays later. Each finished training is written at once, and
skipped when the command is run again, unless its recipe or its data have changed.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
from filelock import FileLock

from benchmarks.twins_small import recipe_hash
from reprlearn.cache import whole_file
from reprlearn.data.config import TextData
from reprlearn.fit import fit
from reprlearn.nn.config import LSTMConfig
from reprlearn.objectives.config import CausalConfig
from reprlearn.recipes import RECIPES, Recipe
from reprlearn.runs import load

RESULTS = Path(__file__).parent / "results"
CELLS = "ptb_ingredients.csv"
MEANS = ("valid_loss", "n_parameters", "minutes")


def without_each(recipe: Recipe) -> Mapping[str, Recipe]:
    """The recipe without one ingredient, by what is put in its place; those it does not have are left out."""
    model, objective, fit_config = recipe.model, recipe.objective, recipe.fit
    assert isinstance(model, LSTMConfig) and isinstance(objective, CausalConfig)
    changed = {
        "an output matrix of its own": replace(recipe, model=replace(model, tied=False)),
        "layers as wide as the embedding (2 x 200)": replace(
            recipe, model=replace(model, width=200, hidden_width=None, n_layers=2)
        ),
        "no dropout of units": replace(recipe, model=replace(model, dropout=0.0)),
        "no dropout of recurrent weights": replace(recipe, model=replace(model, recurrent_dropout=0.0)),
        "no dropout of words": replace(recipe, model=replace(model, word_dropout=0.0)),
        "no activation penalties": replace(
            recipe, objective=replace(objective, activation_penalty=0.0, change_penalty=0.0)
        ),
        "no augmented loss": replace(recipe, objective=replace(objective, augmented_gain=0.0)),
        "every epoch begins at the same place": replace(recipe, objective=replace(objective, rotated=False)),
        "SGD at rate 20, clipped at 0.25": replace(
            recipe,
            fit=replace(
                fit_config, optimiser="sgd", learning_rate=20.0, clip_norm=0.25, warmup_steps=0, weight_decay=0.0
            ),
        ),
        "momentum (beta 1 = 0.9)": replace(recipe, fit=replace(fit_config, momentum=0.9)),
        "a constant rate": replace(recipe, fit=replace(fit_config, schedule="constant")),
        "single precision": replace(recipe, fit=replace(fit_config, precision="fp32")),
    }
    return {"nothing": recipe} | {name: other for name, other in changed.items() if other != recipe}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, metavar="DIR", required=True, help="a folder of already cut text")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    recipe = RECIPES["ptb-small"]
    assert isinstance(recipe.data, TextData)
    recipe = replace(
        recipe,
        data=replace(recipe.data, folder=options.data),
        fit=replace(recipe.fit, epochs=options.epochs, snapshot_words=0),
    )
    options.results.mkdir(parents=True, exist_ok=True)
    for seed in range(options.seeds):
        for name, other in without_each(recipe).items():
            finish(name, replace(other, fit=replace(other.fit, seed=seed)), options.results)
    show(options.results)


def finish(name: str, recipe: Recipe, results: Path) -> None:
    """Train the cell, unless it is there, and add it to the results."""
    digest = recipe_hash(recipe)
    if digest in set(cells(results)["hash"]):
        return
    with tempfile.TemporaryDirectory() as folder:
        for _ in fit(recipe, Path(folder) / recipe.name, seconds_between_states=1e9):
            pass
        card = load(Path(folder) / recipe.name).card
    row = {
        "instead": name,
        "seed": recipe.fit.seed,
        "epochs": recipe.fit.epochs,
        "n_parameters": card.n_parameters,
        "minutes": card.training.wall_seconds / 60,
        "tokens_per_second": round(card.training.tokens_per_second),
        "valid_loss": card.metrics["valid"]["loss"],
        "valid_perplexity": card.metrics["valid"]["perplexity"],
        "machine": card.training.machine,
        "hash": digest,
    }
    with FileLock(results / ".lock"):
        done = cells(results)
        own = (done["instead"] == name) & (done["seed"] == recipe.fit.seed)
        with whole_file(results / CELLS) as path:
            pd.concat([done.loc[~own], pd.DataFrame([row])]).to_csv(path, index=False, float_format="%.6g")
    print(f"{name}: {row['valid_perplexity']:.1f} valid, {row['minutes']:.1f} min", flush=True)


def cells(folder: Path = RESULTS) -> pd.DataFrame:
    """One row a finished training."""
    path = folder / CELLS
    return pd.read_csv(path) if path.is_file() else pd.DataFrame(columns=["instead", "seed", "hash"])


def show(results: Path) -> None:
    """Print the table: mean over the seeds, what is lost without each ingredient first."""
    rows = [
        {"instead": name, **{column: float(own[column].to_numpy(float).mean()) for column in MEANS}}
        for name, own in cells(results).groupby("instead")
    ]
    rows.sort(key=lambda row: -row["valid_loss"])
    whole = next(row["valid_loss"] for row in rows if row["instead"] == "nothing")
    print(f"\n{'left out, in its place':<44}{'parameters':>12}{'minutes':>9}{'perplexity':>12}{'loss more':>11}")
    for row in rows:
        print(
            f"{row['instead']:<44}{row['n_parameters']:>12,.0f}{row['minutes']:>9.1f}"
            f"{math.exp(row['valid_loss']):>12.1f}{row['valid_loss'] - whole:>+11.4f}"
        )


if __name__ == "__main__":
    main()
