"""What training reaches: rows a step, the pull of reading and of predicting, and the words that were hardly trained."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from reprlearn.analysis.updates import COHERENT, step_tokens
from reprlearn.data.config import DataError
from reprlearn.ui import widgets
from reprlearn.ui.links import in_link
from reprlearn.ui.presenting import px
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.tied_vs_untied import matrices
from reprlearn.viz.text import plain
from reprlearn.viz.updates import gradient_figure, reach_figure

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.runs import Run
    from reprlearn.ui.tied_vs_untied.controls import View

SAME_LENGTH, NO_TREND, N_WORDS = 0.05, 0.1, 100
"""Ratios of two lengths nearer to one than this are called none; rank correlations nearer to zero; words in the table."""


def show(view: View) -> None:
    st.subheader(t("tied.updates"), anchor=False)
    _reach(view)
    _gradients(view)
    st.subheader(t("tied.under_trained"), anchor=False)
    _under_trained(view)


def _reach(view: View) -> None:
    frames = matrices.each_run(view, "row_updates")
    groups: dict[tuple[object, ...], list[Run]] = {}
    for run in view.runs:
        if run.name in frames:
            # Runs of the same words, text and batches share one line.
            groups.setdefault((run.card.corpus.content_hash, run.card.corpus.n_words, step_tokens(run)), []).append(run)
    if not groups:
        return
    shown = {members[0].name: frames[members[0].name] for members in groups.values()}
    first = next((group[0] for group in groups.values() if view.reference in group), next(iter(groups.values()))[0])
    figure = reach_figure(
        shown, roles=view.roles, title=reach_title(frames[first.name], step_tokens(first), len(first.vocabulary)),
        axis_titles=(t("tied.updates.axis.count"), t("tied.updates.axis.steps")), theme=widgets.theme(),
        names=(t("tied.updates.reading") if len(groups) > 1 else t("tied.updates.reading.all"), t("tied.updates.predicting")),
    )  # fmt: skip
    matrices.show(figure, "reach", alt=t("tied.updates.reach.alt"))
    st.markdown(small(t("tied.updates.reach.note")))
    if st.button(t("tied.updates.count"), key="count_rows", help=t("tied.updates.count.help")):
        _count(first, float(frames[first.name]["reach"].to_numpy().sum()))


def _count(run: Run, expected: float) -> None:
    try:
        with st.spinner(t("tied.updates.counting")):
            rows = matrices.about("measured_rows", run)
    except DataError as error:
        st.markdown(small(t("tied.matrices.without", run=as_text(run.name), reason=as_text(error))))
        return
    least, most = int(rows.min()), int(rows.max())
    st.markdown(
        t(
            "tied.updates.counted",
            n=len(rows),
            mean=f"{rows.mean():,.0f}",
            least=least,
            most=most,
            expected=f"{expected:,.0f}",
        )
    )


def reach_title(frame: pd.DataFrame, n_tokens: int, n_words: int) -> str:
    """Rows a step reaches, and how seldom it reaches the rarest."""
    rows, rarest = float(frame["reach"].to_numpy().sum()), frame.iloc[-1]
    return t(
        "tied.updates.reach.title", n_tokens=f"{n_tokens:,}", rows=f"{rows:,.0f}", n_words=f"{n_words:,}",
        share=f"{rows / n_words:.1%}", count=f"{int(rarest['count']):,}", steps=f"{1 / rarest['reach']:,.0f}",
    )  # fmt: skip


def _gradients(view: View) -> None:
    frames = matrices.each_run(view, "gradient_norms")
    without = [name for name, frame in frames.items() if frame.empty]
    frames = {name: frame for name, frame in frames.items() if len(frame)}
    if frames:
        figure = gradient_figure(
            frames, roles=view.roles, title=gradient_title(frames), theme=widgets.theme(),
            axis_titles=(t("tied.updates.axis.tokens"), t("tied.updates.axis.gradient")),
            names=(t("tied.updates.through_input"), t("tied.updates.through_output")),
        )  # fmt: skip
        matrices.show(figure, "gradients", alt=t("tied.updates.gradients.alt"))
    if without:
        st.markdown(small(t("tied.updates.no_gradients", runs=as_text(", ".join(without)))))


def gradient_title(frames: Mapping[str, pd.DataFrame]) -> str:
    """Which side pulls harder over the second half of the training, and how many times."""
    ratios = {}
    for name, frame in frames.items():
        half = frame.iloc[len(frame) // 2 :]
        ratios[name] = float(half["output"].to_numpy().mean() / half["input"].to_numpy().mean())
    order = sorted(ratios, key=lambda name: -ratios[name])
    values = ", ".join(f"{plain(name)} {ratios[name]:.2f}×" for name in order)
    least, most = min(ratios.values()), max(ratios.values())
    if least > 1 + SAME_LENGTH:
        return t("tied.updates.gradients.title.output", values=values)
    if most < 1 - SAME_LENGTH:
        return t("tied.updates.gradients.title.input", values=values)
    same = least >= 1 - SAME_LENGTH and most <= 1 + SAME_LENGTH
    return t(f"tied.updates.gradients.title.{'same' if same else 'mixed'}", values=values)


def _under_trained(view: View) -> None:
    found, unmoved = {}, []
    names = matrices.names(view.runs)
    for run, which in matrices.matrices_of(view.runs):
        try:
            frame = matrices.about("under_trained", run, which)
        except ValueError as error:  # a run that cannot be read, or a vocabulary without reserved words
            st.markdown(small(t("tied.matrices.without", run=as_text(run.name), reason=as_text(error))))
            continue
        if frame.attrs["coherence"] < COHERENT:
            unmoved.append(as_text(html.unescape(names[run.name, which])))
        else:
            found[run.name, which] = frame
    if found:
        key = _matrix(found, names)
        said = under_trained_said(found[key], as_text(html.unescape(names[key])))
        st.markdown(said)
        _words(found[key], said)
    if unmoved:
        st.markdown(small(t("tied.under_trained.unmoved", names=", ".join(unmoved))))


def _matrix(found: Mapping[tuple[str, str], pd.DataFrame], names: Mapping[tuple[str, str], str]) -> tuple[str, str]:
    def draw() -> tuple[str, str] | None:
        return st.selectbox(
            t("tied.under_trained.matrix"),
            list(found),
            key="hardly",
            width=px(360),
            format_func=lambda key: html.unescape(names[key]),
        )

    return in_link("hardly", {key: "-".join(key) for key in found}, draw)


def under_trained_said(frame: pd.DataFrame, name: str) -> str:
    """The words nearest to those never trained, and whether rare words are nearer."""
    ranks = np.stack([frame[column].rank().to_numpy() for column in ("count", "distance")])
    trend = float(np.corrcoef(ranks)[0, 1])
    verdict = "rare" if trend >= NO_TREND else "frequent" if trend <= -NO_TREND else "none"
    words = ", ".join(f"**{as_text(word)}**" for word in frame["word"].head(5))
    return t(f"tied.under_trained.{verdict}", words=words, name=name, trend=matrices.number(trend, sign=True))


def _words(frame: pd.DataFrame, said: str) -> None:
    columns = {name: t(f"tied.under_trained.column.{name}") for name in ("word", "count", "distance")}
    widgets.table(
        frame.head(N_WORDS).filter(list(columns)).rename(columns=columns), "hardly_words", title=said,
        height=300, width=520,
        column_config={columns["distance"]: st.column_config.NumberColumn(format="%.3f")},
    )  # fmt: skip
    st.markdown(small(t("tied.under_trained.note", shown=min(N_WORDS, len(frame)), n=f"{len(frame):,}")))
