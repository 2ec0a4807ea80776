from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprlearn.analysis.comparison import compare, overlap
from reprlearn.analysis.neighbours import Neighbours, nearest, neighbour_table, neighbours_of, store_neighbours
from tests.analysis.conftest import MadeRun, two_matrices


def naive(matrix: np.ndarray, k: int) -> np.ndarray:
    """Neighbour ids by sorting all cosines of each word in float64, ties by id."""
    matrix = matrix.astype(np.float64)
    rows = []
    for i, vector in enumerate(matrix):
        scored = []
        for j, other in enumerate(matrix):
            lengths = np.linalg.norm(vector) * np.linalg.norm(other)
            if i != j:
                scored.append((-round(vector @ other / lengths, 5) if lengths else 0.0, j))
        rows.append([j for _, j in sorted(scored)[:k]])
    return np.array(rows)


@pytest.mark.parametrize("block", [7, 1024])
def test_agrees_with_sorting_every_cosine(block: int) -> None:
    matrix = two_matrices(90)["input"]
    found = nearest(matrix, 12, block=block)
    np.testing.assert_array_equal(found.ids, naive(matrix, 12))
    unit = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    np.testing.assert_allclose(found.cosines[5], (unit @ unit[5])[found.ids[5]], atol=2e-6)


@given(st.lists(st.lists(st.integers(-2, 2), min_size=2, max_size=2), min_size=2, max_size=14), st.integers(1, 6))
@settings(max_examples=60)
def test_ties_zero_rows_and_duplicates_are_ordered_by_id(rows: list[list[int]], k: int) -> None:
    matrix = np.array(rows, dtype=np.float32)
    found = nearest(matrix, k)
    np.testing.assert_array_equal(found.ids, naive(matrix, k))
    assert not (found.ids == np.arange(len(rows))[:, None]).any(), "a word is not its own neighbour"
    assert np.isfinite(found.cosines).all()


def test_queries_give_the_rows_of_the_whole_table() -> None:
    matrix = two_matrices()["input"]
    some = np.array([3, 77])
    np.testing.assert_array_equal(nearest(matrix, 9, queries=some).ids, nearest(matrix, 9).ids[some])


def test_a_stored_table_serves_only_the_matrix_it_was_made_from(made: MadeRun) -> None:
    stored = store_neighbours(made, "input")
    file = made.maps_folder / "input-neighbours.parquet"
    read = neighbour_table(made, "input")
    np.testing.assert_array_equal(read.ids, stored.ids)
    np.testing.assert_array_equal(read.cosines, stored.cosines)
    assert read.ids.dtype == np.int32 and read.k == 10

    made.matrices["input"] = made.matrices["output"]
    np.testing.assert_array_equal(neighbour_table(made, "input").ids, nearest(made.matrices["output"]).ids)

    file.write_bytes(file.read_bytes()[:1000])
    np.testing.assert_array_equal(neighbour_table(made, "input").ids, nearest(made.matrices["output"]).ids)


def test_neighbours_of_a_word(made: MadeRun) -> None:
    frame = neighbours_of(made, "input", "  Word7 ", k=4)
    expected = naive(made.matrix("input"), 4)[9]
    assert frame["word_id"].tolist() == expected.tolist()
    assert frame["word"].tolist() == [made.vocabulary.words[i] for i in expected]
    assert frame["rank"].tolist() == [1, 2, 3, 4]
    assert frame["count"].tolist() == [made.vocabulary.counts[i] for i in expected]
    more = neighbours_of(made, "input", "word7", k=50, table=neighbour_table(made, "input"))
    assert len(more) == 50, "more neighbours than the table holds are computed"


@pytest.mark.parametrize("word", ["wordd7", "", "word 7", "<b>"])
def test_an_unknown_word_is_a_clear_error(made: MadeRun, word: str) -> None:
    with pytest.raises(ValueError, match="is not among the 120 words of made"):
        neighbours_of(made, "input", word)


def test_an_unknown_word_comes_with_suggestions(made: MadeRun) -> None:
    with pytest.raises(ValueError, match=r"close to it: .*word77"):
        neighbours_of(made, "input", "wordd77")


ids = st.permutations(range(8)).map(lambda order: order[:5])


@given(st.lists(st.tuples(ids, ids), min_size=1, max_size=6), st.integers(1, 5))
def test_overlap_is_the_jaccard_index_and_symmetric(rows: list[tuple[list[int], list[int]]], k: int) -> None:
    a, b = (Neighbours(np.array([row[i] for row in rows], dtype=np.int32), np.zeros((len(rows), 5))) for i in (0, 1))
    found = overlap(a, b, k)
    np.testing.assert_allclose(found, [len({*x[:k]} & {*y[:k]}) / len({*x[:k]} | {*y[:k]}) for x, y in rows])
    assert ((found >= 0) & (found <= 1)).all()
    np.testing.assert_array_equal(found, overlap(b, a, k))
    np.testing.assert_array_equal(overlap(a, a, k), 1)


def test_overlap_refuses_other_vocabularies_and_too_large_k() -> None:
    table = nearest(two_matrices()["input"], 5)
    with pytest.raises(ValueError, match="k must lie between 1 and 5"):
        overlap(table, table, 6)
    with pytest.raises(ValueError, match="one vocabulary"):
        overlap(table, nearest(two_matrices(60)["input"], 5), 5)


def test_compare_follows_words_not_ids(tmp_path) -> None:
    """A run whose vocabulary is in another order, and misses a word, has the same neighbours."""
    matrix = two_matrices(60)["input"]
    a = MadeRun({"input": matrix}, tmp_path / "a")
    order = np.random.default_rng(1).permutation(60)
    b = MadeRun({"input": matrix[order]}, tmp_path / "b", words=[a.vocabulary.words[i] for i in order])
    frame = compare(a, "input", b, "input", k=5)
    assert len(frame) == 60
    np.testing.assert_array_equal(frame["overlap"], 1)
    assert frame["neighbours_a"].tolist() == frame["neighbours_b"].tolist()
    assert [b.vocabulary.words[i] for i in frame["word_id_b"]] == frame["word"].tolist()


def test_compare_ranks_the_most_changed_first(made: MadeRun) -> None:
    frame = compare(made, "input", made, "output", k=10)
    assert frame["overlap"].is_monotonic_increasing
    tied = np.diff(frame["overlap"]) == 0
    assert (np.diff(frame["count"])[tied] <= 0).all(), "among equals, frequent words come first"
    expected = overlap(neighbour_table(made, "input"), neighbour_table(made, "output"), 10)
    np.testing.assert_allclose(frame.sort_values("word_id_a")["overlap"], expected)
