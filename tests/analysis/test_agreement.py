"""Agreement of two matrices: rotations agree wholly, independent ones by chance, and a moved word is found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reprlearn.analysis.agreement import (
    IDENTICAL,
    MEASURES,
    agreement,
    chance_overlap,
    cka,
    placed_differently,
    procrustes_cosines,
    run_agreement,
)
from reprlearn.analysis.subspace import random_distance
from tests.analysis.conftest import MadeRun, two_matrices


def normal(n: int, width: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(n, width))


def rotation(width: int, seed: int = 1) -> np.ndarray:
    return np.linalg.qr(normal(width, width, seed))[0]


def test_a_matrix_agrees_with_itself_as_identity_says() -> None:
    a = normal(80, 6)
    found = agreement(a, a)
    assert {name: found[name] for name in MEASURES} == pytest.approx(IDENTICAL, abs=1e-6)


def test_a_rotated_scaled_and_shifted_copy_agrees_but_for_the_span_of_the_shift() -> None:
    a = normal(80, 6)
    b = 3 * a @ rotation(6)
    found = agreement(a, b)
    assert {name: found[name] for name in MEASURES} == pytest.approx(IDENTICAL, abs=1e-6)
    assert procrustes_cosines(a, b + 5).min() == pytest.approx(1, abs=1e-6)
    assert cka(a, b + 5) == pytest.approx(1)


def test_independent_matrices_agree_no_more_than_by_chance() -> None:
    found = agreement(normal(400, 20, 1), normal(400, 20, 2))
    for name in MEASURES:
        assert found[name] == pytest.approx(found[f"chance_{name}"], abs=0.03), name
    assert found["chance_procrustes_cosine"] > 0.1  # a rotation fitted in 20 dimensions finds something to fit
    assert found["chance_subspace_distance"] == random_distance(20, 400)


def test_measures_against_formulas_written_out() -> None:
    a, b = normal(30, 3, 1), normal(30, 5, 2)
    x, y = a - a.mean(axis=0), b - b.mean(axis=0)
    k_a, k_b = x @ x.T, y @ y.T
    assert cka(a, b) == pytest.approx((k_a * k_b).sum() / np.sqrt((k_a * k_a).sum() * (k_b * k_b).sum()))
    unit_x, unit_y = (m / np.linalg.norm(m, axis=1, keepdims=True) for m in (x, y))
    padded = np.hstack([unit_x, np.zeros((30, 2))])
    left, _, right = np.linalg.svd(padded.T @ unit_y)
    by_hand = [(padded[i] @ left @ right) @ unit_y[i] for i in range(30)]
    assert procrustes_cosines(a, b) == pytest.approx(by_hand, abs=1e-5)


def test_chance_overlap_is_the_mean_over_random_sets() -> None:
    draw = np.random.default_rng(0)
    jaccard = []
    for _ in range(20_000):
        a, b = (set(draw.choice(9, 3, replace=False).tolist()) for _ in range(2))
        jaccard.append(len(a & b) / len(a | b))
    assert chance_overlap(10, 3) == pytest.approx(np.mean(jaccard), abs=0.006)
    assert chance_overlap(5, 4) == 1  # all the others are near
    with pytest.raises(ValueError, match="k"):
        chance_overlap(5, 5)


def test_more_columns_than_rows_have_no_subspace_distance_and_the_rest_is_told() -> None:
    found = agreement(normal(6, 9, 1), normal(6, 9, 2))
    assert np.isnan(found["subspace_distance"]) and np.isnan(found["chance_subspace_distance"])
    assert np.isfinite(found["cka"])


def test_matrices_over_other_words_are_refused() -> None:
    with pytest.raises(ValueError, match="same words"):
        agreement(normal(5, 2), normal(6, 2))


@pytest.fixture
def moved(tmp_path: Path) -> MadeRun:
    """The output is the input in other axes, but for word 40, which was sent to where another stands."""
    a = two_matrices(200)["input"]
    b = a @ rotation(8).astype(np.float32)
    b[40] = -b[40]
    return MadeRun({"input": a, "output": b}, tmp_path)


def test_the_word_that_was_moved_comes_first(moved: MadeRun) -> None:
    found = placed_differently(moved, "input", moved, "output")
    first = found.iloc[0]
    assert first["word_id"] == 40 and first["word"] == moved.vocabulary.words[40]
    assert first["cosine"] < -0.9 and found["cosine"].iloc[1:].min() > 0.9
    assert found["count"].to_numpy().min() > 0 and len(found) == 197
    assert first["log_frequency"] == pytest.approx(np.log10(first["count"]))


def test_runs_over_other_vocabularies_are_compared_over_the_words_they_share(moved: MadeRun, tmp_path: Path) -> None:
    order = np.random.default_rng(0).permutation(200)
    words = [moved.vocabulary.words[i] for i in order]
    words[150:] = [f"other{i}" if word not in ("<unk>", "<eos>") else word for i, word in enumerate(words[150:])]
    other = MadeRun({"input": moved.matrix("input")[order]}, tmp_path, words=words)
    found = run_agreement(moved, "input", other, "input")
    assert 140 < found["n_words"] < 155
    assert found["procrustes_cosine"] == pytest.approx(1, abs=1e-5)
    nothing = MadeRun(two_matrices(5), tmp_path, words=["<unk>", "<eos>", "x", "y", "z"])
    with pytest.raises(ValueError, match="share"):
        placed_differently(nothing, "input", moved, "input")
