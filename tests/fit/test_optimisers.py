"""Schedules: where they begin, rise, hold and end."""

import pytest

from reprlearn.fit.optimisers import learning_rate
from reprlearn.recipes import FitConfig


def rates(total: int = 100, **fields) -> list[float]:
    config = FitConfig(learning_rate=2.0, **fields)
    return [learning_rate(config, step, total) for step in range(total)]


def test_constant_stays():
    assert set(rates(schedule="constant")) == {2.0}


@pytest.mark.parametrize("schedule", ["linear", "cosine"])
def test_it_falls_from_the_highest_rate_to_nearly_none(schedule):
    values = rates(schedule=schedule)
    assert values[0] == 2.0 and values == sorted(values, reverse=True) and 0 < values[-1] < 0.03


def test_warm_up_rises_to_the_highest_rate_and_hold_keeps_it():
    values = rates(schedule="linear", warmup_steps=10, hold=0.5)
    assert values[:10] == pytest.approx([0.2 * i for i in range(1, 11)])
    assert set(values[10:50]) == {2.0} and values[60] < 2.0


def test_halfway_down_the_rate_is_half():
    for schedule in ("linear", "cosine"):
        assert rates(schedule=schedule)[50] == pytest.approx(1.0)
