"""Trained event runs, seconds to make: what the pages that show events and scalars are tested on."""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from pathlib import Path

from reprlearn.data.event_config import EventData
from reprlearn.fit import fit
from reprlearn.nn.event_config import Encoding
from reprlearn.recipes import Recipe, find_recipe

SYNTHETIC: tuple[Encoding, ...] = ("soft-one-hot", "concat", "quantile", "none")
N_BUCKETS = 6


def write_event_runs(root: Path) -> Path:
    """`synthetic-*`, one scalar, in four encodings; and `trips-soft-one-hot`, on a table of its own with three scalars, one
    of them cyclic and one with missing values. Returns the folder of the runs.
    """
    runs = root / "runs"
    synthetic = find_recipe("synthetic-soft-one-hot")
    for encoding in SYNTHETIC:
        data = replace(synthetic.data, n_train_sequences=60)
        _train(replace(synthetic, name=f"synthetic-{encoding}", data=data), encoding, runs)
    table = EventData(
        table=write_trips(root / "trips.csv"), sequence_column="trip", time_column="time", type_column="place",
        scalar_columns=("delay:asinh:unit=min", "hour:cyclic=24:unit=h:ahead", "size"),
    )  # fmt: skip
    _train(replace(synthetic, name="trips-soft-one-hot", data=table), "soft-one-hot", runs)
    return runs


def write_trips(path: Path) -> Path:
    """Sixty sequences t00 ... t59 of six to twenty events at five places."""
    draw = random.Random(0)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["trip", "time", "place", "delay", "hour", "size"])
        for trip in range(60):
            time = 0.0
            for _ in range(draw.randint(6, 20)):
                time += draw.expovariate(0.2)
                delay = "" if draw.random() < 0.15 else round(draw.gauss(5, 30), 1)
                row = [
                    f"t{trip:02}",
                    round(time, 3),
                    draw.choice("ABCDE"),
                    delay,
                    round(time % 24, 2),
                    draw.randint(1, 9),
                ]
                writer.writerow(row)
    return path


def _train(recipe: Recipe, encoding: Encoding, runs: Path) -> None:
    model = replace(recipe.model, encoding=encoding, width=8, n_buckets=N_BUCKETS, dropout=0.0)
    recipe = replace(recipe, model=model, fit=replace(recipe.fit, epochs=1, batch_size=8, snapshot_words=5))
    for _ in fit(recipe, runs / recipe.name):
        pass
