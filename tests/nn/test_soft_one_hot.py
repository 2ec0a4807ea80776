"""The soft one-hot layer: its formula, its limits, and where its buckets start."""

import doctest
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from reprlearn.nn import soft_one_hot
from reprlearn.nn.event_config import ScalarFacts
from reprlearn.nn.scalar_transform import ScalarTransform
from reprlearn.nn.soft_one_hot import SoftOneHot
from tests.scalar_facts import fit_scalar

GAPS = torch.randn(8000, generator=torch.Generator().manual_seed(0)).mul(1.5).add(3).exp()
HOURS = torch.randint(5, 24, (8000,), generator=torch.Generator().manual_seed(0)) + torch.rand(8000)
GAP = fit_scalar("gap", GAPS, "asinh")
HOUR = fit_scalar("hour", HOURS, "cyclic", period=24.0)
any_float = st.floats(width=32, allow_nan=False)
temperatures = st.floats(1e-6, 1e6)


def make(facts: ScalarFacts = GAP, n_buckets: int = 8, seed: int | None = None, temperature: float = 1.0) -> SoftOneHot:
    """A layer with its buckets side by side, or with `seed` anywhere."""
    generator = torch.Generator().manual_seed(seed or 0)
    layer = SoftOneHot(ScalarTransform(facts), n_buckets, 5, temperature=temperature, generator=generator)
    if seed is not None:
        for parameter in (layer.weight, layer.bias):
            torch.nn.init.normal_(parameter, std=3, generator=generator)
    return layer


def test_the_example_in_the_docstring_holds():
    result = doctest.testmod(soft_one_hot)
    assert result.attempted >= 5 and result.failed == 0


@given(seed=st.integers(0, 2**31), values=st.lists(any_float, min_size=1, max_size=4), temperature=temperatures)
def test_weights_are_not_negative_and_sum_to_one(seed, values, temperature):
    for facts in (GAP, HOUR):
        weights = make(facts, seed=seed).bucket_weights(torch.tensor(values), temperature)
        present = torch.tensor([facts is GAP or math.isfinite(value) for value in values])
        assert (weights >= 0).all()
        torch.testing.assert_close(weights.sum(-1), present.float())


@given(seed=st.integers(0, 2**31), value=st.floats(0, 1e4, width=32), a=temperatures, b=temperatures)
def test_a_lower_temperature_is_harder(seed, value, a, b):
    layer = make(seed=seed)
    soft, hard = (layer.bucket_weights(torch.tensor(value), t).double() for t in (max(a, b), min(a, b)))
    assert hard.max() >= soft.max() - 1e-6
    assert torch.special.entr(hard).sum() <= torch.special.entr(soft).sum() + 1e-5


@pytest.mark.parametrize("facts", [GAP, HOUR], ids=lambda facts: facts.name)
def test_the_limits_of_the_temperature_are_one_bucket_and_all_alike(facts):
    layer, values = make(facts), torch.tensor([0.7, 5.1, 23.1])
    hard = layer.bucket_weights(values, 1e-6)
    assert torch.equal(hard, torch.nn.functional.one_hot(layer.bucket_weights(values).argmax(-1), 8).float())
    torch.testing.assert_close(layer.bucket_weights(values, 1e6), torch.full((3, 8), 1 / 8), atol=1e-3, rtol=0)


@given(seed=st.integers(0, 2**31), temperature=st.floats(0.1, 10))
@settings(max_examples=20)
def test_it_equals_the_formula_written_out(seed, temperature):
    for facts in (GAP, HOUR):
        layer, values = make(facts, seed=seed, temperature=temperature), torch.tensor([0.0, 3.3, 17.0, 400.0])
        channels = layer.transform(values)[0].tolist()
        w, bias, e = layer.weight.tolist(), layer.bias.tolist(), layer.embedding.tolist()
        for n, s, g in zip(channels, layer.bucket_weights(values), layer(values), strict=True):
            p = [sum(n[c] * w[c][k] for c in range(len(n))) + bias[k] for k in range(8)]
            powers = [math.exp((p_k - max(p)) / temperature) for p_k in p]
            shares = [power / sum(powers) for power in powers]
            assert s.tolist() == pytest.approx(shares, abs=1e-4)
            assert g.tolist() == pytest.approx([sum(shares[k] * e[k][d] for k in range(8)) for d in range(5)], abs=1e-3)


