"""Rotary attention: a turn by the place, as complex numbers do it; scores depend on how far apart two words are."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reprlearn.nn.attention import SLOWEST_TURN, Layer, rotated


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


@torch.no_grad()
@pytest.mark.parametrize("causal", [False, True])
def test_the_weights_shown_are_those_used(causal):
    layer = Layer(8, 2, 0.0, causal=causal, rotary=True).eval()
    x = torch.randn(1, 7, 8, generator=torch.Generator().manual_seed(0))
    _, _, value = layer._heads(layer.attention_norm(x))
    mixed = layer.attended((layer.attention(x) @ value).transpose(1, 2).flatten(2))
    torch.testing.assert_close(mixed, layer._attend(layer.attention_norm(x)))
