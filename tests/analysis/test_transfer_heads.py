"""Heads: chosen by the validation texts alone, held back alike whatever layers they mix, and as good as the best single layer."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss as reference_loss

from reprlearn.analysis.transfer_heads import (
    Texts,
    accuracy,
    best_of,
    log_loss,
    logistic_regression,
    standardised,
)
from reprlearn.analysis.transfer_mix import fit_mix, mixed_regression


def texts(n_layers: int = 3, told_by: int = 1, n_train: int = 200, width: int = 6) -> Texts:
    """Features of several layers, of which one tells the labels (but for noise)."""
    draw = np.random.default_rng(0)
    weights = draw.normal(size=width)
    features, labels = {}, {}
    for split, n in (("train", n_train), ("valid", 300), ("test", 300)):
        features[split] = draw.normal(2, 3, size=(n_layers, n, width))
        labels[split] = ((features[split][told_by] - 2) @ weights + draw.normal(0, 3, n) > 0).astype(np.int64)
    return Texts(standardised(features), labels)


def layer(of: Texts, i: int) -> Texts:
    return Texts({split: layers[i] for split, layers in of.features.items()}, of.labels)


def penalised(log_odds: np.ndarray, labels: np.ndarray, weights: np.ndarray, c: float) -> float:
    return log_loss(log_odds, labels) * len(labels) + (weights**2).sum() / (2 * c)


def test_features_are_standardised_by_the_training_texts():
    made = standardised({"train": np.array([[1.0, 5], [3, 5]]), "test": np.array([[5.0, 7]])})
    np.testing.assert_allclose(made["train"], [[-1, 0], [1, 0]])
    np.testing.assert_allclose(made["test"], [[3, 2]])


def test_measures_are_scikit_learn_s():
    log_odds, labels = np.array([-3.0, -0.1, 0.2, 40.0]), np.array([0, 1, 1, 1])
    assert accuracy(log_odds, labels) == 0.75
    assert log_loss(log_odds, labels) == pytest.approx(reference_loss(labels, 1 / (1 + np.exp(-log_odds))))
    assert log_loss(np.array([800.0]), np.array([0])) == pytest.approx(800), "no overflow"


def test_the_best_on_validation_is_taken_and_the_test_texts_choose_nothing():
    valid = np.array([0, 1, 1, 0])
    answers = {
        1.0: {"valid": np.array([-1.0, 1, -1, -1]), "test": np.full(4, 9.0)},
        2.0: {"valid": np.array([-1.0, 1, 1, -1]), "test": np.full(4, 8.0)},
        3.0: {"valid": np.array([-2.0, 2, 2, -2]), "test": np.full(4, 7.0)},
    }
    head = best_of(lambda c: (answers[c], ()), answers, valid)
    assert head.c == 3.0 and head.accuracy_valid == 1.0, "of equal accuracies the lower loss"
    assert head.log_loss_valid == pytest.approx(log_loss(answers[3.0]["valid"], valid))


def test_logistic_regression_answers_in_log_odds():
    one = layer(texts(), 1)
    head = logistic_regression(one, (0.1,))
    reference = LogisticRegression(C=0.1).fit(one.features["train"], one.labels["train"])
    probability = reference.predict_proba(one.features["test"])
    np.testing.assert_allclose(
        head.log_odds["test"], np.log(probability[:, 1] / probability[:, 0]), rtol=1e-3, atol=1e-3
    )


@pytest.mark.parametrize("c", [0.01, 1.0])
def test_a_mix_of_one_layer_is_logistic_regression(c):
    one = texts(n_layers=1, told_by=0)
    shares, weights, bias = fit_mix(one.features["train"], one.labels["train"], c)
    reference = LogisticRegression(C=c, tol=1e-8, max_iter=1000).fit(one.features["train"][0], one.labels["train"])
    assert shares.tolist() == [1.0]
    np.testing.assert_allclose(weights, reference.coef_[0], atol=2e-3)
    assert bias == pytest.approx(reference.intercept_[0], abs=2e-3)


@pytest.mark.parametrize("told_by", [0, 2])
def test_a_mix_finds_the_layer_that_tells(told_by):
    mixed = mixed_regression(texts(told_by=told_by), (0.1, 1.0))
    assert int(np.argmax(mixed.mix)) == told_by and sum(mixed.mix) == pytest.approx(1)
    best = logistic_regression(layer(texts(told_by=told_by), told_by), (0.1, 1.0))
    assert mixed.accuracy_valid >= best.accuracy_valid - 0.03


def test_a_mix_fits_no_worse_than_any_of_its_layers():
    of = texts()
    shares, weights, bias = fit_mix(of.features["train"], of.labels["train"], 0.1)
    labels = of.labels["train"]
    mixed = penalised(np.einsum("j,jnd,d->n", shares, of.features["train"], weights) + bias, labels, weights, 0.1)
    for i in range(3):
        alone = LogisticRegression(C=0.1, max_iter=1000).fit(of.features["train"][i], labels)
        assert mixed <= penalised(alone.decision_function(of.features["train"][i]), labels, alone.coef_, 0.1) + 0.05
