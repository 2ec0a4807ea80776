"""Singular values, effective rank and mean cosine of matrices whose answer is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprlearn.analysis.spectrum import effective_rank, mean_cosine, occurring, run_spectra, run_summaries, spectrum
from tests.analysis.conftest import MadeRun, two_matrices


def rotated(values: list[float], n_rows: int, seed: int = 0) -> np.ndarray:
    """A matrix with these singular values and axes that are not its own."""
    draw = np.random.default_rng(seed)
    left = np.linalg.qr(draw.normal(size=(n_rows, len(values))))[0]
    right = np.linalg.qr(draw.normal(size=(len(values), len(values))))[0]
    return left @ np.diag(values) @ right


def test_singular_values_and_their_shares_of_variance() -> None:
    found = spectrum(rotated([3, 2, 1], 50))
    assert found["index"].tolist() == [1, 2, 3]
    assert found["singular_value"].to_numpy() == pytest.approx([3, 2, 1])
    assert found["share"].to_numpy() == pytest.approx(np.array([9, 4, 1]) / 14)
    assert found["cumulative"].iloc[-1] == pytest.approx(1)


def test_there_are_no_more_singular_values_than_rows_or_columns() -> None:
    assert len(spectrum(np.ones((2, 5)))) == len(spectrum(np.ones((5, 2)))) == 2


def test_effective_rank_is_the_exponential_of_the_entropy_of_the_shares() -> None:
    assert effective_rank(rotated([2] * 6, 40)) == pytest.approx(6)
    assert effective_rank(np.outer(np.arange(1, 9), [1.0, 2.0])) == pytest.approx(1)
    shares = np.array([4, 2, 2]) / 8
    assert effective_rank(rotated([4, 2, 2], 40)) == pytest.approx(np.exp(-(shares * np.log(shares)).sum()))
    assert np.isnan(effective_rank(np.zeros((4, 3))))


def test_what_all_words_share_is_gone_after_centring() -> None:
    matrix = rotated([1, 1, 1], 60) - rotated([1, 1, 1], 60).mean(axis=0) + [40, 0, 0]
    assert effective_rank(matrix) < 1.2
    assert effective_rank(matrix, centred=True) > 2.9
    assert mean_cosine(matrix) > 0.99
    assert abs(mean_cosine(matrix, centred=True)) < 0.05


@given(st.integers(2, 12), st.integers(1, 5), st.integers(0, 1000), st.booleans())
def test_mean_cosine_is_that_of_all_pairs(n: int, width: int, seed: int, centred: bool) -> None:
    matrix = np.random.default_rng(seed).normal(1, 1, size=(n, width))
    matrix[0] = 0
    rows = matrix - matrix.mean(axis=0) if centred else matrix
    cosines = []
    for i in range(n):
        for j in range(n):
            if i != j:
                lengths = np.linalg.norm(rows[i]) * np.linalg.norm(rows[j])
                cosines.append(rows[i] @ rows[j] / lengths if lengths else 0.0)
    assert mean_cosine(matrix, centred) == pytest.approx(np.mean(cosines), abs=1e-9)


@pytest.mark.parametrize("matrix", [np.zeros((0, 3)), np.zeros(3), np.full((2, 2), np.nan)])
def test_no_matrix_has_no_spectrum(matrix: np.ndarray) -> None:
    with pytest.raises(ValueError, match="shape"):
        spectrum(matrix)


def test_words_that_never_occur_do_not_count(tmp_path: Path) -> None:
    matrices = two_matrices()
    matrices["input"][-3:] = 1e6  # the made run's last three words never occur
    run = MadeRun(matrices, tmp_path)
    assert np.abs(occurring(run, "input")).max() < 10
    summaries = run_summaries(run).set_index("matrix")
    assert list(summaries.index) == ["input", "output"]
    assert summaries["n_words"].tolist() == [117, 117]
    assert summaries["effective_rank"].to_numpy() == pytest.approx(
        [effective_rank(occurring(run, w)) for w in matrices]
    )
    spectra = run_spectra(run, centred=True)
    assert [part["share"].sum() for _, part in spectra.groupby("matrix")] == pytest.approx([1, 1])


def test_a_tied_matrix_is_told_once(tmp_path: Path) -> None:
    shared = two_matrices()["input"]
    assert run_summaries(MadeRun({"input": shared, "output": shared}, tmp_path, tied=True))["matrix"].tolist() == [
        "input"
    ]
