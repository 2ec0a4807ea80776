"""The encodings of scalars: each against its formula written out, and what all of them must stand."""

import itertools
import math
from dataclasses import replace
from typing import get_args

import pytest
import torch

from reprlearn.nn.event_config import Encoding, EventModelConfig, ScalarFacts
from reprlearn.nn.scalar_encodings import AutoDis, Mask, Periodic, PiecewiseLinear, QuantileBuckets
from reprlearn.nn.scalar_join import Concatenated, make_join
from reprlearn.nn.scalar_transform import ScalarTransform
from tests.scalar_facts import fit_scalar

GAPS = torch.randn(4000, generator=torch.Generator().manual_seed(0)).mul(1.5).add(3).exp()
GAP = fit_scalar("gap", GAPS, "asinh")
HOUR = fit_scalar("hour", GAPS.remainder(24), "cyclic", period=24.0)
CONFIG = EventModelConfig(width=6, n_buckets=5)
ENCODINGS = get_args(Encoding)
VALUES = torch.tensor([0.0, 1.0, 3.3, 17.0, 400.0, 1e5])


def join(encoding, facts=(GAP, HOUR), seed=0, **fields):
    return make_join(replace(CONFIG, encoding=encoding, **fields), facts, torch.Generator().manual_seed(seed))


def make(kind, facts=GAP, **fields):
    return kind(ScalarTransform(facts), replace(CONFIG, **fields), torch.Generator().manual_seed(0))


def assert_rows(rows: torch.Tensor, expected: list) -> None:
    torch.testing.assert_close(rows, torch.tensor(expected), atol=1e-4, rtol=1e-4)


def affine(layer: torch.nn.Linear, inputs: list[float]) -> list[float]:
    return [
        sum(w * x for w, x in zip(row, inputs, strict=True)) + b
        for row, b in zip(layer.weight.tolist(), layer.bias.tolist(), strict=True)
    ]


def test_quantile_is_the_row_of_the_bucket_the_value_falls_in():
    encoder, values = make(QuantileBuckets), GAPS[:50]
    edges = [torch.quantile(GAPS, level).item() for level in (0.2, 0.4, 0.6, 0.8)]
    buckets = [sum(value >= edge for edge in edges) for value in values.tolist()]
    assert encoder.bucket(values).tolist() == buckets and len(set(buckets)) == 5
    assert_rows(encoder(values), [encoder.embedding[k].tolist() for k in buckets])


def test_quantile_buckets_share_the_training_values_out_and_those_that_coincide_are_merged():
    counts = make(QuantileBuckets).bucket(GAPS).bincount()
    assert counts.tolist() == pytest.approx([len(GAPS) / 5] * 5, rel=0.05)
    tied = torch.cat([torch.zeros(500), torch.arange(500.0)])
    merged = make(QuantileBuckets, fit_scalar("tied", tied))
    assert len(merged.embedding) == 3  # zeros take the quantiles up to 40 % with them
    assert (merged.bucket(tied).bincount(minlength=3) > 0).all()
    assert len(make(QuantileBuckets, fit_scalar("constant", torch.ones(9))).embedding) == 1


def test_quantile_edges_belong_to_the_bucket_above_even_after_the_weights_were_rounded():
    facts = fit_scalar("minutes", torch.arange(1000.0, 2001.0))
    encoder = make(QuantileBuckets, facts)
    edges = torch.tensor([1200.0, 1400.0, 1600.0, 1800.0])
    for _ in range(2):
        assert encoder.bucket(edges).tolist() == [1, 2, 3, 4]
        assert encoder.bucket(edges - 0.1).tolist() == [0, 1, 2, 3]
        encoder = encoder.half().float()


def test_ple_is_the_share_of_each_bin_the_value_has_come_through():
    encoder = make(PiecewiseLinear)
    edges = [ScalarTransform(GAP).position(torch.tensor(GAP.quantiles[i])).item() for i in (0, 20, 40, 60, 80, 100)]
    expected = []
    for n in encoder.transform.position(VALUES).tolist():
        shares = [(n - low) / (high - low) for low, high in itertools.pairwise(edges)]
        clipped = [min(max(share, 0.0), 1.0) for share in shares]
        clipped[0], clipped[-1] = min(shares[0], 1.0), max(shares[-1], 0.0)
        expected.append(clipped)
    assert_rows(encoder.progress(VALUES), expected)
    assert expected[0][0] < 0 and expected[-1][-1] > 1  # the end bins go on outward
    assert_rows(encoder(VALUES), [affine(encoder.project, e) for e in expected])


@pytest.mark.parametrize("facts", [GAP, HOUR], ids=lambda facts: facts.name)
def test_plr_is_a_linear_layer_and_relu_over_cosines_and_sines(facts):
    encoder = make(Periodic, facts)
    expected = []
    for channels in encoder.transform(VALUES)[0].tolist():
        turns = [n * c for n, row in zip(channels, encoder.frequencies.tolist(), strict=True) for c in row]
        waves = [f(2 * math.pi * turn) for f in (math.cos, math.sin) for turn in turns]
        expected.append([max(g, 0.0) for g in affine(encoder.project, waves)])
    assert_rows(encoder(VALUES), expected)


