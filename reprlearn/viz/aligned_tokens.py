"""What several models expect next: a column of bars a model, each row the same word in all of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from reprlearn.viz import style
from reprlearn.viz.run_marks import RunMark, run_marks
from reprlearn.viz.text import percent, plain

COLUMNS = 4
ROW_PX, HEAD_PX, LINE_PX = 31, 22, 21
# Length of the axis in longest bars: the narrower a column, the more of it the numbers beside the bars need.
ROOM = {1: 1.25, 2: 1.5, 3: 1.85, 4: 2.3}
NAME_CHARACTERS = 26


def aligned_tokens(
    table: pd.DataFrame,
    *,
    roles: Mapping[str, str],
    notes: Mapping[str, str] | None = None,
    chosen: str | None = None,
    absent_text: str = "not in its vocabulary",
    rank_text: str = "#{rank:,}",
    title: str = "",
    theme: str = "light",
) -> go.Figure:
    """Bars of the most expected words, a column a model (four in a row), on one scale.

    table: as `analysis.prediction_comparison.aligned_top_k` makes it. Where the models list words of their own, each column
        has its own labels.
    roles: {run: role of `viz.style`}, in the order in which the page shows the runs.
    notes: {run: lines below its name, joined by <br>}, already safe for Plotly.
    chosen: a word to stress.
    rank_text: how a rank is written, with {rank} filled in.

    Each row can be clicked over its whole width: customdata is the word as it stands in the vocabulary, and the word as
    Plotly writes it.
    """
    runs = list(dict.fromkeys(table["run"]))
    columns, marks = min(len(runs), COLUMNS), run_marks(roles)
    rows = math.ceil(len(runs) / columns)
    parts = {name: table.loc[table["run"] == name] for name in runs}
    aligned = len({tuple(part["word"]) for part in parts.values()}) == 1
    head = HEAD_PX + LINE_PX * max([0, *(note.count("<br>") + 1 for note in (notes or {}).values())])
    n_words = max(len(part) for part in parts.values())
    # Room between two rows of columns for the names above the second.
    body = ROW_PX * n_words
    height = rows * (body + head) + 40
    figure = make_subplots(
        rows=rows, cols=columns, shared_yaxes=aligned, vertical_spacing=(head + 8) / (height - 40 - head) if rows > 1 else 0,
        horizontal_spacing=0.02 if aligned else 0.3 / columns,
    )  # fmt: skip
    room = ROOM[columns]
    top = float(np.nanmax(table["probability"].to_numpy(np.float64), initial=0.0)) or 1.0
    for i, name in enumerate(runs):
        place: Any = {"row": i // columns + 1, "col": i % columns + 1}
        for trace in _bars(parts[name], marks[name], name, top * room, absent_text, rank_text):
            figure.add_trace(trace, **place)
        labels = [f"<b>{plain(word)}</b>" if word == chosen else plain(word) for word in parts[name]["word"]]
        figure.update_yaxes(tickvals=list(range(len(labels))), ticktext=labels, range=[n_words - 0.5, -0.5], **place)
        _name(figure, i, name, (notes or {}).get(name, ""))
    figure.update_xaxes(range=[0, top * room], showgrid=False, showticklabels=False, fixedrange=True)
    figure.update_yaxes(showgrid=False, fixedrange=True, tickfont_size=style.TEXT_PX, ticklabelstandoff=6)
    figure.update_layout(
        title_text=title, height=height + (36 if title else 0), margin={"t": head + 8 + (36 if title else 0), "b": 8},
        barmode="overlay", bargap=0.28, showlegend=False, dragmode=False,
    )  # fmt: skip
    return style.themed(figure, theme)


def _bars(
    part: pd.DataFrame, mark: RunMark, name: str, width: float, absent_text: str, rank_text: str
) -> tuple[go.Bar, go.Bar]:
    """The bars, and over them the rows that can be clicked, however short a bar is."""
    words = [[word, plain(word)] for word in part["word"]]
    texts = [_label(row, absent_text, rank_text) for row in part.to_dict("records")]
    at = list(range(len(part)))
    bars = go.Bar(
        x=part["probability"].fillna(0).to_numpy(np.float64), y=at, orientation="h", name=plain(name), marker=mark.bar,
        text=texts, textposition="outside", cliponaxis=False, textfont={"size": style.LABEL_PX}, customdata=words,
        hoverinfo="skip", **_unfaded(),
    )  # fmt: skip
    rows = go.Bar(
        x=[width] * len(at), y=at, orientation="h", name=plain(name), marker={"color": "rgba(0,0,0,0)"}, width=1,
        customdata=words, hovertext=texts, hovertemplate="<b>%{customdata[1]}</b>  %{hovertext}<extra>%{fullData.name}</extra>",
        **_unfaded(),
    )  # fmt: skip
    return bars, rows


def _unfaded() -> dict[str, Any]:
    """A click chooses a word; it is not to fade the others."""
    return {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}


def _label(row: dict[Any, Any], absent_text: str, rank_text: str) -> str:
    if not row["known"]:
        return absent_text
    moved = row["rank_difference"]
    parts = [percent(row["probability"]), rank_text.format(rank=int(row["rank"]))]
    if moved == moved and moved:  # not NaN
        parts.append(f"{'▲' if moved > 0 else '▼'}{abs(int(moved)):,}")
    return "  ".join(parts)


def _name(figure: go.Figure, i: int, name: str, note: str) -> None:
    """The model's name and what is noted of it, above its column."""
    short = name if len(name) <= NAME_CHARACTERS else f"{name[: NAME_CHARACTERS - 1]}…"
    axis = "" if not i else str(i + 1)
    figure.add_annotation(
        x=0, xref=f"x{axis} domain", xanchor="left", y=1, yref=f"y{axis} domain", yanchor="bottom", align="left",
        text=f"<b>{plain(short)}</b>" + (f"<br>{note}" if note else ""), showarrow=False, bgcolor="rgba(0,0,0,0)", name=name,
    )  # fmt: skip
