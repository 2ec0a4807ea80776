"""Looking into a soft one-hot: one value, a sweep, and the axis of the scalar."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from reprlearn.analysis import bucket_axis, buckets
from tests.bucket_runs import GAP, HOUR, SIZE, make_run, make_scalar

SCALARS = {"gap": GAP, "hour": HOUR, "size": SIZE}
features = st.sampled_from(list(SCALARS))
seeds = st.integers(0, 2**31)
temperatures = st.one_of(st.none(), st.floats(0.05, 20))


@given(feature=features, seed=seeds, value=st.floats(-500, 500), temperature=temperatures)
@settings(max_examples=40)
def test_a_reading_is_the_formula_step_by_step(
    feature: str, seed: int, value: float, temperature: float | None
) -> None:
    run = make_run(seed=seed)
    layer, reading = run.model.soft_one_hot(feature), buckets.read_value(run, feature, value, temperature)
    n = reading.channels.astype(np.float64)
    p = [sum(n[c] * reading.weight[c, k] for c in range(len(n))) + reading.bias[k] for k in range(8)]
    np.testing.assert_allclose(reading.logits, p, rtol=1e-4, atol=1e-3)
    unscaled = np.exp((p - np.max(p)) / (temperature or 1.0))
    np.testing.assert_allclose(reading.weights, unscaled / unscaled.sum(), atol=2e-3)
    np.testing.assert_allclose(reading.vector, layer(torch.tensor(value), temperature), rtol=1e-6)
    own = buckets.bucket_vectors(run, feature)
    np.testing.assert_allclose(reading.vector, reading.weights @ own, atol=1e-5)
    assert 1 - 1e-6 <= reading.effective_buckets <= 8 + 1e-6
    assert reading.heaviest == reading.weights.argmax() + 1
    assert reading.weights.sum() == pytest.approx(1)


@given(feature=features, seed=seeds)
@settings(max_examples=20)
def test_buckets_are_numbered_along_the_scalar(feature: str, seed: int) -> None:
    """So the heaviest never goes back: its number ascends, on a circle but for where the turn begins anew."""
    run = make_run(seed=seed)
    if feature == "hour":  # waves of one height and no offset, so that none hides another
        layer = run.model.soft_one_hot(feature)
        layer.weight /= layer.weight.norm(dim=0)
        layer.bias.zero_()
    weights = buckets.bucket_weights(run, feature, bucket_axis.value_grid(SCALARS[feature], 400), 0.01)
    assert weights is not None
    changes = np.diff(weights.argmax(axis=1))
    assert (changes < 0).sum() == 0 if feature != "hour" else (changes < 0).sum() <= 1
    plain = run.model.bucket_weights(feature, torch.from_numpy(bucket_axis.value_grid(SCALARS[feature], 400)), 0.01)
    assert sorted(weights.sum(axis=0)) == pytest.approx(sorted(plain.sum(dim=0).tolist()), rel=1e-5)


def test_a_missing_value_lies_in_no_bucket() -> None:
    run = make_run()
    for value in (None, float("nan")):
        reading = buckets.read_value(run, "gap", value)
        assert reading.missing and reading.heaviest == 0 and not reading.weights.any()
        assert np.isnan([*reading.logits, *reading.channels, reading.effective_buckets]).all()
        np.testing.assert_array_equal(reading.vector, run.model.soft_one_hot("gap").missing)


def test_a_low_temperature_is_hard_and_a_high_one_even() -> None:
    run = make_run()
    hard, even = (buckets.sweep(run, "gap", t, n=50) for t in (1e-6, 1e6))
    assert hard.weights is not None and hard.effective is not None
    assert set(np.unique(hard.weights)) <= {0.0, 1.0} and (hard.effective == 1).all()
    own = buckets.sweep(run, "gap", n=50)
    assert even.effective is not None and own.weights is not None
    np.testing.assert_allclose(even.effective, 8, rtol=1e-3)
    np.testing.assert_array_equal(hard.weights.argmax(axis=1), own.weights.argmax(axis=1))


@given(weights=st.lists(st.floats(0, 1, allow_subnormal=False), min_size=1, max_size=9).filter(lambda w: sum(w) > 1e-3))
def test_the_effective_number_lies_between_one_and_all(weights: list[float]) -> None:
    shares = np.array(weights) / sum(weights)
    naive = np.prod([share**-share for share in shares if share > 0])
    assert buckets.effective_buckets(shares) == pytest.approx(naive)
    assert 1 - 1e-9 <= buckets.effective_buckets(shares) <= len(weights) + 1e-9


@pytest.mark.parametrize("encoding", ["concat", "mask", "quantile", "ple", "plr", "autodis"])
@pytest.mark.parametrize("feature", SCALARS)
def test_any_encoding_is_swept(encoding: Any, feature: str) -> None:
    run = make_run(encoding)
    swept = buckets.sweep(run, feature, n=31)
    np.testing.assert_array_equal(swept.vectors, run.model.encode(feature, torch.from_numpy(swept.values)))
    if encoding != "quantile":
        assert swept.weights is None and swept.effective is None and buckets.bucket_vectors(run, feature) is None
        return
    assert swept.weights is not None
    np.testing.assert_array_equal(swept.weights.sum(axis=1), 1)
    np.testing.assert_array_equal(swept.weights @ buckets.bucket_vectors(run, feature), swept.vectors)
    held = buckets.bucket_weights(run, feature, np.array([np.nan]))
    assert held is not None and not held.any()


def test_what_cannot_be_asked_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no scalar 'hours'; there are: gap, hour, size"):
        buckets.sweep(make_run(), "hours")
    with pytest.raises(ValueError, match=r"a-concat.*no soft buckets, so no temperature"):
        buckets.sweep(make_run("concat"), "gap", temperature=0.5)
    with pytest.raises(ValueError, match="a-ple reads its scalars by 'ple'"):
        buckets.read_value(make_run("ple"), "gap", 1.0)
    with pytest.raises(ValueError, match="a-none reads no scalars"):
        buckets.sweep(make_run("none"), "gap")
    with pytest.raises(ValueError, match="temperature"):
        buckets.read_value(make_run(), "gap", 1.0, temperature=0.0)


def test_the_grid_is_even_on_the_axis_and_spans_the_data() -> None:
    for scalar in SCALARS.values():
        grid = bucket_axis.value_grid(scalar, 61).astype(np.float64)
        at = np.arcsinh(grid) if scalar.transform == "asinh" else grid
        np.testing.assert_allclose(np.diff(at), (at[-1] - at[0]) / 60, rtol=1e-3)
        low, high = bucket_axis.value_range(scalar)
        assert (grid[0], grid[-1]) == pytest.approx((low, high), rel=1e-5)
    assert bucket_axis.value_range(HOUR) == (0, 24)
    assert bucket_axis.value_range(GAP) == pytest.approx((GAP.quantiles[0], GAP.quantiles[-1]))


def test_an_outlier_does_not_squeeze_the_axis() -> None:
    values = np.append(np.arange(1000.0), 1e7)
    assert bucket_axis.value_range(make_scalar(values, transform="standardise")) == pytest.approx((0, 990), abs=1)
    assert bucket_axis.value_range(make_scalar(-values, transform="standardise")) == pytest.approx((-990, 0), abs=1)


def test_a_constant_has_an_axis() -> None:
    scalar = make_scalar(np.full(50, 7.0))
    low, high = bucket_axis.value_range(scalar)
    assert low < 7 < high
    run = make_run(scalars=(scalar,))
    weights = buckets.sweep(run, "gap").weights
    assert weights is not None and np.isfinite(weights).all()


def test_the_training_data_comes_back_from_its_quantiles() -> None:
    values = np.exp(np.random.default_rng(1).normal(2, 1, 20_000))
    scalar = make_scalar(values)
    for level in (0.03, 0.3, 0.77, 0.985):
        at = np.quantile(values, level)
        assert (bucket_axis.training_values(scalar) <= at).mean() == pytest.approx(level, abs=0.004)
        assert bucket_axis.share_below(scalar, np.array([at]))[0] == pytest.approx(level, abs=0.004)


def test_values_that_occur_often_count_whole() -> None:
    scalar = make_scalar(np.repeat([0.0, 5.0, 9.0], [500, 300, 200]), transform="standardise")
    below = bucket_axis.share_below(scalar, np.array([-1.0, 0.0, 5.0, 8.99, 9.0, 20.0]))
    assert below == pytest.approx([0, 0.5, 0.8, 0.8, 1, 1], abs=0.011)


def test_quantile_edges_share_the_data_out() -> None:
    run = make_run()
    for name, scalar in SCALARS.items():
        edges = bucket_axis.quantile_edges(run, name)
        assert bucket_axis.share_below(scalar, edges) == pytest.approx(np.arange(1, 8) / 8, abs=1e-6)
    tied = make_run(scalars=(make_scalar(np.repeat([0.0, 5.0], [900, 100])),))
    assert len(bucket_axis.quantile_edges(tied, "gap", 10)) <= 1, "edges that coincide are one"
