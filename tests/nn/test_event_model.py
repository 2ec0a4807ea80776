"""The event model: what it may see, what padding must not do, and what it can be asked for."""

from dataclasses import replace
from typing import get_args

import pytest
import torch
from safetensors.torch import load_model, save_model

from reprlearn.nn.event_config import Encoding, EventModelConfig, LogFacts, ScalarFacts
from reprlearn.nn.event_model import BucketEventModel, EventModel, ScalarEventModel
from tests.scalar_facts import fit_scalar

GAPS = torch.randn(2000, generator=torch.Generator().manual_seed(0)).mul(1.5).add(3).exp()
FACTS = LogFacts(
    n_types=20,
    scalars=(
        fit_scalar("gap", GAPS, "asinh"),
        fit_scalar("hour", GAPS.remainder(24), "cyclic", period=24.0),
    ),
    log_duration_mean=3.0,
    log_duration_scale=1.5,
)
CONFIG = EventModelConfig(width=12, dropout=0.0, n_buckets=6)
ENCODINGS = get_args(Encoding)
every_model = pytest.mark.parametrize(
    "fields",
    [*({"encoding": encoding} for encoding in ENCODINGS), {"cell": "gru", "n_layers": 2}],
    ids=lambda fields: "-".join(map(str, fields.values())),
)


def build(facts=FACTS, seed=0, **fields):
    return replace(CONFIG, **fields).build(facts, torch.Generator().manual_seed(seed))


def events(batch=3, time=15, seed=0):
    generator = torch.Generator().manual_seed(seed)
    types = torch.randint(20, (batch, time), generator=generator)
    scalars = torch.randn(batch, time, 2, generator=generator).exp() * 10
    scalars[0, 4, 1] = torch.nan
    return types, scalars


@every_model
@torch.no_grad()
def test_no_position_sees_later_types_or_scalars(fields):
    model, (types, scalars) = build(**fields), events()
    before = model.next_event_logits(types, scalars)
    for part in ("types", "scalars"):
        other_types, other_scalars = types.clone(), scalars.clone()
        if part == "types":
            other_types[:, 8] = (types[:, 8] + 1) % 20
        else:
            other_scalars[:, 8] = scalars[:, 8] * 3 + 1
        after = model.next_event_logits(other_types, other_scalars)
        torch.testing.assert_close(before[:, :8], after[:, :8])
        blind = part == "scalars" and fields.get("encoding") == "none"
        assert torch.equal(before[:, 8:], after[:, 8:]) == blind


@every_model
def test_padding_at_the_end_changes_neither_outputs_nor_gradients(fields):
    types, scalars = events(batch=2)
    found = []
    for padding in (0, 1, 2):
        model = build(**fields)
        long_types = torch.cat([types, torch.full((2, 3 * padding), padding)], 1)
        fill = (0.0, torch.nan, 1e38)[padding]
        long_scalars = torch.cat([scalars, torch.full((2, 3 * padding, 2), fill)], 1)
        hidden, _ = model(long_types, long_scalars)
        outputs = model.output(hidden)[:, :15], model.log_durations(hidden)[:, :15]
        (outputs[0].square().mean() + outputs[1].square().mean()).backward()
        found.append([*outputs, *(parameter.grad for parameter in model.parameters())])
    for padded in found[1:]:
        for alone, beside in zip(found[0], padded, strict=True):
            torch.testing.assert_close(alone, beside, atol=1e-6, rtol=1e-4)


@every_model
@torch.no_grad()
def test_a_batch_is_its_sequences_one_by_one_and_a_cut_with_carried_state_changes_nothing(fields):
    model, (types, scalars) = build(**fields), events()
    whole, _ = model(types, scalars)
    alone = torch.cat([model(types[i : i + 1], scalars[i : i + 1])[0] for i in range(3)])
    torch.testing.assert_close(alone, whole)
    first, state = model(types[:, :6], scalars[:, :6])
    second, _ = model(types[:, 6:], scalars[:, 6:], state)
    torch.testing.assert_close(torch.cat([first, second], 1), whole)


def test_twins_start_from_the_same_values_in_everything_but_the_encoding():
    none = dict(build(encoding="none").named_parameters())
    for encoding in ENCODINGS:
        model = build(encoding=encoding)
        twin = dict(model.named_parameters())
        assert all(name.startswith("join.") for name in set(twin) - set(none))
        assert torch.equal(twin["embedding.weight"], none["embedding.weight"] * model.join.shrinks)
        assert all(torch.equal(none[name], twin[name]) for name in none if name != "embedding.weight")


@pytest.mark.parametrize("encoding", ["mask", "soft-one-hot", "quantile", "ple", "plr", "autodis"])
@torch.no_grad()
def test_the_type_comes_in_as_large_as_without_scalars(encoding):
    """Its share of what enters the recurrent layer, at the start: what is left when two types are told apart."""
    model, bare = build(encoding=encoding), build(encoding="none")
    scalars = torch.tensor([[[3.0, 12.0], [3.0, 12.0]]])
    types = torch.tensor([[4, 7]])
    joined = model.join(model.embedding(types), scalars)
    apart, plain = joined[0, 0] - joined[0, 1], bare.embedding(types)[0, 0] - bare.embedding(types)[0, 1]
    torch.testing.assert_close(apart, plain, rtol=0.5 if encoding == "mask" else 1e-4, atol=1e-5)


