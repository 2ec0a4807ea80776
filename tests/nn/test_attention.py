"""Attention is the formula's mean; rotary, a turn by the place, as complex numbers do it, so that distance alone counts."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reprlearn.nn.attention import SLOWEST_TURN, Layer, mixed, rotated


def turned_by_loops(x: torch.Tensor) -> torch.Tensor:
    """Units i and i + n / 2 as a complex number, times e^(i t theta), one by one."""
    time, units = x.shape
    half = units // 2
    turned = torch.empty_like(x)
    for t in range(time):
        for i in range(half):
            angle = torch.tensor(t * SLOWEST_TURN ** (-i / half), dtype=torch.float64)
            z = torch.complex(x[t, i].double(), x[t, i + half].double()) * torch.polar(torch.ones_like(angle), angle)
            turned[t, i], turned[t, i + half] = z.real, z.imag
    return turned


@given(seed=st.integers(0, 1000), time=st.integers(1, 9), half=st.integers(1, 5))
def test_a_turn_is_that_of_complex_numbers(seed, time, half):
    x = torch.randn(time, 2 * half, generator=torch.Generator().manual_seed(seed))
    torch.testing.assert_close(rotated(x), turned_by_loops(x), atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(rotated(x).norm(dim=1), x.norm(dim=1))


@given(seed=st.integers(0, 1000), far=st.integers(1, 60))
def test_scores_depend_on_the_distance_alone(seed, far):
    draw = torch.Generator().manual_seed(seed)
    query, key = torch.randn(2, 8, generator=draw).double()
    queries, keys = rotated(query.expand(128, 8)), rotated(key.expand(128, 8))
    scores = (queries[:-far] * keys[far:]).sum(1)
    torch.testing.assert_close(scores, scores[:1].expand_as(scores), atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16])
@pytest.mark.parametrize("causal", [False, True])
def test_a_mean_of_values_is_that_of_the_formula_in_every_precision(dtype, causal):
    draw = torch.Generator().manual_seed(0)
    query, key, value = (torch.randn(2, 3, 5, 4, generator=draw).to(dtype).requires_grad_() for _ in range(3))
    padded = torch.tensor([[True] * 5, [True, True, False, False, False]])[:, None, None]
    allowed = torch.ones(5, 5, dtype=torch.bool).tril() if causal else padded
    scores = (query.double() @ key.double().transpose(2, 3) / 2).masked_fill(~allowed, -torch.inf)
    expected = scores.softmax(3) @ value.double()
    with torch.autocast("cpu", torch.bfloat16, enabled=dtype is torch.bfloat16):
        found = mixed(query, key, value, None if causal else padded, causal=causal)
    assert found.dtype is dtype
    close = {torch.float64: 1e-12, torch.float32: 1e-5, torch.bfloat16: 1e-2}[dtype]
    torch.testing.assert_close(found.double(), expected, atol=close, rtol=close)
    for own, by_formula in zip(
        torch.autograd.grad(found.double().square().sum(), (query, key, value)),
        torch.autograd.grad(expected.square().sum(), (query, key, value)),
        strict=True,
    ):
        torch.testing.assert_close(own.double(), by_formula.double(), atol=10 * close, rtol=10 * close)


@torch.no_grad()
@pytest.mark.parametrize("causal", [False, True])
def test_the_weights_shown_are_those_used(causal):
    layer = Layer(8, 2, 0.0, causal=causal, rotary=True).eval()
    x = torch.randn(1, 7, 8, generator=torch.Generator().manual_seed(0))
    _, _, value = layer._heads(layer.attention_norm(x))
    shown = layer.attended((layer.attention(x) @ value).transpose(1, 2).flatten(2))
    torch.testing.assert_close(shown, layer._attend(layer.attention_norm(x)))