@pytest.mark.parametrize("facts", [GAP, HOUR], ids=lambda facts: facts.name)
def test_autodis_mixes_its_meta_embeddings(facts):
    encoder, expected = make(AutoDis, facts, temperature=0.2), []
    for channels in encoder.transform(VALUES)[0].tolist():
        hidden = [h if h > 0 else 0.01 * h for h in affine(encoder.first, channels)]
        powers = [math.exp(score / 0.2) for score in affine(encoder.second, hidden)]
        rows = encoder.embedding.tolist()
        expected.append([sum(p * row[d] for p, row in zip(powers, rows, strict=True)) / sum(powers) for d in range(6)])
    assert_rows(encoder(VALUES), expected)


def test_mask_is_a_sigmoid_of_a_small_network():
    encoder = Mask(ScalarTransform(GAP), CONFIG, torch.Generator().manual_seed(0), 1)
    expected = []
    for channels in encoder.transform(VALUES)[0].tolist():
        context = [max(c, 0.0) for c in affine(encoder.first, channels)]
        expected.append([1 / (1 + math.exp(-m)) for m in affine(encoder.second, context)])
    assert_rows(encoder(VALUES), expected)


@pytest.mark.parametrize("encoding", ["soft-one-hot", "quantile", "ple", "plr", "autodis"])
def test_vectors_are_added_and_the_sum_divided_by_their_number(encoding):
    joined, x = join(encoding), torch.randn(6, 6)
    expected = (x + joined.encode(0, VALUES) + joined.encode(1, VALUES)) / 3
    torch.testing.assert_close(joined(x, torch.stack([VALUES, VALUES], -1)), expected)


def test_masks_multiply_and_start_where_the_others_scale():
    joined, x = join("mask"), torch.randn(6, 6)
    masks = joined.encode(0, VALUES) * joined.encode(1, VALUES)
    torch.testing.assert_close(joined(x, torch.stack([VALUES, VALUES], -1)), x * masks)
    missing = torch.full((1,), torch.nan)
    start = joined.encode(0, missing) * joined.encode(1, missing)
    torch.testing.assert_close(start, torch.full((1, 6), 1 / 3))


def test_concatenated_channels_are_brought_back_to_the_width():
    joined, x = join("concat"), torch.randn(2, 6)
    assert isinstance(joined, Concatenated)
    scalars = torch.tensor([[17.0, torch.nan], [torch.nan, 6.0]])
    gap = ScalarTransform(GAP).position(torch.tensor(17.0)).item()
    # gap, its flag; sine and cosine of the hour, its flag. Six o'clock is a quarter of a turn.
    read = [[*x[0].tolist(), gap, 0, 0, 0, 1], [*x[1].tolist(), 0, 1, 1, 0, 0]]
    assert_rows(joined(x, scalars), [affine(joined.project, row) for row in read])
    parts = x + joined.encode(0, scalars[:, 0]) + joined.encode(1, scalars[:, 1])
    torch.testing.assert_close(joined(x, scalars), parts)  # as long as U is the identity on x, which is where it starts


def test_none_is_x_itself_and_has_no_vector_for_a_scalar():
    x = torch.randn(6, 6)
    assert join("none")(x, torch.full((6, 2), torch.nan)) is x
    with pytest.raises(ValueError, match="reads no scalars"):
        join("none").encode(0, VALUES)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "facts", [(GAP, HOUR), (fit_scalar("constant", torch.ones(9)), ScalarFacts(name="gap"))], ids=["fitted", "unfitted"]
)
def test_missing_infinite_and_huge_values_leave_values_and_gradients_finite(encoding, facts):
    joined, x = join(encoding, facts), torch.randn(7, 6, requires_grad=True)
    values = torch.tensor([3e38, -3e38, torch.inf, -torch.inf, torch.nan, 0.0, 1.0])
    out = joined(x, torch.stack([values, values.flip(0)], -1))
    out.square().mean().backward()
    assert out.isfinite().all()
    parameters = dict(joined.named_parameters(), x=x)
    assert all(p.grad is not None and p.grad.isfinite().all() for p in parameters.values())


@pytest.mark.parametrize("encoding", [encoding for encoding in ENCODINGS if encoding != "none"])
def test_missing_is_told_apart_from_every_value_and_learned_of_its_own(encoding):
    joined = join(encoding)
    values = torch.cat([VALUES, torch.tensor([0.0, torch.nan])])
    encoded = joined.encode(0, values)
    if encoding != "mask":  # its missing mask starts as its neutral mask, and is learned from there
        assert ((encoded[:-1] - encoded[-1]).abs().amax(-1) > 1e-3).all()
    encoded[-1].sum().backward()
    touched = {name for name, p in joined.named_parameters() if p.grad is not None and p.grad.any()}
    assert touched == ({"project.weight"} if encoding == "concat" else {"encoders.0.missing"})


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_weights_come_from_the_generator_alone(encoding):
    torch.manual_seed(1)
    first = join(encoding, seed=3)
    torch.manual_seed(2)
    second = join(encoding, seed=3)
    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), second.parameters(), strict=True))


@pytest.mark.parametrize("encoding", ["soft-one-hot", "quantile", "ple", "plr", "autodis", "mask", "concat"])
def test_a_cyclic_scalar_is_read_up_to_whole_turns(encoding):
    joined = join(encoding)
    torch.testing.assert_close(joined.encode(1, VALUES[:4]), joined.encode(1, VALUES[:4] + 48), atol=1e-3, rtol=1e-3)
