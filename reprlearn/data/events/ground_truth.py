"""The true distribution behind the synthetic log: how the next type depends on the present one and on a scalar.

An event of type x lasts s minutes, s = `LOWEST` 10^(`DECADES` u), and only x decides how u in [0, 1] is distributed:

    q(u | x) = 1 + a_x (2u - 1)
    m_r(u) = sigma((u - e_r) / w) - sigma((u - e_{r+1}) / w)         sums to 1 over the ranges r
    P(y | x, u) = sum_r m_r(u) softmax_y(L_xy + B [y in the group that range r favours])
    P(y | x) = integral of q(u | x) P(y | x, u) du

Ranges apart from one another favour the same group, so no monotone map of the scalar tells the groups apart; where
two ranges meet they overlap over a few w. Since u depends on nothing but x, events further back tell nothing more:
P(y | x, u) is the best any model can know, and P(y | x) the best without the scalar.

    symbol   variable            symbol   variable
    x, y     type, next type     L        logits
    a        tilts               B        BOOST
    e        EDGES               w        BORDER
    m        range_weights
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

GROUPS = ("A", "B", "C")
TYPES_PER_GROUP = 4
TYPES = tuple(f"{group}{i}" for group in GROUPS for i in range(1, TYPES_PER_GROUP + 1))
EDGES = (0.12, 0.26, 0.42, 0.56, 0.70, 0.86)
FAVOURED = (0, 1, 0, 2, 1, 2, 0)
"""The group that each range favours."""
BORDER = 0.015
BOOST = 3.2
LOWEST, DECADES = 1.0, 3.0
SEED = 1708

_GROUP_OF_TYPE = np.arange(len(TYPES)) // TYPES_PER_GROUP
_N_POINTS = 4000


@dataclass(frozen=True)
class Range:
    """A true range of the scalar in minutes, soft at its ends, and the types that are likely after it."""

    low: float
    high: float
    group: str
    types: tuple[str, ...]


@dataclass(frozen=True)
class GroundTruth:
    """V = 12 types, R = 7 ranges.

    logits:  (V, V) of the next type given the present one, before a group is favoured
    tilts:   (V,) in (-1, 1): below zero, events of the type tend to be short
    """

    logits: np.ndarray
    tilts: np.ndarray

    @classmethod
    def draw(cls, seed: int = SEED) -> GroundTruth:
        """The distribution that this seed determines."""
        # Of numpy's draws only the plain uniform ones are promised to stay what they are.
        uniform = np.random.Generator(np.random.PCG64(seed)).random
        n = len(TYPES)
        return cls(logits=2 * uniform((n, n)) - 1, tilts=1.6 * uniform(n) - 0.8)

    @property
    def ranges(self) -> tuple[Range, ...]:
        edges = minutes_of(np.array([0.0, *EDGES, 1.0]))
        return tuple(
            Range(float(low), float(high), GROUPS[group], tuple(name for name in TYPES if name[0] == GROUPS[group]))
            for low, high, group in zip(edges[:-1], edges[1:], FAVOURED, strict=True)
        )

    @cached_property
    def by_group(self) -> np.ndarray:
        """(G, V, V) P(next type | group favoured, type)."""
        favoured = np.arange(len(GROUPS))[:, None] == _GROUP_OF_TYPE[None, :]
        odds = np.exp(self.logits[None] + BOOST * favoured[:, None, :])
        return odds / odds.sum(axis=-1, keepdims=True)

    @cached_property
    def without_scalar(self) -> np.ndarray:
        """(V, V) P(next type | type), the scalar integrated out."""
        u, density = self._grid
        groups = (density[:, :, None] * group_weights(u)[None]).mean(axis=1)
        return np.einsum("xg,gxy->xy", groups, self.by_group)

    @cached_property
    def start(self) -> np.ndarray:
        """(V,) the distribution of types that stays as it is from event to event; sequences begin with it."""
        share = np.full(len(TYPES), 1 / len(TYPES))
        for _ in range(200):
            share = share @ self.without_scalar
        return share / share.sum()

    @cached_property
    def expected_nll(self) -> tuple[float, float]:
        """Nats an event of the best prediction there is: with the scalar, and without it."""
        u, density = self._grid
        known = 0.0
        for x, share in enumerate(self.start):
            p = group_weights(u) @ self.by_group[:, x]
            known -= float(share) * float((density[x] * (p * np.log(p)).sum(axis=1)).mean())
        without = -float(self.start @ (self.without_scalar * np.log(self.without_scalar)).sum(axis=1))
        return known, without

    def next_type(self, types: np.ndarray, minutes: np.ndarray) -> np.ndarray:
        """(n, V) P(next type | type, scalar); where the scalar is NaN, P(next type | type)."""
        types = np.asarray(types)
        weights = group_weights(position_of(np.asarray(minutes, dtype=np.float64)))
        known = np.einsum("ng,gnv->nv", weights, self.by_group[:, types])
        return np.where(np.isnan(weights[:, :1]), self.without_scalar[types], known)

    def durations(self, types: np.ndarray, uniform: np.ndarray) -> np.ndarray:
        """(n,) minutes drawn from q(. | type), one for each of n uniform draws: the distribution function inverted."""
        tilt = self.tilts[types]
        # F(u) = a u^2 + (1 - a) u; this form of its root stays exact as the tilt goes to zero.
        u = 2 * uniform / ((1 - tilt) + np.sqrt((1 - tilt) ** 2 + 4 * tilt * uniform))
        return minutes_of(u)

    @property
    def _grid(self) -> tuple[np.ndarray, np.ndarray]:
        """Midpoints of u and, for each type, (V, points) their density: its mean over the points integrates."""
        u = (np.arange(_N_POINTS) + 0.5) / _N_POINTS
        return u, 1 + self.tilts[:, None] * (2 * u[None] - 1)


def minutes_of(u: np.ndarray) -> np.ndarray:
    """Minutes from the position u in [0, 1]."""
    return LOWEST * 10.0 ** (DECADES * u)


def position_of(minutes: np.ndarray) -> np.ndarray:
    """The position u from minutes; a value outside the range stands at its end."""
    return np.clip(np.log10(np.maximum(minutes, LOWEST) / LOWEST) / DECADES, 0.0, 1.0)


def range_weights(minutes: np.ndarray) -> np.ndarray:
    """(n, R) how much each range holds at n values; a row sums to 1."""
    return _range_weights(position_of(np.asarray(minutes, dtype=np.float64)))


def group_weights(u: np.ndarray) -> np.ndarray:
    """(n, G) how much each group is favoured at n positions."""
    favours = np.array(FAVOURED)[:, None] == np.arange(len(GROUPS))[None]
    return _range_weights(u) @ favours.astype(np.float64)


def _range_weights(u: np.ndarray) -> np.ndarray:
    above = 1 / (1 + np.exp(-(u[:, None] - np.array(EDGES)[None]) / BORDER))
    ends = np.ones((len(u), 1))
    return np.concatenate([ends, above], axis=1) - np.concatenate([above, 0 * ends], axis=1)
