"""The check of the subspace distance: its losses are those of the formula, its embedding stays on the sphere."""

import pytest
import torch

from benchmarks import subspace_distance as benchmark
from reprlearn.analysis import subspace
from reprlearn.nn.config import LSTMConfig


def test_the_losses_are_those_of_the_formula():
    model = LSTMConfig(width=6, n_layers=1, dropout=0.0).build(9, torch.Generator().manual_seed(0))
    hidden = torch.randn(5, 6, generator=torch.Generator().manual_seed(1))
    targets = torch.tensor([3, 3, 8, 0, 1])
    z = model.output(hidden)
    y = (model.embedding.weight[targets] @ model.embedding.weight.T / 2).softmax(1)
    q = (z / 2).softmax(1)
    plain = -z.log_softmax(1)[torch.arange(5), targets].mean().item()
    augmented = (y * (y.log() - q.log())).sum(1).mean().item()
    assert benchmark.augmented_loss(model, hidden, targets, tau=2.0).item() == pytest.approx(augmented, abs=1e-6)
    for beta in (0.0, 0.25, 1.0):
        mixed = benchmark.mixed_loss(model, hidden, targets, tau=2.0, beta=beta).item()
        assert mixed == pytest.approx(beta * augmented * 4 * 9 + (1 - beta) * plain, abs=1e-5)


SETTINGS = {"tau": 10.0, "epochs": 1, "learning_rate": 0.5}


@pytest.fixture
def stream(monkeypatch):
    monkeypatch.setattr(benchmark, "WIDTH", 8)
    return torch.randint(40, (400,), generator=torch.Generator().manual_seed(0))


def test_the_input_embedding_stays_on_the_sphere_and_the_seed_decides(stream):
    model, again, other = (benchmark.train(stream, seed=seed, beta=1.0, **SETTINGS) for seed in (0, 0, 1))
    torch.testing.assert_close(model.input_embedding().norm(dim=1), torch.ones(40))
    assert torch.equal(model.output_embedding(), again.output_embedding())
    assert not torch.equal(model.output_embedding(), other.output_embedding())


@pytest.mark.parametrize("tau", [1.0, 10.0])
@pytest.mark.parametrize("beta", [0.5, 1.0])
def test_the_output_embedding_ends_where_the_loss_is_lowest(stream, monkeypatch, tau, beta):
    monkeypatch.setattr(benchmark, "OUTPUT_PASSES", 100)
    model = LSTMConfig(width=8, n_layers=2, dropout=0.0).build(40, torch.Generator().manual_seed(0))
    benchmark.put_on_the_sphere(model)
    read, targets = benchmark.in_rows(stream)
    hidden = model(read, None)[0].flatten(0, 1).detach()

    def loss():
        return benchmark.mixed_loss(model, hidden, targets.flatten(), tau, beta)

    before = loss().item()
    benchmark.fit_output(model, stream, tau, beta)
    after = loss()
    after.backward()
    assert after.item() < before
    gradients = [parameter.grad for parameter in (model.output_embedding(), model.output_bias())]
    assert max(float(gradient.abs().max()) for gradient in gradients if gradient is not None) < 1e-4


def test_the_augmented_loss_alone_leads_into_the_span_of_the_input_embedding(stream):
    alone, without = (
        benchmark.train(stream, tau=10.0, beta=beta, seed=0, epochs=30, learning_rate=0.01) for beta in (1.0, 0.0)
    )
    near, far = (
        subspace.subspace_distance(
            *(part.detach().numpy() for part in (model.input_embedding(), model.output_embedding()))
        )
        for model in (alone, without)
    )
    assert near < 0.5 < 0.7 < far  # random spans: 0.89


def test_a_training_without_the_augmented_loss_stands_for_every_temperature(stream, tmp_path, monkeypatch):
    def finish(taus, beta):
        benchmark.finish("text", stream, taus, tmp_path, beta=beta, seed=0, epochs=1, learning_rate=0.1)

    finish([10.0, 2.0], 0.0)
    finish([10.0], 1.0)
    cells = subspace.cells(tmp_path)
    assert list(zip(cells["beta"], cells["tau"], strict=True)) == [(0.0, 10.0), (0.0, 2.0), (1.0, 10.0)]
    assert cells["distance"].iloc[0] == cells["distance"].iloc[1]
    monkeypatch.setattr(benchmark, "train", None)
    finish([10.0], 1.0)  # is there: not trained again
    assert len(subspace.cells(tmp_path)) == 3
