"""Muon: its step is the orthogonal factor of the gradient, and takes an LSTM's gates one by one."""

import pytest
import torch

from reprlearn.fit.muon import Muon, orthogonal


def exact(matrix: torch.Tensor) -> torch.Tensor:
    u, _, v = torch.linalg.svd(matrix, full_matrices=False)
    return u @ v


@pytest.mark.parametrize("shape", [(12, 30), (30, 12), (16, 16)])
def test_it_is_nearly_the_orthogonal_factor(shape):
    matrix = torch.randn(*shape, generator=torch.Generator().manual_seed(0))
    found = orthogonal(matrix[None])[0]
    values = torch.linalg.svdvals(found)
    assert values.min() > 0.5 and values.max() < 1.3
    wanted = exact(matrix)
    assert (found * wanted).sum() / found.norm() / wanted.norm() > 0.97


def test_no_direction_of_a_gradient_takes_all_of_the_step():
    # The largest singular value is a hundred times the smallest.
    matrix = exact(torch.randn(8, 8, generator=torch.Generator().manual_seed(0))) * torch.logspace(0, 2, 8)
    values = torch.linalg.svdvals(orthogonal(matrix[None])[0])
    assert values.max() / values.min() < 3


def test_stacked_gates_step_as_they_would_alone():
    draw = torch.Generator().manual_seed(0)
    gates = [torch.randn(6, 5, generator=draw) for _ in range(4)]
    gradients = [torch.randn(3, 6, 5, generator=draw) for _ in range(4)]  # of three steps
    stacked = torch.nn.Parameter(torch.cat(gates))
    alone = [torch.nn.Parameter(gate.clone()) for gate in gates]
    whole, parts = Muon([{"params": [stacked], "n_blocks": 4}], lr=0.1), Muon(alone, lr=0.1)
    for step in range(3):
        stacked.grad = torch.cat([gradient[step] for gradient in gradients])
        for parameter, gradient in zip(alone, gradients, strict=True):
            parameter.grad = gradient[step]
        whole.step()
        parts.step()
    torch.testing.assert_close(stacked.detach(), torch.cat([*map(torch.Tensor.detach, alone)]), rtol=1e-2, atol=1e-2)


def test_a_step_goes_down_and_its_length_knows_nothing_of_the_gradients():
    steps = []
    for scale in (1.0, 1e4):
        parameter = torch.nn.Parameter(torch.zeros(6, 6))
        parameter.grad = scale * torch.randn(6, 6, generator=torch.Generator().manual_seed(0))
        Muon([parameter], lr=0.1).step()
        assert (parameter * parameter.grad).sum() < 0
        steps.append(parameter.detach())
    torch.testing.assert_close(steps[0], steps[1], rtol=0.1, atol=5e-3)  # half precision within


def test_what_does_not_split_into_its_blocks_is_refused():
    with pytest.raises(ValueError, match="not 4 matrices"):
        Muon([{"params": [torch.nn.Parameter(torch.zeros(6, 5))], "n_blocks": 4}], lr=0.1)
