"""How tied did the untied ones become: input against output matrix, epoch by epoch; and which of them a tied matrix is like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.agreement import MEASURES
from reprlearn.analysis.tiedness import is_tied
from reprlearn.ui import widgets
from reprlearn.ui.links import in_link
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.tied_vs_untied import matrices
from reprlearn.viz.text import plain
from reprlearn.viz.tiedness import between_figure, tiedness_figure

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.runs import Run
    from reprlearn.ui.tied_vs_untied.controls import View

IN_LINK: dict[str, str] = dict(zip(MEASURES, ("neighbours", "rotation", "cka", "subspace"), strict=True))
SAME, LIKE_CHANCE = 0.005, 0.01
"""Differences of a measure too small to be called one: between two epochs or matrices, and to what is by chance."""


def show(view: View) -> None:
    st.subheader(t("tied.tiedness"), anchor=False)
    scoring = [run for run in view.runs if "output" in run.card.matrices]
    if not scoring:
        st.markdown(small(t("tied.tiedness.none")))
        return
    measure = _measure()
    with st.spinner(t("tied.matrices.running")):
        frames = matrices.each_run(view, "tiedness_by_epoch", measure)
    without = [run.name for run in scoring if run.name in frames and frames[run.name].empty]
    frames = {name: frame for name, frame in frames.items() if len(frame)}
    if frames:
        figure = tiedness_figure(
            frames, measure, roles=view.roles, title=title(frames, measure), chance_text=t("tied.tiedness.chance"),
            axis_titles=(t("tied.tiedness.epoch"), t(f"tied.tiedness.axis.{measure}")), number_format=_format(measure),
            theme=widgets.theme(),
        )  # fmt: skip
        matrices.show(figure, "tiedness", alt=t("tied.tiedness.alt", runs=", ".join(frames)))
    if without:
        st.markdown(small(t("tied.tiedness.no_snapshots", runs=as_text(", ".join(without)))))
    _over_all_words(scoring, frames, measure)
    _between(view, measure)


def _measure() -> str:
    def draw() -> str | None:
        return st.segmented_control(
            t("tied.tiedness.measure"), list(MEASURES), required=True, key="agreement", help=t("tied.tiedness.measure.help"),
            format_func=lambda name: t(f"tied.tiedness.measure.{name}"),
        )  # fmt: skip

    return in_link("agreement", dict(IN_LINK), draw)


def title(frames: Mapping[str, pd.DataFrame], measure: str) -> str:
    """What the figure shows: of one untied run how it went, of several where they ended, the most tied first."""
    untied = {name: frame for name, frame in frames.items() if frame[f"chance_{measure}"].notna().to_numpy().any()}
    what = t(f"tied.tiedness.of.{measure}")
    if not untied:
        return t("tied.tiedness.title.tied", n=len(frames))
    ends = {name: (float(frame[measure].iloc[0]), float(frame[measure].iloc[-1])) for name, frame in untied.items()}
    if len(ends) > 1:
        last = {name: end for name, (_, end) in ends.items()}
        spread = max(last.values()) - min(last.values())
        order = sorted(last, key=lambda name: last[name], reverse=measure != "subspace_distance")
        values = ", ".join(f"{plain(name)} {_say(last[name], measure)}" for name in order)
        return t(f"tied.tiedness.title.{'alike' if spread < SAME else 'several'}", what=what, values=values)
    ((name, (first, last)),) = ends.items()
    chance_first, chance = (float(untied[name][f"chance_{measure}"].iloc[at]) for at in (0, -1))
    # What counts is how far the two are from what is by chance, which training changes as well.
    nearer = (last - chance) - (first - chance_first)
    nearer = -nearer if measure == "subspace_distance" else nearer
    verdict = "same" if abs(nearer) < SAME else "closer" if nearer > 0 else "apart"
    if abs(last - chance) < LIKE_CHANCE:
        verdict = "chance"
    said = {"first": _say(first, measure), "last": _say(last, measure), "chance": _say(chance, measure)}
    if verdict != "chance":
        said["chance_first"] = _say(chance_first, measure)
    return t(
        f"tied.tiedness.title.{verdict}", run=plain(name), what=what, n=int(untied[name]["epoch"].iloc[-1]), **said
    )


def _over_all_words(runs: list[Run], frames: Mapping[str, pd.DataFrame], measure: str) -> None:
    """The snapshots hold frequent words only: the same at the end for all of them."""
    said = []
    for run in runs:
        if is_tied(run):
            continue
        with st.spinner(t("tied.matrices.running")), widgets.opening(run):
            whole = matrices.about("tiedness", run, measure)
        values = {"value": _say(whole[measure], measure), "chance": _say(whole[f"chance_{measure}"], measure)}
        said.append(t("tied.tiedness.whole", run=as_text(run.name), n=f"{whole['n_words']:,}", **values))
    if frames:
        n = max(int(frame["n_words"].iloc[0]) for frame in frames.values())
        said.insert(0, t("tied.tiedness.words", n=f"{n:,}"))
    if said:
        st.markdown(small(" ".join(said)))


def _between(view: View, measure: str) -> None:
    """Which matrix of the untied runs the tied ones are like."""
    with st.spinner(t("tied.matrices.running")):
        table = matrices.about("between", measure, *view.runs)
    table = table.loc[table[measure].notna()]
    if table.empty:
        return
    figure = between_figure(
        table, measure, roles=view.roles, title=between_title(table, measure), axis_title=t(f"tied.between.axis.{measure}"),
        names={which: t(f"tied.between.{which}") for which in ("input", "output")}, chance_text=t("tied.tiedness.chance"),
        row_text=t("tied.between.row"), number_format=_format(measure), theme=widgets.theme(),
    )  # fmt: skip
    matrices.show(figure, "between", alt=t("tied.between.alt"))


def between_title(table: pd.DataFrame, measure: str) -> str:
    """Which the tied matrices are more like, pair by pair, or by how many of the pairs."""
    wide = table.pivot_table(index=["tied", "untied"], columns="matrix", values=measure, sort=False).dropna()
    ahead = wide["output"].to_numpy() - wide["input"].to_numpy()
    ahead = -ahead if measure == "subspace_distance" else ahead
    n_output, n_input = (int((each >= SAME).sum()) for each in (ahead, -ahead))
    if len(wide) > 1:
        return t("tied.between.title.several", n=len(wide), n_output=n_output, n_input=n_input)
    ((tied, untied),) = wide.index
    verdict = "output" if n_output else "input" if n_input else "same"
    said = {which: _say(float(wide[which].to_numpy()[0]), measure) for which in ("input", "output")}
    names = {"tied": plain(str(tied)), "untied": plain(str(untied)), "what": t(f"tied.tiedness.of.{measure}")}
    return t(f"tied.between.title.{verdict}", **names, **said)


def _say(value: float, measure: str) -> str:
    return f"{value:{_format(measure)}}"


def _format(measure: str) -> str:
    """Shared neighbours are a share, the other measures are numbers."""
    return ".1%" if measure == "knn_overlap" else ".2f"
