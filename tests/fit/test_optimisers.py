"""Schedules: where they begin, rise, hold and end; and which optimiser takes which parameters."""

import pytest
import torch

from reprlearn.fit.optimisers import learning_rate, make_optimisers, set_rates
from reprlearn.nn.config import GPTConfig, LSTMConfig
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


MODELS = {
    "lstm-tied": LSTMConfig(tied=True, width=8, n_layers=2),
    "lstm-untied": LSTMConfig(width=8, n_layers=1, projection=True),
    "gpt-untied": GPTConfig(width=8, n_layers=1, n_heads=2),
}


@pytest.mark.parametrize("config", MODELS.values(), ids=MODELS)
@pytest.mark.parametrize("optimiser", ["sgd", "adamw", "muon"])
def test_every_parameter_is_stepped_by_one_optimiser(config, optimiser):
    model = config.build(30, torch.Generator().manual_seed(0))
    made = make_optimisers(FitConfig(optimiser=optimiser, learning_rate=0.01), model)
    taken = [id(p) for each in made for group in each.param_groups for p in group["params"]]
    assert sorted(taken) == sorted(id(p) for p in model.parameters())


@pytest.mark.parametrize("config", MODELS.values(), ids=MODELS)
def test_muon_takes_the_matrices_between_the_embeddings(config):
    model = config.build(30, torch.Generator().manual_seed(0))
    _, muon = make_optimisers(FitConfig(optimiser="muon", learning_rate=0.01), model)
    names = {id(p): name for name, p in model.named_parameters()}
    taken = {names[id(p)] for group in muon.param_groups for p in group["params"]}
    tables = {"embedding.weight", "output.weight", "positions.weight"}
    assert taken == {name for name, p in model.named_parameters() if p.ndim == 2} - tables


def test_all_groups_follow_the_schedule_each_from_its_own_rate():
    config = FitConfig(optimiser="muon", learning_rate=0.01, matrix_rate=0.04, schedule="linear")
    made = make_optimisers(config, MODELS["lstm-tied"].build(30, torch.Generator().manual_seed(0)))
    for step in (0, 30, 90):
        rate = set_rates(config, made, step, 100)
        assert rate == learning_rate(config, step, 100)
        assert [each.param_groups[0]["lr"] for each in made] == pytest.approx([rate, 4 * rate])
