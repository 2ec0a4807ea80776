"""The distance between column spans: against the definition, and where its value is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import subspace_angles

from reprlearn.analysis.subspace import principal_sines, random_distance, subspace_distance


def normal(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape)


def naive_distance(a: np.ndarray, b: np.ndarray) -> float:
    """How much of each direction of b's span lies outside that of a: projections by the normal equations."""
    outside = []
    for direction in np.linalg.svd(b, full_matrices=False)[0].T:
        inside = a @ np.linalg.solve(a.T @ a, a.T @ direction)
        outside.append(((direction - inside) ** 2).sum())
    return float(np.sqrt(np.mean(outside)))


@settings(max_examples=30)
@given(seed=st.integers(0, 10_000), n=st.integers(4, 40), width=st.integers(1, 4))
def test_it_is_the_definition_and_symmetric(seed, n, width):
    a, b = normal(seed, n, width), normal(seed + 1, n, width)
    assert subspace_distance(a, b) == pytest.approx(naive_distance(a, b), abs=1e-5)
    assert subspace_distance(a, b) == pytest.approx(subspace_distance(b, a), abs=1e-9)
    np.testing.assert_allclose(principal_sines(a, b), np.sin(subspace_angles(a, b)), atol=1e-6)


@settings(max_examples=30)
@given(seed=st.integers(0, 10_000), scale=st.sampled_from([1e-6, 1.0, 1e6]))
def test_mixing_the_columns_changes_no_span(seed, scale):
    a, b, mix = normal(seed, 30, 4), normal(seed + 1, 30, 4), normal(seed + 2, 4, 4) + 4 * np.eye(4)
    assert subspace_distance(a, scale * a @ mix) == pytest.approx(0, abs=1e-8)
    assert subspace_distance(scale * a @ mix, b) == pytest.approx(subspace_distance(a, b), abs=1e-8)


def test_orthogonal_spans_are_one_apart_and_half_shared_ones_root_a_half():
    axes = np.eye(8)
    assert subspace_distance(axes[:, :3], axes[:, 3:6]) == pytest.approx(1)
    assert subspace_distance(axes[:, :4], axes[:, 2:6]) == pytest.approx(0.5**0.5)
    # A span within another is no distance from it.
    assert subspace_distance(axes[:, :5], axes[:, 1:3]) == pytest.approx(0)


def test_a_plane_tilted_by_an_angle():
    tilted = np.array([[np.cos(0.3), 0], [0, 1], [np.sin(0.3), 0]])
    np.testing.assert_allclose(principal_sines(np.eye(3)[:, :2], tilted), [np.sin(0.3), 0], atol=1e-12)


def test_random_spans_are_as_far_apart_as_said():
    a, b = normal(0, 600, 60), normal(1, 600, 60)
    assert subspace_distance(a, b) == pytest.approx(random_distance(60, 600), abs=0.01)
    assert random_distance(300, 3318) == pytest.approx(0.954, abs=5e-4)  # the published check's own sizes


def test_matrices_that_cannot_be_compared_are_refused():
    a = normal(0, 10, 3)
    with pytest.raises(ValueError, match=r"as many rows.*\(10, 3\).*\(9, 3\)"):
        subspace_distance(a, a[:9])
    with pytest.raises(ValueError, match="depend on one another"):
        subspace_distance(a, a @ np.array([[1, 0, 1], [0, 1, 1], [0, 0, 0]]))
    with pytest.raises(ValueError, match="depend on one another"):
        subspace_distance(a, np.column_stack([a[:, :2], np.zeros(10)]))
    with pytest.raises(ValueError, match="outnumber"):
        subspace_distance(a.T, a.T)
