"""How well a matrix of word vectors agrees with people: similarity judgements and analogies.

Similarity: Spearman's correlation of the cosines with people's mean judgements of WordSim-353 (Finkelstein et al. 2002,
relatedness) and SimLex-999 (Hill, Reichart & Korhonen 2015, similarity proper). Analogies, "Athens is to Greece as Oslo is
to Norway" (Mikolov et al. 2013, arXiv 1301.3781), by 3CosAdd: the word whose vector is nearest by cosine to b - a + c, all
of unit norm, and none of a, b and c.

Only pairs and questions whose words are all in the vocabulary count; how many these are is part of the result. The sets
come with gensim, which is for development: what they say of a run is stored in its card.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reprlearn.analysis.leading_words import occurring
from reprlearn.analysis.neighbours import unit_rows

if TYPE_CHECKING:
    from reprlearn.runs import Run
    from reprlearn.runs.card import Card

PAIR_SETS = {"wordsim353": "wordsim353.tsv", "simlex999": "simlex999.txt"}
ANALOGIES, ANALOGY_FILE = "analogies", "questions-words.txt"
SET_NAMES = {"wordsim353": "WordSim-353", "simlex999": "SimLex-999", "analogies": "analogies"}
QUESTIONS_AT_ONCE = 512  # 512 x 10,000 cosines take 20 MB
MAX_COSINES = 16 << 20
FEWEST_PAIRS = 10  # of which a correlation says anything
_Z = 1.96

Similarity = dict[str, dict[str, dict[str, float]]]
"""matrix -> set -> measures: n (pairs or questions asked), coverage (their share of the set), and spearman or accuracy."""


def similarity(run: Run) -> Similarity:
    """The measures of each distinct matrix of a run; a measure without enough pairs is left out, n and coverage are not.

    ValueError when gensim is not installed, or the run knows none of the words.
    """
    folder = judgements_folder()
    words = _usable_words(run)
    pairs = {name: read_pairs(folder / file) for name, file in PAIR_SETS.items()}
    questions = read_questions(folder / ANALOGY_FILE)
    found = {}
    for which in run.card.distinct_matrices:
        vectors = unit_rows(run.matrix(which))
        of_sets = {name: score_pairs(vectors, words, table) for name, table in pairs.items()}
        found[which] = of_sets | {ANALOGIES: score_questions(vectors, words, questions)}
    if not any(measures["n"] for of_sets in found.values() for measures in of_sets.values()):
        raise ValueError(f"{run.name} knows none of the words that people were asked about")
    return found


def store_similarity(run: Run) -> Similarity:
    """Measure, and write the result into the run's card."""
    found = similarity(run)
    run.card.model_copy(update={"similarity": found}).write(run.path)
    return found


def similarity_table(cards: dict[str, Card]) -> pd.DataFrame:
    """What cards say, {run name: card}: run, matrix, set, value, low, high (95 % interval), n, coverage; value NaN where
    too few pairs are known. Empty for cards that say nothing.

    The intervals are those of Bonett & Wright 2000 for Spearman's correlation and of Wilson 1927 for a share.
    """
    rows = []
    for name, card in cards.items():
        for which, of_sets in card.similarity.items():
            for set_name, measures in of_sets.items():
                value = measures.get("spearman", measures.get("accuracy", np.nan))
                interval = share_interval if "accuracy" in measures else correlation_interval
                low, high = interval(value, int(measures["n"]))
                rows.append((name, which, set_name, value, low, high, int(measures["n"]), measures["coverage"]))
    return pd.DataFrame(rows, columns=["run", "matrix", "set", "value", "low", "high", "n", "coverage"])


def leading_matrices(table: pd.DataFrame, n: int) -> list[tuple[str, str]]:
    """(run, matrix) of at most n matrices of a `similarity_table`, by their mean rank over the sets, best first; whichever
    leads in a set is among them, where n allows it.
    """
    values = table.pivot_table(index=["run", "matrix"], columns="set", values="value", sort=False)
    ranks = values.rank(ascending=False, na_option="bottom")
    order: list[Any] = ranks.mean(axis=1).sort_values(kind="stable").index.tolist()
    leaders: list[Any] = [values[name].idxmax() for name in values]
    kept = sorted(order, key=lambda each: each not in leaders)[:n]
    return [each for each in order if each in kept]


def judgements_folder() -> Path:
    """Where gensim keeps the sets; gensim itself is not imported. ValueError when it is not installed."""
    spec = find_spec("gensim")
    if spec is None or spec.origin is None:
        raise ValueError("gensim is not installed, and people's judgements come with it: pip install gensim==4.4.0")
    return Path(spec.origin).parent / "test" / "test_data"


