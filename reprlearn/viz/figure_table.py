"""The numbers of a figure as a table: what is drawn, series by series, for a spreadsheet."""

from __future__ import annotations

import html
import re
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

_TAG = re.compile(r"<[^>]*>")


def figure_table(figure: go.Figure) -> pd.DataFrame:
    """A row a point, bar or cell: series (name of its trace), panel (of a figure of several), x, y, z, low, high, text; columns
    that nothing fills are left out. low and high are the ends of error bars, on the axis that has them.

    Texts are plain: what Plotly would read as markup is taken out. Traces that are hidden at first are in, those without data are not.
    """
    parts = [_grid(trace) if trace.type in ("heatmap", "contour") else _points(trace) for trace in _traces(figure)]
    parts = [part for part in parts if len(part)]
    if not parts:
        return pd.DataFrame({"series": []})
    table = pd.concat(parts, ignore_index=True)
    if "panel" in table and len(set(table["panel"])) < 2:
        table = table.drop(columns="panel")
    return table.dropna(axis="columns", how="all")


def plain_text(text: object) -> str:
    """What Plotly shows of a text that may hold its few tags, on one line.

    >>> plain_text("a &lt;unk&gt;<br><b>c</b>")
    'a <unk> c'
    """
    return " ".join(html.unescape(_TAG.sub(" ", str(text))).split())


def _traces(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.visible is not False]


def _values(values: Any, n: int | None = None) -> list[Any] | None:
    """As a list (of n values); None where there are none, or not so many."""
    if values is None or isinstance(values, str | bytes):
        return None
    found = [each.item() if isinstance(each, np.generic) else each for each in np.asarray(values, dtype=object)]
    found = [plain_text(each) if isinstance(each, str) else each for each in found]
    return found if found and (n is None or len(found) == n) else None


def _points(trace: Any) -> pd.DataFrame:
    axes = {name: _values(getattr(trace, name, None)) for name in ("x", "y", "z") if name in trace}
    n = max((len(values) for values in axes.values() if values), default=0)
    columns = {name: values for name, values in axes.items() if values and len(values) == n}
    if not columns:
        return pd.DataFrame()
    columns |= _ends(trace, columns, n)
    for name in ("text", "hovertext"):
        if "text" not in columns and (texts := _values(getattr(trace, name, None), n)):
            columns["text"] = texts
    return _named(trace, columns, n)


def _ends(trace: Any, columns: dict[str, Any], n: int) -> dict[str, Any]:
    """Low and high ends of the error bars, if there are any."""
    for axis in ("x", "y"):
        bars = getattr(trace, f"error_{axis}", None)
        above = _values(getattr(bars, "array", None), n)
        if above is None or axis not in columns:
            continue
        below = _values(getattr(bars, "arrayminus", None), n) or above
        middle = pd.Series(pd.to_numeric(pd.Series(columns[axis]), errors="coerce"))
        return {"low": (middle - pd.Series(below, dtype=float)).tolist(),
                "high": (middle + pd.Series(above, dtype=float)).tolist()}  # fmt: skip
    return {}


def _grid(trace: Any) -> pd.DataFrame:
    if trace.z is None:
        return pd.DataFrame()
    cells = np.asarray(trace.z, dtype=object)
    if cells.ndim != 2:
        return pd.DataFrame()
    rows, columns = cells.shape
    y = _values(trace.y, rows) or list(range(rows))
    x = _values(trace.x, columns) or list(range(columns))
    of_rows = [each for each in y for _ in range(columns)]
    return _named(trace, {"x": x * rows, "y": of_rows, "z": cells.ravel().tolist()}, cells.size)


def _named(trace: Any, columns: dict[str, Any], n: int) -> pd.DataFrame:
    panel = f"{getattr(trace, 'xaxis', None) or 'x'}{getattr(trace, 'yaxis', None) or 'y'}"
    return pd.DataFrame({"series": [plain_text(trace.name or "")] * n, "panel": [panel] * n, **columns})
