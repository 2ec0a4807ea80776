"""Event logs may have a dozen types, or three: every number that a map is made with follows from how many there are."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from reprlearn.analysis import layouts
from reprlearn.analysis.clusters import cluster_words
from reprlearn.analysis.comparison import compare, compared_k
from reprlearn.analysis.geometry import word_table
from reprlearn.analysis.neighbours import find_word, near_k, neighbour_table, neighbours_of
from reprlearn.analysis.projection import compute, run_path, stored_layout
from reprlearn.analysis.reduction import ProjectionConfig, principal_components
from reprlearn.analysis.stored import matrix_hash, read_table
from reprlearn.data.events.vocabulary import EventVocabulary
from tests.analysis.conftest import MadeRun, two_matrices


def made_run(n_types: int, folder: Path, width: int = 8) -> MadeRun:
    run = MadeRun(two_matrices(n_types, width), folder)
    names = ("<oov>", *(f"T{i}" for i in range(1, n_types)))
    counts = (0, *range(10 * n_types, 10, -10))
    labels = ("out of vocabulary", *(f"Type number {i}" for i in range(1, n_types)))
    run.vocabulary = EventVocabulary(names, counts, labels, None, ())
    return run


@pytest.mark.parametrize("n_types", [3, 4, 11])
@pytest.mark.slow
def test_all_that_a_run_of_few_types_shows_can_be_stored(n_types: int, tmp_path: Path) -> None:
    run = made_run(n_types, tmp_path)
    assert len(list(layouts.store_maps(run))) == 8
    for which in ("input", "output"):
        table = neighbour_table(run, which)
        assert table.ids.shape == (n_types, n_types - 1)
        for row, ids in enumerate(table.ids):
            assert sorted([row, *ids]) == list(range(n_types)), "every other type is a neighbour, once"
        for n_dims in (2, 3):
            stored = stored_layout(run, which, ProjectionConfig(method="umap", n_dims=n_dims))
            assert stored is not None
            for layout in (stored, compute(run, which, ProjectionConfig(method="pca", n_dims=n_dims))):
                assert len(layout.points) == n_types
                assert np.isfinite(layout.points.to_numpy()).all()
                assert 0 <= layout.trustworthiness <= 1


@pytest.mark.parametrize(("n_types", "k"), [(3, 1), (13, 6), (105, 15)])
def test_the_trustworthiness_is_stored_with_the_k_it_was_measured_with(n_types: int, k: int, tmp_path: Path) -> None:
    run, config = made_run(n_types, tmp_path), ProjectionConfig(method="pca")
    path, expected = run_path(run, "input", config), matrix_hash(run.matrix("input"))
    layouts.write_layout(path, compute(run, "input", config), expected)
    stored = read_table(path, expected)
    assert stored is not None and stored[1]["trustworthiness_k"] == k


def test_two_types_make_no_map(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 3 words, however: made has 2"):
        compute(made_run(2, tmp_path), "input", ProjectionConfig())


@pytest.mark.parametrize(("n_rows", "width"), [(2, 8), (9, 2)])
def test_components_there_are_none_of_are_zero(n_rows: int, width: int) -> None:
    matrix = two_matrices(n_rows, width)["input"]
    scores, shares = principal_components(matrix, 3)
    assert scores.shape == (n_rows, 3) and len(shares) == 3
    assert sum(shares) == pytest.approx(1) and shares[-1] == 0
    np.testing.assert_array_equal(scores[:, -1], 0)


@pytest.mark.parametrize(("n_types", "k"), [(3, 1), (13, 6), (105, 10), (10_000, 10)])
def test_near_means_at_most_half_of_the_others(n_types: int, k: int) -> None:
    assert near_k(n_types) == k


def test_two_matrices_of_three_types_are_compared_by_the_nearest_one(tmp_path: Path) -> None:
    run = made_run(3, tmp_path)
    frame = compare(run, "input", run, "output")
    assert compared_k(run) == 1 and set(frame["overlap"]) <= {0.0, 1.0} and len(frame) == 3


def test_groups_have_members_and_are_named_by_types_that_occur(tmp_path: Path) -> None:
    frame = word_table(made_run(13, tmp_path), "input")
    assert len(set(frame["cluster"])) == 3, "the root of 13"
    named = {name for label in frame["cluster_label"] for name in label.split(", ")}
    assert named <= {f"T{i}" for i in range(1, 13)}, "in short, and not by what is out of vocabulary"
    assert set(word_table(made_run(3, tmp_path / "three"), "input")["cluster"]) == {0}


def test_types_that_never_occur_decide_no_group() -> None:
    matrix = np.array([[0, 0, 9], [1, 0, 0], [1, 0.1, 0], [0, 1, 0], [0.1, 1, 0]])
    cluster, labels = cluster_words(matrix, ("<oov>", "a", "b", "c", "d"), np.array([0, 4, 3, 2, 1]), n_clusters=2)
    assert cluster[1] == cluster[2] != cluster[3] == cluster[4]
    assert sorted(sorted(label.split(", ")) for label in labels) == [["a", "b"], ["c", "d"]]


def test_a_type_is_found_by_its_name_its_code_or_both_in_any_case() -> None:
    vocabulary = EventVocabulary(
        ("<oov>", "LAX", "BWI", "x", "X"), (0, 4, 3, 2, 1), ("?", "Los Angeles Intl", "Twin", "Twin", "Ex"), None, ()
    )
    run: MadeRun = SimpleNamespace(vocabulary=vocabulary, name="made")  # type: ignore[assignment]
    for typed in ("LAX", "lax", " Los Angeles Intl (LAX)", "los angeles intl"):
        assert find_word(run, typed) == 1
    assert find_word(run, "twin") is None, "the name of two types is that of neither"
    assert (find_word(run, "x"), find_word(run, "X")) == (3, 4)
    with pytest.raises(ValueError, match=r"close to it: Los Angeles Intl \(LAX\)"):
        neighbours_of(run, "input", "los angles intl (lax)")
