"""The block-wise cross entropy against the plain one."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F

from reprlearn.objectives import cross_entropy
from reprlearn.objectives.cross_entropy import linear_cross_entropy, target_log_probabilities


def inputs(n: int, width: int, vocabulary: int, scale: float = 1.0) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(n)
    hidden, weight, bias = (
        (scale * torch.randn(shape, generator=generator)).requires_grad_()
        for shape in ((n, width), (vocabulary, width), (vocabulary,))
    )
    return [hidden, weight, bias, torch.randint(vocabulary, (n,), generator=generator)]


def naive(hidden, weight, bias, targets):
    """Row by row, from the definition."""
    losses = []
    for row, target in zip(hidden, targets, strict=True):
        scores = weight @ row + bias
        losses.append(torch.log(torch.exp(scores - scores.max()).sum()) + scores.max() - scores[target])
    return torch.stack(losses).mean()


@settings(max_examples=25)
@given(n=st.integers(1, 40), width=st.integers(1, 8), vocabulary=st.integers(2, 30), rows=st.integers(1, 50))
def test_loss_and_gradients_equal_the_definition(n, width, vocabulary, rows):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cross_entropy, "ROWS_PER_BLOCK", rows)
        arguments = inputs(n, width, vocabulary)
        loss = linear_cross_entropy(*arguments)
        expected = naive(*arguments)
        gradients = torch.autograd.grad(loss * 3, arguments[:3])
        expected_gradients = torch.autograd.grad(expected * 3, arguments[:3])
    torch.testing.assert_close(loss, expected)
    for gradient, wanted in zip(gradients, expected_gradients, strict=True):
        torch.testing.assert_close(gradient, wanted, rtol=1e-4, atol=1e-5)


def test_without_gradients_the_loss_is_the_same():
    arguments = inputs(50, 8, 30)
    with torch.no_grad():
        loss = linear_cross_entropy(*arguments)
    torch.testing.assert_close(loss, linear_cross_entropy(*arguments).detach())


def test_huge_scores_stay_finite():
    arguments = inputs(10, 8, 30, scale=1e3)
    loss = linear_cross_entropy(*arguments)
    gradients = torch.autograd.grad(loss, arguments[:3])
    assert all(torch.isfinite(part).all() for part in (loss, *gradients))


def test_half_precision_is_near_single_precision():
    arguments = inputs(300, 32, 100)
    exact = torch.autograd.grad(linear_cross_entropy(*arguments), arguments[:3])
    with torch.autocast("cpu", torch.bfloat16):
        loss = linear_cross_entropy(*arguments)
    rounded = torch.autograd.grad(loss, arguments[:3])
    for gradient, wanted in zip(rounded, exact, strict=True):
        assert gradient.dtype == torch.float32
        assert (gradient - wanted).norm() < 0.02 * wanted.norm()


def test_target_log_probabilities_equal_torch():
    hidden, weight, bias, targets = inputs(300, 8, 30)
    expected = -F.cross_entropy(F.linear(hidden, weight, bias), targets, reduction="none")
    torch.testing.assert_close(target_log_probabilities(hidden, weight, bias, targets), expected)
