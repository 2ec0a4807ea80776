"""The augmented loss of one prediction, taken apart: what it asks for, and what each part of it costs.

Inan, Khosravi & Socher 2016 (arXiv 1611.01462); the training objective itself is `reprlearn.objectives.augmented`.

    J = -log p[y]                               p = softmax(z)
    y~ = softmax(E E[y] / tau)                  the soft target
    J_aug = KL(y~ || softmax(z / tau))
    J_tot = J + alpha J_aug                     alpha = gamma tau

=======  ==================  =======
symbol   here                shape
=======  ==================  =======
E        matrix              (V, D), the input embedding
y        word_id
z        log_probabilities   (V,), the scores up to a constant, which no softmax sees
tau      temperature
gamma    gain
=======  ==================  =======
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from reprlearn.analysis.prediction import PromptReading
    from reprlearn.runs import Run


@dataclass(frozen=True)
class LossParts:
    """The loss of one prediction in nats: `total` = `plain` + `alpha` x `divergence`."""

    plain: float
    divergence: float
    alpha: float

    @property
    def augmented(self) -> float:
        """What the augmented part adds, alpha J_aug."""
        return self.alpha * self.divergence

    @property
    def total(self) -> float:
        return self.plain + self.augmented


def soft_target(matrix: np.ndarray, word_id: int, temperature: float) -> np.ndarray:
    """y~ of a word, (V,) float64, sums to one. ValueError for a word that has no row or a temperature that is not above 0."""
    if not 0 <= word_id < len(matrix):
        raise ValueError(f"word_id must be a row of the matrix, 0 to {len(matrix) - 1}, however: {word_id=}")
    return np.exp(_log_softmax(matrix @ matrix[word_id], temperature))


def cooled(log_probabilities: np.ndarray, temperature: float) -> np.ndarray:
    """The prediction at the temperature of the soft target, softmax(z / tau), (V,) float64."""
    return np.exp(_log_softmax(log_probabilities, temperature))


def loss_parts(
    log_probabilities: np.ndarray, soft: np.ndarray, word_id: int, temperature: float, gain: float
) -> LossParts:
    """The parts of the loss where `word_id` comes next.

    log_probabilities: (V,) nats, or logits.  soft: (V,), the soft target of `word_id` at this temperature.
    ValueError for a gain that is negative or not finite.
    """
    if not 0 <= gain < math.inf:
        raise ValueError(f"gain must be finite and not negative, however: {gain=}")
    plain = -float(_log_softmax(log_probabilities, 1.0)[word_id])
    log_predicted = _log_softmax(log_probabilities, temperature)
    held = soft > 0
    divergence = float((soft[held] * (np.log(soft[held]) - log_predicted[held])).sum())
    return LossParts(plain, max(0.0, divergence), gain * temperature)


def own_setting(run: Run) -> tuple[float, float]:
    """(temperature, gain) of the augmented loss that a run was trained with; its gain is 0 where it was trained without, or
    is not known how.
    """
    objective = None if run.card.imported else run.recipe.objective
    return float(getattr(objective, "augmented_temperature", 10.0)), float(getattr(objective, "augmented_gain", 0.0))


def losses(
    runs: Mapping[str, Run],
    readings: Mapping[str, PromptReading],
    word: str,
    temperature: float | None = None,
    gain: float | None = None,
) -> pd.DataFrame:
    """What `word` as the next word costs each run: run, temperature, gain, plain, divergence, alpha, augmented, total (nats).

    temperature, gain: None for what each run was trained with. A run that does not know the word is left out.
    """
    rows = []
    for name, run in runs.items():
        if word not in run.vocabulary:
            continue
        own_temperature, own_gain = own_setting(run)
        tau = own_temperature if temperature is None else temperature
        gamma = own_gain if gain is None else gain
        word_id = run.vocabulary.id(word)
        soft = soft_target(run.matrix("input"), word_id, tau)
        parts = loss_parts(readings[name].next_log_probabilities, soft, word_id, tau, gamma)
        rows.append((name, tau, gamma, parts.plain, parts.divergence, parts.alpha, parts.augmented, parts.total))
    names = ["run", "temperature", "gain", "plain", "divergence", "alpha", "augmented", "total"]
    return pd.DataFrame(rows, columns=pd.Index(names))


def target_table(run: Run, reading: PromptReading, word: str, temperature: float, k: int = 12) -> pd.DataFrame:
    """The k words with the largest share of the soft target of `word`, and `word` itself: word, one_hot, soft, predicted.

    predicted: the run's prediction at that temperature. Largest share first. ValueError for a word the run does not know.
    """
    if word not in run.vocabulary:
        raise ValueError(f"{word!r} is not among the {len(run.vocabulary):,} words of {run.name}")
    word_id = run.vocabulary.id(word)
    soft = soft_target(run.matrix("input"), word_id, temperature)
    order = np.argsort(-soft, kind="stable")
    rows = order[:k] if word_id in order[:k] else np.concatenate([order[: max(k - 1, 0)], [word_id]])
    return pd.DataFrame(
        {
            "word": np.array(run.vocabulary.words, dtype=object)[rows],
            "one_hot": (rows == word_id).astype(np.float64),
            "soft": soft[rows],
            "predicted": cooled(reading.next_log_probabilities, temperature)[rows],
        }
    )


def _log_softmax(scores: np.ndarray, temperature: float) -> np.ndarray:
    if not 0 < temperature < math.inf:
        raise ValueError(f"temperature must be above 0 and finite, however: {temperature=}")
    scaled = np.asarray(scores, dtype=np.float64) / temperature
    scaled = scaled - scaled.max()
    return scaled - np.log(np.exp(scaled).sum())
