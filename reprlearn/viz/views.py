"""What part of the plane a map opens on, and its axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz.words import say

# Size a map is usually seen at, from which the room its labels need is estimated.
MAP_WIDTH_PX, MAP_HEIGHT_PX = 700, 600
_FAR_PX = 1e6  # as good as without an end
# Range of each axis, by its name.
View = dict[str, tuple[float, float]]


def opening_view(points: pd.DataFrame) -> View:
    """Range of each axis a map opens with. A handful of far islands does not shrink all the rest to a dot:
    where the middle
    99.5 % of the words take less than two thirds of the span, the view opens on them."""
    view: View = {}
    for axis in (name for name in ("x", "y", "z") if name in points):
        values = points[axis].to_numpy(np.float64)
        low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
        inner_low, inner_high = np.quantile(values, [0.0025, 0.9975]) if len(values) else (0.0, 1.0)
        if inner_high - inner_low < (high - low) * 2 / 3:
            low, high = float(inner_low), float(inner_high)
        margin = 0.06 * (high - low) or 1.0
        view[axis] = (low - margin, high + margin)
    return view


def n_outside(points: pd.DataFrame, view: View) -> int:
    """Number of points that the view does not show."""
    inside = np.logical_and.reduce([points[axis].between(*limits) for axis, limits in view.items()])
    return int((~inside).sum())


def in_px(places: np.ndarray, view: View) -> np.ndarray:
    """Places (n, 2) of the map in pixels; one unit is as long in x as in y."""
    units = max((view["x"][1] - view["x"][0]) / MAP_WIDTH_PX, (view["y"][1] - view["y"][0]) / MAP_HEIGHT_PX)
    return np.asarray(places, dtype=np.float64) / units


def walls_px(view: View) -> list[tuple[float, float, float, float]]:
    """What lies to the left and to the right of the map, as boxes (x, y, half width, half height) in `in_px`'s pixels: no label
    stands there."""
    (left, middle), (right, _) = in_px(np.array([[x, np.mean(view["y"])] for x in view["x"]]), view).tolist()
    beyond = max(0.0, MAP_WIDTH_PX - (right - left)) / 2  # a map that is higher than wide stands in the middle
    return [(x + side * (beyond + _FAR_PX), middle, _FAR_PX, _FAR_PX) for x, side in ((left, -1), (right, 1))]


def set_axes(figure: go.Figure, view: View, explained_variance: Sequence[float] | None) -> None:
    """Open the figure on the view; titled axes for principal components, bare ones otherwise, since UMAP's
    mean nothing.
    """
    is_3d = "z" in view
    for i, (name, limits) in enumerate(view.items()):
        axis: dict[str, Any] = {"range": limits, "showticklabels": False, "showgrid": is_3d, "title": {"text": ""}}
        if is_3d:
            axis |= {"showspikes": False}
        if explained_variance is not None:
            axis["title"] = {"text": say("component", n=i + 1, share=f"{explained_variance[i]:.1%}")}
        figure.update_layout({"scene": {f"{name}axis": axis}} if is_3d else {f"{name}axis": axis})
    if is_3d:
        spans = {name: high - low for name, (low, high) in view.items()}
        middle = float(np.prod(list(spans.values()))) ** (1 / 3)
        ratio = {name: span / middle for name, span in spans.items()}
        camera = {"eye": {"x": 1.2, "y": 1.2, "z": 0.8}}
        scene = {"aspectmode": "manual", "aspectratio": ratio, "dragmode": "orbit", "camera": camera}
        figure.update_layout(scene=scene, margin_b=0)
    else:
        # Distances on the map mean the same in both directions.
        figure.update_layout(yaxis={"scaleanchor": "x", "scaleratio": 1})
