"""The interval over units and seeds: what it is where one of them alone varies, and how often it holds the truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reprlearn.analysis.paired_interval import paired_interval


def students(values: np.ndarray) -> tuple[float, float]:
    """The textbook's interval of a mean."""
    reach = stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    return float(values.mean() - reach), float(values.mean() + reach)


@given(st.integers(0, 1000), st.integers(2, 30))
def test_of_one_seed_it_is_student_s_t_over_the_units(seed, n_units):
    values = np.random.default_rng(seed).normal(1, 2, n_units)
    mean, *interval = paired_interval(values[:, None], np.ones(n_units))
    assert mean == pytest.approx(values.mean())
    assert interval == pytest.approx(students(values))


@given(st.integers(0, 1000), st.integers(2, 6))
def test_of_units_that_do_not_differ_it_is_student_s_t_over_the_seeds(seed, n_seeds):
    draw = np.random.default_rng(seed)
    by_seed, counts = draw.normal(1, 2, n_seeds), draw.integers(1, 9, 12)
    mean, *interval = paired_interval(counts[:, None] * by_seed, counts)
    assert mean == pytest.approx(by_seed.mean())
    assert interval == pytest.approx(students(by_seed))


def test_seeds_of_one_answer_count_once():
    values, counts = np.random.default_rng(2).normal(size=(40, 1)), np.full(40, 3)
    assert paired_interval(values, counts) == pytest.approx(paired_interval(np.tile(values, 5), counts))


def test_what_does_not_vary_is_sure_and_one_unit_tells_nothing():
    assert paired_interval(np.full((4, 3), 2.0), np.full(4, 2.0)) == (1, 1, 1)
    mean, low, high = paired_interval(np.array([[1.0, 3.0]]), np.array([2.0]))
    assert mean == 1 and np.isnan(low) and np.isnan(high)


@pytest.mark.parametrize(("n_seeds", "least"), [(1, 0.93), (3, 0.88), (5, 0.92)])
@pytest.mark.parametrize("of_seeds", [0.0, 0.1, 1.0])
def test_it_holds_the_truth_as_often_as_it_says(n_seeds, least, of_seeds):
    draw, held, n_trials = np.random.default_rng(3), 0, 1000
    for _ in range(n_trials):
        counts = draw.integers(1, 6, 60)
        seeds = draw.normal(0, of_seeds, n_seeds) if n_seeds > 1 else 0
        noise = draw.normal(0, 1, (60, 1)) + draw.normal(0, 0.3, (60, n_seeds))
        _, low, high = paired_interval(counts[:, None] * (seeds + noise), counts)
        held += low <= 0 <= high
    assert least <= held / n_trials <= 0.985
