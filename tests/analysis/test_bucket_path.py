"""The path of a scalar's vector: smoothness against a naive reference, similarity, and the map."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from reprlearn.analysis import bucket_path, bucket_truth
from reprlearn.analysis.bucket_axis import training_values
from reprlearn.analysis.bucket_path import smoothness, value_similarity
from reprlearn.analysis.bucket_truth import purity
from reprlearn.data.event_config import EventData
from tests.bucket_runs import GAP, HOUR, SIZE, make_run, make_scalar

# pandas’ types do not know what a column holds.
vector_path: Any = bucket_path.vector_path
true_ranges: Any = bucket_truth.true_ranges
range_match: Any = bucket_truth.range_match
SCALARS = {"gap": GAP, "hour": HOUR, "size": SIZE}


def naive_smoothness(path: np.ndarray, closed: bool) -> float:
    n, lag = len(path), round(0.05 * len(path))
    pairs = [np.sum((path[i] - path[j]) ** 2) for i in range(n) for j in range(n)]
    last = n if closed else n - lag
    near = [np.sum((path[(i + lag) % n] - path[i]) ** 2) for i in range(last)]
    return max(0.0, 1 - float(np.mean(near) / np.mean(pairs)))


@pytest.mark.parametrize("encoding", ["soft-one-hot", "quantile", "concat", "mask"])
def test_smoothness_is_one_minus_the_variogram_at_its_lag(encoding: Any) -> None:
    run = make_run(encoding)
    for feature, scalar in SCALARS.items():
        values = torch.from_numpy(training_values(scalar, n_between=2))
        path = run.model.encode(feature, values).double().numpy()
        assert smoothness(run, feature) == pytest.approx(naive_smoothness(path, feature == "hour"), abs=1e-9)


def test_softer_is_smoother_and_unrelated_vectors_are_not_smooth() -> None:
    run = make_run(n_buckets=20)
    hard, soft, softest = (smoothness(run, "gap", t) for t in (0.001, 1.0, 30.0))
    assert hard < 0.2 and hard < soft < softest, "each twentieth of the data has a vector of its own"
    assert smoothness(make_run("concat"), "gap") > 0.95


def test_a_path_that_stands_still_is_smooth() -> None:
    run = make_run()
    run.model.soft_one_hot("gap").embedding.fill_(0.7)
    assert smoothness(run, "gap") == 1
    _, similarity = value_similarity(run, "gap", n=9)
    np.testing.assert_allclose(similarity, 1)


def test_the_same_vector_is_similarity_one_wherever_it_comes_from() -> None:
    """Two buckets far apart with one vector between them: their values are taken for the same."""
    run = make_run()
    layer = run.model.soft_one_hot("gap")
    layer.embedding[6] = layer.embedding[1]
    values, similarity = value_similarity(run, "gap", temperature=0.01, n=200)
    np.testing.assert_allclose(similarity, similarity.T)
    np.testing.assert_allclose(np.diag(similarity), 1)
    held = layer.bucket_weights(torch.from_numpy(values), 0.01).argmax(dim=1).numpy()
    assert similarity[np.ix_(held == 1, held == 6)].min() > 0.99
    assert similarity[np.ix_(held == 1, held == 4)].max() < 0.9


def test_similarity_is_not_changed_by_what_is_added_to_all() -> None:
    run = make_run()
    _, before = value_similarity(run, "gap", n=20)
    run.model.soft_one_hot("gap").embedding.add_(5.0)
    np.testing.assert_allclose(value_similarity(run, "gap", n=20)[1], before, atol=1e-4)


def test_the_map_keeps_distances_when_two_dimensions_hold_all() -> None:
    run = make_run()
    layer = run.model.soft_one_hot("gap")
    layer.embedding[:, 2:] = 0
    layer.missing[2:] = 0
    path = vector_path(run, "gap", n=41)
    assert sum(path.attrs["explained_variance"]) == pytest.approx(1)
    assert path["kind"].value_counts().to_dict() == {"sweep": 41, "bucket": 8, "missing": 1}
    points = path[["x", "y"]].to_numpy()
    swept = path[path["kind"] == "sweep"]
    original = np.concatenate(
        [
            layer(torch.from_numpy(swept["value"].to_numpy(np.float32))).numpy(),
            layer.embedding.numpy(),  # in order, for they start in order
            layer.missing[None].numpy(),
        ]
    )
    np.testing.assert_allclose(
        np.linalg.norm(points[:, None] - points[None], axis=2),
        np.linalg.norm(original[:, None] - original[None], axis=2),
        atol=1e-4,
    )
    assert path["share"][path["kind"] == "missing"].item() == pytest.approx(GAP.missing_share)
    assert path["share"][path["kind"] == "bucket"].sum() == pytest.approx(1)


def test_dead_buckets_do_not_turn_the_view() -> None:
    run = make_run()
    before = vector_path(run, "gap").query("kind == 'sweep'")
    layer = run.model.soft_one_hot("gap")
    layer.bias[3] -= 300
    moved = vector_path(run, "gap").query("kind == 'sweep'")[["x", "y"]].to_numpy()
    layer.embedding[3] = 100
    np.testing.assert_allclose(vector_path(run, "gap").query("kind == 'sweep'")[["x", "y"]], moved, atol=1e-3)
    assert len(before) == len(moved)


@pytest.mark.parametrize("encoding", ["concat", "mask", "quantile", "plr"])
def test_any_encoding_has_a_path(encoding: Any) -> None:
    path = vector_path(make_run(encoding), "gap", n=21)
    assert np.isfinite(path[["x", "y"]].to_numpy()).all()
    assert (path["kind"] == "bucket").any() == (encoding == "quantile")
    assert np.all(np.array(path.attrs["explained_variance"]) <= 1 + 1e-9)


TRUE_MINUTES = make_scalar(10 ** np.random.default_rng(3).uniform(0, 3, 20_000), "duration")


def test_the_truth_is_told_where_it_is_known() -> None:
    run = make_run(scalars=(TRUE_MINUTES,), data=EventData(log="synthetic"), n_buckets=12)
    ranges = true_ranges(run, "duration")
    assert ranges is not None and len(ranges) == 7 and ranges["low"].iloc[0] == 1
    np.testing.assert_allclose(ranges["high"].to_numpy()[:-1], ranges["low"].to_numpy()[1:])
    assert true_ranges(make_run(), "gap") is None and range_match(make_run(), "gap") is None
    concat = make_run("concat", scalars=(TRUE_MINUTES,), data=EventData(log="synthetic"))
    assert true_ranges(concat, "duration") is not None and range_match(concat, "duration") is None


def test_edges_put_on_the_truth_match_it() -> None:
    run = make_run(scalars=(TRUE_MINUTES,), data=EventData(log="synthetic"), n_buckets=7)
    ranges = true_ranges(run, "duration")
    assert ranges is not None
    at_start = range_match(run, "duration")
    assert at_start is not None
    np.testing.assert_allclose(at_start["learned_off"], at_start["quantile_off"], atol=0.01)
    layer = run.model.soft_one_hot("duration")
    edges = layer.transform.position(torch.tensor(ranges["low"].to_numpy()[1:]))
    layer.weight[0] = torch.arange(7.0) * 10
    layer.bias[1:] = -(edges * 10).cumsum(0)
    layer.bias[0] = 0
    match = range_match(run, "duration")
    assert match is not None
    assert match["learned_off"].max() < 1e-3 and match.attrs["purity"] > 0.995
    assert match.attrs["quantile_purity"] < 0.95 and match["quantile_off"].mean() > 0.01


def test_purity_by_hand() -> None:
    values = np.array([1.0, 2, 3, 4, 5, 6, 7, 8])
    assert purity(values, np.array([4.5]), np.array([4.5])) == 1
    assert purity(values, np.array([4.5]), np.array([2.5])) == 6 / 8
    assert purity(values, np.array([]), np.array([4.5])) == 0.5
