"""Differences between models trained over several seeds and scored on the same text or sequences, with their interval.

All forms of a model are scored on the same words, so a difference is taken unit by unit (a stretch of text, a sequence of
events), and what makes one unit harder than another falls out of it. Two things could have come out otherwise, the units and the
seeds, and seeds are few: the variances of the mean over the one and over the other are added, and Student's t with Satterthwaite's
degrees of freedom says how far they reach (Satterthwaite 1946, "An approximate distribution of estimates of variance components").
A bootstrap that draws three seeds again never leaves their range, which holds the truth three times in four.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats


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
    return paired_interval(both.to_numpy(np.float64), counts.reindex(both.index).to_numpy(np.float64))


def paired_interval(differences: np.ndarray, counts: np.ndarray) -> tuple[float, float, float]:
    """Mean difference a word or event, and its 95 % interval over units and seeds; over units alone where there is one seed.

    differences:  (units, seeds) sums over each unit
    counts:       (units,) words or events in each
    The interval of a single unit is NaN.
    """
    n, total = len(counts), counts.sum()
    by_seed = differences.sum(axis=0) / total
    mean = by_seed.mean()
    # Of a ratio of sums, the mean of what is left over: units of many words weigh more.
    left = differences.mean(axis=1) - mean * counts
    units = n / (n - 1) * (left @ left) / total**2 if n > 1 else np.nan
    return float(mean), *two_way_interval(float(mean), float(units), n, by_seed)


def two_way_interval(mean: float, variance: float, n_units: int, by_seed: np.ndarray) -> tuple[float, float]:
    """Lower and upper end of the 95 % interval of a mean over units and seeds.

    variance:  of the mean, from the units
    by_seed:   (seeds,) the mean of each seed, over the units

    What chance does to one unit under one seed is counted with both, which errs on the safe side. Where nearly all that varies is
    the seeds', it holds the truth in 88 % of cases with two seeds, 92 with three and 94 with five.
    """
    n_seeds = len(by_seed)
    of_seeds = float(by_seed.var(ddof=1)) / n_seeds if n_seeds > 1 else 0.0
    both = variance + of_seeds
    if not both:
        return mean, mean
    parts = variance**2 / max(n_units - 1, 1) + (of_seeds**2 / (n_seeds - 1) if n_seeds > 1 else 0.0)
    reach = float(stats.t.ppf(0.975, both**2 / parts)) * both**0.5
    return mean - reach, mean + reach
