"""How sure it is that one way of use is better than another: paired over the same texts and the same draws of labels.

Whether a text is told right is compared text by text between two ways that were given the same labels; the interval is over texts
and draws (`paired_interval`). With one draw, or where all labels are given and there is but one, it is over texts alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from reprlearn.analysis.paired_interval import paired_interval
from reprlearn.analysis.transfer_ways import BY_NAME, READERS

if TYPE_CHECKING:
    from reprlearn.analysis.transfer import Results


class Difference(NamedTuple):
    """A difference in accuracy (a share, not points) and its 95 % interval; NaN where the two share no draw."""

    difference: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """ "better" or "worse" where the interval leaves out zero, "level" where it holds it, "" where there is none."""
        if np.isnan(self.low):
            return ""
        return "better" if self.low > 0 else "worse" if self.high < 0 else "level"


def interval_of_mean(values: np.ndarray) -> tuple[float, float, float]:
    """Mean of values (texts, seeds), and its 95 % interval over both; NaN of none."""
    if not values.size:
        return np.nan, np.nan, np.nan
    return paired_interval(values, np.ones(len(values)))


def n_answers(scores: pd.DataFrame) -> int:
    """How many columns (seeds) differ. A head of all labels is fitted without chance: its one answer stands under every seed."""
    return len({column.tobytes() for column in scores.to_numpy(np.float64).T})


def difference(results: Results, one: str, other: str, n_labels: int) -> Difference:
    """Accuracy of the way `one` less that of `other`, over the draws both were given."""
    apart = (results.correct(one, n_labels) - results.correct(other, n_labels)).dropna(axis="columns")
    return Difference(*interval_of_mean(apart.to_numpy()))


def leads(results: Results, table: pd.DataFrame) -> pd.DataFrame:
    """The way with the highest mean accuracy for each number of labels, held against the others there.

    table: of `transfer.accuracies`
    Returns n_labels, way, accuracy, low, high; second, the next best, with `ahead`, `ahead_low`, `ahead_high` and the verdict of
    the paired difference to it ("" where there is no other); level, the names of all ways that cannot be told from the best.
    """
    rows = []
    for n_labels in sorted(set(table["n_labels"])):
        own = table.loc[table["n_labels"] == n_labels].sort_values("accuracy", ascending=False)
        best, *others = own.to_dict("records")
        found = {other["way"]: difference(results, best["way"], other["way"], n_labels) for other in others}
        ahead = found[others[0]["way"]] if others else Difference(np.nan, np.nan, np.nan)
        rows.append(
            {
                **{name: best[name] for name in ("n_labels", "way", "accuracy", "low", "high")},
                "second": others[0]["way"] if others else "",
                "ahead": ahead.difference, "ahead_low": ahead.low, "ahead_high": ahead.high, "verdict": ahead.verdict,
                "level": [way for way, each in found.items() if each.verdict != "better"],
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def contrasts(results: Results, table: pd.DataFrame, n_labels: int) -> pd.DataFrame:
    """The comparisons people ask for, each a paired difference: question, one, other, difference, low, high, verdict, n_seeds.

    table: of `transfer.accuracies`
    question: "baseline": the pre-trained way that does best on the *validation* texts (so that the test texts choose nothing)
        against TF-IDF, and against the best network from random weights, chosen likewise; "tuning": fine-tuned against features,
        of one model; "pretraining": fine-tuned against the same network from random weights.
    """
    own = table.loc[table["n_labels"] == n_labels].sort_values("accuracy_valid", ascending=False)
    there = [str(way) for way in own["way"]]
    best = next((way for way in there if BY_NAME[way].pretrained), None)
    random = next((way for way in there if BY_NAME[way].use == "random"), None)
    pairs = [("baseline", best, "tf-idf"), ("baseline", best, random)]
    pairs += [("tuning", f"{model}-fine-tuned", f"{model}-features") for model in READERS]
    pairs += [("pretraining", f"{model}-fine-tuned", f"{model}-random") for model in READERS]
    rows: list[dict[str, object]] = []
    for question, one, other in pairs:
        again = any((row["one"], row["other"]) == (one, other) for row in rows)
        if one in there and other in there and not again:
            found = difference(results, str(one), str(other), n_labels)
            answers = pd.concat(
                [results.scores(str(way), n_labels) for way in (one, other)], join="inner", ignore_index=True
            )
            if answers.size:
                rows.append(
                    {"question": question, "one": one, "other": other, **found._asdict(), "verdict": found.verdict,
                     "n_seeds": n_answers(answers)}
                )  # fmt: skip
    columns = ["question", "one", "other", "difference", "low", "high", "verdict", "n_seeds"]
    return pd.DataFrame(rows, columns=columns)
