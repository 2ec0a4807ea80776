"""What is done for a run of very many words, a stretch at a time or on a sample, agrees with the plain way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis import clusters, comparison, leading_words, neighbours, projection, reduction, trustworthiness
from reprlearn.analysis.leading_words import has_counts, is_large, occurring
from reprlearn.data.word_list import WordList
from tests.analysis.conftest import MadeRun, two_matrices


@pytest.fixture
def large(made: MadeRun, monkeypatch: pytest.MonkeyPatch) -> MadeRun:
    """A run of 120 words, where a map shows 40."""
    monkeypatch.setattr(leading_words, "MAPPED_WORDS", 40)
    return made


def test_neighbours_of_one_word_are_those_of_the_whole_table(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = two_matrices(500, 6)["input"]
    matrix[7] = matrix[8]  # equal cosines, and a row of zeros
    matrix[9] = 0
    whole = neighbours.nearest(matrix, 12)
    monkeypatch.setattr(neighbours, "_MAX_UNITS", 50)  # eight rows at a time
    monkeypatch.setattr(neighbours, "_MAX_SCORES", 5_000)  # ten queries at a time
    for queries in (np.array([7]), np.array([3, 9, 499]), np.arange(500)):
        found = neighbours.nearest(matrix, 12, queries)
        assert np.array_equal(found.ids, whole.ids[queries]) and np.allclose(
            found.cosines, whole.cosines[queries], atol=1e-6
        )


def test_principal_components_of_stretches_are_those_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(0)
    matrix = (draw.normal(size=(300, 9)) * np.arange(9, 0, -1) + 5).astype(np.float32)
    expected, shares = reduction.principal_components(matrix, 3)
    monkeypatch.setattr(reduction, "MANY_WORDS", 10)
    monkeypatch.setattr(reduction, "BLOCK", 7)
    found, found_shares = reduction.principal_components(matrix, 3)
    assert np.allclose(found, expected, atol=1e-3) and np.allclose(shares, found_shares, atol=1e-5)
    narrow, shares = reduction.principal_components(matrix[:, :1], 3)
    assert not narrow[:, 1:].any() and shares[1:] == (0.0, 0.0)


def test_trustworthiness_does_not_depend_on_how_much_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = two_matrices(200, 5)["input"]
    matrix[3] = 0
    points = matrix[:, :2].copy()
    expected = trustworthiness.trustworthiness(matrix, points)
    monkeypatch.setattr(trustworthiness, "MAX_SCORES", 1_000)
    assert trustworthiness.trustworthiness(matrix, points) == expected


def test_groups_do_not_depend_on_how_much_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = two_matrices(200, 5)["input"]
    words, counts = tuple(f"w{i}" for i in range(200)), np.zeros(200, dtype=np.int64)
    expected, labels = clusters.cluster_words(matrix, words, counts)
    monkeypatch.setattr(clusters, "BLOCK", 13)
    found, found_labels = clusters.cluster_words(matrix, words, counts)
    assert np.array_equal(found, expected) and found_labels == labels


def test_a_large_run_has_no_table_of_all_neighbours(large: MadeRun) -> None:
    assert is_large(large)
    with pytest.raises(ValueError, match="made has 120 words, too many"):
        neighbours.neighbour_table(large, "input")
    assert len(neighbours.neighbours_of(large, "input", "word5", k=7)) == 7


def test_umap_lays_out_the_leading_words_of_a_large_run(large: MadeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[np.ndarray] = []

    def project(matrix: np.ndarray, *_: Any) -> np.ndarray:
        asked.append(matrix)
        return matrix[:, :2]

    monkeypatch.setattr(projection, "project", project)
    layout = projection.compute(large, "input", projection.ProjectionConfig())
    assert layout.points["word_id"].tolist() == list(range(40)), "the most frequent ones: counts fall"
    assert np.array_equal(asked[0], large.matrix("input")[:40])
    pca = projection.compute(large, "input", projection.ProjectionConfig(method="pca"))
    assert len(pca.points) == 120, "principal components are of all words"


def test_without_counts_the_first_words_lead_and_all_occur(large: MadeRun) -> None:
    large.vocabulary = WordList(large.vocabulary.words)
    assert not has_counts(large) and occurring(large).all()
    assert leading_words.leading_words(large).tolist() == list(range(40))


def test_a_large_run_is_compared_among_the_shared_words(
    tmp_path: Path, large: MadeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "COMPARED_WORDS", 30)
    words = ["<unk>", "<eos>", *(f"word{i}" for i in range(117, -1, -1))]
    other = MadeRun(two_matrices(120, 5, seed=1), tmp_path, words)
    frame = comparison.compare(large, "input", other, "input", k=4)
    assert frame.attrs["among"] == 30 and len(frame) == 30
    assert set(frame["word_id_a"]) == set(range(30)), "the most frequent of a that both know"
    row = frame.loc[frame["word"] == "word11"].iloc[0]
    for side, run in (("a", large), ("b", other)):
        ids = {word: run.vocabulary.id(word) for word in frame["word"]}
        matrix = run.matrix("input")
        own = matrix[ids["word11"]]
        cosines = pd.Series(
            {
                word: float(own @ matrix[i] / np.linalg.norm(own) / np.linalg.norm(matrix[i]))
                for word, i in ids.items()
                if word != "word11"
            }
        )
        assert row[f"neighbours_{side}"] == ", ".join(cosines.nlargest(4).index)
    one = MadeRun({"input": np.ones((3, 2), np.float32)}, tmp_path, ["<unk>", "<eos>", "only here"])
    assert len(comparison.compare(large, "input", one, "input")) == 2, "few shared words are no error"
