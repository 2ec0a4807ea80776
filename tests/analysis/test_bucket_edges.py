"""Handovers and segments against what a fine grid shows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from reprlearn.analysis import bucket_edges
from reprlearn.analysis.bucket_axis import value_range
from reprlearn.analysis.buckets import bucket_weights
from tests.bucket_runs import GAP, HOUR, SIZE, make_run

# pandas’ types do not know what a column holds.
handovers: Any = bucket_edges.handovers
segments: Any = bucket_edges.segments
SCALARS = {"gap": GAP, "hour": HOUR, "size": SIZE}
features = st.sampled_from(list(SCALARS))
seeds = st.integers(0, 2**31)


def fine_values(feature: str, n: int = 20_001) -> np.ndarray:
    low, high = value_range(SCALARS[feature])
    if feature == "gap":
        return np.sinh(np.linspace(np.arcsinh(low), np.arcsinh(high), n)).astype(np.float32)
    return np.linspace(low, high, n).astype(np.float32)


@given(feature=features, seed=seeds)
@settings(max_examples=40)
def test_segments_are_those_of_a_fine_grid(feature: str, seed: int) -> None:
    run = make_run(seed=seed)
    values = fine_values(feature)
    heaviest = bucket_weights(run, feature, values, 0.001).argmax(axis=1) + 1  # type: ignore[union-attr]
    table = segments(run, feature)
    said = np.zeros(len(values), dtype=int)
    for row in table.itertuples():
        inside = (
            (values >= row.low) & (values <= row.high)
            if row.low <= row.high
            else (values >= row.low) | (values <= row.high)
        )
        said[inside] = row.bucket
    assert (said == heaviest).mean() > 0.998
    assert table["share"].sum() == pytest.approx(1, abs=1e-6)
    assert (table["bucket"].to_numpy()[1:] != table["bucket"].to_numpy()[:-1]).all()


@given(feature=st.sampled_from(["gap", "size"]), seed=seeds)
@settings(max_examples=20)
def test_on_a_line_a_bucket_has_one_segment_and_they_ascend(feature: str, seed: int) -> None:
    assert (np.diff(segments(make_run(seed=seed), feature)["bucket"]) > 0).all()


@given(feature=features, seed=seeds, temperature=st.floats(0.1, 3))
@settings(max_examples=40)
def test_handovers_are_where_two_buckets_are_equal(feature: str, seed: int, temperature: float) -> None:
    """At an edge the two log weights are equal; where it begins and ends they differ by log 9 temperatures."""
    run = make_run(seed=seed)
    table = handovers(run, feature, temperature)
    pieces = segments(run, feature)
    assert len(table) == (len(pieces) - 1 if feature != "hour" else (len(pieces) if len(pieces) > 1 else 0))
    layer = run.model.soft_one_hot(feature)
    peak = torch.remainder(torch.atan2(*layer.weight), 2 * torch.pi) if feature == "hour" else layer.weight[0]
    order = torch.argsort(peak).numpy()
    for column, odds in (("value", 0.0), ("begins", -np.log(9)), ("ends", np.log(9))):
        at = torch.tensor(table[column].to_numpy(), dtype=torch.float64)
        known = torch.isfinite(at)
        channels, _ = layer.transform(at[known])
        logits = (channels.double() @ layer.weight.double() + layer.bias.double()).numpy()[:, order]
        rows = np.arange(len(logits))
        to, before = (table[name].to_numpy()[known.numpy()] - 1 for name in ("to_bucket", "from_bucket"))
        got = (logits[rows, to] - logits[rows, before]) / temperature
        np.testing.assert_allclose(got, odds, atol=0.02 / temperature)
        if column == "value":
            assert known.all() and np.abs(logits.max(axis=1) - logits[rows, to]).max(initial=0) < 0.02
    assert table["value"].is_monotonic_increasing


def test_a_handover_narrows_with_the_temperature_and_stays_where_it_is() -> None:
    run = make_run()
    soft, hard = handovers(run, "gap", 1.0), handovers(run, "gap", 0.1)
    np.testing.assert_allclose(soft["value"], hard["value"])
    assert (soft["begins"] < hard["begins"]).all() and (hard["begins"] < soft["value"]).all()
    assert (soft["value"] < hard["ends"]).all() and (hard["ends"] < soft["ends"]).all()


def test_buckets_start_at_even_shares_of_the_data() -> None:
    for feature in ("gap", "size"):
        np.testing.assert_allclose(handovers(make_run(), feature)["level"], np.arange(1, 8) / 8, atol=2e-3)
        np.testing.assert_allclose(segments(make_run(), feature)["share"], 1 / 8, atol=4e-3)


def test_a_turn_has_no_end() -> None:
    run = make_run()
    table, pieces = handovers(run, "hour"), segments(run, "hour")
    assert len(table) == 8, "as many edges as buckets"
    assert (pieces["low"] > pieces["high"]).sum() == 1 and pieces["low"].iloc[-1] > pieces["high"].iloc[-1]
    np.testing.assert_allclose(pieces["high"].to_numpy(), np.roll(pieces["low"], -1))
    over = table[(table["from_bucket"] == 8) & (table["to_bucket"] == 1)]
    assert len(over) == 1


def test_one_bucket_hands_over_to_nobody() -> None:
    run = make_run(n_buckets=1)
    for feature, scalar in SCALARS.items():
        assert handovers(run, feature).empty
        assert segments(run, feature)[["low", "high"]].to_numpy().ravel() == pytest.approx(value_range(scalar))


def test_an_edge_that_is_never_decided_says_so() -> None:
    run = make_run(n_buckets=2)
    layer = run.model.soft_one_hot("hour")
    layer.weight.copy_(torch.tensor([[0.0, 0.0], [1.0, -1.0]]))
    layer.bias.zero_()
    table = handovers(run, "hour")
    np.testing.assert_allclose(table["value"], [6, 18])
    assert table[["begins", "ends"]].isna().all(axis=None), "log-odds stay within 2 of each other, below log 9"
    assert handovers(run, "hour", 0.5)[["begins", "ends"]].notna().all(axis=None)
