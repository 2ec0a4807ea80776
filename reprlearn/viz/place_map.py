"""Event types that are places, drawn where they are: a word map whose axes are longitude and latitude.

A degree of longitude is shorter than one of latitude by cos(latitude). The map takes that of the middle of its places,
an equirectangular projection: right for a country, stretched towards the poles for the whole Earth.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz.maps import word_map
from reprlearn.viz.point_names import NAME_PX, name_points
from reprlearn.viz.views import View

FAR = 1.5
"""Places so many times farther from the middle than nine tenths of them lie outside the view a map opens on."""
BAR = 0.2
"""Room at the right for the colour bar, of the width."""
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60)


def place_map(
    points: pd.DataFrame, *, every_name: bool = False, compass: Sequence[str] = ("W", "E", "S", "N"), **options: Any
) -> go.Figure:
    """A map of places; the figure's coordinates are degrees of latitude, longitudes scaled to them.

    points:      as `viz.maps.word_map` takes them, x the longitude and y the latitude in degrees, and "short", the name
                 that stands on the map
    every_name:  as in `name_points`
    compass:     letters for west, east, south and north
    options:     `word_map`'s
    """
    shrink = shrink_of(points)
    points = points.assign(x=points["x"] * shrink)
    view = bulk_view(points)
    if options.get("colour") != "cluster":
        # The browser lays the colour bar over the right edge, where an east coast may be.
        low, high = view["x"]
        view["x"] = (low, high + BAR * (high - low))
    figure = word_map(points, view=view, name_clusters=False, **options)
    name_points(figure, points, view, every_name=every_name)
    _degrees(figure, view, shrink, compass)
    return figure


def shrink_of(points: pd.DataFrame) -> float:
    """How long a degree of longitude is at the mean latitude, in degrees of latitude."""
    mean = float(points["y"].to_numpy(np.float64).mean()) if len(points) else 0.0
    return max(float(np.cos(np.radians(mean))), 0.05)


def bulk_view(points: pd.DataFrame) -> View:
    """The view that holds all places but those `FAR` off: two airports on islands should not shrink a country."""
    if not len(points):
        return {"x": (-180.0, 180.0), "y": (-90.0, 90.0)}
    places = np.asarray(points[["x", "y"]], dtype=np.float64)
    distance = np.linalg.norm(places - np.median(places, axis=0), axis=1)
    reach = FAR * float(np.quantile(distance, 0.9)) or np.inf
    near = places[distance <= reach]
    low, high = near.min(axis=0), near.max(axis=0)
    margin = np.where(high > low, 0.06 * (high - low), 1.0)
    return {axis: (float(low[i] - margin[i]), float(high[i] + margin[i])) for i, axis in enumerate("xy")}


def _degrees(figure: go.Figure, view: View, shrink: float, compass: Sequence[str]) -> None:
    """Ticks and grid at round degrees, in the view and as far again all around, for those who zoom out."""
    span = max(view["x"][1] - view["x"][0], view["y"][1] - view["y"][0])
    step = next((step for step in _STEPS if span / step <= 6), 90)
    west, east, south, north = compass
    for axis, scale, limit, letters in (("x", shrink, 180, (west, east)), ("y", 1.0, 90, (south, north))):
        low, high = max(view[axis][0] - span, -limit * scale), min(view[axis][1] + span, limit * scale)
        degrees = [i * step for i in range(int(np.ceil(low / scale / step)), int(np.floor(high / scale / step)) + 1)]
        names = [f"{abs(d):g}°" + (f" {letters[d > 0]}" if d else "") for d in degrees]
        ticks = {"tickvals": [d * scale for d in degrees], "ticktext": names, "showticklabels": True, "showgrid": True}
        figure.update_layout({f"{axis}axis": {**ticks, "zeroline": False, "tickfont": {"size": NAME_PX}}})