@pytest.mark.parametrize("facts", [GAP, HOUR], ids=lambda facts: facts.name)
def test_gradients_match_finite_differences(facts):
    layer = make(facts, n_buckets=3, temperature=0.7).double()
    # Held at the width of the buckets: finite differences see little of a saturated softmax.
    values = torch.tensor([[2.0, 9.0], [22.0, torch.nan]], dtype=torch.float64)
    names, parameters = zip(*layer.named_parameters(), strict=True)

    def run(first, *given):
        replaced = values.clone()
        replaced[0, 0] = first
        return torch.func.functional_call(layer, dict(zip(names, given, strict=True)), (replaced,))

    inputs = (torch.tensor(3.0, dtype=torch.float64, requires_grad=True), *parameters)
    assert torch.autograd.gradcheck(run, inputs, eps=1e-6, atol=1e-6)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0,), (2, 1, 4)])
def test_any_batch_shape(shape):
    layer = make()
    assert layer(torch.zeros(shape)).shape == (*shape, 5)
    assert layer.bucket_weights(torch.zeros(shape)).shape == (*shape, 8)


def test_missing_values_have_a_vector_of_their_own_and_lie_in_no_bucket():
    layer = make()
    values = torch.tensor([1.0, torch.nan, 30.0])
    assert torch.equal(layer(values)[1], layer.missing)
    assert layer.bucket_weights(values)[1].tolist() == [0.0] * 8
    layer(values)[1].sum().backward()
    touched = {
        name for name, parameter in layer.named_parameters() if parameter.grad is not None and parameter.grad.any()
    }
    assert touched == {"missing"}


@pytest.mark.parametrize("facts", [GAP, HOUR], ids=lambda facts: facts.name)
@pytest.mark.parametrize("temperature", [1e-6, 1.0])
def test_huge_missing_and_infinite_values_leave_everything_finite(facts, temperature):
    layer = make(facts, n_buckets=32, temperature=temperature)
    values = torch.tensor([3e38, -3e38, torch.inf, -torch.inf, torch.nan, 0.0, 1e-45], requires_grad=True)
    out = layer(values)
    (out.square().sum() + layer.cross_entropy(values, values.flip(0)).sum()).backward()
    assert out.isfinite().all() and layer.bucket_weights(values).isfinite().all()
    gradients = [values.grad, *(parameter.grad for parameter in layer.parameters())]
    assert all(gradient is not None and gradient.isfinite().all() for gradient in gradients)


@given(seed=st.integers(0, 2**31), n_buckets=st.integers(1, 20))
@settings(max_examples=30)
def test_a_bucket_is_heaviest_on_one_interval_at_most_in_the_order_of_the_slopes(seed, n_buckets):
    layer = make(ScalarFacts(name="x"), n_buckets=n_buckets, seed=seed).double()
    heaviest = layer.bucket_weights(torch.linspace(-20, 20, 4001, dtype=torch.float64)).argmax(-1)
    visited = heaviest.unique_consecutive()
    assert len(visited.unique()) == len(visited)
    assert (layer.weight[0, visited].diff() > 0).all()


def test_two_channels_let_a_bucket_reach_over_the_end_of_a_turn():
    heaviest = make(ScalarFacts(name="hour", transform="cyclic", period=24.0), 3).bucket_weights(torch.arange(24.0))
    turned = make(ScalarFacts(name="hour", transform="cyclic", period=24.0), 3)
    torch.nn.init.zeros_(turned.bias)
    with torch.no_grad():  # turn the three centres back by half a bucket: the first then lies around midnight
        angles = 2 * math.pi * torch.arange(3) / 3
        turned.weight.copy_(torch.stack([angles.sin(), angles.cos()]))
    assert heaviest.argmax(-1)[[0, 23]].tolist() == [0, 2]
    assert turned.bucket_weights(torch.arange(24.0)).argmax(-1)[[0, 3, 21, 23]].tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("n_buckets", [1, 2, 8, 32])
@pytest.mark.parametrize(("facts", "values"), [(GAP, GAPS), (HOUR, HOURS)], ids=["gap", "hour"])
def test_no_bucket_starts_dead(facts, values, n_buckets):
    weights = make(facts, n_buckets).bucket_weights(values)
    mean = weights.mean(0)
    assert mean.min() > 0.3 / n_buckets and mean.max() < 3 / n_buckets
    assert len(weights.argmax(-1).unique()) == n_buckets


