"""How long the vectors of frequent and of rare words are, in each matrix."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.norms import norm_trend
from reprlearn.ui import widgets
from reprlearn.ui.links import in_link
from reprlearn.ui.presenting import px
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.tied_vs_untied import matrices
from reprlearn.viz.norms import norm_figure

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.tied_vs_untied.controls import View

NO_TREND = 0.1
"""Rank correlations nearer to zero than this are called none."""
Key = tuple[str, str]


def show(view: View) -> None:
    st.subheader(t("tied.norms"), anchor=False)
    tables: dict[Key, pd.DataFrame] = {}
    for run in view.runs:
        try:
            with widgets.opening(run):
                found = {
                    (run.name, which): matrices.about("norm_table", run, which) for which in run.card.distinct_matrices
                }
        except ValueError as error:
            st.markdown(small(t("tied.matrices.without", run=as_text(run.name), reason=as_text(error))))
        else:
            tables |= found
    if not tables:
        return
    names = matrices.names(view.runs)
    figure = norm_figure(
        tables, roles=view.roles, points=_shown(list(tables), names), title=title(tables, names), names=names,
        axis_titles=(t("tied.norms.axis.count"), t("tied.norms.axis.norm")), theme=widgets.theme(),
    )  # fmt: skip
    matrices.show(figure, "norms", alt=t("tied.norms.alt"))


def _shown(keys: list[Key], names: Mapping[Key, str]) -> Key:
    """Whose words are drawn one by one."""
    in_link_as = {key: "-".join(key) for key in keys}

    def draw() -> Key | None:
        return st.selectbox(
            t("tied.norms.points"), keys, key="points", width=px(360), help=t("tied.norms.points.help"),
            format_func=lambda key: html.unescape(names[key]),
        )  # fmt: skip

    return in_link("points", in_link_as, draw)


def title(tables: Mapping[Key, pd.DataFrame], names: Mapping[Key, str]) -> str:
    """In which matrices rare words are longer, and in which frequent ones, with the rank correlations."""
    trends = {key: norm_trend(table) for key, table in tables.items()}
    trends = {key: 0.0 if trend != trend else trend for key, trend in trends.items()}
    groups = {
        "rare": {key: -trend for key, trend in trends.items() if trend <= -NO_TREND},
        "frequent": {key: trend for key, trend in trends.items() if trend >= NO_TREND},
        "none": {key: abs(trend) for key, trend in trends.items() if abs(trend) < NO_TREND},
    }
    said = []
    for group, members in groups.items():
        if members:
            order = sorted(members, key=lambda key: -members[key])
            values = ", ".join(f"{names[key]} ({matrices.number(trends[key], sign=True)})" for key in order)
            said.append(t(f"tied.norms.title.{group}", values=values))
    return t("tied.norms.title", parts="; ".join(said))
