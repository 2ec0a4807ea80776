"""Dead buckets and doubles are found when they are made by hand, and only then."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprlearn.analysis import bucket_usage as of_run
from reprlearn.analysis.bucket_axis import training_values
from reprlearn.analysis.buckets import bucket_weights
from tests.bucket_runs import GAP, HOUR, SIZE, make_run

# pandas’ types do not know what a column holds.
bucket_usage: Any = of_run.bucket_usage
SCALARS = {"gap": GAP, "hour": HOUR, "size": SIZE}


@given(feature=st.sampled_from(list(SCALARS)), seed=st.integers(0, 2**31))
@settings(max_examples=25)
def test_usage_is_that_of_the_data(feature: str, seed: int) -> None:
    run = make_run(seed=seed)
    usage = bucket_usage(run, feature)
    weights = bucket_weights(run, feature, training_values(SCALARS[feature]))
    assert weights is not None
    assert usage["mean_weight"].sum() == pytest.approx(1) and usage["share_heaviest"].sum() == pytest.approx(1)
    for k, row in enumerate(usage.itertuples()):
        assert row.mean_weight == pytest.approx(weights[:, k].mean(), abs=1e-6)
        cosines = [
            np.dot(weights[:, k], weights[:, j])
            / max(np.linalg.norm(weights[:, k]) * np.linalg.norm(weights[:, j]), 1e-30)
            for j in range(8)
            if j != k
        ]
        assert row.overlap == pytest.approx(max(cosines), abs=1e-4)
        if row.share_heaviest > 0.02:
            assert not np.isnan(row.low)


def test_buckets_as_they_start_are_all_in_use_and_all_different() -> None:
    for feature in SCALARS:
        usage = bucket_usage(make_run(), feature)
        assert not usage["dead"].any() and not usage["same"].any()
        np.testing.assert_allclose(usage["share_heaviest"], 1 / 8, atol=0.03 if feature == "hour" else 0.01)


def test_a_bucket_made_dead_is_found() -> None:
    for feature in SCALARS:
        run = make_run()
        run.model.soft_one_hot(feature).bias[3] -= 300
        usage = bucket_usage(run, feature)
        assert usage["dead"].sum() == 1 and not usage["same"].any()
        dead = usage[usage["dead"]].iloc[0]
        assert dead["share_heaviest"] == 0 and np.isnan(dead["low"]) and dead["mean_weight"] < 0.0125


def test_two_buckets_made_equal_are_found() -> None:
    for feature in SCALARS:
        run = make_run()
        layer = run.model.soft_one_hot(feature)
        layer.weight[:, 5] = layer.weight[:, 2]
        layer.bias[5] = layer.bias[2] - 0.1
        usage = bucket_usage(run, feature)
        pair = usage[usage["same"]]
        assert len(pair) == 2 and pair["overlap"].to_numpy() == pytest.approx(1)
        assert pair["nearest"].tolist() == pair["bucket"].tolist()[::-1]
        assert not pair["dead"].any(), "the weaker one is nowhere the heaviest, but far from unused"


def test_a_single_bucket_has_no_neighbour() -> None:
    usage = bucket_usage(make_run(n_buckets=1), "gap").iloc[0]
    assert usage["mean_weight"] == 1 and usage["nearest"] == 0 and np.isnan(usage["overlap"]) and not usage["same"]


def test_other_encodings_have_no_soft_buckets() -> None:
    with pytest.raises(ValueError, match="no soft buckets"):
        bucket_usage(make_run("concat"), "gap")
