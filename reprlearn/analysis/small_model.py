"""The best small model: how `ptb-small` was trained, what each of its ingredients brings, how long a peer takes.

Its text is not ours to pass on, so the model does not ship; what its trainings left in figures does. The tables are made by
`benchmarks.small_model` (its curve), `benchmarks.ptb_ingredients` (leave-one-out) and `benchmarks.time_to_quality` (the peer).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from reprlearn.analysis.operations import training_costs
from reprlearn.analysis.results import RESULTS
from reprlearn.runs import Run

CURVE, INGREDIENTS, PEER = "ptb_small.csv", "ptb_ingredients.csv", "time_to_quality.csv"
PEER_COLUMNS = ["model", "epoch", "tokens", "seconds", "valid_perplexity", "teraoperations"]
WHOLE = "nothing"
"""What is left out of the recipe as it is."""


def curve_of(run: Run) -> pd.DataFrame:
    """A run's curve and what says how it came about, without its text or where that lies.

    name, corpus, n_parameters, machine:  of the run, the same in every row
    epoch, tokens, minutes, teraoperations, train_loss, valid_loss:  of the training; valid_loss is NaN within an epoch
    """
    card = run.card
    costs = training_costs(run)
    facts = {
        "name": card.name,
        "corpus": card.corpus.name,
        "n_parameters": card.n_parameters,
        "machine": "" if card.training is None else card.training.machine,
    }
    of_training = ("epoch", "tokens", "minutes", "teraoperations", "train_loss", "valid_loss")
    return pd.DataFrame(facts | {name: costs[name] for name in of_training})


def curve(folder: Path = RESULTS) -> pd.DataFrame:
    """What `curve_of` gave of the training that is shown; empty: none was kept."""
    return _read(folder / CURVE, ["name", "epoch", "minutes", "train_loss", "valid_loss"])


def peer_curve(folder: Path = RESULTS) -> pd.DataFrame:
    """The epochs of the model of PyTorch's examples on the same text and machine, with columns of `curve`; empty: none was run.

    Minutes are those of its training steps alone, without the scoring between them.
    """
    rows = _read(folder / PEER, PEER_COLUMNS)
    rows = rows.loc[rows["model"] == "peer"]
    return pd.DataFrame(
        {
            "epoch": rows["epoch"],
            "tokens": rows["tokens"],
            "minutes": rows["seconds"] / 60,
            "teraoperations": rows["teraoperations"],
            "train_loss": np.nan,
            "valid_loss": np.log(rows["valid_perplexity"].astype(np.float64)),
        }
    ).reset_index(drop=True)


def qualities(folder: Path = RESULTS) -> dict[str, float] | None:
    """How long the peer took to its best validation perplexity, and the recipe to the same; None: it was not measured.

    n_epochs, peer_perplexity, peer_minutes:  of the peer's training, its best, and when that was reached
    minutes:     of the recipe's training to a validation perplexity no higher, NaN where it did not get there
    perplexity:  the recipe's best
    """
    rows = _read(folder / PEER, PEER_COLUMNS)
    peer, own = (rows.loc[(rows["model"] == "peer") == is_peer] for is_peer in (True, False))
    if peer.empty or own.empty:
        return None
    best = peer.loc[peer["valid_perplexity"].idxmin()]
    reached = own.loc[own["valid_perplexity"] <= best["valid_perplexity"], "seconds"].to_numpy(np.float64)
    return {
        "n_epochs": float(len(peer)),
        "peer_perplexity": float(best["valid_perplexity"]),
        "peer_minutes": float(best["seconds"]) / 60,
        "minutes": float(reached.min()) / 60 if len(reached) else np.nan,
        "perplexity": float(own["valid_perplexity"].to_numpy(np.float64).min()),
    }


def ingredient_cells(folder: Path = RESULTS) -> pd.DataFrame:
    """One row a finished training of `benchmarks.ptb_ingredients`; empty: none was done."""
    return _read(folder / INGREDIENTS, ["instead", "seed", "hash", "valid_loss"])


def ingredients(cells: pd.DataFrame) -> pd.DataFrame:
    """What is lost without each ingredient: a row for each, the dearest first, the whole recipe last; empty without it.

    instead:                what was put in the ingredient's place
    n_seeds, n_parameters, minutes, valid_loss:  of its trainings, the means
    difference, low, high:  valid_loss less that of the whole recipe, nats a word, 95 % interval

    Few seeds are trained, so the spread of one training is taken from the recipe that has most seeds to tell it by, the whole one,
    and Student's t with it. The interval is NaN where that recipe has one seed.
    """
    groups = {str(name): own for name, own in cells.groupby("instead", sort=False)}
    if WHOLE not in groups:
        return pd.DataFrame(columns=["instead", "n_seeds", "difference", "low", "high"])
    whole = groups[WHOLE]["valid_loss"].to_numpy(np.float64)
    spread = whole.std(ddof=1) if len(whole) > 1 else np.nan
    reach = stats.t.ppf(0.975, len(whole) - 1) if len(whole) > 1 else np.nan
    rows = []
    for name, own in groups.items():
        means = {key: float(own[key].to_numpy(np.float64).mean()) for key in ("n_parameters", "minutes", "valid_loss")}
        difference = means["valid_loss"] - whole.mean()
        half = 0.0 if name == WHOLE else reach * spread * np.sqrt(1 / len(own) + 1 / len(whole))
        rows.append(
            {"instead": name, "n_seeds": len(own), **means, "difference": difference}
            | {"low": difference - half, "high": difference + half}
        )
    rows.sort(key=lambda row: (row["instead"] == WHOLE, -row["difference"]))
    return pd.DataFrame(rows)


def _read(path: Path, columns: list[str]) -> pd.DataFrame:
    return pd.read_csv(path) if path.is_file() else pd.DataFrame(columns=columns)
