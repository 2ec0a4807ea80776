"""Figures of the page that stand in narrow columns, where a long title goes above the figure and wraps."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from reprlearn.ui import widgets
from reprlearn.ui.soft_one_hot.value_control import spoken
from reprlearn.ui.text import as_text, t
from reprlearn.viz import buckets as figures

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from reprlearn.ui.soft_one_hot.controls import View

BARS_PX, NUMBERS = 222, 8


def show_narrow(figure: go.Figure, key: str, *, alt: str, height_px: int) -> None:
    """Draw a figure without its title, which stands above it as text: Plotly would cut it off at the column's edge."""
    layout: Any = figure.layout
    title = html.unescape(re.sub(r"<[^>]*>", " ", layout.title.text or ""))
    st.markdown(f"**{as_text(title)}**")
    figure.update_layout(title_text="", height=height_px, margin_t=16)
    widgets.show(figure, key, alt=alt)


def thin_ticks(figure: go.Figure, most: int = 6) -> None:
    """Label fewer places of the axes, so that the labels stand upright in half of the page."""
    layout: Any = figure.layout
    for axis in (layout.xaxis, layout.yaxis):
        if axis.tickvals is not None and axis.ticktext is not None and len(axis.tickvals) > most:
            axis.update(tickvals=axis.tickvals[::2], ticktext=axis.ticktext[::2])


def bars(
    view: View, weights: np.ndarray, value: float | None, key: str, *, title: str, before: np.ndarray | None = None
) -> None:
    """The weights of the buckets at a value; `before`, those at another, as outlines behind them."""
    number = float("nan") if value is None else value
    figure = figures.weight_bars(
        weights, view.scalar, number, before=before, before_text=t("soft_one_hot.unmoved"), title=title,
        axis_titles=(t("soft_one_hot.bars.axis"), ""), theme=widgets.theme(),
    )  # fmt: skip
    # A column holds the numbers of a few buckets beside each other.
    numbers = list(range(1, len(weights) + 1))[:: max(1, round(len(weights) / NUMBERS))]
    figure.update_layout(margin_b=52).update_xaxes(tickvals=numbers, ticktext=numbers, tickangle=0)
    alt = t("soft_one_hot.bars.alt", value=spoken(view.scalar, value), buckets=len(weights))
    show_narrow(figure, key, alt=alt, height_px=BARS_PX)
