"""The fast augmented loss against the definition, word by word."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from reprlearn.objectives import augmented
from reprlearn.objectives.augmented import augmented_cross_entropy, soft_targets


def inputs(n: int, width: int, vocabulary: int, *, tied: bool = False, scale: float = 1.0):
    generator = torch.Generator().manual_seed(n + 100 * vocabulary)

    def draw(*shape):
        return (scale * torch.randn(shape, generator=generator)).requires_grad_()

    hidden, weight, bias = draw(n, width), draw(vocabulary, width), draw(vocabulary)
    targets = torch.randint(vocabulary, (n,), generator=generator)
    return hidden, weight, bias, targets, weight if tied else draw(vocabulary, width)


def naive(hidden, weight, bias, targets, embedding, *, temperature, gain, through_target=False):
    """From the paper's definitions, one word and one vocabulary entry at a time."""
    total = torch.zeros(())
    for row, y in zip(hidden, targets, strict=True):
        z = torch.stack([w @ row + b for w, b in zip(weight, bias, strict=True)])
        scores = torch.stack([e @ embedding[y] for e in embedding]) / temperature
        soft = torch.exp(scores) / torch.exp(scores).sum()
        if not through_target:
            soft = soft.detach()
        cooled = torch.exp(z / temperature) / torch.exp(z / temperature).sum()
        plain = -torch.log(torch.exp(z) / torch.exp(z).sum())[y]
        divergence = sum(s * (torch.log(s) - torch.log(q)) for s, q in zip(soft, cooled, strict=True))
        total = total + plain + gain * temperature * divergence
    return total / len(targets)


@settings(max_examples=20)
@given(
    n=st.integers(1, 12),
    vocabulary=st.integers(2, 9),
    rows=st.integers(1, 15),
    temperature=st.sampled_from([1.0, 2.5, 10.0]),
    gain=st.sampled_from([0.0, 0.6]),
    tied=st.booleans(),
    through_target=st.booleans(),
)
def test_loss_and_gradients_equal_the_definition(n, vocabulary, rows, temperature, gain, tied, through_target):
    arguments = inputs(n, 4, vocabulary, tied=tied)
    options = {"temperature": temperature, "gain": gain, "through_target": through_target}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(augmented, "ROWS_PER_BLOCK", rows)
        loss = augmented_cross_entropy(*arguments, **options)
    expected = naive(*arguments, **options)
    torch.testing.assert_close(loss, expected, rtol=1e-4, atol=1e-5)
    leaves = [*arguments[:3], arguments[4]] if through_target and not tied else list(arguments[:3])
    found = torch.autograd.grad(loss * 3, leaves)
    for gradient, wanted in zip(found, torch.autograd.grad(expected * 3, leaves), strict=True):
        torch.testing.assert_close(gradient, wanted, rtol=1e-3, atol=1e-4)


def test_without_gradient_the_value_is_the_same():
    arguments = inputs(30, 8, 40)
    with torch.no_grad():
        value = augmented_cross_entropy(*arguments, temperature=5.0, gain=0.5)
    torch.testing.assert_close(value, augmented_cross_entropy(*arguments, temperature=5.0, gain=0.5).detach())


def test_half_precision_is_near_single_precision():
    arguments = inputs(300, 32, 100, scale=0.5)
    exact = torch.autograd.grad(augmented_cross_entropy(*arguments, temperature=10.0, gain=0.6), arguments[:3])
    with torch.autocast("cpu", torch.bfloat16):
        loss = augmented_cross_entropy(*arguments, temperature=10.0, gain=0.6)
    for gradient, wanted in zip(torch.autograd.grad(loss, arguments[:3]), exact, strict=True):
        assert gradient.dtype == torch.float32
        assert (gradient - wanted).norm() < 0.03 * wanted.norm()


def test_a_soft_target_is_a_distribution_that_hardens_as_the_temperature_falls():
    embedding = torch.nn.functional.normalize(inputs(1, 8, 40)[4].detach())
    words = torch.arange(40)
    peaks = []
    for temperature in (10.0, 1.0, 0.1):
        soft = soft_targets(embedding, words, temperature)
        torch.testing.assert_close(soft.sum(1), torch.ones(40))
        assert (soft.argmax(1) == words).all()  # of unit vectors, a word is nearest to itself
        peaks.append(soft.max(1).values)
    assert (peaks[0] < peaks[1]).all() and (peaks[1] < peaks[2]).all()


def test_the_augmented_part_vanishes_where_the_model_is_the_soft_target():
    embedding = inputs(1, 6, 20)[4].detach()
    targets = torch.arange(20)
    hidden, bias = embedding[targets], torch.zeros(20)
    with_it = augmented_cross_entropy(hidden, embedding, bias, targets, embedding, temperature=3.0, gain=1.0)
    without = augmented_cross_entropy(hidden, embedding, bias, targets, embedding, temperature=3.0, gain=0.0)
    torch.testing.assert_close(with_it, without, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("through_target", [False, True])
def test_the_plain_part_is_the_cross_entropy_and_brings_no_gradient(through_target):
    arguments = inputs(30, 8, 40)
    total, plain = augmented.both_losses(*arguments, temperature=5.0, gain=0.5, through_target=through_target)
    hidden, weight, bias, targets, _ = arguments
    expected = torch.nn.functional.cross_entropy(hidden @ weight.T + bias, targets)
    torch.testing.assert_close(plain, expected.detach())
    assert not plain.requires_grad and total.requires_grad and total > plain
