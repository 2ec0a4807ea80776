"""Which of tying, the augmented loss and both is better than the plain model, over seeds: paired differences.

`benchmarks.twins_small` trains the cells and stores, for each block of the test text, the sum of its words' losses. The
interval is over blocks and seeds (`paired_interval`).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from reprlearn.analysis import paired_interval
from reprlearn.analysis.results import RESULTS

CELLS, BLOCKS = "twins_small.csv", "twins_small_blocks.parquet"
FORMS = ("plain", "AL", "RE", "REAL")
WORDS_PER_BLOCK = 500  # what is said in one place hangs together: the units of an interval are blocks, not words


def cells(folder: Path = RESULTS) -> pd.DataFrame:
    """One row a training: corpus, form, seed, the metrics on the test split, size and time. Empty: none was done."""
    path = folder / CELLS
    return pd.read_csv(path) if path.is_file() else pd.DataFrame(columns=["corpus", "form", "seed", "hash"])


def block_losses(folder: Path = RESULTS) -> pd.DataFrame:
    """corpus, form, seed, block, n_tokens and loss, the sum over them in nats."""
    path = folder / BLOCKS
    columns = ["corpus", "form", "seed", "block", "n_tokens", "loss"]
    return pd.read_parquet(path) if path.is_file() else pd.DataFrame(columns=columns)


def in_blocks(log_probabilities: np.ndarray) -> pd.DataFrame:
    """block, n_tokens and loss of a text whose n words have these log-probabilities, in order."""
    starts = np.arange(0, len(log_probabilities), WORDS_PER_BLOCK)
    return pd.DataFrame(
        {
            "block": np.arange(len(starts)),
            "n_tokens": np.diff(np.append(starts, len(log_probabilities))),
            "loss": np.add.reduceat(-np.asarray(log_probabilities, dtype=np.float64), starts),
        }
    )


def results(corpus: str, folder: Path = RESULTS) -> pd.DataFrame:
    """The forms of a corpus in the order of `FORMS`, those there are; empty where the benchmark has not been run.

    loss, loss_spread:      mean and standard deviation over the seeds, on the scored split, nats a word
    perplexity:             exp(loss)
    n_seeds, n_parameters:  of the form
    difference, low, high:  loss less that of the plain form over the seeds both have, nats a word, 95 % interval
    verdict:                "better" or "worse" than plain, "no difference" where the interval holds zero; "" beside itself
    """
    table, losses = (found.loc[found["corpus"] == corpus] for found in (cells(folder), block_losses(folder)))
    rows = []
    for form in (form for form in FORMS if form in set(table["form"])):
        own = table.loc[table["form"] == form]
        loss = own["loss"].to_numpy(np.float64)
        difference, low, high = difference_to(losses, form, FORMS[0])
        verdict = "better" if high < 0 else "worse" if low > 0 else "no difference"
        rows.append(
            {
                "form": form,
                "loss": float(loss.mean()),
                "loss_spread": float(loss.std(ddof=1)) if len(loss) > 1 else np.nan,
                "perplexity": float(np.exp(loss.mean())),
                "n_seeds": len(own),
                "n_parameters": int(own["n_parameters"].to_numpy()[0]),
                "difference": difference,
                "low": low,
                "high": high,
                "verdict": "" if form == FORMS[0] or np.isnan(difference) else verdict,
            }
        )
    return pd.DataFrame(rows)


def difference_to(losses: pd.DataFrame, form: str, reference: str) -> tuple[float, float, float]:
    """Loss of `form` less that of `reference`, nats a word, over the seeds both have; with its 95 % interval."""
    return paired_interval.difference_to(losses, form, reference, form="form", unit="block", n="n_tokens")
