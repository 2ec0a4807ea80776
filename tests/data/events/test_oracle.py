"""The oracle of the synthetic log is right: by Monte Carlo, by marginalising, and because nothing beats it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprlearn.data.event_config import EventData
from reprlearn.data.events.ground_truth import FAVOURED, TYPES, GroundTruth, minutes_of, position_of
from reprlearn.data.events.log import EventLog
from reprlearn.data.events.oracle import Oracle
from reprlearn.data.events.sequences import Sequences
from reprlearn.data.events.synthetic import generate


@pytest.fixture(scope="module")
def oracle(synthetic: EventLog) -> Oracle:
    assert synthetic.oracle is not None
    return synthetic.oracle


def transitions(part: Sequences) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Type, scalar and next type of each event that has a next one."""
    rows = np.flatnonzero(part.has_target)
    return part.type_ids[rows], part.scalars[rows, 0], part.type_ids[rows + 1]


def standard_error(values: np.ndarray) -> float:
    return float(values.std() / np.sqrt(len(values)))


def test_knowing_the_scalar_is_worth_at_least_a_third_of_a_nat(oracle: Oracle) -> None:
    assert oracle.expected.gap >= 0.3
    assert all(losses.gap >= 0.3 for losses in oracle.nll.values()) and set(oracle.nll) == {"train", "valid", "test"}


def test_the_losses_of_the_splits_are_the_expected_ones_up_to_chance(synthetic: EventLog, oracle: Oracle) -> None:
    for split, part in synthetic.splits.items():
        with_scalar, without = oracle.event_nll(part)
        assert oracle.nll[split].with_scalar == pytest.approx(with_scalar.mean())
        assert oracle.nll[split].without_scalar == pytest.approx(without.mean())
        # Events of one sequence are not independent, but nearly so.
        assert abs(with_scalar.mean() - oracle.expected.with_scalar) < 5 * standard_error(with_scalar)
        assert abs(without.mean() - oracle.expected.without_scalar) < 5 * standard_error(without)


def test_marginalising_over_the_scalar_gives_the_conditional_without_it() -> None:
    truth = GroundTruth.draw()
    draws = np.random.default_rng(0).random(200_000)
    for x in (0, 5, 11):
        types = np.full(len(draws), x)
        mean = truth.next_type(types, truth.durations(types, draws)).mean(axis=0)
        np.testing.assert_allclose(mean, truth.without_scalar[x], atol=0.004)
    assert np.isnan(truth.durations(np.array([0]), np.array([np.nan]))).all()
    np.testing.assert_array_equal(truth.next_type(np.array([3]), np.array([np.nan]))[0], truth.without_scalar[3])


def test_frequencies_are_the_probabilities(synthetic: EventLog, oracle: Oracle) -> None:
    types, values, targets = transitions(synthetic.splits["train"])
    expected = oracle.next_type_probabilities(types, values)
    for x in range(1, len(synthetic.types)):
        for low, high in ((1, 3), (8, 15), (30, 60), (100, 300), (500, 1000)):
            cell = (types == x) & (values >= low) & (values < high)
            seen = np.bincount(targets[cell], minlength=len(synthetic.types)) / cell.sum()
            p = expected[cell].mean(axis=0)
            noise = np.sqrt(np.maximum(p * (1 - p), 1e-4) / cell.sum())
            # Among 12 x 5 x 13 cells, five standard errors are not passed by chance.
            assert (np.abs(seen - p) < 5 * noise + 1e-9).all()


def test_durations_follow_their_density() -> None:
    truth = GroundTruth.draw()
    uniform = (np.arange(100_000) + 0.5) / 100_000
    for x in range(len(TYPES)):
        u = position_of(truth.durations(np.full(len(uniform), x), uniform))
        # The mean of 1 + a (2u - 1) over [0, 1] is 1/2 + a/6.
        assert u.mean() == pytest.approx(0.5 + truth.tilts[x] / 6, abs=1e-6)
        assert u.min() >= 0 and u.max() <= 1


def test_the_scalar_depends_on_nothing_but_the_type(synthetic: EventLog) -> None:
    part = synthetic.splits["train"]
    rows = np.flatnonzero(part.has_target)
    u = position_of(part.scalars[:, 0].astype(float))
    means = np.array([u[part.type_ids == x].mean() if (part.type_ids == x).any() else 0 for x in range(13)])
    rest = u - means[part.type_ids]
    # What the type does not say of a duration, neither the duration before nor the type before says.
    assert abs(np.corrcoef(rest[rows], rest[rows + 1])[0, 1]) < 4 / np.sqrt(len(rows))
    for before in range(1, 13):
        after = rest[rows + 1][part.type_ids[rows] == before]
        assert abs(after.mean()) < 4.5 * standard_error(after)


def test_no_counted_bigram_with_bins_of_the_scalar_beats_the_oracle(synthetic: EventLog, oracle: Oracle) -> None:
    n = len(synthetic.types)
    types, values, targets = transitions(synthetic.splits["train"])
    test_types, test_values, test_targets = transitions(synthetic.splits["test"])
    best_known, best_unknown = oracle.event_nll(synthetic.splits["test"])
    for n_bins in (1, 8, 32):
        edges = np.quantile(values, np.linspace(0, 1, n_bins + 1)[1:-1])
        counts = np.full((n_bins, n, n), 0.1)
        np.add.at(counts, (np.searchsorted(edges, values), types, targets), 1)
        p = counts / counts.sum(axis=-1, keepdims=True)
        nll = -np.log(p[np.searchsorted(edges, test_values), test_types, test_targets])
        best = best_unknown if n_bins == 1 else best_known
        regret = nll - best
        assert regret.mean() > -4 * standard_error(regret)
        if n_bins == 1:
            assert regret.mean() < 0.01
        if n_bins == 32:
            # A yardstick nobody comes near would prove nothing either.
            assert regret.mean() < 0.25 * oracle.nll["test"].gap


