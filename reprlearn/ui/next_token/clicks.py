"""Figures whose bars can be clicked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from reprlearn.ui import presenting, widgets
from reprlearn.viz.style import themed

if TYPE_CHECKING:
    import plotly.graph_objects as go


def clickable(figure: go.Figure, key: str, *, alt: str, on_click: Callable[[list], None]) -> None:
    """Draw a figure; a click on one of its points calls `on_click` with the point's customdata before the page runs again.

    What a client sends is not trusted: `on_click` has to check it.
    """

    def clicked() -> None:
        points: Any = st.session_state[key]["selection"]["points"]
        # Of two traces that lie over each other one is hit; a click elsewhere chooses nothing, and changes nothing.
        for point in points[-1:]:
            data = point.get("customdata") if isinstance(point, dict) else None
            on_click(list(data) if isinstance(data, list | tuple) else [])

    config = {"displaylogo": False, "scrollZoom": False, "toImageButtonOptions": {"format": "svg", "filename": key}}
    st.plotly_chart(
        presenting.enlarged(themed(figure, widgets.theme())),
        theme=None,
        key=key,
        alt=alt,
        config=config,
        on_select=clicked,
        selection_mode="points",
    )
