"""What all figures of a scalar share: its axis, the colours of its buckets, and the density of the training data.

The axis runs in the transformed value, labelled with raw ones: an asinh axis is logarithmic far from zero on either
side and linear around it. Buckets are numbered in their order along the axis, so their colours are a scale of it, one
that closes where the scalar does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.text import plain
from reprlearn.viz.words import say

# Night is dark and noon is light, so that opposite hours differ for any colour vision; it ends where it begins.
CYCLIC = (
    (0.0, "#3F4FB5"), (0.17, "#2A7FB8"), (0.33, "#2FA38A"), (0.5, "#D3AC2B"),
    (0.67, "#D9743C"), (0.84, "#A84A93"), (1.0, "#3F4FB5"),
)  # fmt: skip
# A tick is left out within this share of the axis from a rounder one: labels stay apart on a figure of 600 pixels.
_TICK_GAP = 1 / 12
# Steps that values are often counted in, coarse to fine: tens, units, quarters, tenths, 5 minutes, minutes.
_STEPS = (1000.0, 100.0, 10.0, 5.0, 1.0, 0.5, 0.25, 0.1, 1 / 12, 0.01, 1 / 60)


class DescribedScalar(Protocol):
    """A scalar as figures need it; see `data.events.scalars.Scalar`."""

    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def transform(self) -> Any: ...
    @property
    def period(self) -> float | None: ...
    @property
    def quantiles(self) -> Sequence[float]: ...
    @property
    def histogram(self) -> Sequence[int]: ...
    @property
    def bin_edges(self) -> np.ndarray: ...


def places(scalar: DescribedScalar, values: Any) -> np.ndarray:
    """Raw values as numbers on the axis."""
    values = np.asarray(values, dtype=np.float64)
    return np.arcsinh(values) if scalar.transform == "asinh" else values


def value_text(scalar: DescribedScalar, value: float) -> str:
    """A value with its unit, to three digits: "35.2 min", "1,300 min"; "missing" for NaN. Safe for a label."""
    if np.isnan(value):
        return say("missing")
    unit = f" {plain(scalar.unit)}" if scalar.unit else ""
    return number_text(value) + unit


def number_text(value: float) -> str:
    """To three digits, without an exponent where that is not much longer."""
    if value == 0 or not np.isfinite(value):
        return "0" if value == 0 else ("∞" if value > 0 else "−∞")
    size = abs(value)
    decimals = int(np.clip(2 - np.floor(np.log10(size)), 0, 6))
    text = f"{value:.3g}" if size >= 1e9 or size < 1e-4 else f"{value:,.{decimals}f}"
    if "." in text and "e" not in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def x_axis(scalar: DescribedScalar, low: float, high: float) -> dict[str, Any]:
    """Plotly settings of the axis from raw value `low` to `high`: range, ticks at round raw values, title."""
    start, end = places(scalar, [low, high])
    unit = f" ({plain(scalar.unit)})" if scalar.unit else ""
    title = f"{plain(scalar.name)}{unit}"
    settings: dict[str, Any] = {
        "range": [float(start), float(end)],
        "title": {"text": say("axis.asinh", axis=title) if scalar.transform == "asinh" else title},
        "showgrid": False, "zeroline": False, "ticks": "",
    }  # fmt: skip
    if scalar.transform == "standardise":
        return settings | {"nticks": 9, "tickformat": ",~g"}
    ticks = turn_ticks(high) if scalar.transform == "cyclic" else asinh_ticks(low, high)
    return settings | {"tickvals": places(scalar, ticks).tolist(), "ticktext": [number_text(tick) for tick in ticks]}


def turn_ticks(period: float) -> list[float]:
    """Four to eight ticks over a turn, both ends among them: whole numbers where they divide it (0, 3, 6 ... 24)."""
    for step in (1, 2, 3, 5, 6, 10, 15, 30, 45, 60, 90, 100):
        if 4 <= period / step <= 8 and period % step == 0:
            return [float(tick) for tick in np.arange(0, period + step / 2, step)]
    return [period * quarter / 4 for quarter in range(5)]


def asinh_ticks(low: float, high: float) -> list[float]:
    """Round raw values between low and high, none too close to a rounder one: zero, then 1, 3, 5, 2 times tens."""
    start, end = np.arcsinh([low, high])
    slack = 0.002 * (end - start)
    tens = [10.0**power for power in range(-3, 13)]
    candidates = [0.0] + [sign * digit * ten for digit in (1, 3, 5, 2) for ten in tens for sign in (1, -1)]
    ticks: list[float] = []
    for tick in candidates:
        # One that is all but reached, such as 1,000 where the data ends at 999.8, still says where the axis ends.
        inside = start - slack <= np.arcsinh(tick) <= end + slack
        if inside and all(abs(np.arcsinh(tick) - np.arcsinh(other)) >= _TICK_GAP * (end - start) for other in ticks):
            ticks.append(tick)
    if len(ticks) >= 4:
        return sorted(ticks)
    # Within less than a decade: even steps, in the roundest unit that gives at least four.
    for step in sorted((digit * ten for digit in (5, 2, 1) for ten in tens), reverse=True):
        even = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
        if len(even) >= 4:
            return [float(tick) for tick in even]
    return [low, high]


def bucket_colours(scalar: DescribedScalar, n_buckets: int) -> list[str]:
    """A colour for each bucket in order along the scalar."""
    cyclic = scalar.transform == "cyclic"
    at = (np.arange(n_buckets) + 0.5) / n_buckets
    return scale_colours(CYCLIC if cyclic else style.SEQUENTIAL, at)


def scale_colours(scale: Sequence[tuple[float, str]], at: np.ndarray) -> list[str]:
    """Hex colours of a scale at shares (n,) of its length."""
    stops = np.array([stop for stop, _ in scale])
    channels = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for _, colour in scale])
    mixed = np.stack([np.interp(at, stops, channels[:, i]) for i in range(3)], axis=1).round().astype(int)
    return [f"#{red:02X}{green:02X}{blue:02X}" for red, green, blue in mixed]


def text_on(colour: str) -> str:
    """Black or white, whichever reads better on a hex colour."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#FFFFFF" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else "#14171F"


