"""Transforms of scalars: what they keep, what they undo, and what must not break them."""

from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reprlearn.nn.event_config import ScalarFacts
from reprlearn.nn.scalar_transform import LIMIT, ScalarTransform
from tests.scalar_facts import fit_scalar

DELAYS = torch.randn(4000, generator=torch.Generator().manual_seed(0)).mul(2).exp().mul(10) - 12
FITTED = {
    "standardise": fit_scalar("delay", DELAYS),
    "asinh": fit_scalar("delay", DELAYS, "asinh"),
    "cyclic": fit_scalar("hour", DELAYS.remainder(24), "cyclic", period=24.0),
}


@pytest.mark.parametrize("name", ["standardise", "asinh"])
def test_training_values_come_out_standardised(name):
    channels, missing = ScalarTransform(FITTED[name])(DELAYS)
    assert channels.mean().item() == pytest.approx(0, abs=1e-4)
    assert channels.std(correction=0).item() == pytest.approx(1, abs=1e-4)
    assert not missing.any()


def test_asinh_counts_ratios_above_one_and_differences_below_on_both_sides_of_zero():
    transform = ScalarTransform(ScalarFacts(name="delay", transform="asinh"))
    position = transform.position(torch.tensor([500.0, 1000.0, -500.0, -1000.0, 0.01, 0.02]))
    assert (position[1] - position[0]).item() == pytest.approx(torch.tensor(2.0).log().item(), abs=1e-3)
    torch.testing.assert_close(position[2:4], -position[:2])
    assert (position[5] / position[4]).item() == pytest.approx(2, abs=1e-3)


@given(value=st.floats(-1e4, 1e4, width=32), name=st.sampled_from(["standardise", "asinh"]))
def test_the_inverse_gives_the_value_back(value, name):
    transform = ScalarTransform(FITTED[name])
    channels, _ = transform(torch.tensor([value]))
    assert transform.inverse(channels).item() == pytest.approx(value, rel=1e-4, abs=1e-3)


@given(value=st.floats(-100, 100, width=32), turns=st.integers(-3, 3))
def test_a_cyclic_scalar_is_known_up_to_whole_turns(value, turns):
    transform = ScalarTransform(FITTED["cyclic"])
    channels, _ = transform(torch.tensor([value, value + 24 * turns]))
    torch.testing.assert_close(channels[0], channels[1], atol=1e-4, rtol=0)
    back = transform.inverse(channels[:1]).item()
    assert 0 <= back < 24
    assert min((back - value) % 24, (value - back) % 24) == pytest.approx(0, abs=1e-3)
    assert 0 <= transform.position(torch.tensor([value])).item() < 1


def test_the_end_of_a_turn_is_next_to_its_beginning():
    late, early, noon = ScalarTransform(FITTED["cyclic"])(torch.tensor([23.9, 0.1, 12.0]))[0]
    assert torch.dist(late, early) < 0.1 < torch.dist(late, noon)


@pytest.mark.parametrize("name", FITTED)
def test_huge_and_infinite_values_stay_finite_and_so_do_gradients(name):
    largest = torch.finfo(torch.float32).max
    values = torch.tensor([largest, -largest, 1e20, 1e-40, torch.inf, -torch.inf, torch.nan], requires_grad=True)
    for facts in (FITTED[name], replace(FITTED[name], scale=1e-20, mean=-1e20)):
        channels, missing = ScalarTransform(facts)(values)
        channels.sum().backward()
        assert channels.isfinite().all() and channels.abs().max() <= LIMIT
        assert values.grad is not None and values.grad.isfinite().all()
        # Infinity lies at the end of a line, and nowhere on a circle.
        assert missing.tolist() == [False] * 4 + [name == "cyclic"] * 2 + [True]


@pytest.mark.parametrize("value", [0.1, 1e6, -3.7e-9])
def test_a_constant_column_is_centred_not_blown_up(value):
    rounding = ScalarFacts(name="constant", mean=value, scale=1.1e-7 * abs(value))
    for facts in (fit_scalar("constant", torch.full((1000,), value)), rounding):
        position = ScalarTransform(facts).position(torch.tensor([value, value * 1.000001]))
        assert position.abs().max() < 2


def test_fitted_numbers_are_saved_and_never_rounded():
    transform = ScalarTransform(ScalarFacts(name="epoch", mean=100_003.0, scale=3.3))
    assert set(transform.state_dict()) == {"mean", "scale"}
    module = torch.nn.Sequential(transform, torch.nn.Linear(2, 2)).half()
    assert transform.mean.item() == 100_003.0 and module[1].weight.dtype == torch.float16
    assert module.to("meta")[0].mean.is_meta  # and yet it moves between devices


def test_quantiles_are_read_at_any_level():
    levels = torch.tensor([0.0, 0.1, 0.5, 0.93, 1.0])
    transform = ScalarTransform(FITTED["asinh"])
    exact = transform.position(torch.quantile(DELAYS, levels))
    torch.testing.assert_close(transform.quantile_positions(levels), exact, atol=0.02, rtol=0.01)
    few = ScalarFacts(name="delay", quantiles=(0.0, 1.0, 5.0))
    assert ScalarTransform(few).quantile_positions(torch.tensor([0.25, 0.5, 0.75])).tolist() == [0.5, 1.0, 3.0]


def test_without_quantiles_values_are_taken_for_normal_and_hours_for_uniform():
    levels = torch.tensor([0.25, 0.5, 0.75])
    normal = ScalarTransform(ScalarFacts(name="gap")).quantile_positions(levels)
    assert normal.tolist() == pytest.approx([-0.6745, 0, 0.6745], abs=1e-3)
    hours = ScalarFacts(name="hour", transform="cyclic", period=24.0)
    assert torch.equal(ScalarTransform(hours).quantile_positions(levels), levels)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"scale": -1.0}, "scale"),
        ({"mean": float("nan")}, "finite"),
        ({"transform": "cyclic"}, "period"),
        ({"period": 24.0}, "period"),
        ({"quantiles": (2.0, 1.0)}, "ascend"),
    ],
)
def test_impossible_facts_are_refused_by_name(fields, said):
    with pytest.raises(ValueError, match=f"'delay'.*{said}"):
        ScalarFacts(name="delay", **fields)
