"""Names of single points on a map of few: of airports, where a map of ten thousand words names its groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz.labels import place_labels
from reprlearn.viz.text import plain
from reprlearn.viz.views import View, in_px, opening_view

MAX_NAMES = 150
NAME_PX = 13
SHIFT_PX = 17  # clear of the point, whatever its size


def name_points(
    figure: go.Figure, points: pd.DataFrame, view: View | None = None, *, every_name: bool = False
) -> go.Figure:
    """The same figure with the names of its points, frequent ones first.

    points:      x, y, count and "short", the name that stands on the map
    view:        what the map opens on, by default `opening_view`'s choice
    every_name:  name the `MAX_NAMES` most frequent points, for who draws the map to leave out names that lie over
                 others; else only those are named that have room
    """
    frequent = points.nlargest(MAX_NAMES, "count", keep="first")
    places = np.asarray(frequent[["x", "y"]], dtype=np.float64)
    texts = [plain(name) for name in frequent["short"]]
    shifts: list[tuple[int, float, float]] = [(i, 0.0, SHIFT_PX) for i in range(len(texts))]
    if not every_name:
        centres = in_px(places, view or opening_view(points))
        shifts = place_labels(centres, texts, -np.arange(len(texts)), NAME_PX, 0, first_shift_px=SHIFT_PX)
    for i, dx, dy in shifts:
        # Named as the groups of a word map are: the browser treats both alike.
        where = {"x": places[i, 0], "y": places[i, 1], "xshift": dx, "yshift": dy}
        figure.add_annotation(**where, text=texts[i], name="cluster", showarrow=False, font_size=NAME_PX)
    return figure
