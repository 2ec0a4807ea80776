"""Mistakes: every text is in one field of the matrix, and the surest mistakes are mistakes, the surest first."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reprlearn.analysis.transfer import Results, read_results
from reprlearn.analysis.transfer_errors import (
    confident_mistakes,
    confusion,
    first_seed,
    mistakes_certainty,
    review_texts,
    sureness,
)
from tests.transfer_results import texts, write_results

WAY, N = "bert-fine-tuned", 300


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder: Path = write_results(tmp_path_factory.mktemp("results"), {"sentences": texts(200, "s")}, budgets=(N,))
    found = read_results("sentences", folder)
    assert found is not None
    return found


def test_the_matrix_counts_every_text_once(results):
    rows = confusion(results, WAY, N, 0).to_dict("records")
    scores = results.scores(WAY, N)[0].to_numpy()
    assert sum(row["n"] for row in rows) == 200
    for row in rows:
        own = (results.labels == row["label"]) & ((scores > 0) == bool(row["answer"]))
        assert row["n"] == own.sum() and row["share"] == pytest.approx(
            own.sum() / (results.labels == row["label"]).sum()
        )


def test_the_surest_mistakes_are_wrong_and_none_surer_is_left_out(results):
    scores, labels = results.scores(WAY, N)[0].to_numpy(), results.labels
    wrong = [(abs(s), i) for i, (s, y) in enumerate(zip(scores, labels, strict=True)) if (s > 0) != (y == 1)]
    expected = [results.texts["review_id"][i] for _, i in sorted(wrong, key=lambda pair: -pair[0])[:7]]
    found = confident_mistakes(results, WAY, N, 0, 7)
    assert found["review_id"].tolist() == expected
    probabilities = found["probability"].tolist()
    assert min(probabilities) > 0.5 and probabilities == sorted(probabilities, reverse=True)
    assert len(confident_mistakes(results, WAY, N, 0, 10_000)) == len(wrong)
    certain = mistakes_certainty(results, WAY, N, 0)
    assert certain == pytest.approx(np.median([1 / (1 + np.exp(-s)) for s, _ in wrong]))


def test_probabilities_are_counted_in_bins_by_label(results):
    table = sureness(results, WAY, N, 0)
    rows = table.to_dict("records")
    assert [sum(row["n"] for row in rows if row["label"] == label) for label in (0, 1)] == [100, 100]
    scores = results.scores(WAY, N)[0].to_numpy()
    low = sum(row["n"] for row in rows if row["label"] == 1 and row["high"] <= 0.5 + 1e-9)
    assert low == ((scores <= 0) & (results.labels == 1)).sum(), "left of one half are the mistakes"


def test_the_first_draw_is_shown_where_there_is_one(results):
    assert first_seed(results, WAY, N) == 0 and first_seed(results, WAY, 99) is None


def test_texts_are_read_from_the_package_by_their_id():
    from reprlearn.data.labelled import labelled_reviews

    rows = labelled_reviews("sentences")["test"].head(2)
    found = review_texts([*rows["review_id"], "imdb-no such text"])
    assert found == dict(zip(rows["review_id"], rows["text"], strict=True))
