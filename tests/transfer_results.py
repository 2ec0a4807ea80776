"""Results of the downstream benchmark as its command stores them, made up: no training, and every way has a known effect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from reprlearn.analysis.transfer import CELLS, LOG_ODDS, NO_LAYER, TEXTS
from reprlearn.analysis.transfer_heads import accuracy, log_loss
from reprlearn.analysis.transfer_ways import WAYS, Way

SKILL = {"counts": 0.45, "features": 0.5, "mix": 0.6, "fine-tuned": 0.7, "random": 0.2}
"""How far apart the log-odds of the two labels lie, at 100 labels, by what is done with a model."""
N_LAYERS = {"elmo": 3, "gpt": 3, "bert": 4}
RUNS = {"word2vec": "skip-gram", "elmo": "elmo", "gpt": "gpt", "bert": "bert"}


def texts(n: int, task: str) -> pd.DataFrame:
    """n test texts, every other one with label 1."""
    return pd.DataFrame({"review_id": [f"{task}-{i}" for i in range(n)], "label": np.arange(n) % 2})


def write_results(
    folder: Path,
    tasks: Mapping[str, pd.DataFrame],
    *,
    budgets: Iterable[int] = (100, 300, 1_000, 5_000),
    ways: Iterable[Way] = WAYS,
    feature_seeds: int = 3,
    tuning_seeds: int = 2,
    skill: Mapping[str, float] = SKILL,
) -> Path:
    """tasks: review_id and label of the test texts of each task. The largest budget is all there is."""
    draw = np.random.default_rng(0)
    budgets = list(budgets)
    cells, log_odds, of_texts = [], [], []
    for task, rows in tasks.items():
        labels = rows["label"].to_numpy(np.int64)
        of_texts.append(rows[["review_id", "label"]].assign(task=task, position=np.arange(len(rows))))
        easy = draw.normal(0, 0.6, len(rows))  # some texts are easier, for all ways alike
        for way in ways:
            for n_labels in budgets:
                once: dict[int, np.ndarray] = {}
                for seed in range(tuning_seeds if way.trains_the_network else feature_seeds):
                    key = {"task": task, "way": way.name, "n_labels": n_labels, "seed": seed}
                    layers = (
                        range(N_LAYERS[way.model]) if way.use == "features" and way.model in N_LAYERS else [NO_LAYER]
                    )
                    for layer in layers:
                        apart = skill[way.use] * (1 + 0.5 * np.log10(n_labels / 100)) - 0.05 * abs(layer - 1)
                        if seed and n_labels == budgets[-1] and not way.trains_the_network:
                            found = once[layer]  # a head of all labels is fitted without chance
                        else:
                            found = (2 * labels - 1) * (apart + easy) + draw.normal(0, 1, len(rows))
                            once[layer] = found
                        of_layer = key | {"layer": layer, "chosen": layer in (1, NO_LAYER)}
                        log_odds.append(of_layer | {"log_odds": found.astype(np.float16)})
                        cells.append(
                            of_layer
                            | {
                                "all_labels": n_labels == budgets[-1], "run": RUNS.get(way.model, ""), "weights": "",
                                "c": np.nan if way.trains_the_network else 0.1,
                                "mix": "0.2000 0.5000 0.3000" if way.use == "mix" else "",
                                "epochs": 4 if way.trains_the_network else np.nan, "best_epoch": np.nan, "n_valid": 500,
                                "accuracy_valid": accuracy(found, labels), "log_loss_valid": log_loss(found, labels),
                                "accuracy_test": accuracy(found, labels), "log_loss_test": log_loss(found, labels),
                                "seconds": 1.5, "hash": f"{len(cells):016x}",
                            }
                        )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(cells).to_csv(folder / CELLS, index=False, float_format="%.6g")
    pd.DataFrame(log_odds).to_parquet(folder / LOG_ODDS, index=False, compression="zstd")
    pd.concat(of_texts).to_parquet(folder / TEXTS, index=False)
    return folder
