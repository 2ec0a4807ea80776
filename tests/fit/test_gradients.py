"""The probe tells the two gradients of a shared matrix apart."""

import pytest
import torch

from reprlearn.fit.gradients import GradientProbe
from reprlearn.nn.config import LSTMConfig
from reprlearn.objectives.causal import CausalBatch
from reprlearn.objectives.config import CausalConfig


@pytest.mark.parametrize("tied", [True, False])
def test_norms_equal_those_of_two_separate_matrices(tied):
    objective = CausalConfig().build()
    model = LSTMConfig(width=6, n_layers=1, dropout=0.0, tied=tied).build(20, torch.Generator().manual_seed(0))
    reference = LSTMConfig(width=6, n_layers=1, dropout=0.0).build(20, torch.Generator().manual_seed(0))
    reference.load_state_dict(model.state_dict())
    ids = torch.randint(20, (3, 9), generator=torch.Generator().manual_seed(1))
    batch = CausalBatch(ids[:, :-1], ids[:, 1:])
    loss, _ = objective.loss(reference, batch, None)
    loss.backward()

    probe = GradientProbe(model)
    assert probe.read() == (None, None)
    probe.arm()
    loss, _ = objective.loss(model, batch, None)
    loss.backward()
    probe.collect()
    gradients = [reference.input_embedding().grad, reference.output_embedding().grad]
    expected = tuple(gradient.norm().item() for gradient in gradients if gradient is not None)
    assert probe.read() == pytest.approx(expected, rel=1e-5)
    assert probe.read() == (None, None)


def test_steps_that_were_not_armed_leave_no_trace():
    model = LSTMConfig(width=6, n_layers=1).build(20, torch.Generator().manual_seed(0))
    probe = GradientProbe(model)
    loss, _ = CausalConfig().build().loss(model, CausalBatch(torch.ones(2, 3).long(), torch.ones(2, 3).long()), None)
    loss.backward()
    probe.collect()
    assert probe.read() == (None, None)
