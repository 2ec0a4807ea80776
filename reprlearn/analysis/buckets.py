"""What a model makes of a scalar: the soft one-hot at one value, and over the whole range of the data.

    p = n W + b        s = softmax(p / temperature)        g = s E

===========  =================================================
symbol       here
===========  =================================================
n, W, b, p   channels, weight, bias, logits of a `Reading`
s            weights
g            vector
exp H(s)     effective_buckets, H(s) = -sum_k s_k log s_k
===========  =================================================

Buckets are numbered from 1 to P in the order in which they lie along the scalar, which need not be that of the rows of
E: with one channel by their slope W, the order in which the uppermost of straight lines change; on a circle by the place
where p is the highest. All functions of `analysis.bucket*` number them so, and the order is that at any temperature.

exp H(s) is the perplexity of the bucket weights: 1 when one bucket holds the value, P when all hold the same of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reprlearn.analysis.bucket_axis import GRID, scalar_of, value_grid

if TYPE_CHECKING:
    from reprlearn.nn.soft_one_hot import SoftOneHot
    from reprlearn.runs import Run


@dataclass(frozen=True)
class Reading:
    """A soft one-hot at one value; C channels, P buckets in their order along the scalar, D units.

    Of a missing value, which lies in no bucket: channels and logits NaN, weights 0, effective_buckets NaN, heaviest 0.

    value: raw unit, NaN where missing.  channels: (C,) n.  weight, bias: (C, P) W and (P,) b.
    logits: (P,) p, before the temperature.  weights: (P,) s.  vector: (D,) g.  heaviest: number of the bucket, from 1.
    """

    value: float
    missing: bool
    channels: np.ndarray
    weight: np.ndarray
    bias: np.ndarray
    logits: np.ndarray
    weights: np.ndarray
    vector: np.ndarray
    temperature: float
    effective_buckets: float
    heaviest: int


@dataclass(frozen=True)
class Sweep:
    """What a model makes of n values of a scalar. weights and effective: None where the encoding has no buckets.

    values: (n,) raw unit.  vectors: (n, D) g.  weights: (n, P) s.  effective: (n,) effective number of buckets.
    """

    values: np.ndarray
    vectors: np.ndarray
    weights: np.ndarray | None
    effective: np.ndarray | None


def read_value(run: Run, feature: str, value: float | None, temperature: float | None = None) -> Reading:
    """The soft one-hot at a raw value (None or NaN: missing), at the model's own temperature or another.

    ValueError for a run without soft one-hot, and for a temperature that `nn.event_config.check_temperature` refuses.
    """
    # torch takes seconds to import, and only a model needs it.
    import torch

    layer = soft_one_hot(run, feature)
    order = bucket_order(layer)
    with torch.inference_mode():
        raw = torch.tensor([np.nan if value is None else value], dtype=torch.float32)
        channels, missing = layer.transform(raw)
        weights = layer.bucket_weights(raw, temperature)[0].numpy()[order]
        vector = layer(raw, temperature)[0].numpy()
    weight, bias = layer.weight.detach().numpy()[:, order], layer.bias.detach().numpy()[order]
    n, is_missing = channels[0].numpy(), bool(missing)
    return Reading(
        value=float(raw),
        missing=is_missing,
        channels=np.full_like(n, np.nan) if is_missing else n,
        weight=weight,
        bias=bias,
        logits=np.full_like(bias, np.nan) if is_missing else n @ weight + bias,
        weights=weights,
        vector=vector,
        temperature=layer.temperature if temperature is None else temperature,
        effective_buckets=float("nan") if is_missing else float(effective_buckets(weights)),
        heaviest=0 if is_missing else int(weights.argmax()) + 1,
    )


def sweep(run: Run, feature: str, temperature: float | None = None, n: int = GRID) -> Sweep:
    """What the model makes of n values over the scalar's range; any run that reads scalars.

    Hard buckets (quantile) have weights too: 1 in the bucket that holds the value. A temperature is for soft one-hot
    only (ValueError).
    """
    values = value_grid(scalar_of(run, feature), n)
    weights = bucket_weights(run, feature, values, temperature)
    effective = None if weights is None else effective_buckets(weights)
    return Sweep(values, vectors(run, feature, values, temperature), weights, effective)


def vectors(run: Run, feature: str, values: np.ndarray, temperature: float | None = None) -> np.ndarray:
    """(n, D) float32 what the scalar brings in at raw values (n,): its vector g, its mask, or what concat adds."""
    import torch

    _check_encodes(run, feature)
    raw = torch.from_numpy(np.array(values, dtype=np.float32))
    with torch.inference_mode():
        if has_buckets(run):
            return run.model.encode(feature, raw, temperature).numpy()
        _refuse_temperature(run, temperature)
        return run.model.encode(feature, raw).numpy()


def bucket_weights(run: Run, feature: str, values: np.ndarray, temperature: float | None = None) -> np.ndarray | None:
    """(n, P) float32 the bucket weights at raw values (n,), ordered along the scalar; None without buckets."""
    import torch

    _check_encodes(run, feature)
    raw = torch.from_numpy(np.array(values, dtype=np.float32))
    with torch.inference_mode():
        if has_buckets(run):
            layer = soft_one_hot(run, feature)
            return layer.bucket_weights(raw, temperature).numpy()[:, bucket_order(layer)]
        _refuse_temperature(run, temperature)
        encoder = _hard_buckets(run, feature)
        if encoder is None:
            return None
        number, missing = encoder.bucket(raw).numpy(), encoder.transform.missing(raw).numpy()
    held = np.eye(len(encoder.embedding), dtype=np.float32)[number]
    held[missing] = 0
    return held


def bucket_vectors(run: Run, feature: str) -> np.ndarray | None:
    """(P, D) float32 the buckets' own vectors E, ordered along the scalar; None without buckets."""
    _check_encodes(run, feature)
    if has_buckets(run):
        layer = soft_one_hot(run, feature)
        return layer.embedding.detach().numpy()[bucket_order(layer)]
    encoder = _hard_buckets(run, feature)
    return None if encoder is None else encoder.embedding.detach().numpy()


