"""Heads that tell texts apart by their features: logistic regression, and one over a learned mix of a model's layers.

How strongly a head is held back (C, scikit-learn's) is chosen on the validation texts: the highest accuracy, of equal ones the
lowest loss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

DENSE_GRID = (0.0003, 0.001, 0.01, 0.1, 1.0)
"""C for standardised features: with hundreds of them and as few texts, a head fits the texts exactly unless it is held back."""
COUNTS_GRID = (0.1, 1.0, 10.0, 100.0, 1000.0)
"""C for TF-IDF, whose rows have length 1."""


@dataclass(frozen=True)
class Texts:
    """Features and labels (0, 1) of the three splits of a task, each by the split's name."""

    features: dict[str, Any]
    labels: dict[str, np.ndarray]


@dataclass(frozen=True)
class Head:
    """A fitted head's answers.

    log_odds:  of label 1, {"valid": (n,), "test": (m,)}
    mix:       of a mix, the share of each layer
    """

    c: float
    log_odds: dict[str, np.ndarray]
    accuracy_valid: float
    log_loss_valid: float
    mix: tuple[float, ...] = ()


def logistic_regression(texts: Texts, grid: Iterable[float]) -> Head:
    """The best of the grid, on features as they are, (texts, terms) dense or sparse."""
    from sklearn.linear_model import LogisticRegression

    def fit(c: float) -> tuple[dict[str, np.ndarray], tuple[float, ...]]:
        model = LogisticRegression(C=c, max_iter=2_000)
        model.fit(texts.features["train"], texts.labels["train"])
        return {split: model.decision_function(texts.features[split]) for split in ("valid", "test")}, ()

    return best_of(fit, grid, texts.labels["valid"])


def best_of(
    fit: Callable[[float], tuple[dict[str, np.ndarray], tuple[float, ...]]], grid: Iterable[float], valid: np.ndarray
) -> Head:
    """The head of the grid that does best on the validation texts."""
    heads = []
    for c in grid:
        log_odds, mix = fit(c)
        heads.append(Head(c, log_odds, accuracy(log_odds["valid"], valid), log_loss(log_odds["valid"], valid), mix))
    return max(heads, key=rank)


def rank(head: Head) -> tuple[float, float]:
    """By what heads, and layers, are chosen: the larger the better."""
    return head.accuracy_valid, -head.log_loss_valid


def standardised(features: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Each feature less its mean and over its spread in the training texts; (..., texts, width) float64."""
    train = features["train"].astype(np.float64)
    mean, spread = train.mean(axis=-2, keepdims=True), train.std(axis=-2, keepdims=True)
    return {split: (values - mean) / np.where(spread > 0, spread, 1) for split, values in features.items()}


def accuracy(log_odds: np.ndarray, labels: np.ndarray) -> float:
    """Share of the texts whose label is the likelier one."""
    return float(((log_odds > 0) == (labels == 1)).mean())


def log_loss(log_odds: np.ndarray, labels: np.ndarray) -> float:
    """Mean of -log P(label), nats a text."""
    return float(np.logaddexp(0, np.where(labels == 1, -log_odds, log_odds)).mean())
