"""What counting scores: the tables agree with naive counts, and the metrics with their definitions."""

import math

import numpy as np
import pytest

from reprlearn.data.events.log import EventLog
from reprlearn.objectives.event_baselines import PRIOR, oracle_losses, ranking_metrics, references
from tests.objectives.test_next_event import N_TYPES, sequences


def test_metrics_of_known_ranks():
    found = ranking_metrics(np.array([1, 2, 5, 6, 1]))
    assert found["accuracy"] == 0.4
    assert found["map_at_5"] == pytest.approx((1 + 1 / 2 + 1 / 5 + 0 + 1) / 5)
    assert found["mrr"] == pytest.approx((1 + 1 / 2 + 1 / 5 + 1 / 6 + 1) / 5)


def test_bigrams_and_the_majority_class_agree_with_counting_one_by_one():
    train, split = sequences(), sequences(seed=1)

    def pairs(part):
        return [(part.type_ids[i], part.type_ids[i + 1]) for i in np.flatnonzero(part.has_target)]

    follows = [b for _, b in pairs(train)]
    share = [(follows.count(y) + 1 / N_TYPES) / (len(follows) + 1) for y in range(N_TYPES)]

    def bigram(x):
        after = [b for a, b in pairs(train) if a == x]
        return [(after.count(y) + PRIOR * share[y]) / (len(after) + PRIOR) for y in range(N_TYPES)]

    found = references(train, split, N_TYPES)
    for name, p in (("majority", lambda x: share), ("bigram", bigram)):
        losses = [-math.log(p(x)[y]) for x, y in pairs(split)]
        hits = [int(np.argmax(p(x))) == y for x, y in pairs(split)]
        assert found[f"{name}_loss"] == pytest.approx(np.mean(losses))
        assert found[f"{name}_accuracy"] == pytest.approx(np.mean(hits))


def test_of_flights_the_bigram_is_as_good_as_measured(flights: EventLog):
    found = references(flights.splits["train"], flights.splits["valid"], len(flights.types))
    assert found["bigram_loss"] == pytest.approx(2.909, abs=0.02) and found["majority_loss"] > 3.9
    assert oracle_losses(flights, "valid") == {}


def test_of_the_synthetic_log_the_best_losses_stand_beside(synthetic: EventLog):
    best = oracle_losses(synthetic, "test")
    bigram = references(synthetic.splits["train"], synthetic.splits["test"], len(synthetic.types))["bigram_loss"]
    # Without the scalar, pairs of types are all there is to know.
    without = best["oracle_loss_without_scalar"]
    assert best["oracle_loss"] + 0.3 < without < bigram < without + 0.01
