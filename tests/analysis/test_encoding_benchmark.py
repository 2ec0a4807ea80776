"""The proof's arithmetic: differences are paired and weighted by events, and the interval holds what it should."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis import encoding_benchmark as benchmark


def stored(folder: Path, effect: float, n: int = 80, n_seeds: int = 5, seed: int = 0) -> Path:
    """Results in which `concat` loses `effect` nats an event more than `soft-one-hot`, but for noise."""
    draw = np.random.default_rng(seed)
    n_events = draw.integers(5, 60, n)
    hard = draw.normal(2, 1, n)  # some sequences are harder, for all encodings alike
    cells, sequences = [], []
    for encoding, more in (("soft-one-hot", 0.0), ("concat", effect)):
        for k in range(n_seeds):
            loss = (
                n_events * (hard + more) + draw.normal(0, 0.3, n) * np.sqrt(n_events) + draw.normal(0, 0.005) * n_events
            )
            key = {"log": "made up", "encoding": encoding, "seed": k}
            mean = loss.sum() / n_events.sum()
            cells.append(key | {"loss": mean, "accuracy": 0.5, "map_at_5": 0.6, "mrr": 0.7, "n_parameters": 10})
            sequences.append(pd.DataFrame(key | {"sequence": np.arange(n), "n_events": n_events, "loss": loss}))
    pd.DataFrame(cells).to_csv(folder / benchmark.CELLS, index=False)
    pd.concat(sequences).to_parquet(folder / benchmark.SEQUENCES)
    return folder


@pytest.mark.parametrize(("effect", "verdict"), [(0.1, "win"), (-0.1, "loss"), (0.0, "tie")])
def test_the_verdict_is_that_of_the_interval(tmp_path, effect, verdict):
    table = benchmark.results("made up", stored(tmp_path, effect)).set_index("encoding")
    row = table.loc["concat"].to_dict()
    assert row["verdict"] == verdict and table.loc["soft-one-hot", "verdict"] == ""
    assert row["low"] < row["difference"] < row["high"]
    # The mean of the differences is the difference of the means.
    assert row["difference"] == pytest.approx(row["loss"] - table.loc["soft-one-hot", "loss"])
    assert list(table["n_seeds"]) == [5, 5] and np.isnan(table["gap_closed"].to_numpy()).all()


def test_pairing_takes_out_what_makes_sequences_hard(tmp_path):
    losses = benchmark.sequence_losses(stored(tmp_path, 0.05))
    _, low, high = benchmark.difference_to(losses, "concat", "soft-one-hot")
    own = losses.loc[losses["encoding"] == "concat"]
    means = own["loss"].to_numpy() / own["n_events"].to_numpy()
    spread = means.std() / own["sequence"].nunique() ** 0.5
    assert high - low < spread


def test_the_interval_covers_the_truth_about_as_often_as_it_says(tmp_path):
    covered = 0
    for seed in range(40):
        losses = benchmark.sequence_losses(stored(tmp_path, 0.02, seed=seed))
        _, low, high = benchmark.difference_to(losses, "concat", "soft-one-hot")
        covered += low < 0.02 < high
    assert covered >= 34


def test_without_results_there_is_no_table(tmp_path):
    assert not len(benchmark.results("flights", tmp_path))
    assert not len(benchmark.results("another", stored(tmp_path, 0.1)))