def test_buckets_of_a_line_hand_over_at_the_training_quantiles():
    layer = make(GAP, 4)
    edges = torch.quantile(GAPS, torch.tensor([0.25, 0.5, 0.75]))
    weights = layer.bucket_weights(edges)
    for k in range(3):
        assert weights[k, k].item() == pytest.approx(weights[k, k + 1].item(), abs=0.05)


@pytest.mark.parametrize(
    "values", [torch.zeros(50), torch.tensor([0.0, 1.0]).repeat(50), torch.arange(50.0).floor_divide(20)]
)
def test_tied_training_values_still_give_usable_buckets(values):
    layer = make(fit_scalar("tied", values), 16)
    assert layer.weight.isfinite().all() and layer.bias.isfinite().all()
    heaviest = layer.bucket_weights(torch.linspace(-10, 10, 20001)).argmax(-1)
    assert heaviest.unique_consecutive().tolist() == list(range(16))


def test_nearly_tied_training_values_start_softer_not_steeper():
    nearly = torch.cat([torch.randn(500, generator=torch.Generator().manual_seed(0)), torch.linspace(0, 1e-4, 500)])
    layer = make(fit_scalar("nearly tied", nearly), 16)
    steepest = layer.weight[0].diff().max()
    assert 100 < steepest <= 400.1  # log-odds a standard deviation, not 8 over 1e-5 of one
    assert layer.bucket_weights(nearly).mean(0).min() > 0.3 / 16


def test_bucket_edges_do_not_blur_in_half_precision():
    layer = make(GAP, 32)
    whole = layer.bucket_weights(GAPS[:100])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert torch.equal(layer.bucket_weights(GAPS[:100]), whole)


def test_cross_entropy_is_the_formula_and_smallest_at_the_truth():
    layer = make().double()  # written out, the formula underflows in single precision
    true, predicted = torch.tensor([[2.0, 40.0, torch.nan], [3.0, 12.0, 5.0]], dtype=torch.float64)
    s, s_predicted = layer.bucket_weights(true), layer.bucket_weights(predicted)
    expected = -(s * s_predicted.log()).sum(-1)
    torch.testing.assert_close(layer.cross_entropy(true, predicted), expected)
    assert expected[2] == 0
    candidates = torch.linspace(0.5, 200, 400)
    best = candidates[make().cross_entropy(torch.full((400,), 40.0), candidates).argmin()]
    assert best.item() == pytest.approx(40, abs=0.5)


def test_with_a_shared_projection_the_gradient_reaches_the_predicted_value_alone():
    layer, true = make(), GAPS[:200]
    before = layer.bucket_weights(true).detach()
    log_predicted = torch.full((200,), 2.7, requires_grad=True)
    optimiser = torch.optim.Adam(
        [{"params": [log_predicted], "lr": 0.05}, {"params": list(layer.parameters())}], lr=0.5
    )
    for _ in range(300):
        optimiser.zero_grad()
        layer.cross_entropy(true, log_predicted.exp()).mean().backward()
        optimiser.step()
    assert all(parameter.grad is None for parameter in layer.parameters())
    assert torch.equal(layer.bucket_weights(true), before)
    errors = (log_predicted - true.log()).abs()
    assert errors.median() < 0.1 and errors.mean() < 0.3


def test_without_that_rule_buckets_are_emptied_and_one_constant_bucket_is_the_optimum():
    layer, true, predicted = make(), GAPS[:200], torch.full((200,), 15.0)  # a prediction that tells nothing apart
    optimiser = torch.optim.Adam(layer.parameters(), lr=0.5)
    for _ in range(100):
        optimiser.zero_grad()
        layer.cross_entropy(true, predicted, shared=False).mean().backward()
        optimiser.step()
    assert (layer.bucket_weights(true).mean(0) > 0.05).sum() <= 2
    exact = make().cross_entropy(true, true).mean()
    with torch.no_grad():
        layer.bias[3] += 1e4
    assert layer.cross_entropy(true, predicted, shared=False).mean() < 1e-3 < exact  # the best there is, and worthless


@pytest.mark.parametrize("temperature", [0.0, -1.0, math.inf, math.nan, 1e-9])
def test_impossible_temperatures_are_refused(temperature):
    with pytest.raises(ValueError, match="temperature"):
        make(temperature=temperature)
    with pytest.raises(ValueError, match="temperature"):
        make().bucket_weights(torch.tensor(1.0), temperature)


def test_impossible_sizes_are_refused():
    with pytest.raises(ValueError, match="n_buckets=0"):
        SoftOneHot(ScalarTransform(GAP), 0, 5)
