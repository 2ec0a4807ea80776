"""Where a prompt surprised models, and what they had expected instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.run_marks import run_marks
from reprlearn.viz.text import percent, plain
from reprlearn.viz.words import say

MAX_TOKENS_IN_VIEW, MAX_TOKENS = 40, 500


def surprisal_strip(
    frames: Mapping[str, pd.DataFrame] | pd.DataFrame,
    *,
    roles: Mapping[str, str] | None = None,
    alternatives: Mapping[str, pd.DataFrame] | None = None,
    alternatives_text: str = "expected here:",
    chosen: int | None = None,
    unknown_label: str = "unknown word, scored as &lt;unk&gt;",
    axis_title: str = "surprisal (bits)",
    window_text: str = "tokens {first} to {shown} of {n:,}: drag to see up to number {last}",
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """How surprising each token of a prompt was, as bars over the prompt; unknown words are hatched and named so.

    frames: one frame of `surprisal`, or {model name: frame} over the same tokens. A prompt of more than forty
    tokens opens on forty, those around the chosen one or the first, and up to five hundred are reached by panning;
    `window_text` says so.
    alternatives: {model name: frame of `alternatives_from`}, shown when the pointer is on a bar.
    chosen: a position to mark.
    Each bar's customdata begins with its position.
    title: by default the mean surprisal of each model and the token that surprised most.
    """
    frames = {"": frames} if isinstance(frames, pd.DataFrame) else dict(frames)
    title = title if title is not None else _surprise(frames)
    n_tokens = len(next(iter(frames.values())))
    frames = {name: frame.iloc[:MAX_TOKENS] for name, frame in frames.items()}
    first = next(iter(frames.values()))
    instead = {name: _instead((alternatives or {}).get(name), len(first), alternatives_text) for name in frames}
    labelled = n_tokens * len(frames) <= 24
    figure = go.Figure()
    for i, (name, frame) in enumerate(frames.items()):
        marker = _marker(roles, frames, name)
        # Of a model whose bars are hatched themselves, unknown words are hatched the other way.
        own = marker.get("pattern", {}).get("shape", "")
        hatching = {"shape": np.where(frame["known"], own, "/"), **_hatching(marker)}
        figure.add_trace(
            go.Bar(
                offsetgroup=str(i),
                x=frame["position"].to_numpy(),
                y=frame["surprisal_bits"].to_numpy(np.float32),
                name=name or say("model"),
                marker={**marker, "pattern": hatching},
                legendgroup=str(i),
                showlegend=False,
                text=[f"{bits:.1f}" for bits in frame["surprisal_bits"]] if labelled else None,
                textfont={"size": style.LABEL_PX},
                textposition="outside",
                cliponaxis=False,
                customdata=np.column_stack(
                    [frame["position"], frame["token"].map(plain), frame["rank"], frame["probability"].map(percent), instead[name]]
                ),
                hovertemplate="<b>%{customdata[1]}</b><br>"
                + say("surprisal", bits="%{y:.1f}", share="%{customdata[3]}", rank="%{customdata[2]:,}")
                + f"%{{customdata[4]}}<extra>{plain(name)}</extra>",
                selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}},
            )
        )  # fmt: skip
    all_known = all(bool(frame["known"].all()) for frame in frames.values())
    legend = len(frames) > 1 or not all_known
    # Keys of their own: Plotly's would show the first bar, which is hatched where the first word is unknown.
    for i, name in enumerate(frames if legend else ()):
        figure.add_trace(_key(name or say("model"), _marker(roles, frames, name), str(i)))
    if not all_known:
        marker = style.bar("neutral")
        figure.add_trace(_key(unknown_label, {**marker, "pattern": {"shape": "/", **_hatching(marker)}}, "unknown"))
    shown = min(n_tokens, MAX_TOKENS_IN_VIEW)
    start = _window(chosen, shown, len(first))
    if chosen is not None and chosen < len(first):
        _mark(figure, chosen)
    more = (
        window_text.format(first=start + 1, shown=start + shown, n=n_tokens, last=len(first))
        if n_tokens > shown
        else ""
    )
    top = max((float(np.max(frame["surprisal_bits"])) for frame in frames.values() if len(frame)), default=1.0)
    figure.update_layout(
        title_text=title,
        height=380,
        barmode="group", bargap=0.2, bargroupgap=0.05,
        showlegend=legend,
        margin_t=88,
        xaxis={"title": {"text": more}, "range": [start - 0.6, start + max(shown, 1) - 0.4], "tickvals": first["position"].to_numpy(),
               "ticktext": [plain(token) for token in first["token"]], "showgrid": False,
               "tickfont": {"size": style.TEXT_PX if shown <= 20 else 13}, "tickangle": 0 if shown <= 12 else -50},
        yaxis={"title": {"text": axis_title}, "range": [0, top * 1.15], "fixedrange": True,
               "showgrid": not labelled},
    )  # fmt: skip
    return style.themed(figure, theme)


def _surprise(frames: Mapping[str, pd.DataFrame]) -> str:
    largest = max(frames.values(), key=lambda frame: frame["surprisal_bits"].max() if len(frame) else 0.0)
    if not len(largest):
        return "No word to be surprised by yet"
    token = largest.loc[largest["surprisal_bits"].idxmax(), "token"]
    means = " · ".join(f"{plain(name)} {frame['surprisal_bits'].mean():.1f}".strip() for name, frame in frames.items())
    return f"“{plain(str(token))}” surprised most; mean bits a token: {means}"


def _marker(roles: Mapping[str, str] | None, frames: Mapping[str, pd.DataFrame], name: str) -> dict[str, Any]:
    """Marker of a model's bars: of its role, told apart from the models of that role before it."""
    return run_marks({**(roles or {}), **{other: "neutral" for other in frames if other not in (roles or {})}})[
        name
    ].bar


def _instead(alternatives: pd.DataFrame | None, n: int, lead: str) -> list[str]:
    """For the hover text of each of the first n tokens: the three words that were most expected in its place."""
    if alternatives is None:
        return [""] * n
    texts = [""] * n
    best = alternatives.loc[(alternatives["rank"] <= 3) & (alternatives["position"] < n)]
    for position, own in best.groupby("position"):
        words = [f"{plain(word)} {percent(p)}" for word, p in zip(own["word"], own["probability"], strict=True)]
        texts[int(position)] = "<br>".join(["", lead, *words])  # type: ignore[call-overload]
    return texts


def _window(chosen: int | None, shown: int, n: int) -> int:
    """The first token in view: the view moves on only where the chosen token would lie outside."""
    if chosen is None or chosen < shown:
        return 0
    return max(0, min(chosen - shown // 2, n - shown))


def _mark(figure: go.Figure, position: int) -> None:
    line = {"color": style.ROLES["highlight"], "width": 2}
    figure.add_vrect(x0=position - 0.48, x1=position + 0.48, fillcolor="rgba(0,0,0,0)", line=line, name="chosen")


def _hatching(marker: dict[str, Any]) -> dict[str, Any]:
    """Pattern of unknown words, in the full colour of the bars."""
    colour = marker.get("line", marker)["color"]
    return {"fillmode": "replace", "size": 6, "fgcolor": colour}


def _key(name: str, marker: dict[str, Any], group: str) -> go.Bar:
    """An entry of the legend without bars."""
    return go.Bar(x=[None], y=[None], name=name, marker=marker, legendgroup=group, offsetgroup="0", showlegend=True)
