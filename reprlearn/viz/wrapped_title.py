"""Titles that say a finding with its numbers are long: Plotly cuts off what does not fit, so they are wrapped."""

from __future__ import annotations

from typing import Any

from reprlearn.viz import style
from reprlearn.viz.text import wrapped

LINE_PX = 1.3 * style.TITLE_PX
SEVERAL_LINES_PX = 30
"""Plotly hangs a title of several lines a line too high: it is brought down by this much."""
PER_LINE = 82
"""Columns of a line (`text.n_columns`): what fits into the page of a small screen beside the sidebar."""


def wrapped_title(title: str, *, legend: bool = True, per_line: int = PER_LINE) -> dict[str, Any]:
    """Layout of a title, already escaped, in as many lines as it needs, and the margin above the plot that it takes."""
    lines = wrapped(title, per_line) or [""]
    # From the figure's left edge, where there is most room.
    layout = {
        "text": "<br>".join(lines), "xref": "container", "x": 0, "y": 1, "yanchor": "top",
        "pad": {"l": 16, "t": 12 if len(lines) == 1 else SEVERAL_LINES_PX},
    }  # fmt: skip
    return {"title": layout, "margin_t": 56 + LINE_PX * (len(lines) - 1) + (36 if legend else 0)}
