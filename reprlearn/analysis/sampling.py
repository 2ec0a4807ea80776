"""What is drawn from a prediction: temperature, top-k and top-p."""

from __future__ import annotations

import numpy as np


def check_sampling(temperature: float, top_k: int | None, top_p: float | None) -> None:
    """ValueError, with the value, for settings that make no distribution."""
    if not (np.isfinite(temperature) and temperature > 0):
        raise ValueError(f"temperature must be a number above 0, however: {temperature=}")
    if top_k is not None and top_k < 1:
        raise ValueError(f"top_k must be at least 1, or None for all words, however: {top_k=}")
    if top_p is not None and not 0 < top_p <= 1:
        raise ValueError(f"top_p must lie in (0, 1], or None for all words, however: {top_p=}")


def sampling_probabilities(
    log_probabilities: np.ndarray, temperature: float = 1.0, top_k: int | None = None, top_p: float | None = None
) -> np.ndarray:
    """The distribution (V,) float64 one samples from: softmax(log p / temperature), of which only the `top_k`
    most probable words stay, of which only the fewest that together reach `top_p`; the rest get 0 and what
    stays sums to one.

    Equal words are kept by lower id; at least one word always stays.
    """
    check_sampling(temperature, top_k, top_p)
    scaled = np.asarray(log_probabilities, dtype=np.float64) / temperature
    weights = np.exp(scaled - scaled.max())
    order = np.argsort(-weights, kind="stable")[:top_k]
    if top_p is not None:
        before = np.concatenate([[0.0], np.cumsum(weights[order])[:-1]]) / weights[order].sum()
        order = order[before < top_p]
    kept = np.zeros_like(weights)
    kept[order] = weights[order] / weights[order].sum()
    return kept
