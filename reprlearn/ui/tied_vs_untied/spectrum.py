"""How many directions each matrix uses, and how alike its rows are before and after centring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.ui import widgets
from reprlearn.ui.text import small, t
from reprlearn.ui.tied_vs_untied import matrices
from reprlearn.viz.spectrum import cosine_figure, rank_figure, spectrum_figure

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.tied_vs_untied.controls import View

SAME_RANK, SAME_COSINE = 1.0, 0.01
"""Differences too small to be called one: in directions, and of a mean cosine."""
Names = Mapping[tuple[str, str], str]


def show(view: View) -> None:
    st.subheader(t("tied.spectrum"), anchor=False)
    centred = st.toggle(
        t("tied.spectrum.centred"), key="centred", bind="query-params", help=t("tied.spectrum.centred.help")
    )
    with st.spinner(t("tied.matrices.running")):
        spectra = matrices.each_run(view, "run_spectra", centred)
        summaries = {run.name: matrices.about("run_summaries", run) for run in view.runs if run.name in spectra}
    if not summaries:
        return
    names = matrices.names(view.runs)
    figure = spectrum_figure(
        spectra, roles=view.roles, title=title(summaries, names, centred), names=names, theme=widgets.theme(),
        axis_titles=(t("tied.spectrum.axis"), t("tied.spectrum.axis.share")),
    )  # fmt: skip
    matrices.show(figure, "spectrum", alt=t("tied.spectrum.alt"))
    st.markdown(small(t("tied.spectrum.note")))
    figure = cosine_figure(
        summaries, roles=view.roles, title=cosine_title(summaries, names), names=names, theme=widgets.theme(),
        axis_title=t("tied.cosine.axis"), before_after=(t("tied.cosine.before"), t("tied.cosine.after")),
    )  # fmt: skip
    matrices.show(figure, "cosines", alt=t("tied.cosine.alt"))
    _by_epoch(view, names, centred)


def _by_epoch(view: View, names: Names, centred: bool) -> None:
    with st.spinner(t("tied.matrices.running")):
        shapes = {name: shape for name, shape in matrices.each_run(view, "shape_by_epoch").items() if len(shape)}
    if not shapes:
        return
    column = "effective_rank_centred" if centred else "effective_rank"
    figure = rank_figure(
        shapes, column=column, roles=view.roles, title=rank_title(shapes, names, column), names=names, theme=widgets.theme(),
        axis_titles=(t("tied.tiedness.epoch"), t("tied.ranks.axis")),
    )  # fmt: skip
    matrices.show(figure, "ranks", alt=t("tied.ranks.alt"))
    n = max(int(shape["n_words"].max()) for shape in shapes.values())
    st.markdown(small(t("tied.tiedness.words", n=f"{n:,}")))


def title(summaries: Mapping[str, pd.DataFrame], names: Names, centred: bool) -> str:
    """Which matrix uses most directions and which fewest, by effective rank."""
    ranks = _column(summaries, "effective_rank_centred" if centred else "effective_rank")
    most, fewest = max(ranks, key=lambda key: ranks[key]), min(ranks, key=lambda key: ranks[key])
    said = {"most": names[most], "rank": f"{ranks[most]:.0f}", "width": int(_column(summaries, "width")[most])}
    if len(ranks) == 1:
        return t("tied.spectrum.title.one", **said)
    if ranks[most] - ranks[fewest] < SAME_RANK:
        return t("tied.spectrum.title.same", rank=said["rank"])
    low = {
        "fewest": names[fewest],
        "low": f"{ranks[fewest]:.0f}",
        "low_width": int(_column(summaries, "width")[fewest]),
    }
    return t("tied.spectrum.title", **said, **low)


def rank_title(shapes: Mapping[str, pd.DataFrame], names: Names, column: str) -> str:
    """Where the effective rank of each matrix began and ended, those that lost most first."""
    ends = {}
    for run, shape in shapes.items():
        for which, part in shape.groupby("matrix", sort=False):
            ends[run, str(which)] = float(part[column].iloc[0]), float(part[column].iloc[-1])
    order = sorted(ends, key=lambda key: ends[key][1] - ends[key][0])
    values = ", ".join(
        t("tied.ranks.change", name=names[key], first=f"{ends[key][0]:.0f}", last=f"{ends[key][1]:.0f}")
        for key in order
    )
    same = all(abs(last - first) < SAME_RANK for first, last in ends.values())
    return t("tied.ranks.title.same" if same else "tied.ranks.title", values=values)


def cosine_title(summaries: Mapping[str, pd.DataFrame], names: Names) -> str:
    """Where words point the same way most and least, and what is left of it after centring."""
    before, after = (_column(summaries, name) for name in ("mean_cosine", "mean_cosine_centred"))
    left = matrices.number(max(after.values(), key=abs))
    high, low = max(before, key=lambda key: before[key]), min(before, key=lambda key: before[key])
    if before[high] - before[low] < SAME_COSINE:
        return t("tied.cosine.title.same", cosine=matrices.number(before[high]), left=left)
    return t(
        "tied.cosine.title", high=names[high], cosine=matrices.number(before[high]), low=names[low],
        lowest=matrices.number(before[low]), left=left,
    )  # fmt: skip


def _column(summaries: Mapping[str, pd.DataFrame], name: str) -> dict[tuple[str, str], float]:
    return {
        (run, row["matrix"]): float(row[name]) for run, table in summaries.items() for row in table.to_dict("records")
    }
