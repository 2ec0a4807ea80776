"""A value of a scalar: a slider through the range of the data, the exact number in its own unit, and "missing" as a choice.

The number is what counts and stands in the URL; the slider and the number move each other.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from reprlearn.analysis.bucket_axis import value_grid, value_range
from reprlearn.ui.text import as_text, t
from reprlearn.viz.buckets_axis import value_text

if TYPE_CHECKING:
    from reprlearn.data.events.scalars import Scalar

LARGEST = 1e9  # what a number field takes; a hand-made link may ask for more


def steps(scalar: Scalar) -> list[float]:
    """Where the slider stops, ascending: about 240 values, even on the scalar's axis, written no longer than they need be.

    Each is rounded as far as its neighbours allow, so that 35.2 min is offered and not 35.1874 min.
    """
    grid = value_grid(scalar).astype(np.float64)
    apart = np.minimum(np.diff(grid, prepend=-np.inf), np.diff(grid, append=np.inf))
    digits = -np.floor(np.log10(np.maximum(apart, 1e-12))).astype(int)
    rounded = {round(float(value), int(n)) + 0.0 for value, n in zip(grid, digits, strict=True)}  # + 0.0: no "-0"
    return sorted(rounded)


def spoken(scalar: Scalar, value: float | None) -> str:
    """The value with its unit as plain text, "missing" for None."""
    return html.unescape(value_text(scalar, float("nan") if value is None else value))


def value_control(scalar: Scalar, key: str, default: float | None, about: object, label: str) -> float | None:
    """Draw the control, called `label`; the raw value it stands at, None for missing.

    key: of the number, and in the URL.  default: where it starts, None for missing; `about` is what it is a value of (a run
    and a scalar, an event): when that changes, the control goes back to its default.
    """
    missing_key, slider_key, about_key = f"{key}_missing", f"{key}_slider", f"{key}_about"
    stops = steps(scalar)
    number_at_first = middle(scalar) if default is None else _within(default)
    moved_on = st.session_state.get(about_key, about) != about
    st.session_state[about_key] = about
    # Set, not passed as defaults, which would be at odds with what the session says after that.
    for each, start in ((key, number_at_first), (missing_key, default is None)):
        if moved_on or (each not in st.session_state and each not in st.query_params):
            st.session_state[each] = start

    def slid() -> None:
        st.session_state[key] = st.session_state[slider_key]

    slider_place, number_place, missing_place = st.columns([3, 1.15, 1], gap="small", vertical_alignment="bottom")
    missing = missing_place.toggle(t("soft_one_hot.missing"), key=missing_key, bind="query-params")
    unit = t("soft_one_hot.number", unit=as_text(scalar.unit)) if scalar.unit else t("soft_one_hot.number.plain")
    number = number_place.number_input(
        unit, -LARGEST, LARGEST, None, step=_step(stops), format="%.6g", key=key, bind="query-params",
        disabled=missing, help=t("soft_one_hot.number.help"),
    )  # fmt: skip
    number = number_at_first if number is None or not np.isfinite(number) else _within(float(number))
    # Set, not passed as a default: the number moves the slider whenever it has moved.
    st.session_state[slider_key] = at = _on_slider(scalar, stops, number)
    slider_place.select_slider(
        label,
        sorted({*stops, at}),
        key=slider_key,
        on_change=slid,
        disabled=missing,
        format_func=lambda stop: spoken(scalar, stop),
    )
    return None if missing else number


def outside(scalar: Scalar, value: float | None) -> bool:
    """Whether a value is beyond all training values, where a model was never taught what it means."""
    if value is None or scalar.transform == "cyclic":
        return False
    low, high = scalar.quantiles[0], scalar.quantiles[-1]
    slack = 1e-6 * max(abs(low), abs(high))
    return not low - slack <= value <= high + slack


def middle(scalar: Scalar) -> float:
    """A value in the middle of the training data, where the slider stops."""
    half = _on_slider(scalar, [], scalar.quantiles[len(scalar.quantiles) // 2])
    return min(steps(scalar), key=lambda stop: abs(stop - half))


def _on_slider(scalar: Scalar, stops: list[float], value: float) -> float:
    """Where on the slider a value stands: itself, a whole number of turns off, or at an end."""
    low, high = value_range(scalar)
    if scalar.period is not None:
        return value if low <= value <= high else value % scalar.period
    ends = (stops[0], stops[-1]) if stops else (low, high)
    return min(max(value, ends[0]), ends[1])


def _step(stops: list[float]) -> float:
    """What a click on the number's + adds: about a hundredth of the range, as a power of ten."""
    span = (stops[-1] - stops[0]) / 100
    return float(10.0 ** np.floor(np.log10(span))) if span > 0 else 1.0


def _within(value: float) -> float:
    return float(np.clip(value, -LARGEST, LARGEST))
