"""What several models expect after one prompt, put side by side word by word.

    JSD(p, q) = H((p + q) / 2) - (H(p) + H(q)) / 2      bits: 0 for equal distributions, 1 for ones with no word in common

Models over different vocabularies are joined by the word: one that a model does not know has no probability there.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from reprlearn.analysis.prediction import PromptReading, entropy_bits, next_tokens_from


def expected(
    readings: Mapping[str, PromptReading],
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
) -> dict[str, pd.DataFrame]:
    """{run: its `next_tokens` frame}, V rows each, for the functions below. ValueError for a setting that makes no distribution."""
    return {name: next_tokens_from(reading, temperature, top_k, top_p) for name, reading in readings.items()}


def aligned_top_k(
    frames: Mapping[str, pd.DataFrame], k: int = 10, chosen: str | None = None, *, aligned: bool = True
) -> pd.DataFrame:
    """The most expected words of several models: run, row, word, known, probability, rank, rank_difference; a row a run and word.

    frames: what `expected` returns; probability is what is sampled from, rank the place in the model's own list.
    aligned: a row holds the same word for all: the k words with the largest probability in any model, and each model's
        first guess. Else each model lists its own k words.
    chosen: a word shown as well, below the others, if it is not among them and some model knows it.
    rank_difference: places further up (positive) or down than in the first model; NaN for the first itself, and where one
        of the two does not know the word. `known` is False, and probability and rank NaN, where the model does not know it.
    """
    lists: dict[str, pd.DataFrame] = {name: frame.set_index("word") for name, frame in frames.items()}
    reference = pd.Series(next(iter(lists.values()))["rank"])
    shared = _shared_rows(lists, k)
    parts = []
    for i, (name, own) in enumerate(lists.items()):
        rows = shared if aligned else list(pd.Series(own["sampling_probability"]).nlargest(k).index)
        if chosen is not None and chosen not in rows and any(chosen in each.index for each in lists.values()):
            rows = [*rows, chosen]
        found = own.reindex(index=rows)
        moved = reference.reindex(rows).to_numpy(np.float64) - found["rank"].to_numpy(np.float64)
        difference = moved if i else np.full(len(rows), np.nan)
        parts.append(
            pd.DataFrame(
                {
                    "run": name,
                    "row": np.arange(len(rows)),
                    "word": rows,
                    "known": ~np.isnan(found["rank"].to_numpy(np.float64)),
                    "probability": found["sampling_probability"].to_numpy(),
                    "rank": found["rank"].to_numpy(np.float64),
                    "rank_difference": difference,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _shared_rows(lists: Mapping[str, pd.DataFrame], k: int) -> list[str]:
    """The k words with the largest probability in any model and each model's first guess, largest first; of equals, the
    first model's.
    """
    tops = [pd.Series(own["sampling_probability"]).nlargest(k) for own in lists.values()]
    largest: dict[str, float] = {}
    for top in tops:
        for word, probability in zip(top.index, top.to_numpy(), strict=True):
            largest[str(word)] = max(largest.get(str(word), 0.0), float(probability))
    ranked = sorted(largest, key=lambda word: -largest[word])
    kept = {*ranked[:k], *(str(top.index[0]) for top in tops if len(top))}
    return [word for word in ranked if word in kept]


def jensen_shannon_bits(p: np.ndarray, q: np.ndarray) -> float:
    """The Jensen-Shannon divergence of two distributions over the same words, in bits, from 0 to 1."""
    p, q = np.asarray(p, dtype=np.float64), np.asarray(q, dtype=np.float64)
    if p.shape != q.shape:
        raise ValueError(f"two distributions over the same words are needed, however: {p.shape=} and {q.shape=}")
    between = entropy_bits((p + q) / 2) - (entropy_bits(p) + entropy_bits(q)) / 2
    return min(1.0, max(0.0, between))


def divergences(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """How far apart each two models' distributions are: run_a, run_b, bits; farthest first.

    frames: what `expected` returns.
    """
    found = []
    for a, b in combinations(frames, 2):
        one, two = (frames[name].set_index("word")["sampling_probability"] for name in (a, b))
        p, q = one.align(two, fill_value=0.0)
        found.append((a, b, jensen_shannon_bits(p.to_numpy(), q.to_numpy())))
    table = pd.DataFrame(found, columns=pd.Index(["run_a", "run_b", "bits"]))
    return table.sort_values("bits", ascending=False, kind="stable", ignore_index=True)
