"""Two models side by side: what each makes of the same scalar, whatever its encoding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.bucket_axis import scalar_of
from reprlearn.ui import loaders, widgets
from reprlearn.ui.frame import OTHER_KEY
from reprlearn.ui.soft_one_hot import answers, panels, vectors
from reprlearn.ui.soft_one_hot.controls import CAPABILITY
from reprlearn.ui.soft_one_hot.value_control import middle, value_control
from reprlearn.ui.text import as_text, small, t
from reprlearn.viz.buckets import weight_area

if TYPE_CHECKING:
    from reprlearn.runs import Run
    from reprlearn.ui.soft_one_hot.controls import View

SIMILARITY_PX, AREA_PX = 370, 340


def side_by_side(view: View) -> None:
    """Choose the other model, then the same figures of both."""
    rivals = [
        run.name for run in loaders.runs_with(CAPABILITY) if _same_log(run, view.run) and run.name != view.run.name
    ]
    if not rivals:
        st.info(t("soft_one_hot.two.none", run=as_text(view.run.name)))
        return
    place, said = st.columns([1, 2], gap="medium", vertical_alignment="bottom")
    with place:
        other = widgets.run_picker(
            CAPABILITY, OTHER_KEY, label=t("run.label.other"), default=rivals[0], among=[view.run.name, *rivals]
        )
    with said, widgets.opening(other):
        st.markdown(small(t("soft_one_hot.two.lead")))
        scalar = scalar_of(other, view.scalar.name)
    _figures(view, replace(view, run=other, scalar=scalar))


@st.fragment
def _figures(view: View, other: View) -> None:
    label = t("soft_one_hot.value", name=as_text(view.scalar.name))
    value = value_control(view.scalar, "value", middle(view.scalar), view.about, label)
    sides = list(zip(st.columns(2, gap="medium"), (view, other), strict=True))
    for i, (column, side) in enumerate(sides):
        with column:
            kind = side.run.recipe.model.encoding  # pyright: ignore[reportAttributeAccessIssue]
            st.subheader(as_text(side.run.name), anchor=False)
            st.markdown(small(t(f"soft_one_hot.kind.{kind.replace('-', '_')}")))
            vectors.draw_similarity(side, value, None, f"similarity_{i}", SIMILARITY_PX)
            vectors.draw_path(side, value, None, f"path_{i}")
            if side.soft or kind == "quantile":
                _area(side, value, i)


def _area(side: View, value: float | None, i: int) -> None:
    swept = answers.about("sweep", side.run, side.scalar.name)
    figure = weight_area(
        swept.values, swept.weights, side.scalar, value=value, data_text=t("soft_one_hot.data"), theme=widgets.theme()
    )
    panels.thin_ticks(figure)
    panels.show_narrow(figure, f"area_{i}", alt=t("soft_one_hot.area.alt", name=side.scalar.name), height_px=AREA_PX)


def _same_log(a: Run, b: Run) -> bool:
    return a.card.corpus.content_hash == b.card.corpus.content_hash
