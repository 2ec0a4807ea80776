"""The closed form counts what torch does going forward, three times over."""

import math

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from reprlearn.analysis.operations import operations_per_token, training_costs
from reprlearn.nn.config import GPTConfig, LSTMConfig
from reprlearn.runs import load

MODELS = [
    LSTMConfig(width=12, n_layers=1),
    LSTMConfig(width=8, hidden_width=20, n_layers=3, projection=True),
    GPTConfig(width=12, n_layers=2, n_heads=3, context_length=16),
]


def products(model: LSTMConfig | GPTConfig, n_words: int, length: int) -> float:
    """Operations of the matrix products in one forward pass, a token; those of a recurrent layer by hand, which torch's counter
    does not see.
    """
    built = model.build(n_words, torch.Generator().manual_seed(0)).eval()
    ids = torch.zeros(1, length, dtype=torch.long)
    with FlopCounterMode(display=False) as counter:
        built.next_token_logits(ids)
    counted = counter.get_total_flops() / length
    for module in built.modules():
        if isinstance(module, torch.nn.LSTM):
            counted += sum(2 * p.numel() for name, p in module.named_parameters() if "weight" in name)
    return counted


@pytest.mark.parametrize("model", MODELS[:2], ids=repr)
def test_an_lstm_costs_three_forward_passes(model: LSTMConfig) -> None:
    assert operations_per_token(model, 50) == pytest.approx(3 * products(model, 50, 16))


def test_a_transformer_costs_three_forward_passes_of_a_whole_context() -> None:
    model = MODELS[2]
    assert isinstance(model, GPTConfig)
    # torch's counter does not see the fused attention: keys and values of half a context in the mean, two operations each.
    attention = 2 * 2 * model.n_layers * model.width * model.context_length / 2
    counted = products(model, 50, model.context_length)
    assert operations_per_token(model, 50) == pytest.approx(3 * (counted + attention))


def test_curves_know_what_they_cost() -> None:
    run = load("lstm-tied")
    costs = training_costs(run)
    minutes, teraoperations = (float(costs[name].to_numpy()[-1]) for name in ("minutes", "teraoperations"))
    assert minutes == pytest.approx(run.card.trained.wall_seconds / 60)
    per_token = 6 * (16 * 200**2 + 10_000 * 200)  # two layers of 8 D², and the output matrix
    assert math.isclose(teraoperations, run.card.trained.tokens * per_token / 1e12)
