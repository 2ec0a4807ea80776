"""Which encoding of the scalars predicts events best: paired differences over seeds, with their spread.

`benchmarks.event_encodings` trains the cells and stores, for each test sequence, the sum of its events' losses. The
interval is over sequences and seeds (`paired_interval`).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from reprlearn.analysis import paired_interval
from reprlearn.analysis.results import RESULTS

CELLS, SEQUENCES = "event_encodings.csv", "event_encodings_sequences.parquet"
REFERENCE = "soft-one-hot"


def cells(folder: Path = RESULTS) -> pd.DataFrame:
    """One row a training: log, encoding, seed, the metrics on the test split, size and time. Empty: none was done."""
    path = folder / CELLS
    return pd.read_csv(path) if path.is_file() else pd.DataFrame(columns=["log", "encoding", "seed", "hash"])


def sequence_losses(folder: Path = RESULTS) -> pd.DataFrame:
    """log, encoding, seed, sequence, n_events (predicted) and loss, the sum over them in nats."""
    path = folder / SEQUENCES
    columns = ["log", "encoding", "seed", "sequence", "n_events", "loss"]
    return pd.read_parquet(path) if path.is_file() else pd.DataFrame(columns=columns)


def results(log: str, folder: Path = RESULTS) -> pd.DataFrame:
    """The encodings of a log, best first; empty where the benchmark has not been run.

    loss, accuracy, map_at_5, mrr:  mean over the seeds, on the test split
    loss_spread:  standard deviation of the loss over the seeds
    difference, low, high:  loss less that of the soft one-hot in nats an event, with its 95 % interval
    verdict:      of the soft one-hot: "win", "loss", or "tie" where the interval holds zero; "" beside itself
    regret, gap_closed:  of a synthetic log: loss less the best there is, and the share of what the scalar tells that
                  was learned; NaN elsewhere
    """
    table, losses = (of_log(found, log) for found in (cells(folder), sequence_losses(folder)))
    rows = []
    for encoding in sorted(set(table["encoding"])):
        own = table.loc[table["encoding"] == encoding]
        metrics = {name: own[name].to_numpy(np.float64) for name in ("loss", "accuracy", "map_at_5", "mrr")}
        difference, low, high = difference_to(losses, encoding, REFERENCE)
        row: dict[str, object] = {
            "encoding": encoding,
            **{name: float(values.mean()) for name, values in metrics.items()},
            "loss_spread": float(metrics["loss"].std(ddof=1)) if len(own) > 1 else np.nan,
            "n_seeds": len(own),
            "n_parameters": int(own["n_parameters"].to_numpy()[0]),
            "difference": difference,
            "low": low,
            "high": high,
            "verdict": "" if encoding == REFERENCE else "win" if low > 0 else "loss" if high < 0 else "tie",
            "regret": np.nan,
            "gap_closed": np.nan,
        }
        oracle = ("oracle_loss", "oracle_loss_without_scalar")
        if oracle[0] in own and not np.isnan(own[oracle[0]].to_numpy(np.float64)).any():
            best, without = (float(own[name].to_numpy()[0]) for name in oracle)
            loss = float(metrics["loss"].mean())
            row |= {**dict(zip(oracle, (best, without), strict=True)), "regret": loss - best}
            row["gap_closed"] = (without - loss) / (without - best)
        rows.append(row)
    return pd.DataFrame(rows).sort_values("loss", ignore_index=True) if rows else pd.DataFrame()


def of_log(table: pd.DataFrame, log: str) -> pd.DataFrame:
    """The rows of one log."""
    return table.loc[table["log"] == log]


def difference_to(losses: pd.DataFrame, encoding: str, reference: str) -> tuple[float, float, float]:
    """Loss of `encoding` less that of `reference`, nats an event, over the seeds both have; with its 95 % interval."""
    return paired_interval.difference_to(losses, encoding, reference, form="encoding", unit="sequence", n="n_events")
