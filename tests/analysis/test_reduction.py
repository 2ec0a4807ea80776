from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprlearn.analysis.reduction import ProjectionConfig, align, principal_components, project
from reprlearn.analysis.trustworthiness import trustworthiness
from tests.analysis.conftest import two_matrices


@pytest.mark.parametrize("n_dims", [2, 3])
def test_principal_components_are_those_of_the_covariance(n_dims: int) -> None:
    matrix = two_matrices(80)["input"] * np.arange(1, 9)
    scores, explained = principal_components(matrix, n_dims)
    values, vectors = np.linalg.eigh(np.cov(matrix.T))
    assert explained == pytest.approx((values[::-1] / values.sum())[:n_dims])
    centred = matrix - matrix.mean(axis=0)
    for i in range(n_dims):
        axis = vectors[:, -1 - i]
        axis = axis * np.sign(axis[np.abs(axis).argmax()])
        np.testing.assert_allclose(scores[:, i], centred @ axis, rtol=1e-3, atol=1e-3)


def test_pca_repeats_and_does_not_flip_with_the_sign_of_a_solver() -> None:
    matrix = two_matrices()["input"]
    config = ProjectionConfig(method="pca")
    np.testing.assert_array_equal(project(matrix, config), project(matrix, config))
    np.testing.assert_allclose(project(matrix[::-1], config)[::-1], project(matrix, config), atol=1e-4)


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "tsne"},
        {"n_dims": 4},
        {"n_neighbors": 1},
        {"n_neighbors": 201},
        {"min_dist": 1.0},
        {"min_dist": -0.1},
    ],
)
def test_wrong_parameters_are_refused_with_their_value(wrong: dict) -> None:
    with pytest.raises(ValueError, match=str(next(iter(wrong.values())))):
        ProjectionConfig(**wrong)


def test_trustworthiness_agrees_with_scikit_learn() -> None:
    from sklearn.manifold import trustworthiness as reference

    matrix = two_matrices(150)["input"]
    points = principal_components(matrix, 2)[0]
    for k in (1, 5, 15):
        expected = reference(matrix, points, n_neighbors=k, metric="cosine")
        assert trustworthiness(matrix, points, k, block=64) == pytest.approx(expected, abs=1e-9)


def test_a_faithful_map_is_fully_trusted_and_a_random_one_is_not() -> None:
    angles = np.sort(np.random.default_rng(0).uniform(0, 2 * np.pi, 200))
    circle = np.column_stack([np.cos(angles), np.sin(angles)])
    assert trustworthiness(circle, circle * 3, 10) == pytest.approx(1)
    shuffled = np.random.default_rng(1).permutation(circle)
    assert trustworthiness(circle, shuffled, 10) < 0.65


def test_a_sample_of_words_estimates_the_trust_in_all() -> None:
    matrix = np.random.default_rng(0).normal(size=(2500, 5))
    points = matrix[:, :2]
    whole, sample = trustworthiness(matrix, points, 15), trustworthiness(matrix, points, 15, max_queries=100)
    assert sample == pytest.approx(whole, abs=0.02)
    assert sample != whole


def test_coinciding_points_of_a_map_do_not_break_its_trust() -> None:
    assert 0 <= trustworthiness(two_matrices(60)["input"], np.zeros((60, 2)), 5) <= 1


@given(st.integers(0, 10_000), st.sampled_from([2, 3]), st.floats(0.1, 50), st.booleans())
@settings(max_examples=30)
def test_align_undoes_any_turn_mirror_scale_and_shift(seed: int, n_dims: int, scale: float, mirror: bool) -> None:
    draw = np.random.default_rng(seed)
    axes = ["x", "y", "z"][:n_dims]
    original = draw.normal(size=(30, n_dims))
    turn, _ = np.linalg.qr(draw.normal(size=(n_dims, n_dims)))
    if mirror:
        turn[:, 0] *= -1
    moved = original @ turn * scale + draw.normal(size=n_dims) * 10
    reference = pd.DataFrame(original, columns=axes).assign(word_id=np.arange(30))
    # Half of the words are shared, in another order; the others follow.
    shared = reference.sample(15, random_state=seed)
    aligned = align(pd.DataFrame(moved, columns=axes).assign(word_id=np.arange(30)), shared)
    np.testing.assert_allclose(aligned[axes], original, atol=1e-4)
    assert aligned["word_id"].tolist() == list(range(30))


def test_align_needs_enough_shared_words() -> None:
    points = pd.DataFrame({"word_id": [0, 1, 2, 3], "x": [0.0, 1, 2, 3], "y": [0.0, 1, 0, 2]})
    with pytest.raises(ValueError, match="more than 2 shared words, however: 2"):
        align(points, points.iloc[:2])
    with pytest.raises(ValueError, match="number of dimensions"):
        align(points, points.assign(z=0.0))
