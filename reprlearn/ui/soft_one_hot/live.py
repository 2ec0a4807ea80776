"""The live part: a value of the scalar, the formula with its numbers, the weights as bars and over the whole range.

It is a fragment: the slider moves nothing else on the page.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from reprlearn.analysis import buckets
from reprlearn.ui import widgets
from reprlearn.ui.soft_one_hot import answers, closer, formula, panels
from reprlearn.ui.soft_one_hot.value_control import middle, outside, value_control
from reprlearn.ui.text import as_text, language, small, t
from reprlearn.viz import buckets as figures

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from reprlearn.ui.soft_one_hot.controls import View

TEMPERATURES = (0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0)
AREA_PX = 410
WIDTHS = [1, 1.5]


@st.fragment
def buckets_of(view: View) -> None:
    """The buckets of a scalar, live."""
    value_place, temperature_place = st.columns([4, 1], gap="medium", vertical_alignment="bottom")
    with value_place:
        value = value_control(
            view.scalar,
            "value",
            middle(view.scalar),
            view.about,
            t("soft_one_hot.value", name=as_text(view.scalar.name)),
        )
    with temperature_place:
        temperature = _temperature(view) if view.soft else None
    if outside(view.scalar, value):
        st.markdown(small(t("soft_one_hot.outside")))
    if view.soft:
        _soft(view, value, temperature)
    else:
        _hard_or_none(view, value)
    closer.draw(view, value, temperature)


def _soft(view: View, value: float | None, temperature: float | None) -> None:
    reading = buckets.read_value(view.run, view.scalar.name, value, temperature)
    beside, over = st.columns(WIDTHS, gap="medium")
    with beside:
        formula.beside(reading)
        panels.bars(view, reading.weights, value, "weights", title=_bars_title(reading.weights))
    with over:
        _area(view, value, temperature)
    formula.warnings(answers.about("bucket_usage", view.run, view.scalar.name, temperature=temperature))


def _hard_or_none(view: View, value: float | None) -> None:
    """Encodings without soft buckets: hard ones are drawn like soft ones, and for the others it is said."""
    kind = view.run.recipe.model.encoding  # pyright: ignore[reportAttributeAccessIssue]
    raw = np.array([np.nan if value is None else value], dtype=np.float32)
    weights = buckets.bucket_weights(view.run, view.scalar.name, raw)
    st.markdown(
        t(f"soft_one_hot.encoding.{kind}") if kind in KNOWN else t("soft_one_hot.encoding.other", kind=as_text(kind))
    )
    if weights is None:
        return
    beside, over = st.columns(WIDTHS, gap="medium")
    with beside:
        panels.bars(view, weights[0], value, "weights", title=_bars_title(weights[0]))
    with over:
        _area(view, value, None)


KNOWN = ("concat", "mask", "quantile", "ple", "plr", "autodis")


def _bars_title(weights: np.ndarray) -> str:
    if not weights.any():
        return t("soft_one_hot.bars.missing")
    n = float(buckets.effective_buckets(weights))
    return t("soft_one_hot.bars.title", bucket=int(weights.argmax()) + 1, share=f"{weights.max():.0%}", n=f"{n:.1f}")


def _area(view: View, value: float | None, temperature: float | None) -> None:
    figure = copy.deepcopy(_area_without_value(view, temperature))
    figures.mark_value(figure, view.scalar, value, widgets.theme())
    widgets.show(figure, "area", alt=t("soft_one_hot.area.alt", name=view.scalar.name))


def _area_without_value(view: View, temperature: float | None) -> go.Figure:
    """The figure, drawn once for all values of the slider and all visitors of a language."""
    from reprlearn.ui.loaders import stamp

    return _drawn_area(stamp(view.run.path), view.scalar.name, temperature, widgets.theme(), language(), view)


@st.cache_resource(max_entries=32, show_spinner=False)
def _drawn_area(
    stamp: object, feature: str, temperature: float | None, theme: str, language: str, _view: View
) -> go.Figure:
    swept = answers.about("sweep", _view.run, feature, **closer.at(temperature))
    figure = figures.weight_area(
        swept.values, swept.weights, _view.scalar, edges=closer.edges(_view, temperature),
        data_text=t("soft_one_hot.data"), theme=theme,
    )  # fmt: skip
    # The rows of edges get lower with the figure, so their ticks get shorter.
    return figure.update_traces(marker_size=10, selector={"yaxis": "y3"}).update_layout(height=AREA_PX)


def _temperature(view: View) -> float:
    own = float(buckets.soft_one_hot(view.run, view.scalar.name).temperature)
    options = sorted({*TEMPERATURES, own})
    chosen = st.select_slider(
        t("soft_one_hot.temperature"), options, own, key="bucket_temperature", bind="query-params",
        format_func=lambda each: f"{each:g}", help=t("soft_one_hot.temperature.help", own=f"{own:g}"),
    )  # fmt: skip
    return chosen if chosen in options else own
