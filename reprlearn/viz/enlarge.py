"""Figures for a room: type, lines, marks and margins larger by one factor, so that the last row reads what the first does."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np
import plotly.graph_objects as go

# What is measured in pixels, by its name and by the name of what it stands in ("" for anywhere); all else is left as it is:
# the width of a bar is in units of its axis, a domain is a share.
_SIZES = {
    "size": ("font", "marker"),
    "width": ("line", "error_x", "error_y"),
    "thickness": ("error_x", "error_y", "colorbar"),
}
_ANYWHERE = ("xshift", "yshift", "ax", "ay", "standoff", "ticklabelstandoff", "arrowwidth", "borderpad", "ticklen")
_SIDES = ("margin", "pad")
_WHOLE_PX = ("ticklabelstandoff",)  # Plotly takes no fraction of a pixel there


def enlarge(figure: go.Figure, factor: float, height_px: int | None = None) -> go.Figure:
    """A copy of the figure with everything that is given in pixels `factor` times as large.

    height_px: what the figure is high in the end; by default `factor` times what it was. ValueError for a factor that is not
    above zero.
    """
    if not factor > 0:
        raise ValueError(f"factor must be above zero, however: {factor=}")
    height = height_px or round(factor * (figure.layout.height or 450))  # pyright: ignore[reportAttributeAccessIssue]
    # A copy: some figures are kept for all visitors, and would grow with each of them.
    content, larger = figure.to_plotly_json(), go.Figure(figure)
    for trace, own in zip(larger.data, content["data"], strict=True):
        trace.update(dict(_changes(own, factor)))
    return larger.update_layout(dict(_changes(content["layout"], factor)), height=height)


def _changes(node: dict[str, Any], factor: float, inside: str = "") -> Iterator[tuple[str, Any]]:
    """The entries of a node that change, nested as the node is."""
    for name, value in node.items():
        if isinstance(value, dict) and "bdata" in value:
            if _in_pixels(name, inside):
                array = np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])
                yield name, (array * factor).astype(np.float32)
        elif isinstance(value, dict):
            # "textfont", "tickfont" and "hoverlabel.font" are all fonts.
            within = "font" if name.endswith("font") else name
            if changed := dict(_changes(value, factor, within)):
                yield name, changed
        elif isinstance(value, list | tuple) and value and all(isinstance(each, dict) for each in value):
            # Replaced as a whole: annotations, shapes, and the traces of a template.
            yield name, [_whole(each, factor, name) for each in value]
        elif _in_pixels(name, inside) and _is_number(value):
            larger = _times(value, factor)
            yield name, round(larger) if name in _WHOLE_PX else larger


def _whole(node: dict[str, Any], factor: float, inside: str) -> dict[str, Any]:
    """A copy of a node with its changes in it."""
    copy = dict(node)
    for name, value in _changes(node, factor, inside):
        copy[name] = _merged(copy[name], value) if isinstance(value, dict) else value
    return copy


def _merged(node: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    both = dict(node)
    for name, value in changes.items():
        both[name] = _merged(node[name], value) if isinstance(value, dict) else value
    return both


def _in_pixels(name: str, inside: str) -> bool:
    return name in _ANYWHERE or inside in _SIDES or inside in _SIZES.get(name, ())


def _is_number(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return bool(value) and all(isinstance(each, int | float) for each in value)
    return isinstance(value, int | float) and not isinstance(value, bool)


def _times(value: Any, factor: float) -> Any:
    if isinstance(value, list | tuple):
        return [each * factor for each in value]
    return value * factor
