"""The vectors that models give one word in different contexts: how much they spread, and which of them are near.

Ethayarajh 2019 (arXiv 1909.00512). For a word w with occurrences i = 1 ... n, in layer l with vectors f_l(i):

    SelfSim_l(w)  = 1 / (n^2 - n)  sum_i sum_{j != i}  cos(f_l(i), f_l(j))
    SelfSim*_l(w) = SelfSim_l(w) - Baseline_l,   Baseline_l = E cos(f_l(x), f_l(y)), x and y any two occurrences of any words

SelfSim is 1 where context changes nothing. Vectors of a layer may all point much the same way, in which case all cosines are high:
that is what the baseline takes off (its anisotropy).

Of n unit vectors with the sum S, the cosines of all pairs sum to |S|^2 - n, so that no pair is ever looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from reprlearn.analysis.neighbours import nearest, unit_rows
from reprlearn.analysis.reduction import principal_components
from reprlearn.analysis.similarity import correlation_interval, share_interval

if TYPE_CHECKING:
    from reprlearn.analysis.occurrences import Occurrences
    from reprlearn.runs import Run


ROUNDING = 1e-5  # of the largest component; the same word in batches of several sizes differs by 1e-6


TEXTS_AT_ONCE = 32


def states_of(run: Run, ids: np.ndarray) -> np.ndarray:
    """The states (layers, time, width) float32 of a text, ids (time,), in the run's model; it must be `Contextual`."""
    # torch takes seconds to import, and what is asked of vectors that are cached does without it.
    import torch

    with torch.inference_mode():
        return run.model.layer_states(torch.from_numpy(ids)).float().numpy()


def states_at(run: Run, texts: Sequence[np.ndarray], places: Sequence[int]) -> np.ndarray:
    """Of each of n texts, ids (time,), the states at one place in it: (layers, n, width) float32.

    Texts of like lengths are read together where the model can: one by one they are tens of thousands of small steps, between
    which other visitors' pages get hold of the interpreter.
    """
    import torch

    from reprlearn.nn.capabilities import ReadsTexts

    model = run.model
    if not isinstance(model, ReadsTexts):
        return np.stack([states_of(run, ids)[:, place] for ids, place in zip(texts, places, strict=True)], axis=1)
    lengths = np.array([len(ids) for ids in texts])
    order = np.argsort(lengths, kind="stable")
    parts = []
    with torch.inference_mode():
        for start in range(0, len(order), TEXTS_AT_ONCE):
            mine = order[start : start + TEXTS_AT_ONCE]
            padded = np.zeros((len(mine), lengths[mine].max()), dtype=np.int64)
            for row, text in enumerate(mine):
                padded[row, : lengths[text]] = texts[text]
            states = model.text_layers(torch.from_numpy(padded), torch.from_numpy(lengths[mine]))
            parts.append(states[:, np.arange(len(mine)), np.asarray(places)[mine]].float().numpy())
    return np.concatenate(parts, axis=1)[:, np.argsort(order)]


def occurrence_vectors(run: Run, occurrences: Occurrences) -> np.ndarray:
    """(layers, n, width) float32: the word's own state in each layer, its sentence read by itself. Layer 0 has seen no context."""
    if not len(occurrences):
        raise ValueError("no occurrence, so no vectors")
    vectors = states_at(run, occurrences.ids, occurrences.table["position"].tolist())
    vectors.setflags(write=False)
    return vectors


def all_alike(vectors: np.ndarray) -> bool:
    """Whether vectors (n, width) are one and the same but for rounding, as before any context has been read."""
    middle = vectors.mean(axis=0)
    return bool(np.abs(vectors - middle).max(initial=0) <= ROUNDING * np.abs(middle).max(initial=0))


def map_points(vectors: np.ndarray) -> tuple[pd.DataFrame, tuple[float, ...]]:
    """The first two principal components (x, y) of (n, width) vectors, and the shares of variance they explain; where all are
    alike, one point and no variance, since the directions of rounding errors mean nothing.
    """
    if all_alike(vectors):
        return pd.DataFrame({"x": np.zeros(len(vectors)), "y": np.zeros(len(vectors))}, dtype=np.float32), (0.0, 0.0)
    points, explained = principal_components(vectors, 2)
    return pd.DataFrame(points, columns=pd.Index(["x", "y"])), explained


class Spread(NamedTuple):
    """SelfSim of n occurrences, and its jackknife standard error (NaN below three)."""

    self_similarity: float
    standard_error: float
    n: int