def test_the_second_last_type_tells_nothing_more(synthetic: EventLog, oracle: Oracle) -> None:
    n = len(synthetic.types)
    counts = {}
    for split, part in synthetic.splits.items():
        rows = np.flatnonzero(part.has_target[:-1] & part.has_target[1:])
        counts[split] = np.zeros((n, n, n))
        np.add.at(counts[split], (part.type_ids[rows], part.type_ids[rows + 1], part.type_ids[rows + 2]), 1)
    # A counted trigram, drawn towards the bigram with the weight of twenty events.
    bigram = counts["train"].sum(axis=0) + 1e-9
    trigram = counts["train"] + 20 * bigram / bigram.sum(axis=-1, keepdims=True)
    p = trigram / trigram.sum(axis=-1, keepdims=True)
    held = counts["test"]
    nll = -(held * np.log(p)).sum() / held.sum()
    assert nll > oracle.nll["test"].without_scalar - 0.01


def test_no_monotone_map_separates_the_groups(oracle: Oracle) -> None:
    groups = [true_range.group for true_range in oracle.ranges]
    assert all(a != b for a, b in pairwise(groups))
    assert all(groups.count(group) >= 2 for group in "ABC") and len(groups) == len(FAVOURED)
    for group in "ABC":
        inside = [i for i, name in enumerate(groups) if name == group]
        assert inside != list(range(inside[0], inside[-1] + 1))


def test_in_a_range_its_group_is_likely_and_at_its_ends_two_share(oracle: Oracle, synthetic: EventLog) -> None:
    for k, true_range in enumerate(oracle.ranges):
        middle = float(np.sqrt(true_range.low * true_range.high))
        assert oracle.range_weights(np.array([middle]))[0, k] > 0.98
        for name in TYPES:
            p = oracle.next_type_probabilities(np.array([synthetic.vocabulary.id(name)]), np.array([middle]))[0]
            favoured = [synthetic.vocabulary.id(other) for other in true_range.types]
            assert p[favoured].sum() > 0.7
    for left, right in pairwise(oracle.ranges):
        assert left.high == right.low
        weights = np.sort(oracle.range_weights(np.array([left.high]))[0])
        np.testing.assert_allclose(weights[-2:], 0.5, atol=0.01)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_range_weights_are_shares_anywhere(values: list[float]) -> None:
    weights = Oracle.range_weights(None, np.array(values))  # type: ignore[arg-type]
    assert (weights >= -1e-12).all()
    np.testing.assert_allclose(weights.sum(axis=1), 1, rtol=1e-9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_minutes_and_positions_are_inverses(u: list[float]) -> None:
    np.testing.assert_allclose(position_of(minutes_of(np.array(u))), u, atol=1e-12)


def test_probabilities_are_those_of_the_logs_own_ids(oracle: Oracle, synthetic: EventLog) -> None:
    ids = np.arange(1, len(synthetic.types))
    for values in (np.full(len(ids), 20.0), np.full(len(ids), np.nan)):
        p = oracle.next_type_probabilities(ids, values)
        np.testing.assert_allclose(p.sum(axis=1), 1)
        assert (p[:, 0] == 0).all() and (p[:, 1:] > 0).all()
    truth = oracle.truth
    a, b = synthetic.vocabulary.id("A1"), synthetic.vocabulary.id("C2")
    p = oracle.next_type_probabilities(np.array([a]), np.array([np.nan]))
    assert p[0, b] == truth.without_scalar[TYPES.index("A1"), TYPES.index("C2")]


def test_the_log_repeats_and_another_seed_is_another_log(synthetic: EventLog) -> None:
    # A run's card names this hash. When it changes, every shipped run has to be trained again.
    assert synthetic.content_hash == "ea2b695bfb119172a2a84643c0328a000c2d0195f4e2e84079676363ffadbe00"
    truth = GroundTruth.draw()
    a, b = generate(truth, n_sequences=20).sequences, generate(truth, n_sequences=20, seed=1).sequences
    assert (a.scalars[:5] != b.scalars[:5]).all()
    assert (GroundTruth.draw(1).logits != truth.logits).all()


def test_all_types_are_known_however_little_is_trained_on(synthetic: EventLog, oracle: Oracle) -> None:
    log = EventData(log="synthetic", n_train_sequences=1).load()
    assert set(log.types) == set(synthetic.types) and log.oracle is not None
    # The truth and the held-out events stay the same, whatever the ids.
    assert log.oracle.nll["test"].with_scalar == pytest.approx(oracle.nll["test"].with_scalar)


def test_times_are_the_events_and_the_pauses_between_them(synthetic: EventLog) -> None:
    part = synthetic.splits["test"]
    rows = np.flatnonzero(part.has_target)
    pauses = part.gaps_ahead[rows] - part.scalars[rows, 0] / 60
    assert (pauses > -1e-5).all() and pauses.mean() == pytest.approx(0.5, rel=0.05)
    assert (part.times[part.offsets[:-1]] == 0).all()
