from __future__ import annotations

import numpy as np

from reprlearn.analysis.clusters import cluster_words, norms_and_clusters, store_words
from reprlearn.analysis.geometry import log_frequency, word_table
from tests.analysis.conftest import MadeRun


def test_words_that_never_occur_have_no_log_frequency() -> None:
    np.testing.assert_allclose(log_frequency(np.array([1000, 1, 0])), [3, 0, np.nan])


def test_word_table_is_in_order_of_id_and_the_same_stored_or_computed(made: MadeRun) -> None:
    computed = word_table(made, "input")
    assert computed["word_id"].tolist() == list(range(120))
    assert computed["word"].tolist() == list(made.vocabulary.words)
    np.testing.assert_allclose(computed["norm"], np.linalg.norm(made.matrix("input"), axis=1), rtol=1e-6)
    assert store_words(made, "input") == computed["cluster"].nunique()
    stored = word_table(made, "input")
    assert stored.equals(computed)
    made.matrices["input"] = made.matrices["input"] * 2
    np.testing.assert_allclose(norms_and_clusters(made, "input")[0]["norm"], computed["norm"] * 2, rtol=1e-6)


def test_clusters_find_groups_and_are_named_by_their_frequent_words() -> None:
    draw = np.random.default_rng(0)
    group = np.array([0] * 60 + [1] * 30 + [2] * 10)
    # Lengths differ wildly: only directions make a group.
    matrix = (np.eye(3)[group] + draw.normal(size=(100, 3)) * 0.05) * draw.uniform(0.1, 10, size=(100, 1))
    words = ("<unk>", ",", "<eos>", *(f"g{g}-{i}" for i, g in enumerate(group[3:])))
    cluster, labels = cluster_words(matrix, words, np.arange(100, 0, -1), n_clusters=3)
    np.testing.assert_array_equal(cluster, group)  # numbered from the largest
    for number, label in enumerate(labels):
        names = label.split(", ")
        assert len(names) == 3 and all(name.startswith(f"g{number}-") for name in names)


def test_more_clusters_than_words_and_nameless_ones() -> None:
    cluster, labels = cluster_words(np.eye(4), ("<unk>", "<eos>", ",", "a"), np.array([4, 3, 2, 1]), n_clusters=24)
    assert sorted(cluster) == [0, 1, 2, 3]
    assert sorted(labels) == ["a", "…", "…", "…"]
