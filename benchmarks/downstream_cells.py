"""One cell of `benchmarks.downstream`: skipped where it is done, else fitted, scored on every test text, and stored."""

from __future__ import annotations

import functools
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast, get_args

import numpy as np
import pandas as pd

from benchmarks.cells import add, claimed, digest_of
from reprlearn.analysis import transfer
from reprlearn.analysis.transfer_heads import accuracy, log_loss
from reprlearn.analysis.transfer_ways import Way
from reprlearn.data.config import LabelledData, TextData
from reprlearn.data.labelled import labelled_reviews
from reprlearn.data.labelled_corpus import LabelledCorpus, used
from reprlearn.runs import Run

Task = Literal["sentences", "reviews"]
TASKS: tuple[Task, ...] = get_args(Task)
BUDGETS = ("100", "300", "1000", "all")
MOST_LABELS = 10_000
MAX_WORDS = 128
N_VALID = 500
NO_FACTS = {"c": np.nan, "mix": "", "epochs": np.nan, "best_epoch": np.nan}


@dataclass(frozen=True)
class Cell:
    """A way of use, given so many labels (none: all) drawn by a seed."""

    task: Task
    way: Way
    n_labels: int | None
    seed: int


@dataclass(frozen=True)
class Setting:
    """What the cells of a grid share: the runs by the kind of model, where results and features go, how many draws features have."""

    runs: Mapping[str, Run]
    results: Path
    features: Path
    feature_seeds: int


@dataclass(frozen=True)
class Answer:
    """What a way says of the test texts, log-odds of label 1 (n,), with how it came to that; on one layer, where there are several."""

    log_odds: np.ndarray
    accuracy_valid: float
    log_loss_valid: float
    layer: int = transfer.NO_LAYER
    chosen: bool = True
    facts: tuple[tuple[str, Any], ...] = ()
    """More columns of the cell: c, mix, epochs, best_epoch."""


def finish(cell: Cell, setting: Setting) -> None:
    """Work at the cell, unless it is there, and add it to the results."""
    from benchmarks import downstream_features, downstream_tuning

    part = downstream_tuning if cell.way.trains_the_network else downstream_features
    facts = part.identity(cell, setting)
    # Where all labels are given there is one draw, and a head is fitted without chance: one answer for every seed.
    once = data_of(cell, None).n_labels is None and not cell.way.trains_the_network
    seeds = range(setting.feature_seeds) if once else [cell.seed]
    with claimed(setting.results, transfer.CELLS, digest_of(*facts, cell.seed)) as wanted:
        if not wanted:
            return
        began = time.process_time()  # of the processor: what runs beside it does not count
        answers = part.answers(cell, setting)
        seconds = time.process_time() - began
        for seed in seeds:
            _store(replace(cell, seed=seed), setting, answers, seconds, digest_of(*facts, seed))
    best = next(answer for answer in answers if answer.chosen)
    labels = test_texts(cell.task)["label"].to_numpy(np.int64)
    print(
        f"{cell.task} {cell.n_labels or 'all'} labels, {cell.way.name}, seed {cell.seed}:"
        f" accuracy {accuracy(best.log_odds, labels):.4f}, valid {best.accuracy_valid:.4f}, {seconds:.0f} s",
        flush=True,
    )


def _store(cell: Cell, setting: Setting, answers: list[Answer], seconds: float, digest: str) -> None:
    labels = test_texts(cell.task)["label"].to_numpy(np.int64)
    n_train = n_labels_of(cell.task, None)
    key = {
        "task": cell.task, "way": cell.way.name, "n_labels": n_labels_of(cell.task, cell.n_labels), "seed": cell.seed
    }  # fmt: skip
    run = setting.runs.get(cell.way.model)
    cells, log_odds = [], []
    for answer in answers:
        of_layer = key | {"layer": answer.layer, "chosen": answer.chosen}
        cells.append(
            of_layer
            | {
                "all_labels": key["n_labels"] == n_train,
                "run": "" if run is None else run.name,
                # A network from random weights has of the run its form alone.
                "weights": "" if run is None or cell.way.use == "random" else weights_hash(run),
                **NO_FACTS,
                **dict(answer.facts),
                "n_valid": N_VALID,
                "accuracy_valid": answer.accuracy_valid,
                "log_loss_valid": answer.log_loss_valid,
                "accuracy_test": accuracy(answer.log_odds, labels),
                "log_loss_test": log_loss(answer.log_odds, labels),
                "seconds": round(seconds, 2),
                "hash": digest,
            }
        )
        # Three digits are more than any of them is sure of; the sign, which is the answer, stays.
        log_odds.append(of_layer | {"log_odds": answer.log_odds.astype(np.float16)})
    tables = {transfer.LOG_ODDS: pd.DataFrame(log_odds), transfer.CELLS: pd.DataFrame(cells)}
    add(setting.results, key, tables)


def write_texts(task: Task, results: Path) -> None:
    """Store which texts the test split holds, in order, so that the log-odds can be read without the package of reviews."""
    rows = test_texts(task)
    table = pd.DataFrame(
        {"task": task, "position": np.arange(len(rows)), "review_id": rows["review_id"], "label": rows["label"]}
    )
    add(results, {"task": task}, {transfer.TEXTS: table})


@functools.lru_cache(maxsize=2)
def splits_of(task: Task) -> dict[str, pd.DataFrame]:
    """`labelled_reviews`, read once."""
    return labelled_reviews(task)


def test_texts(task: Task) -> pd.DataFrame:
    """review_id, text and label of the test split, in order."""
    return splits_of(task)["test"]


def n_labels_of(task: Task, n_labels: int | None) -> int:
    """How many labels these are, at most as many as there are, or `MOST_LABELS`."""
    return min(n_labels or MOST_LABELS, len(splits_of(task)["train"]))


def data_of(cell: Cell, run: Run | None) -> LabelledData:
    """The texts of a cell, in the words of the run that reads them."""
    there = len(splits_of(cell.task)["train"])
    n_labels = n_labels_of(cell.task, cell.n_labels)
    words = TextData(corpus="reviews-full") if run is None else cast(TextData, run.recipe.data)
    return LabelledData(
        task=cell.task, n_labels=n_labels if n_labels < there else None, draw=cell.seed, n_valid=N_VALID,
        max_words=MAX_WORDS, words_of=words,
    )  # fmt: skip


@functools.lru_cache(maxsize=8)
def corpus_of(task: Task, run: Run | None) -> LabelledCorpus:
    """All labelled texts of a task, in the words of the run; those to validate on cut down to `N_VALID`."""
    everything = Cell(task, Way("tf-idf", "counts"), None, 0)
    return replace(data_of(everything, run), n_labels=None).load()


def drawn_of(cell: Cell, run: Run | None) -> np.ndarray:
    """Positions among all training texts of those whose labels the cell is given."""
    return used("train", corpus_of(cell.task, run).splits["train"].labels, data_of(cell, run))


@functools.lru_cache(maxsize=8)
def weights_hash(run: Run) -> str:
    """Sixteen hex digits of the run's weights as they are stored."""
    return hashlib.sha256((run.path / "weights.safetensors").read_bytes()).hexdigest()[:16]