def density(scalar: DescribedScalar) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Edges (m + 1,) on the axis, share of the training data (m,) and its density (m,) between them.

    Values counted in whole steps, such as minutes, would make a comb of bins finer than the step, and stripes of bins
    that hold now five of them and now six. Each bin is widened to the steps it holds: then none is.
    """
    edges, counts = np.asarray(scalar.bin_edges, dtype=np.float64), np.asarray(scalar.histogram, dtype=np.float64)
    if scalar.transform == "cyclic" and scalar.period is not None and (edges[0] < 0 or edges[-1] > scalar.period):
        edges, counts = _around(edges, counts, scalar.period)
    step = _step(np.asarray(scalar.quantiles, dtype=np.float64))
    if step is not None:
        inner = np.floor(edges[1:-1] / step - 1e-6) * step + step / 2
        edges = np.concatenate([[edges[0] - step / 2], inner, [edges[-1] + step / 2]])
    at = places(scalar, edges)
    wide = np.diff(at) > 1e-9
    # Counts of a bin that holds no step are none, but for rounding.
    kept = np.concatenate([at[:-1][wide], at[-1:]])
    shares = counts[wide] / max(1.0, counts.sum())
    return kept, shares, shares / np.diff(kept)


def mark_value(figure: go.Figure, scalar: DescribedScalar, value: float | None, theme: str = "light") -> go.Figure:
    """The figure (changed in place and returned) with a line over all of its height at the value, and no other shape.

    No line for a missing value. A figure kept for many values is copied first: mark_value(go.Figure(kept), ...).
    """
    if value is None or np.isnan(value):
        figure.layout.shapes = []
        return figure
    x = float(places(scalar, value if scalar.period is None else value % scalar.period))
    line = {"type": "line", "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1}
    # A rim in the colour of the page keeps the line apart from whatever colours it crosses.
    drawn = ((style.page_colour(theme), 6), (style.colour_of("highlight"), 2.5))
    figure.layout.shapes = [{**line, "line": {"color": colour, "width": width}} for colour, width in drawn]
    return figure


def _step(quantiles: np.ndarray) -> float | None:
    """The coarsest of `_STEPS` that nearly all quantiles are whole multiples of, or None."""
    for step in _STEPS:
        multiples = quantiles / step
        # float32 holds about seven digits.
        near = np.abs(multiples - multiples.round()) <= 1e-3 + 1e-6 * np.abs(multiples)
        if near.mean() >= 0.9 and len(np.unique(quantiles)) > 1:
            return step
    return None


def _around(edges: np.ndarray, counts: np.ndarray, period: float) -> tuple[np.ndarray, np.ndarray]:
    """The same counts in as many bins over one turn."""
    wrapped = np.linspace(0, period, len(edges))
    middle = np.remainder((edges[1:] + edges[:-1]) / 2, period)
    return wrapped, np.histogram(middle, wrapped, weights=counts)[0]