def read_pairs(path: Path) -> pd.DataFrame:
    """first, second, judgement: tab-separated lines, "#" begins a comment."""
    return pd.read_csv(path, sep="\t", comment="#", names=["first", "second", "judgement"], keep_default_na=False)


def read_questions(path: Path) -> np.ndarray:
    """(n, 4) words a, b, c, d: a is to b as c is to d. ":" begins the name of a section."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return np.array([line.split() for line in lines if line and not line.startswith(":")], dtype=object)


def score_pairs(vectors: np.ndarray, words: dict[str, int], pairs: pd.DataFrame) -> dict[str, float]:
    """n, coverage and, of at least `FEWEST_PAIRS`, spearman.

    vectors: (V, d), unit rows.  words: word -> row.
    """
    first, second = (_ids(pairs[name].tolist(), words) for name in ("first", "second"))
    known = (first >= 0) & (second >= 0)
    measures = {"n": float(known.sum()), "coverage": float(known.mean())}
    if measures["n"] < FEWEST_PAIRS:
        return measures
    cosines = np.einsum("nd,nd->n", vectors[first[known]], vectors[second[known]])
    ranks = np.stack(
        [pd.Series(values).rank() for values in (cosines, pairs["judgement"].to_numpy()[known])]
    )  # ties share their mean rank
    if not ranks.std(axis=1).all():  # all the same: there is no order
        return measures
    return measures | {"spearman": float(np.corrcoef(ranks)[0, 1])}


def score_questions(vectors: np.ndarray, words: dict[str, int], questions: np.ndarray) -> dict[str, float]:
    """n, coverage and, where a question could be asked, accuracy.

    vectors: (V, d), unit rows.  words: word -> row; the answer is one of these rows.  questions: (n, 4) words.
    """
    ids = np.stack([_ids(column.tolist(), words) for column in questions.T], axis=1)
    asked = ids[(ids >= 0).all(axis=1)]
    measures = {"n": float(len(asked)), "coverage": float(len(asked) / len(ids))}
    if not len(asked):
        return measures
    candidates = np.unique(np.fromiter(words.values(), dtype=np.int64))
    n_right = 0
    at_once = max(1, min(QUESTIONS_AT_ONCE, MAX_COSINES // len(candidates)))
    answers = vectors if len(candidates) == len(vectors) else vectors[candidates]
    for start in range(0, len(asked), at_once):
        a, b, c, d = asked[start : start + at_once].T
        near = (vectors[b] - vectors[a] + vectors[c]) @ answers.T  # (questions, candidates)
        for given in (a, b, c):
            near[np.arange(len(near)), np.searchsorted(candidates, given)] = -np.inf
        n_right += int((candidates[near.argmax(axis=1)] == d).sum())
    return measures | {"accuracy": n_right / len(asked)}


def correlation_interval(value: float, n: int) -> tuple[float, float]:
    """95 % interval of Spearman's correlation of n pairs: Fisher's z with the variance (1 + r² / 2) / (n - 3)."""
    if np.isnan(value) or n <= 3:
        return np.nan, np.nan
    z, reach = np.arctanh(np.clip(value, -0.999999, 0.999999)), _Z * sqrt((1 + value**2 / 2) / (n - 3))
    return float(np.tanh(z - reach)), float(np.tanh(z + reach))


def share_interval(share: float, n: int) -> tuple[float, float]:
    """95 % interval of a share of n."""
    if np.isnan(share) or not n:
        return np.nan, np.nan
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    reach = _Z / (1 + _Z**2 / n) * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def _usable_words(run: Run) -> dict[str, int]:
    """The words of a run that stood in its training text, by their lower-cased forms; the more frequent of two alike (the first,
    where counts are not known). Tokens that begin a word count as that word.
    """
    vocabulary = run.vocabulary
    usable: dict[str, int] = {}
    known = occurring(run)
    for i in np.argsort(-np.asarray(vocabulary.counts), kind="stable"):
        if known[i] and i not in (
            getattr(vocabulary, "unknown_id", None),
            getattr(vocabulary, "end_id", None),
        ):
            usable.setdefault(vocabulary.words[i].removeprefix("▁").lower(), int(i))
    return usable


def _ids(asked: Sequence[str], words: dict[str, int]) -> np.ndarray:
    """(n,) rows of words, -1 for one that is not known."""
    return np.array([words.get(word.lower(), -1) for word in asked], dtype=np.int64)
