"""How surprising the text itself was: a bar over each word, and at one word what had been expected in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from reprlearn.analysis.prediction import alternatives_from, surprisal_from
from reprlearn.ui import widgets
from reprlearn.ui.next_token.controls import View
from reprlearn.ui.next_token.expected import shared
from reprlearn.ui.text import as_text, t
from reprlearn.ui.text.numbers import decimal
from reprlearn.viz.prediction import MAX_TOKENS, MAX_TOKENS_IN_VIEW, surprisal_strip

if TYPE_CHECKING:
    import pandas as pd

POSITION = "position"


def show(view: View) -> None:
    """Surprisal of each token of the prompt, in one figure where the models cut it into the same tokens."""
    if not any(reading.tokens for reading in view.readings.values()):
        st.markdown(t("next_token.surprise.empty"))
        return
    frames = {name: surprisal_from(reading) for name, reading in view.readings.items()}
    together = len({reading.tokens for reading in view.readings.values()}) == 1
    for i, shown in enumerate([list(frames)] if together else [[name] for name in frames]):
        _strip(view, {name: frames[name] for name in shown}, i)
    means = [
        t(
            "next_token.surprise.mean.of",
            run=as_text(name),
            bits=decimal(float(frame["surprisal_bits"].to_numpy().mean()), 2),
        )
        for name, frame in frames.items()
    ]
    st.markdown(t("next_token.surprise.mean", means=" · ".join(means)))


def _strip(view: View, frames: dict[str, pd.DataFrame], i: int) -> None:
    """One figure, and below it the alternatives at one position."""
    key = POSITION if not i else f"{POSITION}_{i + 1}"
    first = next(iter(frames.values()))
    if first.empty:
        return
    figure_place = st.container()
    number_place, table_place = st.columns([1, 4.2], gap="medium")
    likely = _most_surprising(frames)
    said = number_place.number_input(
        t("next_token.surprise.position", n=f"{len(first):,}"), 1, len(first), None, key=key, bind="query-params",
        placeholder=str(likely + 1), help=t("next_token.surprise.position.help"),
    )  # fmt: skip
    position = likely if said is None or not 1 <= said <= len(first) else int(said) - 1
    alternatives = {name: alternatives_from(view.readings[name]) for name in frames}
    figure = surprisal_strip(
        frames,
        roles=view.roles,
        alternatives=alternatives,
        alternatives_text=t("next_token.surprise.instead"),
        # A long text opens at its beginning, unless a word of it was asked for.
        chosen=position if said is not None or position < MAX_TOKENS_IN_VIEW else None,
        title="",
        axis_title=t("next_token.surprise.axis"),
        unknown_label=t("next_token.surprise.unknown"),
        window_text=t("next_token.surprise.window"),
    )
    figure.update_layout(margin_t=44, height=330)

    def choose(customdata: list) -> None:
        at = str(customdata[0]) if customdata else ""
        if at.isdecimal() and int(at) < len(first):
            st.session_state[key] = int(at) + 1

    with figure_place:
        st.markdown(f"**{_title(frames)}**")
        alt = t("next_token.surprise.alt", runs=", ".join(frames))
        widgets.show(figure, f"surprise_{i}", alt=alt, title=_title(frames), on_click=choose)
    with table_place:
        _alternatives(frames, alternatives, position)


def _most_surprising(frames: dict[str, pd.DataFrame]) -> int:
    """The position, of those that are drawn, that surprised the models most together."""
    bits = np.stack([frame["surprisal_bits"].to_numpy()[:MAX_TOKENS] for frame in frames.values()])
    return int(bits.sum(axis=0).argmax())


def _alternatives(frames: dict[str, pd.DataFrame], alternatives: dict[str, pd.DataFrame], position: int) -> None:
    """What each model had expected in the place of one token, beside what it gave the token itself."""
    token = next(iter(frames.values()))["token"].iloc[position]
    st.markdown(t("next_token.surprise.place", word=as_text(token), position=f"{position + 1:,}"))
    lines = [f"| {' | '.join(as_text(name) for name in frames)} |", f"|{'---|' * len(frames)}"]
    cells = []
    for name, frame in frames.items():
        row, found = frame.iloc[position], alternatives[name]
        own = [
            t(
                "next_token.surprise.itself",
                word=as_text(token),
                share=shared(float(row["probability"])),
                rank=f"{row['rank']:,}",
            )
        ]
        for other in found.loc[found["position"] == position].to_dict("records"):
            entry = t("next_token.surprise.entry", word=as_text(other["word"]), share=shared(other["probability"]))
            own.append(f"**{entry}**" if other["word_id"] == row["word_id"] else entry)
        cells.append(own)
    for entries in zip(*cells, strict=False):
        lines.append(f"| {' | '.join(entries)} |")
    st.markdown("\n".join(lines))


def _title(frames: dict[str, pd.DataFrame]) -> str:
    name, frame = max(frames.items(), key=lambda item: item[1]["surprisal_bits"].max())
    row = frame.loc[frame["surprisal_bits"].idxmax()]
    return t(
        "next_token.surprise.title", word=as_text(row["token"]), bits=decimal(row["surprisal_bits"]), run=as_text(name)
    )