def effective_buckets(weights: np.ndarray) -> np.ndarray:
    """(...) exp of the entropy of weights (..., P) that sum to 1; NaN where they sum to 0, as of missing values."""
    weights = np.asarray(weights, dtype=np.float64)
    entropy = -(weights * np.log(np.where(weights > 0, weights, 1.0))).sum(axis=-1)
    # Rounding may take the entropy of a hard weight just below zero.
    return np.where(weights.sum(axis=-1) > 0, np.exp(np.maximum(entropy, 0.0)), np.nan)


def has_buckets(run: Run) -> bool:
    """Whether the run reads its scalars as soft one-hots."""
    return hasattr(run.model, "soft_one_hot")


def soft_one_hot(run: Run, feature: str) -> SoftOneHot:
    """The layer of a scalar. ValueError where the run has none."""
    _check_encodes(run, feature)
    if not has_buckets(run):
        raise ValueError(f"{run.name} reads its scalars by {run.model.config.encoding!r}: it has no soft buckets")
    return run.model.soft_one_hot(feature)


def bucket_order(layer: SoftOneHot) -> np.ndarray:
    """(P,) the rows of E in the order of their buckets along the scalar."""
    weight = layer.weight.detach().numpy().astype(np.float64)
    if len(weight) == 1:
        return np.argsort(weight[0], kind="stable")
    peak = np.remainder(np.arctan2(weight[0], weight[1]), 2 * np.pi)
    return np.argsort(peak, kind="stable")


def _hard_buckets(run: Run, feature: str) -> Any:
    """The encoder of a scalar that has hard buckets; None for other encodings."""
    if run.model.config.encoding != "quantile":
        return None
    return run.model.get_submodule(f"join.encoders.{run.model.scalar_index(feature)}")


def _check_encodes(run: Run, feature: str) -> None:
    scalar_of(run, feature)
    if not hasattr(run.model, "encode"):
        raise ValueError(f"{run.name} reads no scalars, so there is nothing to see of {feature!r}")


def _refuse_temperature(run: Run, temperature: float | None) -> None:
    if temperature is not None:
        raise ValueError(f"{run.name} has no soft buckets, so no temperature: {temperature=}")
