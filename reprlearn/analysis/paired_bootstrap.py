"""Differences between models trained over several seeds and scored on the same text or sequences, with their interval.

All forms of a model are scored on the same words, so a difference is taken unit by unit (a stretch of text, a sequence of
events), and what makes one unit harder than another falls out of it. The interval is a bootstrap over both things that could
have come out otherwise (Efron & Tibshirani 1993): the units and the seeds are drawn again with replacement, independently of
one another.
"""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd

N_RESAMPLES = 10_000


def difference_to(
    losses: pd.DataFrame, name: str, reference: str, *, form: str, unit: str, n: str
) -> tuple[float, float, float]:
    """Loss of the form `name` less that of `reference`, nats a word or event, over the seeds both have; with its 95 % interval.

    losses: a row a form, seed and unit: the columns called `form`, `unit` and `n` (words or events in the unit), seed, and loss,
        the sum over the unit.
    NaN where they share no seed.
    """
    one, other = (
        losses.loc[losses[form] == each].pivot_table(index=unit, columns="seed", values="loss")
        for each in (name, reference)
    )
    both = (one - other).dropna(axis="columns")  # (units, seeds)
    if not both.size:
        return np.nan, np.nan, np.nan
    counts = losses.loc[losses[form] == name].groupby(unit)[n].first()
    return paired_bootstrap(both.to_numpy(np.float64), counts.reindex(both.index).to_numpy(np.float64))


def paired_bootstrap(
    differences: np.ndarray, counts: np.ndarray, n_resamples: int = N_RESAMPLES, seed: int = 0
) -> tuple[float, float, float]:
    """Mean difference a word or event, and its 95 % interval over resampled units and seeds.

    differences:  (units, seeds) sums over each unit
    counts:       (units,) words or events in each
    """
    taken, seeds = _resamples(*differences.shape, n_resamples, seed)
    means = ((taken @ differences) * seeds).sum(axis=1) / (taken @ counts)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(differences.mean(axis=1).sum() / counts.sum()), float(low), float(high)


@functools.lru_cache(maxsize=4)
def _resamples(n: int, n_seeds: int, n_resamples: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """How often each of n units is taken in each resample, and each seed's share: the same for all that is compared."""
    draw = np.random.default_rng(seed)
    taken = draw.multinomial(n, np.full(n, 1 / n), n_resamples).astype(np.float64)
    return taken, draw.multinomial(n_seeds, np.full(n_seeds, 1 / n_seeds), n_resamples) / n_seeds
