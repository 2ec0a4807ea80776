"""Which values of a scalar a model takes for the same."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.buckets_axis import DescribedScalar, mark_value, places, value_text, x_axis
from reprlearn.viz.buckets_panels import titled
from reprlearn.viz.words import say

ALIKE = 0.4
"""Two values are said to be much the same from this similarity on, if on the way from one to the other it falls to less
than half of that."""
# From as far off as any to the same; the page's own colour at zero, in either theme.
_SIMILARITY_SCALE = (
    (0.0, "rgba(74,95,193,0.0)"), (0.3, "rgba(74,95,193,0.55)"), (0.55, "#2C8CA8"), (0.75, "#3FA877"), (1.0, "#DDAF1F"),
)  # fmt: skip


def similarity_heatmap(
    values: np.ndarray,
    similarity: np.ndarray,
    scalar: DescribedScalar,
    *,
    value: float | None = None,
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """Which values a model takes for the same: (n,) raw values against themselves, (n, n) similarities in [0, 1].

    title: by default the two most similar values that lie far apart, if any are alike.
    """
    at = places(scalar, values).astype(np.float32)
    names = np.array([value_text(scalar, float(v)) for v in values], dtype=object)
    figure = go.Figure(
        go.Heatmap(
            x=at, y=at, z=similarity.astype(np.float32), zmin=0, zmax=1, colorscale=_SIMILARITY_SCALE,
            text=np.broadcast_to(names[:, None], similarity.shape), customdata=np.broadcast_to(names, similarity.shape),
            hovertemplate=say("alike.pair", first="%{customdata}", second="%{text}", similarity="%{z:.2f}") + "<extra></extra>",
            colorbar={"thickness": 12, "len": 0.7, "outlinewidth": 0, "tickvals": [0, 0.5, 1],
                      "ticktext": ["0", "0.5", say("alike.same")], "tickfont": {"size": style.LABEL_PX}},
        )
    )  # fmt: skip
    axis = x_axis(scalar, float(values[0]), float(values[-1]))
    figure.update_layout(
        title=titled(title if title is not None else alike(values, similarity, scalar)),
        height=520,
        xaxis={**axis, "constrain": "domain"},
        yaxis={**axis, "title": {"text": ""}, "scaleanchor": "x", "scaleratio": 1, "constrain": "domain"},
    )
    return mark_value(style.themed(figure, theme), scalar, value, theme)


def alike(values: np.ndarray, similarity: np.ndarray, scalar: DescribedScalar) -> str:
    """The most similar values between which others differ, in words; see `ALIKE`."""
    dips = _dips(np.asarray(similarity, dtype=np.float64), scalar.period is not None)
    returns = np.where(dips < ALIKE / 2, similarity, -1.0)
    i, j = np.unravel_index(returns.argmax(), returns.shape)
    if returns[i, j] < ALIKE:
        return say("alike.none")
    # No digits finer than the grid: on an asinh axis it passes zero by some 0.0555.
    steps = np.abs(np.gradient(np.asarray(values, dtype=np.float64)))
    decimals = np.ceil(-np.log10(np.maximum(steps, 1e-9))).astype(int)
    first, second = (value_text(scalar, round(float(values[k]), decimals[k])) for k in sorted((int(i), int(j))))
    return say("alike", first=first, second=second)


def _dips(similarity: np.ndarray, closed: bool) -> np.ndarray:
    """(n, n) the lowest similarity to i on the way from i to j; on a circle, on the better of the two ways."""
    n = len(similarity)
    dips = np.empty_like(similarity)
    for i, row in enumerate(similarity):
        if closed:
            onwards = np.minimum.accumulate(np.roll(row, -i))
            backwards = np.minimum.accumulate(np.roll(row[::-1], i + 1))
            ways = np.maximum(onwards, np.roll(backwards[::-1], 1))
            dips[i] = np.roll(ways, i)
        else:
            dips[i, i:] = np.minimum.accumulate(row[i:])
            dips[i, : i + 1] = np.minimum.accumulate(row[i::-1])[::-1] if i else row[:1]
    return dips if n else similarity
