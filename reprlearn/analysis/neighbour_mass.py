"""What a model gives to the words near the right one: the paper's claim that targets should know which words are alike.

For a token y with reference neighbours N(y) (`reference_neighbours`, made by no model):

    mass(y)     = sum of p(w) over w in N(y)                  what the model gave them together
    unigram(y)  = sum of #(w) / #all over w in N(y)           what their frequency alone would give them
    lift        = exp(mean of log(mass / unigram))            how many times as much, on the typical token

Neighbours of frequent words are frequent words, so the mass alone says little. Two models are compared by the ratio of
what they give, token by token.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from reprlearn.analysis.frequency_bands import EDGES, band_of, differences_by_band
from reprlearn.analysis.paired import Difference, check_same_text, mean_difference

LEAST = 1e-30
"""Probabilities are not taken for smaller than this: single precision knows none of them."""


def unigram_mass(neighbours: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """(V,) share of the training text that the neighbours (V, k) of each word make up; NaN for a word without any."""
    counts = np.asarray(counts, dtype=np.float64)
    there = neighbours >= 0
    mass = (counts[neighbours.clip(min=0)] * there).sum(1) / counts.sum()
    return np.where(there.any(1), mass, np.nan)


def neighbour_mass(scores: Mapping[str, pd.DataFrame], unigram: np.ndarray) -> pd.DataFrame:
    """A row a run, over the tokens whose word has neighbours.

    probability, unigram:  means over tokens of what the neighbours get, and of what their frequency would give them
    ratio:                 of these two means
    lift:                  geometric mean over tokens of probability by unigram: the typical token's ratio
    median_rank:           median over tokens of the neighbours' median rank
    """
    rows = []
    for name, frame in scores.items():
        there = frame["neighbour_probability"].notna().to_numpy()
        mass = frame["neighbour_probability"].to_numpy(np.float64)[there]
        base = unigram[frame["word_id"].to_numpy()[there]]
        rows.append(
            {
                "run": name,
                "n_tokens": int(there.sum()),
                "probability": float(mass.mean()),
                "unigram": float(base.mean()),
                "ratio": float(mass.mean() / base.mean()),
                "lift": float(np.exp((_log(mass) - _log(base)).mean())),
                "median_rank": float(np.nanmedian(frame["neighbour_rank"].to_numpy(np.float64))),
            }
        )
    return pd.DataFrame(rows)


def lift_by_band(
    scores: Mapping[str, pd.DataFrame],
    unigram: np.ndarray,
    counts: np.ndarray,
    edges: Sequence[int] = EDGES,
    unknown_id: int | None = None,
) -> pd.DataFrame:
    """run, band, low, high, n_tokens, lift, lower, upper (95 %): the lift of each run where the right word is rare or frequent."""
    tables = []
    for name, frame in scores.items():
        words = frame["word_id"].to_numpy()
        values = _log(frame["neighbour_probability"].to_numpy(np.float64)) - _log(unigram[words])
        table = differences_by_band(values, band_of(counts, edges, unknown_id)[words], edges)
        factors = {
            "lift": np.exp(table["difference"]),
            "lower": np.exp(table["lower"]),
            "upper": np.exp(table["upper"]),
        }
        tables.append(table[["band", "low", "high", "n_tokens"]].assign(run=name, **factors))
    return pd.concat(tables, ignore_index=True)


def mass_ratio(a: pd.DataFrame, b: pd.DataFrame) -> Difference:
    """How many times what `b` gives to the neighbours `a` gives them (geometric mean over tokens), with its 95 % interval.

    As a `Difference` of logarithms: its exponentials are the factors, and its verdict says which gives more.
    """
    return _ratio(a, b, "neighbour_probability")


def rank_ratio(a: pd.DataFrame, b: pd.DataFrame) -> Difference:
    """As `mass_ratio`, of the neighbours' median rank: less is nearer to the top."""
    return _ratio(a, b, "neighbour_rank")


def mass_difference(a: pd.DataFrame, b: pd.DataFrame) -> Difference:
    """Mean probability that `a` gives to the neighbours less that of `b`, with its 95 % interval.

    The few tokens whose neighbours get much decide on it; on the typical token, which `mass_ratio` is about, it may differ.
    """
    check_same_text(a, b)
    values = [frame["neighbour_probability"].to_numpy(np.float64) for frame in (a, b)]
    return mean_difference(values[0] - values[1], np.isfinite(values[0] - values[1]))


def against(scores: Mapping[str, pd.DataFrame], reference: str) -> pd.DataFrame:
    """A row for each other run, held against the reference.

    factor, lower, upper, verdict:   of `mass_ratio`, as factors;  rank_...: of `rank_ratio`, as factors
    mean_difference, mean_lower, mean_upper, mean_verdict:  of `mass_difference`, as shares of 1
    """
    rows = []
    names = ("factor", "lower", "upper")
    for name, frame in scores.items():
        if name == reference:
            continue
        mass, rank, mean = (compare(frame, scores[reference]) for compare in (mass_ratio, rank_ratio, mass_difference))
        row: dict[str, object] = {"run": name, **dict(zip(names, np.exp(mass).tolist(), strict=True))}
        row |= {f"rank_{each}": value for each, value in zip(names, np.exp(rank).tolist(), strict=True)}
        row |= {f"mean_{each}": value for each, value in mean._asdict().items()}
        rows.append(row | {"verdict": mass.verdict, "rank_verdict": rank.verdict, "mean_verdict": mean.verdict})
    return pd.DataFrame(rows)


def _ratio(a: pd.DataFrame, b: pd.DataFrame, column: str) -> Difference:
    check_same_text(a, b)
    values = _log(a[column].to_numpy(np.float64)) - _log(b[column].to_numpy(np.float64))
    return mean_difference(values, np.isfinite(values))


def _log(values: np.ndarray) -> np.ndarray:
    return np.log(np.maximum(values, LEAST))
