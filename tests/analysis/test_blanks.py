"""Filling blanks: the distributions are the model's and the counts', and what stood in the blank is not looked at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from reprlearn.analysis.blanks import fill, fill_by_counts, neighbour_counts
from reprlearn.analysis.typed import read_typed
from reprlearn.runs import Run
from tests.contextual_runs import BERT


@pytest.fixture(scope="module")
def bert(contextual_runs: Path) -> Run:
    return Run(contextual_runs / BERT)


def test_the_model_s_distribution_is_ranked(bert: Run) -> None:
    typed = read_typed(bert, "the film was moving .")
    frame = fill(bert, typed, 1).frame()
    expected = bert.model.fill(torch.from_numpy(typed.ids), 1).softmax(0).numpy()
    assert float(frame["probability"].to_numpy().sum()) == pytest.approx(1.0, abs=1e-6)
    assert frame["probability"].tolist() == pytest.approx(np.sort(expected)[::-1].tolist(), rel=1e-4)
    assert frame["word"].iloc[0] == bert.vocabulary.words[int(expected.argmax())]
    assert frame["rank"].tolist() == list(range(1, len(bert.vocabulary) + 1))


def test_what_stood_in_the_blank_does_not_count_and_what_stands_around_it_does(bert: Run) -> None:
    texts = ("the film was moving .", "the story was moving .", "the zyx was moving .")
    found = [fill(bert, read_typed(bert, text), 1).log_probabilities for text in texts]
    assert found[0] == pytest.approx(found[1]) and found[0] == pytest.approx(found[2])
    other = fill(bert, read_typed(bert, "the film was moving and i hated it"), 1).log_probabilities
    assert np.abs(found[0] - other).max() > 1e-6


def test_the_counts_fill_from_both_neighbours_and_the_end_of_a_text_beyond_the_edges(bert: Run) -> None:
    counts, typed = neighbour_counts(bert), read_typed(bert, "the film was moving")
    end, ids = bert.vocabulary.end_id, typed.ids
    for position, (left, right) in enumerate([(end, ids[1]), (ids[0], ids[2]), (ids[1], ids[3]), (ids[2], end)]):
        found = fill_by_counts(bert, counts, typed, position)
        (expected,) = counts.log_probabilities(np.array([left]), np.array([right]))
        assert found.log_probabilities == pytest.approx(expected, rel=1e-4)
    # In these sentences only verbs stand between a subject and what it is like.
    verbs = {"is", "was", "seems", "feels", "remains", "looks"}
    assert set(fill_by_counts(bert, counts, typed, 2).frame()["word"].head(6)) == verbs


@pytest.mark.parametrize("position", [-1, 4])
def test_there_is_no_blank_beside_the_sentence(bert: Run, position: int) -> None:
    with pytest.raises(IndexError, match=f"^there is no word {position + 1} in a sentence of 4$"):
        fill(bert, read_typed(bert, "the film was moving"), position)
