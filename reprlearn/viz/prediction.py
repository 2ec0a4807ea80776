"""What models expect next, and where a prompt surprised them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from reprlearn.viz import style
from reprlearn.viz.text import percent, plain

# Narrower rows make Plotly shrink the numbers beside the bars.
ROW_PX, MAX_TOKENS_IN_VIEW, MAX_TOKENS = 52, 40, 500


def next_token_bars(
    frames: Mapping[str, pd.DataFrame] | pd.DataFrame,
    *,
    roles: Mapping[str, str] | None = None,
    k: int = 10,
    column: str = "probability",
    chosen: str | None = None,
    absent_text: str = "not in its vocabulary",
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """The k most expected next words as bars, those of several models aligned by word.

    frames: one frame of `next_tokens`, or {model name: frame}. The k words are those with the largest
    probability in any model.
    roles: {model name: role of `viz.style`}, which gives its colour; a second model of a role is outlined. It may name
    models that other figures beside this one show.
    column: "probability" (the model's own) or "sampling_probability" (after temperature and filters).
    chosen: a word shown as well, below the others, when it is not among them.
    absent_text: stands where a model does not have the word.
    title: by default says what each model expects most.
    """
    frames = {"": frames} if isinstance(frames, pd.DataFrame) else dict(frames)
    wide = pd.DataFrame({name: frame.set_index("word")[column] for name, frame in frames.items()})
    # In the order in which the models list them, so that the first model decides among equals.
    wide = wide.reindex(list(dict.fromkeys(word for frame in frames.values() for word in frame["word"])))
    ranked = wide.max(axis=1).sort_values(ascending=False, kind="stable")
    rows = [str(word) for word in ranked.index[:k]]
    if chosen is not None and chosen in wide.index and chosen not in rows:
        rows.append(chosen)
    figure = go.Figure()
    for name in frames:
        values = wide.loc[rows, name].to_numpy()
        figure.add_trace(
            go.Bar(
                x=values,
                y=list(range(len(rows))),
                orientation="h",
                name=name or "model",
                text=[absent_text if np.isnan(value) else percent(value) for value in values],
                textposition="outside",
                cliponaxis=False,
                textfont={"size": style.LABEL_PX},
                marker=_marker(roles, frames, name),
                hovertemplate="%{customdata}: %{text}<extra>" + plain(name) + "</extra>",
                customdata=[plain(word) for word in rows],
            )
        )
    labels = [f"<b>{plain(word)}</b>" if word == chosen else plain(word) for word in rows]
    top = float(wide.loc[rows].to_numpy().max(initial=0))
    figure.update_layout(
        title_text=title if title is not None else expectation(frames, column),
        height=110 + (ROW_PX if len(frames) > 1 else ROW_PX * 0.7) * len(rows),
        barmode="group", bargap=0.25, bargroupgap=0.08,
        showlegend=len(frames) > 1,
        legend_traceorder="normal",
        margin_t=88 if len(frames) > 1 else 56,
        xaxis={"range": [0, (top or 1) * 1.16], "tickformat": ".0%", "nticks": 6, "title": {"text": ""}},
        yaxis={"tickvals": list(range(len(rows))), "ticktext": labels, "autorange": "reversed", "showgrid": False,
               "tickfont": {"size": style.TEXT_PX}, "ticklabelstandoff": 6},
    )  # fmt: skip
    return style.themed(figure, theme)


def expectation(frames: Mapping[str, pd.DataFrame], column: str = "probability") -> str:
    """What each model expects most, in words."""
    best = {name: frame.loc[frame[column].idxmax()] for name, frame in frames.items()}
    words = {row["word"] for row in best.values()}
    shares = [percent(row[column]) for row in best.values()]
    if len(best) == 1:
        return f"“{plain(words.pop())}” is expected most ({shares[0]})"
    if len(words) == 1:
        lead = "Both expect" if len(best) == 2 else "All expect"
        return f"{lead} “{plain(words.pop())}” most ({' and '.join(shares)})"
    parts = [f"{plain(name)} expects “{plain(row['word'])}” ({percent(row[column])})" for name, row in best.items()]
    return ", ".join(parts)


def surprisal_strip(
    frames: Mapping[str, pd.DataFrame] | pd.DataFrame,
    *,
    roles: Mapping[str, str] | None = None,
    unknown_label: str = "unknown word, scored as &lt;unk&gt;",
    axis_title: str = "surprisal (bits)",
    window_text: str = "tokens 1 to {shown} of {n:,}: drag to see up to number {last}",
    title: str | None = None,
    theme: str = "light",
) -> go.Figure:
    """How surprising each token of a prompt was, as bars over the prompt; unknown words are hatched and named so.

    frames: one frame of `surprisal`, or {model name: frame} over the same tokens. A prompt of more than forty
    tokens opens on the first forty, and up to five hundred are reached by panning; `window_text` says so.
    title: by default the mean surprisal of each model and the token that surprised most.
    """
    frames = {"": frames} if isinstance(frames, pd.DataFrame) else dict(frames)
    title = title if title is not None else _surprise(frames)
    n_tokens = len(next(iter(frames.values())))
    frames = {name: frame.iloc[:MAX_TOKENS] for name, frame in frames.items()}
    first = next(iter(frames.values()))
    labelled = n_tokens * len(frames) <= 24
    figure = go.Figure()
    for i, (name, frame) in enumerate(frames.items()):
        marker = _marker(roles, frames, name)
        hatching = {"shape": np.where(frame["known"], "", "/"), **_hatching(marker)}
        figure.add_trace(
            go.Bar(
                offsetgroup=str(i),
                x=frame["position"].to_numpy(),
                y=frame["surprisal_bits"].to_numpy(np.float32),
                name=name or "model",
                marker={**marker, "pattern": hatching},
                legendgroup=str(i),
                showlegend=False,
                text=[f"{bits:.1f}" for bits in frame["surprisal_bits"]] if labelled else None,
                textfont={"size": style.LABEL_PX},
                textposition="outside",
                cliponaxis=False,
                customdata=np.column_stack(
                    [frame["token"].map(plain), frame["rank"], frame["probability"].map(percent)]
                ),
                hovertemplate="<b>%{customdata[0]}</b><br>%{y:.1f} bits, %{customdata[2]}<br>rank %{customdata[1]:,}"
                + f"<extra>{plain(name)}</extra>",
            )
        )
    all_known = all(bool(frame["known"].all()) for frame in frames.values())
    legend = len(frames) > 1 or not all_known
    # Keys of their own: Plotly's would show the first bar, which is hatched where the first word is unknown.
    for i, name in enumerate(frames if legend else ()):
        figure.add_trace(_key(name or "model", _marker(roles, frames, name), str(i)))
    if not all_known:
        marker = style.bar("neutral")
        figure.add_trace(_key(unknown_label, {**marker, "pattern": {"shape": "/", **_hatching(marker)}}, "unknown"))
    shown = min(n_tokens, MAX_TOKENS_IN_VIEW)
    more = window_text.format(shown=shown, n=n_tokens, last=len(first)) if n_tokens > shown else ""
    top = max((float(np.max(frame["surprisal_bits"])) for frame in frames.values() if len(frame)), default=1.0)
    figure.update_layout(
        title_text=title,
        height=380,
        barmode="group", bargap=0.2, bargroupgap=0.05,
        showlegend=legend,
        margin_t=88,
        xaxis={"title": {"text": more}, "range": [-0.6, max(shown, 1) - 0.4], "tickvals": first["position"].to_numpy(),
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
    known = {**(roles or {})}
    known |= {other: "neutral" for other in frames if other not in known}
    alike = [other for other in known if known[other] == known[name]]
    return style.bar(known[name], alike.index(name))


def _hatching(marker: dict[str, Any]) -> dict[str, Any]:
    """Pattern of unknown words, in the full colour of the bars."""
    colour = marker.get("line", marker)["color"]
    return {"fillmode": "replace", "size": 6, "fgcolor": colour}


def _key(name: str, marker: dict[str, Any], group: str) -> go.Bar:
    """An entry of the legend without bars."""
    return go.Bar(x=[None], y=[None], name=name, marker=marker, legendgroup=group, offsetgroup="0", showlegend=True)
