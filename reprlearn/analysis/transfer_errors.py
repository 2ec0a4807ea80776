"""What a way of use gets wrong: how often each label is taken for which, and the texts it was surest of and wrong about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from reprlearn.analysis.transfer import Results


def first_seed(results: Results, way: str, n_labels: int) -> int | None:
    """The first draw of labels a way was given; None where there are no results of it."""
    columns = list(results.scores(way, n_labels))
    return int(columns[0]) if columns else None


def confusion(results: Results, way: str, n_labels: int, seed: int) -> pd.DataFrame:
    """label, answer (0 or 1 each), n texts of the label that are given this answer, share of the label's texts; four rows."""
    answers = (results.scores(way, n_labels)[seed].to_numpy() > 0).astype(np.int64)
    labels = results.labels
    rows = [
        {"label": label, "answer": answer, "n": int(((labels == label) & (answers == answer)).sum()),
         "share": float((answers[labels == label] == answer).mean()) if (labels == label).any() else np.nan}
        for label in (0, 1)
        for answer in (0, 1)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def sureness(results: Results, way: str, n_labels: int, seed: int, n_bins: int = 20) -> pd.DataFrame:
    """label, low, high, n: how many texts of each label were given a P(positive) in each of equal bins from 0 to 1."""
    probabilities = 1 / (1 + np.exp(-results.scores(way, n_labels)[seed].to_numpy()))
    edges = np.linspace(0, 1, n_bins + 1)
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "label": label, "low": edges[:-1], "high": edges[1:],
                    "n": np.histogram(probabilities[results.labels == label], edges)[0],
                }
            )
            for label in (0, 1)
        ],
        ignore_index=True,
    )  # fmt: skip


def mistakes_certainty(results: Results, way: str, n_labels: int, seed: int) -> float:
    """The median probability that was given to the wrong label, over the texts that are wrong; NaN without any."""
    scores = results.scores(way, n_labels)[seed].to_numpy()
    wrong = np.abs(scores[(scores > 0) != (results.labels == 1)])
    return float(np.median(1 / (1 + np.exp(-wrong)))) if len(wrong) else np.nan


def confident_mistakes(results: Results, way: str, n_labels: int, seed: int, k: int) -> pd.DataFrame:
    """The k test texts whose wrong label was given the highest probability, the surest first: review_id, label, probability."""
    scores = results.scores(way, n_labels)[seed].to_numpy()
    labels = results.labels
    towards_wrong = np.where(labels == 1, -scores, scores)
    order = np.argsort(-towards_wrong, kind="stable")
    order = order[((scores > 0) != (labels == 1))[order]][:k]
    return pd.DataFrame(
        {
            "review_id": results.texts["review_id"].to_numpy()[order],
            "label": labels[order],
            "probability": 1 / (1 + np.exp(-towards_wrong[order])),
        }
    )


def review_texts(review_ids: Sequence[str]) -> dict[str, str]:
    """The texts of reviews by their id, read from the installed package; ids it does not hold are left out. Raises DataError."""
    from reprlearn.data.reviews import review_table

    table = review_table()
    own = table.loc[table["review_id"].isin(list(review_ids))]
    return dict(zip(own["review_id"].astype(str), own["text"].astype(str), strict=True))