def self_similarity(vectors: np.ndarray) -> Spread:
    """SelfSim of a word's vectors (n, width) in one layer; NaN for a single one."""
    n = len(vectors)
    if n < 2:
        return Spread(float("nan"), float("nan"), n)
    units = unit_rows(vectors).astype(np.float64)
    total = units.sum(axis=0)
    mean = (total @ total - (units * units).sum()) / (n * n - n)
    if n < 3:
        return Spread(float(mean), float("nan"), n)
    # Without occurrence i, the pairs are those that do not hold it.
    rest = total - units
    squares = (units * units).sum(axis=1)
    without = ((rest * rest).sum(axis=1) - (squares.sum() - squares)) / ((n - 1) * (n - 2))
    error = np.sqrt((n - 1) / n * np.square(without - without.mean()).sum())
    return Spread(float(mean), float(error), n)


def pair_cosines(vectors: np.ndarray) -> np.ndarray:
    """The cosines of all pairs of (n, width) vectors, (n (n - 1) / 2,)."""
    units = unit_rows(vectors)
    return (units @ units.T)[np.triu_indices(len(units), 1)].clip(-1, 1)


def by_similarity(vectors: np.ndarray, chosen: int) -> pd.DataFrame:
    """All other occurrences by their cosine to a chosen one in the layer's own space: occurrence (its row), cosine; nearest first."""
    found = nearest(vectors, max(1, len(vectors) - 1), queries=np.array([chosen]))
    return pd.DataFrame({"occurrence": found.ids[0], "cosine": found.cosines[0]})


class Agreement(NamedTuple):
    """How often an occurrence's nearest one has the same value, with its 95 % interval, and how often any other one has."""

    share: float
    low: float
    high: float
    chance: float
    n: int


def agreement(vectors: np.ndarray, values: Iterable[object], groups: Iterable[object]) -> Agreement | None:
    """Whether occurrences that are near in a layer are alike in a value: the word before, a label.

    groups: of each occurrence; the nearest one is sought in other groups (other reviews, which have no label in common by
        themselves). None where there are no two groups.
    The interval is Wilson's (1927), as of one independent occurrence a group: those of one review hang together. Chance is a
    random occurrence of another group in the nearest one's place.
    """
    codes = pd.factorize(pd.Series(list(values), dtype=object), use_na_sentinel=False)[0]
    of_group = list(groups)
    found = _nearest_elsewhere(vectors, of_group)
    if found is None:
        return None
    rows, near, elsewhere = found
    share, n = float(np.mean(codes[near] == codes[rows])), len(rows)
    chance = float(np.mean([(codes[elsewhere[row]] == codes[row]).mean() for row in rows]))
    return Agreement(share, *share_interval(share, len({of_group[row] for row in rows})), chance, n)


class Correlation(NamedTuple):
    """Spearman's correlation of a number with that of the nearest occurrence, and its 95 % interval."""

    rho: float
    low: float
    high: float
    n: int


def correlation(vectors: np.ndarray, values: Iterable[float], groups: Iterable[object]) -> Correlation | None:
    """Whether occurrences that are near in a layer are alike in a number; groups as for `agreement`.

    The interval is by Fisher's transformation, as of one independent occurrence a group. None for fewer than four groups, or where
    all have the same number.
    """
    from scipy.stats import spearmanr

    numbers = np.asarray(list(values), dtype=np.float64)
    of_group = list(groups)
    found = _nearest_elsewhere(vectors, of_group)
    if found is None:
        return None
    rows, near, _ = found
    n_groups = len({of_group[row] for row in rows})
    if n_groups < 4 or len(set(numbers[rows])) < 2 or len(set(numbers[near])) < 2:
        return None
    rho = float(spearmanr(numbers[rows], numbers[near])[0])  # type: ignore[arg-type]
    return Correlation(rho, *correlation_interval(rho, n_groups), len(rows))


def _nearest_elsewhere(
    vectors: np.ndarray, groups: Iterable[object]
) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """The rows that have others outside their group, the nearest one of each, and (n, n) which rows are outside whose group."""
    of_group = pd.factorize(pd.Series(list(groups), dtype=object))[0]
    elsewhere = of_group[:, None] != of_group[None, :]
    rows = np.flatnonzero(elsewhere.any(axis=1))
    if not len(rows):
        return None
    units = unit_rows(vectors)
    cosines = np.where(elsewhere, units @ units.T, -np.inf)
    return rows, cosines.argmax(axis=1)[rows], elsewhere


def layer_similarity(vectors: np.ndarray) -> pd.DataFrame:
    """SelfSim of one word in each layer of (layers, n, width): layer, self_similarity, standard_error, n."""
    rows = [{"layer": layer, **self_similarity(of_layer)._asdict()} for layer, of_layer in enumerate(vectors)]
    return pd.DataFrame(rows)
