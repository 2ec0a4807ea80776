"""The check of the subspace distance: its losses are those of the formula, its embedding stays on the sphere."""

import pytest
import torch

from benchmarks import subspace_distance as benchmark
from reprlearn.nn.config import LSTMConfig


def test_the_losses_are_those_of_the_formula():
    model = LSTMConfig(width=6, n_layers=1, dropout=0.0).build(9, torch.Generator().manual_seed(0))
    hidden = torch.randn(5, 6, generator=torch.Generator().manual_seed(1))
    targets = torch.tensor([3, 3, 8, 0, 1])
    plain, augmented = (part.item() for part in benchmark.both_losses(model, hidden, targets, tau=2.0))
    z = model.output(hidden)
    y = (model.embedding.weight[targets] @ model.embedding.weight.T / 2).softmax(1)
    q = (z / 2).softmax(1)
    assert augmented == pytest.approx((y * (y.log() - q.log())).sum(1).mean().item(), abs=1e-6)
    assert plain == pytest.approx(-z.log_softmax(1)[torch.arange(5), targets].mean().item(), abs=1e-6)


def test_the_input_embedding_stays_on_the_sphere_and_the_seed_decides(monkeypatch):
    monkeypatch.setattr(benchmark, "WIDTH", 8)
    stream = torch.randint(40, (400,), generator=torch.Generator().manual_seed(0))
    settings = {"tau": 10.0, "beta": 1.0, "epochs": 1, "learning_rate": 0.5}
    (model, losses), (again, same), (_, other) = (benchmark.train(stream, seed=seed, **settings) for seed in (0, 0, 1))
    torch.testing.assert_close(model.input_embedding().norm(dim=1), torch.ones(40))
    assert torch.equal(model.output_embedding(), again.output_embedding())
    assert losses == same != other
