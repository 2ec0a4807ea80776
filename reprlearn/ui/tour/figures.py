"""Figures of the tour: of one height whatever the page they come from gives them, their titles taken out, which stand above."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from reprlearn.ui import widgets
from reprlearn.ui.text import as_text

if TYPE_CHECKING:
    import plotly.graph_objects as go

LEGEND_PX, NO_LEGEND_PX = 44, 12


def as_finding(title: str) -> str:
    """A figure's title, in which Plotly would read a little HTML, as Markdown that stands above it.

    >>> as_finding("&lt;unk&gt; costs 3 nats")
    '\\\\<unk\\\\> costs 3 nats'
    """
    return as_text(html.unescape(title))


def draw(figure: go.Figure, key: str, *, alt: str, height_px: int, top_px: int = NO_LEGEND_PX) -> None:
    """Draw a figure `height_px` high (in presentation mode: in a window of 1280 x 720), with `top_px` above its plot."""
    figure.update_layout(title_text="", height=height_px, margin_t=top_px)
    widgets.show(figure, key, alt=alt, height_px=height_px)