def test_weights_come_from_the_generator_alone():
    torch.manual_seed(1)
    first = build(seed=3)
    torch.manual_seed(2)
    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), build(seed=3).parameters(), strict=True))
    assert not torch.equal(first.embedding.weight, build(seed=4).embedding.weight)


def test_the_scalars_model_is_asked_for_by_what_it_can_do():
    assert type(build(encoding="none")) is EventModel and not hasattr(build(encoding="none"), "encode")
    assert type(build(replace(FACTS, scalars=()))) is EventModel  # nothing to encode
    for encoding in set(ENCODINGS) - {"none", "soft-one-hot"}:
        model = build(encoding=encoding)
        assert type(model) is ScalarEventModel and not hasattr(model, "bucket_weights")
    assert type(build()) is BucketEventModel


@torch.no_grad()
def test_a_scalar_is_asked_for_by_its_name():
    model, values = build(), torch.tensor([1.0, 30.0, torch.nan])
    assert isinstance(model, BucketEventModel)
    layer = model.soft_one_hot("hour")
    assert layer.transform.facts.name == "hour"
    assert torch.equal(model.encode("hour", values), layer(values))
    assert torch.equal(model.bucket_weights("hour", values), layer.bucket_weights(values))
    harder = model.bucket_weights("hour", values, temperature=0.01)
    assert (harder.amax(-1)[:2] > model.bucket_weights("hour", values).amax(-1)[:2]).all()
    torch.testing.assert_close(model.encode("hour", values, 0.01)[:2], (harder @ layer.embedding)[:2])
    with pytest.raises(ValueError, match="no scalar 'delay'; there are: gap, hour"):
        model.encode("delay", values)
    for encoding in set(ENCODINGS) - {"none"}:
        model = build(encoding=encoding)
        assert isinstance(model, ScalarEventModel)
        assert model.encode("gap", values).shape == (3, 12)


@torch.no_grad()
def test_a_model_without_scalars_reads_events_without_columns():
    model = build(replace(FACTS, scalars=()))
    assert model.next_event_logits(torch.zeros(2, 3, dtype=torch.long), torch.zeros(2, 3, 0)).shape == (2, 3, 20)


@torch.no_grad()
def test_durations_are_logarithms_that_start_around_the_training_mean():
    model, (types, scalars) = build(), events()
    hidden, _ = model(types, scalars)
    predicted = model.log_durations(hidden)
    assert predicted.shape == (3, 15)
    assert (predicted.mean() - 3).abs() < 1.5
    torch.nn.init.zeros_(model.duration.weight)
    torch.nn.init.ones_(model.duration.bias)
    assert torch.equal(model.log_durations(hidden), torch.full((3, 15), 4.5))


@pytest.mark.parametrize("encoding", ENCODINGS)
@torch.no_grad()
def test_a_saved_model_is_the_same_model_its_fitted_numbers_even_in_half_precision(tmp_path, encoding):
    model, (types, scalars) = build(encoding=encoding), events()
    save_model(model, str(tmp_path / "weights"))
    again = build(encoding=encoding, seed=1)
    load_model(again, tmp_path / "weights")
    assert torch.equal(model.next_event_logits(types, scalars), again.next_event_logits(types, scalars))
    rounded = build(encoding=encoding).half()
    for name, number in model.named_buffers():
        assert torch.equal(rounded.get_buffer(name), number)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_it_learns_what_only_the_scalar_tells(encoding):
    generator = torch.Generator().manual_seed(0)
    hours = torch.rand(32, 10, 1, generator=generator) * 24
    targets = ((hours[..., 0] > 6) & (hours[..., 0] < 18)).long()  # no monotone map of the hour tells these apart
    facts = LogFacts(n_types=2, scalars=(fit_scalar("hour", hours),))
    model = build(facts, encoding=encoding)
    optimiser = torch.optim.AdamW(model.parameters(), 0.02)
    loss = torch.tensor(torch.inf)
    for _ in range(80):
        logits = model.next_event_logits(torch.zeros_like(targets), hours)
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert (loss.item() > 0.6) == (encoding == "none")


def test_dropout_masks_are_one_a_sequence_and_act_in_training_only():
    model = build(dropout=0.5)
    torch.manual_seed(0)
    dropped = model._drop(torch.ones(4, 9, 12))
    assert torch.equal(dropped, dropped[:, :1].expand_as(dropped))
    assert not torch.equal(dropped[0], dropped[1])
    model.eval()
    assert torch.equal(model._drop(torch.ones(4, 9, 12)), torch.ones(4, 9, 12))


@pytest.mark.parametrize(
    "fields",
    [
        {"width": 0},
        {"n_layers": 0},
        {"n_buckets": 0},
        {"dropout": 1.0},
        {"temperature": 0.0},
        {"frequency_scale": -1.0},
    ],
)
def test_impossible_fields_are_refused_by_name(fields):
    with pytest.raises(ValueError, match=next(iter(fields))):
        EventModelConfig(**fields)


def test_impossible_logs_are_refused():
    with pytest.raises(ValueError, match="n_types"):
        LogFacts(n_types=0)
    with pytest.raises(ValueError, match="names of their own"):
        LogFacts(n_types=2, scalars=(ScalarFacts(name="gap"), ScalarFacts(name="gap")))
