"""What an event model expects next: before a scalar was moved, and after."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.text import percent, plain
from reprlearn.viz.words import say

# Narrower rows make Plotly shrink the numbers beside the bars.
ROW_PX = 52
NAME_CHARACTERS = 28
BEFORE, AFTER = "neutral", "highlight"


def next_type_bars(
    frame: pd.DataFrame,
    *,
    k: int = 10,
    names: tuple[str, str] | None = None,
    true_text: str | None = None,
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """The k most expected next types as bars, unmoved and moved ones beside each other.

    frame: as `analysis.what_if.next_types` gives it. The k types are those with the largest probability in either
    distribution; the one that came next is marked, and shown below the others when it is not among them.
    names: of the two distributions, by default `words.say`'s.  true_text: what the mark of the true type says, likewise.
    title: by default what is expected most, before and after, and how far the distribution moved.
    """
    is_moved = not np.allclose(frame["probability"], frame["moved_probability"], atol=1e-6, rtol=0)
    columns = ["probability", "moved_probability"] if is_moved else ["probability"]
    ranked = frame[columns].max(axis=1).sort_values(ascending=False, kind="stable").index
    rows: Any = frame.loc[ranked[:k]]
    absent: Any = frame[frame["is_true"] & ~frame.index.isin(rows.index)]
    # A gap sets it off: between the last of the top and the true one there are others.
    at = [*np.arange(len(rows), dtype=float), *(len(rows) + 0.5 + np.arange(len(absent)))]
    rows = pd.concat([rows, absent])
    figure = go.Figure()
    for column, name, role in zip(columns, names or (say("unmoved"), say("moved")), (BEFORE, AFTER), strict=False):
        rank = "rank" if column == "probability" else "moved_rank"
        figure.add_trace(
            go.Bar(
                x=rows[column].to_numpy(), y=at, orientation="h", name=name, marker=style.bar(role),
                text=[percent(value) for value in rows[column]], textposition="outside", cliponaxis=False,
                textfont={"size": style.LABEL_PX},
                customdata=np.column_stack([rows["word"].map(plain), rows[rank]]),
                hovertemplate=say("ranked", word="%{customdata[0]}", share="%{text}", rank="%{customdata[1]}")
                + f"<extra>{plain(name)}</extra>",
            )
        )  # fmt: skip
    top = float(rows[columns].to_numpy().max(initial=0))
    height = ROW_PX * (len(at) + 0.5 * len(absent)) * (1 if is_moved else 0.7)
    figure.update_layout(
        title=heading(*_expected(frame, is_moved) if title is None else (title, "")),
        height=140 + height + (28 if is_moved else 0),
        barmode="group", bargap=0.22, bargroupgap=0.06,
        showlegend=is_moved, legend_traceorder="normal",
        margin_t=112 if is_moved else 84,
        xaxis={"range": [0, (top or 1) * 1.2], "tickformat": ".0%", "nticks": 5, "title": {"text": ""}},
        yaxis={"tickvals": at, "ticktext": [_row_label(row, true_text or say("came"), is_moved) for row in rows.to_dict("records")],
               "autorange": "reversed", "showgrid": False, "tickfont": {"size": style.LABEL_PX},
               "ticklabelstandoff": 6},
    )  # fmt: skip
    return style.themed(figure, theme)


def _row_label(row: dict[str, Any], true_text: str, is_moved: bool) -> str:
    if not row["is_true"]:
        return short(row["word"])
    ranks = [row["rank"], row["moved_rank"]]
    rank = f"{ranks[0]:,} → {ranks[1]:,}" if is_moved and ranks[0] != ranks[1] else f"{ranks[0]:,}"
    return f"<b>{short(row['word'])}</b><br><i>{say('came.ranked', came=plain(true_text), rank=rank)}</i>"


def _expected(frame: pd.DataFrame, is_moved: bool) -> tuple[str, str]:
    """What is expected most, what came, and how that changes with the move, in words: title and what stands below."""
    best, true = frame.iloc[0], frame[frame["is_true"]]
    if not is_moved:
        title = say("expected", word=_named(best), share=percent(best["probability"]))
        if true.empty:
            return title, say("expected.end")
        if true.index[0] == frame.index[0]:
            return title, say("expected.came")
        came = true.iloc[0]
        rank, share = f"{came['rank']:,}", percent(came["probability"])
        return title, say("expected.other", word=_named(came), rank=rank, share=share)
    change = frame["moved_probability"] - frame["probability"]
    most, now = frame.loc[change.abs().idxmax()], frame.loc[frame["moved_probability"].idxmax()]
    verb = "rises" if most["moved_probability"] > most["probability"] else "falls"
    ends = {"before": percent(most["probability"]), "after": percent(most["moved_probability"])}
    guess = "stays" if now["type_id"] == best["type_id"] else "becomes"
    title = say(verb, word=_named(most), **ends)
    if now["type_id"] == most["type_id"]:
        return title, say(f"guess.{guess}")
    return title, say(f"guess.other.{guess}", word=_named(now), share=percent(now["moved_probability"]))


def _named(row: pd.Series) -> str:
    return short(str(row["word"]))


def short(word: str, most: int = NAME_CHARACTERS) -> str:
    """A name as text, at most so long, cut between words where it can be; a code in brackets at its end, which tells
    it from others, stays.
    """
    if len(word) <= most:
        return plain(word)
    head, bracket, code = word.rpartition(" (")
    tail = f"… ({code}" if bracket and len(code) < most // 2 else "…"
    kept = (head if bracket and len(code) < most // 2 else word)[: most - len(tail)]
    # A space late enough that most of the name is left.
    cut = kept.rfind(" ")
    return plain((kept[:cut] if cut > len(kept) // 2 else kept).rstrip() + tail)


def heading(title: str, below: str = "") -> dict[str, Any]:
    """A title with a smaller line under it, from the figure's very left: axes with long names push the plot far in."""
    return {
        "text": title, "subtitle": {"text": below, "font": {"size": style.TEXT_PX}},
        "xref": "container", "x": 0, "pad": {"l": 16},
    }  # fmt: skip


def faint(role: str, opacity: float) -> str:
    """The colour of a role, let through by what lies under it."""
    red, green, blue = (int(style.colour_of(role)[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
