"""What ways of use come to on the downstream tasks: accuracies with intervals, and which way is ahead.

`benchmarks.downstream` makes three tables. A row of the cells is a way of use, given some labels by a seed, on one layer of the
model where it has layers; `chosen` marks the layer that did best on the validation texts, which is the way's. Of each, the
log-odds of every test text are kept, so that ways are compared text by text. Intervals are 95 %, over texts and draws of
labels (`transfer_differences`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from reprlearn.analysis.results import RESULTS
from reprlearn.analysis.transfer_differences import interval_of_mean, n_answers
from reprlearn.analysis.transfer_ways import BY_NAME, WAYS

CELLS, LOG_ODDS, TEXTS = "downstream.csv", "downstream_log_odds.parquet", "downstream_texts.parquet"
NO_LAYER = -1
COLUMNS = (
    *(
        "task",
        "way",
        "n_labels",
        "all_labels",
        "seed",
        "layer",
        "chosen",
        "run",
        "weights",
        "c",
        "mix",
        "epochs",
        "best_epoch",
    ),
    *("n_valid", "accuracy_valid", "log_loss_valid", "accuracy_test", "log_loss_test", "seconds", "hash"),
)
"""Of the cells: what `benchmarks.downstream` writes."""


@dataclass(frozen=True)
class Results:
    """The three tables of one task; to read only.

    cells:     `COLUMNS`
    log_odds:  task, way, n_labels, seed, layer, chosen, log_odds: of label 1 for each test text, in the order of `texts`
    texts:     task, position, review_id, label (0, 1), of the test split
    """

    cells: pd.DataFrame
    log_odds: pd.DataFrame
    texts: pd.DataFrame

    @cached_property
    def labels(self) -> np.ndarray:
        """(texts,) 0 or 1."""
        return self.texts["label"].to_numpy(np.int64)

    @property
    def budgets(self) -> list[int]:
        """Numbers of labels, fewest first."""
        return sorted(int(n) for n in set(self.cells["n_labels"]))

    @property
    def all_labels(self) -> int | None:
        """The number that is all there are; None where that was not measured."""
        found = self.cells.loc[self.cells["all_labels"].astype(bool), "n_labels"]
        return int(found.max()) if len(found) else None

    @property
    def ways(self) -> list[str]:
        """Names of the ways there are results of, in the order of `WAYS`."""
        there = set(self.cells["way"])
        return [way.name for way in WAYS if way.name in there]

    def scores(self, way: str, n_labels: int, layer: int | None = None) -> pd.DataFrame:
        """Log-odds of label 1, a row a test text, a column a seed; of the chosen layer, or of another."""
        rows = self.log_odds
        own = rows.loc[
            (rows["way"] == way)
            & (rows["n_labels"] == n_labels)
            & (rows["chosen"].astype(bool) if layer is None else rows["layer"] == layer)
        ].sort_values("seed")
        return pd.DataFrame(
            {seed: np.asarray(row, np.float64) for seed, row in zip(own["seed"], own["log_odds"], strict=True)},
            index=self.texts.index,
        )

    def correct(self, way: str, n_labels: int, layer: int | None = None) -> pd.DataFrame:
        """Which test texts are told right, 0.0 or 1.0, as `scores` has them."""
        scores = self.scores(way, n_labels, layer)
        return ((scores > 0) == (self.labels == 1)[:, None]).astype(np.float64)


def read_results(task: str, folder: Path = RESULTS) -> Results | None:
    """The results of a task; None where there are none, or one of the tables is missing.

    `ValueError` for a file that cannot be read, or tables that do not belong together.
    """
    paths = [folder / name for name in (CELLS, LOG_ODDS, TEXTS)]
    if not all(path.is_file() for path in paths):
        return None
    try:
        tables = [pd.read_csv(path) if path.suffix == ".csv" else pd.read_parquet(path) for path in paths]
        cells, log_odds, texts = (table.loc[table["task"] == task].reset_index(drop=True) for table in tables)
        # A way that this program does not know is of another version, and has no name here.
        cells, log_odds = (table.loc[table["way"].isin(list(BY_NAME))] for table in (cells, log_odds))
        found = Results(cells, log_odds, texts.sort_values("position", ignore_index=True))
        n = {len(row) for row in log_odds["log_odds"]}
        if missing := [column for column in COLUMNS if column not in cells]:
            raise ValueError(f"{CELLS} has no column {missing[0]!r}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ValueError(f"the tables of benchmarks.downstream cannot be read ({reason})") from None
    if n - {len(texts)}:
        raise ValueError(f"the tables of benchmarks.downstream are not of the same {len(texts):,} texts")
    return found if len(cells) else None


def accuracies(results: Results) -> pd.DataFrame:
    """A row for each way and number of labels.

    accuracy, low, high:  mean over the seeds, on the test texts, and its interval
    accuracy_valid:       the same on the validation texts, which chose among settings
    spread:               standard deviation over the seeds; NaN for one
    log_loss:             mean over the seeds, nats a text
    n_seeds, seconds:     draws that were answered differently, and the median seconds of a cell
    layers, run:          the layers that were chosen, as text, and the run that was put to use
    """
    cells = results.cells.loc[results.cells["chosen"].astype(bool)]
    rows = []
    for way in results.ways:
        for n_labels in results.budgets:
            own = cells.loc[(cells["way"] == way) & (cells["n_labels"] == n_labels)]
            if own.empty:
                continue
            mean, low, high = interval_of_mean(results.correct(way, n_labels).to_numpy())
            n_seeds = n_answers(results.scores(way, n_labels))
            layers = sorted({int(layer) for layer in own["layer"] if layer != NO_LAYER})
            rows.append(
                {
                    "way": way, "model": BY_NAME[way].model, "use": BY_NAME[way].use, "n_labels": n_labels,
                    "accuracy": mean, "low": low, "high": high,
                    "accuracy_valid": own["accuracy_valid"].to_numpy(np.float64).mean(),
                    "spread": own["accuracy_test"].to_numpy(np.float64).std(ddof=1) if n_seeds > 1 else np.nan,
                    "log_loss": own["log_loss_test"].to_numpy(np.float64).mean(),
                    "n_seeds": n_seeds, "seconds": float(np.median(own["seconds"].to_numpy(np.float64))),
                    "layers": ", ".join(map(str, layers)), "run": _said(own["run"]),
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def layer_accuracies(results: Results, n_labels: int) -> pd.DataFrame:
    """Of the ways that take one layer of several as features, a row for each layer.

    model, layer, accuracy, low, high:  of the layer's features alone
    n_chosen, n_seeds:  in how many of the draws (that were answered differently) the validation texts chose it
    best, level:        whether its accuracy is the highest of its model, and whether it cannot be told from the highest
    """
    cells = results.cells.loc[(results.cells["n_labels"] == n_labels)]
    rows = []
    for way in results.ways:
        own = cells.loc[(cells["way"] == way) & (cells["layer"] != NO_LAYER)]
        layers = sorted({int(layer) for layer in own["layer"]})
        correct = {layer: results.correct(way, n_labels, layer) for layer in layers}
        best = max(layers, key=lambda layer: correct[layer].to_numpy().mean(), default=NO_LAYER)
        for layer in layers:
            at, n_seeds = own.loc[own["layer"] == layer], n_answers(results.scores(way, n_labels, layer))
            mean, low, high = interval_of_mean(correct[layer].to_numpy())
            _, behind, _ = interval_of_mean((correct[best] - correct[layer]).to_numpy())
            rows.append(
                {
                    "model": BY_NAME[way].model, "layer": layer, "accuracy": mean, "low": low, "high": high,
                    "n_chosen": min(int(at["chosen"].astype(bool).sum()), n_seeds), "n_seeds": n_seeds, "best": layer == best,
                    "level": behind <= 0,
                }
            )  # fmt: skip
    columns = ["model", "layer", "accuracy", "low", "high", "n_chosen", "n_seeds", "best", "level"]
    return pd.DataFrame(rows, columns=columns)


def mix_shares(cells: pd.DataFrame) -> list[float]:
    """The mean share of each layer in the mixes of these cells; none where there is no mix."""
    mixes = [[float(share) for share in str(mix).split()] for mix in cells["mix"].dropna()]
    return np.mean(mixes, axis=0).tolist() if mixes and len({len(mix) for mix in mixes}) == 1 else []


def _said(column: Any) -> str:
    return ", ".join(dict.fromkeys(str(value) for value in column.dropna() if str(value)))
