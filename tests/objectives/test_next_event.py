"""The next-event objective: padding changes nothing, every event counts once, durations are judged as the paper says."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch

from reprlearn.data.event_config import EventData
from reprlearn.data.events.log import EventLog
from reprlearn.data.events.sequences import Sequences
from reprlearn.data.events.vocabulary import EventVocabulary
from reprlearn.nn.event_config import EventModelConfig, LogFacts
from reprlearn.nn.event_model import BucketEventModel
from reprlearn.objectives.config import NextEventConfig
from reprlearn.objectives.event_batches import NOT_SCORED, Pieces
from reprlearn.objectives.next_event import NextEventObjective, rank_of
from tests.scalar_facts import fit_scalar

N_TYPES = 9
LENGTHS = (1, 2, 5, 5, 8, 13, 21, 34)


def sequences(lengths: tuple[int, ...] = LENGTHS, seed: int = 0) -> Sequences:
    draw = np.random.default_rng(seed)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    n = int(offsets[-1])
    scalars = draw.exponential(5, (n, 2)).astype(np.float32)
    scalars[draw.random((n, 2)) < 0.1] = np.nan
    types, times = draw.integers(0, N_TYPES, n).astype(np.int32), np.cumsum(draw.exponential(3, n))
    return Sequences(tuple(f"s{i}" for i in range(len(lengths))), offsets, types, times, scalars)


def log(train: Sequences | None = None) -> EventLog:
    part = train or sequences()
    vocabulary = EventVocabulary(("<oov>", *"abcdefgh"), (0,) + (5,) * 8, ("", *"abcdefgh"), None, ())
    return EventLog("made up", "", "", "", vocabulary, {"train": part, "valid": sequences(seed=1)})


FACTS = LogFacts(
    n_types=N_TYPES,
    scalars=(fit_scalar("gap", torch.rand(500) * 9, "asinh"), fit_scalar("other", torch.randn(500))),
    log_duration_mean=1.0,
    log_duration_scale=0.7,
    gap_since="gap",
)


def model(encoding: Any = "soft-one-hot", facts=FACTS, **fields):
    config = EventModelConfig(encoding=encoding, width=8, dropout=0.0, n_buckets=4, **fields)
    return config.build(facts, torch.Generator().manual_seed(0)).eval()


def naive_losses(net, part: Sequences, config: NextEventConfig) -> list[torch.Tensor]:
    """The loss of each scored event, one sequence and one event at a time, no batch and no padding."""
    losses = []
    for k in range(len(part)):
        rows = part.events_of(k)
        types = torch.from_numpy(part.type_ids[rows].astype(np.int64))
        scalars = torch.from_numpy(part.scalars[rows].copy())
        for i in range(len(types) - 1):
            hidden = net(types[None, : i + 1], scalars[None, : i + 1])[0][0, -1]
            log_p = net.output(hidden).log_softmax(-1)
            d = float(part.times[rows][i + 1] - part.times[rows][i])
            duration = ((net.log_durations(hidden) - np.log(d)) / net.facts.log_duration_scale) ** 2 / 2
            losses.append(-log_p[types[i + 1]] + config.duration_weight * duration)
    return losses


@pytest.mark.parametrize("encoding", ["none", "concat", "soft-one-hot"])
@pytest.mark.parametrize("weight", [0.0, 0.3])
def test_padded_batches_give_the_loss_of_the_sequences_read_one_by_one(encoding, weight):
    config = NextEventConfig(duration_weight=weight)
    net, data = model(encoding), log()
    batches = list(NextEventObjective(config).batches(data, 3))
    losses = [NextEventObjective(config).loss(net, batch, None)[0].item() * batch.n_targets for batch in batches]
    n = sum(batch.n_targets for batch in batches)
    naive = naive_losses(net, data.splits["train"], config)
    assert n == len(naive)
    assert sum(losses) / n == pytest.approx(torch.stack(naive).mean().item(), rel=1e-5)


def test_what_stands_in_the_padding_changes_neither_the_loss_nor_any_gradient():
    objective, net = NextEventObjective(NextEventConfig()), model()
    batch = next(b for b in objective.batches(log(), 4) if (b.targets == NOT_SCORED).any(0).sum() > 3)
    gradients = []
    for change in (False, True):
        padding = batch.log_gaps.isnan() & (torch.arange(batch.types.shape[1]) > 0)
        beyond = padding & padding.roll(1, 1)  # the last event of a sequence is an input like any other
        types = torch.where(beyond & torch.tensor(change), (batch.types + 3) % N_TYPES, batch.types)
        scalars = torch.where((beyond & torch.tensor(change))[..., None], torch.tensor(1e6), batch.scalars)
        net.zero_grad()
        objective.loss(net, batch._replace(types=types, scalars=scalars), None)[0].backward()
        gradients.append([p.grad.clone() for p in net.parameters() if p.grad is not None])
    assert beyond.any()
    for one, other in zip(*gradients, strict=True):
        torch.testing.assert_close(one, other)


@pytest.mark.parametrize("max_length", [1, 4, 7, 100])
def test_pieces_hold_every_event_once_and_every_target(max_length):
    part = sequences()
    pieces = Pieces(part, max_length)
    assert pieces.lengths.max() <= max_length
    rows = np.concatenate([np.arange(s, s + n) for s, n in zip(pieces.starts, pieces.lengths, strict=True)])
    assert sorted(rows) == list(range(part.n_events))
    batch = pieces.batch(np.arange(len(pieces)))
    assert batch.n_targets == part.has_target.sum() == (batch.targets != NOT_SCORED).sum()


def test_an_epoch_is_the_same_again_and_another_is_not():
    objective, data = NextEventObjective(NextEventConfig()), log()

    def types(**which):
        return [batch.types.tolist() for batch in objective.batches(data, 2, **which)]

    assert types(epoch=3, seed=5) == types(epoch=3, seed=5)
    assert types(epoch=3, seed=5) not in (types(epoch=4, seed=5), types(epoch=3, seed=6))
    assert types(epoch=3, seed=5)[2:] == types(epoch=3, seed=5, first=2)
    assert len(types()) == objective.n_batches(data, 2)


def test_batches_hold_sequences_of_like_length():
    objective = NextEventObjective(NextEventConfig())
    lengths = [[int(n) for n in (~b.scalars.isnan()).any(-1).sum(1)] for b in objective.batches(log(), 2)]
    padded = sum(max(pair) * len(pair) - sum(pair) for pair in lengths)
    unsorted = sum(abs(a - b) for a, b in pairwise(LENGTHS[::3] + LENGTHS[1::3]))
    assert padded < unsorted / 2


def test_processes_share_a_batch_and_the_mean_of_their_losses_is_its_loss():
    objective, net, data = NextEventObjective(NextEventConfig()), model(), log()
    shares = [objective.batches(data, 4, rank=rank, n_ranks=2) for rank in range(2)]
    for batch, *parts in zip(objective.batches(data, 4), *shares, strict=True):
        whole = objective.loss(net, batch, None)[0]
        mean = sum(objective.loss(net, part, None)[0] for part in parts) / 2
        torch.testing.assert_close(mean, whole)
        assert sum(len(part.types) for part in parts) == len(batch.types)
    with pytest.raises(ValueError, match="does not split over 3 processes"):
        next(objective.batches(data, 2, n_ranks=3))


def test_a_gap_that_is_known_ahead_is_not_predicted():
    """Else the auxiliary loss would teach the model to copy an input."""
    known = model(facts=replace(FACTS, gap_ahead_known=True))
    on, off = NextEventObjective(NextEventConfig()), NextEventObjective(NextEventConfig(duration_loss="none"))
    batch = next(on.batches(log(), 4))
    assert torch.equal(on.loss(known, batch, None)[0], off.loss(known, batch, None)[0])
    assert on.loss(model(), batch, None)[0] > off.loss(model(), batch, None)[0]
    assert "log_duration_rmse" not in on.evaluate(known, log(), "valid")
    assert "log_duration_rmse" in on.evaluate(model(), log(), "valid")


def test_bucket_durations_are_the_cross_entropy_of_the_gaps_buckets():
    config = NextEventConfig(duration_loss="buckets", duration_weight=2.0)
    objective, plain = NextEventObjective(config), NextEventObjective(NextEventConfig(duration_loss="none"))
    net, batch = model(), next(objective.batches(log(), 8))
    assert isinstance(net, BucketEventModel)
    total = 0.0
    hidden = net(batch.types, batch.scalars)[0]
    for row, step in (batch.targets != NOT_SCORED).nonzero().tolist():
        hours = torch.stack([batch.log_gaps[row, step], net.log_durations(hidden[row, step])]).exp()
        true, predicted = net.bucket_weights("gap", hours)
        total -= (true * predicted.log()).sum().item()
    difference = objective.loss(net, batch, None)[0] - plain.loss(net, batch, None)[0]
    assert difference.item() == pytest.approx(2 * total / batch.n_targets, rel=1e-4)


@pytest.mark.parametrize("net", [model("concat"), model(facts=replace(FACTS, gap_since=None))])
def test_bucket_durations_without_buckets_of_the_gap_are_refused(net):
    objective = NextEventObjective(NextEventConfig(duration_loss="buckets"))
    with pytest.raises(ValueError, match="needs a model with encoding 'soft-one-hot'"):
        objective.loss(net, next(objective.batches(log(), 4)), None)


def test_evaluation_scores_each_event_once_however_it_is_batched(monkeypatch):
    objective, net, data = NextEventObjective(NextEventConfig(duration_loss="none")), model(), log()
    scores = objective.score(net, data.splits["valid"])
    naive = torch.stack(naive_losses(net, data.splits["valid"], NextEventConfig(duration_weight=0.0)))
    np.testing.assert_allclose(-scores.log_p, naive.detach().numpy(), rtol=1e-4, atol=1e-5)
    monkeypatch.setattr("reprlearn.objectives.next_event.EVALUATION_BATCH", 2)
    monkeypatch.setattr("reprlearn.objectives.next_event.EVALUATION_LENGTH", 3)
    np.testing.assert_allclose(objective.score(net, data.splits["valid"]).log_p, scores.log_p, rtol=1e-4, atol=1e-5)


def test_ranks_count_the_types_before():
    scores = torch.tensor([[3.0, 1.0, 2.0], [1.0, 1.0, 1.0], [0.0, 5.0, 5.0]])
    assert rank_of(scores, torch.tensor([2, 1, 1])).tolist() == [2, 2, 1]


def test_the_loss_falls_to_what_the_synthetic_log_allows():
    """Learning works at all: a few hundred steps on the synthetic log beat the best there is without the scalar."""
    data = EventData(log="synthetic", n_train_sequences=800).load()
    from reprlearn.recipes import find_recipe

    recipe = find_recipe("synthetic-soft-one-hot")
    net = recipe.build_model(data.vocabulary, torch.Generator().manual_seed(0))
    objective = recipe.objective.build()
    optimiser = torch.optim.AdamW(net.parameters(), lr=0.01)
    torch.manual_seed(0)
    for epoch in range(6):
        for batch in objective.batches(data, 32, epoch=epoch):
            optimiser.zero_grad()
            objective.loss(net, batch, None)[0].backward()
            optimiser.step()
    found = objective.evaluate(net, data, "test") | objective.references(data, "test")
    assert found["oracle_loss"] < found["loss"] < found["oracle_loss_without_scalar"] - 0.3
