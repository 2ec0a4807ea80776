"""A head over a mix of a model's layers, whose weights are learned with it.

Peters et al. 2018, ELMo (arXiv 1802.05365), equation 1, here of the means over a text's words:

    ELMo = gamma sum_j softmax(s)_j h_j          P(1 | text) = sigmoid(w . ELMo + b)

=======  ===========  =================
symbol   here         shape
=======  ===========  =================
h_j      layers[j]    (texts, D), standardised
s        s            (layers,)
gamma    gamma        ()
w, b     head         (D + 1,)
=======  ===========  =================

NOTE[DIFF] What is held back is gamma w, the weights that reach the features: w alone would shrink for nothing while gamma grows.
So the head is scikit-learn's logistic regression with the same C on the mixed features.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from reprlearn.analysis.transfer_heads import Head, Texts, best_of

MAX_STEPS = 200


def mixed_regression(texts: Texts, grid: Iterable[float]) -> Head:
    """The best of the grid; features are (layers, texts, width), standardised."""

    def fit(c: float) -> tuple[dict[str, np.ndarray], tuple[float, ...]]:
        shares, weights, bias = fit_mix(texts.features["train"], texts.labels["train"], c)
        answers = {
            split: np.einsum("j,jnd,d->n", shares, texts.features[split], weights) + bias for split in ("valid", "test")
        }
        return answers, tuple(float(share) for share in shares)

    return best_of(fit, grid, texts.labels["valid"])


def fit_mix(layers: np.ndarray, labels: np.ndarray, c: float) -> tuple[np.ndarray, np.ndarray, float]:
    """The shares softmax(s) (layers,), the weights gamma w (width,) and the bias b of the lowest penalised loss found.

    layers: (layers, texts, width), labels: (texts,) of 0 and 1. The loss is sum of -log P(label) + |gamma w|^2 / (2 c).
    """
    import torch
    from torch.nn import functional as F

    h, y = torch.from_numpy(np.ascontiguousarray(layers)), torch.from_numpy(labels.astype(layers.dtype))
    s, gamma = h.new_zeros(len(h), requires_grad=True), h.new_ones((), requires_grad=True)
    w, b = h.new_zeros(h.shape[2], requires_grad=True), h.new_zeros((), requires_grad=True)
    optimiser = torch.optim.LBFGS([s, gamma, w, b], max_iter=MAX_STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        # The layers are scored one by one and the scores mixed: the same, and no mixed copy of the features is made.
        scores = gamma * ((h @ w) * s.softmax(0)[:, None]).sum(0) + b
        value = F.binary_cross_entropy_with_logits(scores, y, reduction="sum") + (gamma * w).square().sum() / (2 * c)
        value = value / len(y)
        value.backward()
        return value

    optimiser.step(loss)
    with torch.no_grad():
        return s.softmax(0).numpy(), (gamma * w).numpy(), float(b)
