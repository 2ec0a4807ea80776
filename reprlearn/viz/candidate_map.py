"""Where one word lies: a small map of one matrix, its words as a cloud, one of them and its nearest words by name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.labels import Box, label_box, place_labels
from reprlearn.viz.text import plain
from reprlearn.viz.views import View, opening_view

WIDTH_PX, HEIGHT_PX = 260, 250
CELLS = (60, 56)
# Share of the map kept free beside what is named, for the names.
ROOM = {"x": 0.2, "y": 0.3}


def candidate_map(
    points: pd.DataFrame,
    word_id: int,
    nearest: Sequence[int],
    *,
    title: str = "",
    words_text: str = "words here",
    theme: str = "light",
) -> go.Figure:
    """A map of all words as a cloud of grey, in which `word_id` and its `nearest` words in the original space are marked.

    points: word_id, word, x, y of all words. The cloud is a density, drawn without WebGL: many such maps fit on a page.
    ValueError where `word_id` has no point.
    """
    ids = [word_id, *(int(each) for each in nearest)]
    named = points.set_index("word_id").reindex(ids).dropna(subset=["x", "y"])
    if word_id not in named.index:
        raise ValueError(f"the map has no point for the word with the id {word_id}")
    view = _view(points, named)
    figure = go.Figure(_cloud(points, view, words_text))
    places = named[["x", "y"]].to_numpy(np.float64)
    for rows, name, size, colour in (
        (slice(1, None), "nearest", 8, style.ROLES["neutral"]),
        (slice(0, 1), "word", 14, style.ROLES["highlight"]),
    ):
        figure.add_trace(
            go.Scatter(
                x=places[rows, 0], y=places[rows, 1], mode="markers", name=name,
                marker={"size": size, "color": colour, "line": {"width": 1.5, "color": "#FFFFFF"}},
                text=[plain(str(word)) for word in named["word"].iloc[rows]], hovertemplate="<b>%{text}</b><extra></extra>",
            )
        )  # fmt: skip
    _names(figure, places, [plain(str(word)) for word in named["word"]], view)
    bare = {
        "showticklabels": False,
        "ticks": "",
        "automargin": False,
        "showgrid": False,
        "fixedrange": True,
        "title": {"text": ""},
    }
    figure.update_layout(
        title={"text": title, "font": {"size": style.TEXT_PX}}, height=HEIGHT_PX + (40 if title else 8), showlegend=False,
        dragmode=False, margin={"l": 4, "r": 4, "t": 36 if title else 4, "b": 4},
        xaxis={**bare, "range": view["x"]}, yaxis={**bare, "range": view["y"]},
    )  # fmt: skip
    return style.themed(figure, theme)


def _view(points: pd.DataFrame, named: pd.DataFrame) -> View:
    """The bulk of the words, widened so far that what is named lies within."""
    view = opening_view(points)
    for axis, (low, high) in view.items():
        margin = ROOM[axis] * (high - low)
        own = named[axis].to_numpy(np.float64)
        view[axis] = (min(low, float(own.min()) - margin), max(high, float(own.max()) + margin))
    return view


def _cloud(points: pd.DataFrame, view: View, words_text: str) -> go.Heatmap:
    counts, x, y = np.histogram2d(points["x"], points["y"], bins=CELLS, range=[view["x"], view["y"]])
    shade = np.sqrt(counts.T)
    grey = "138,144,156"
    return go.Heatmap(
        z=np.where(shade > 0, shade, np.nan).astype(np.float32), x=(x[:-1] + x[1:]) / 2, y=(y[:-1] + y[1:]) / 2,
        colorscale=[[0, f"rgba({grey},0.16)"], [1, f"rgba({grey},0.85)"]], zmin=0, showscale=False, name="words",
        customdata=counts.T, hovertemplate=f"%{{customdata}} {words_text}<extra></extra>", hoverongaps=False,
    )  # fmt: skip


def _names(figure: go.Figure, places: np.ndarray, texts: list[str], view: View) -> None:
    """Names beside their points; the word itself always, of the others those that have room."""
    units = np.array([(view["x"][1] - view["x"][0]) / WIDTH_PX, (view["y"][1] - view["y"][0]) / HEIGHT_PX])
    corner = np.array([view["x"][0], view["y"][0]])
    centres = (places - corner) / units
    taken: list[Box] = [(x, y, 6.0, 6.0) for x, y in centres.tolist()]
    weights = -np.arange(len(texts), dtype=np.float64)
    placed = place_labels(centres, texts, weights, style.LABEL_PX, 50, first_shift_px=18, avoid=taken)
    # The word itself comes last, so that no other name's line runs through it.
    for i, dx, dy in reversed(placed):
        # A name at the side is moved in.
        half = label_box(0, 0, texts[i], style.LABEL_PX)[2]
        x = min(max(centres[i, 0] + dx, half), WIDTH_PX - half)
        figure.add_annotation(
            x=places[i, 0], y=places[i, 1], ax=x - centres[i, 0], ay=-dy, showarrow=True, arrowhead=0, arrowwidth=1,
            arrowcolor=style.ROLES["neutral"], text=f"<b>{texts[i]}</b>" if not i else texts[i],
            name="word" if not i else "nearest",
        )  # fmt: skip
