"""The paper's own check: does the augmented loss alone drive the output embedding into the span of the input embedding?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis import subspace as analysis
from reprlearn.ui import widgets
from reprlearn.ui.links import in_link
from reprlearn.ui.text import small, t
from reprlearn.ui.tied_vs_untied import matrices
from reprlearn.viz.subspace import subspace_figure

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.tied_vs_untied.controls import View

SAME = 0.02
"""Distances nearer to each other than this are called the same."""
TRAINED = ["data", "n_tokens", "width", "epochs", "learning_rate"]


def show(view: View) -> None:
    """The results that ship, of no run on screen; nothing where there are none."""
    del view
    cells = analysis.cells(analysis.RESULTS)
    if cells.empty:
        return
    st.subheader(t("tied.subspace"), anchor=False)
    st.markdown(t("tied.subspace.lead"))
    cells = _of_one_text(cells)
    figure = subspace_figure(
        cells, title=title(cells), axis_titles=(t("tied.subspace.axis.beta"), t("tied.subspace.axis.distance")),
        tau_text=t("tied.subspace.tau"), random_text=t("tied.subspace.random"), theme=widgets.theme(),
    )  # fmt: skip
    matrices.show(figure, "subspace", alt=t("tied.subspace.alt"))
    first = cells.iloc[0]
    st.markdown(
        small(
            t(
                "tied.subspace.note",
                n_tokens=f"{first['n_tokens']:,.0f}",
                width=int(first["width"]),
                seeds=cells["seed"].nunique(),
            )
        )
    )


def _of_one_text(cells: pd.DataFrame) -> pd.DataFrame:
    """The trainings of one text, of the settings most of them have; which text is asked where there are several."""
    texts = list(dict.fromkeys(cells["data"].astype(str)))

    def draw() -> str | None:
        return st.segmented_control(t("tied.subspace.text"), texts, required=True, key="subspace_text")

    chosen = in_link("subspace_text", {text: text for text in texts}, draw) if len(texts) > 1 else texts[0]
    cells = cells.loc[cells["data"].astype(str) == chosen]
    sizes = cells.groupby(TRAINED, sort=False)["beta"].transform("size")
    most = cells.loc[sizes == sizes.max(), TRAINED].iloc[-1]
    return cells.loc[(cells[TRAINED] == most).all(axis=1)]


def title(cells: pd.DataFrame) -> str:
    """From the smallest share of the augmented loss to the largest, at the highest temperature."""
    tau = float(cells["tau"].to_numpy().max())
    means = cells.loc[cells["tau"] == tau].groupby("beta")["distance"].mean()
    first, last = float(means.iloc[0]), float(means.iloc[-1])
    said = {
        "tau": f"{tau:g}", "first": matrices.number(first), "last": matrices.number(last), "low": f"{means.index[0]:g}",
        "high": f"{means.index[-1]:g}", "random": matrices.number(float(cells["random_distance"].to_numpy().mean())),
    }  # fmt: skip
    verdict = "same" if abs(last - first) < SAME else "falls" if last < first else "rises"
    return t(f"tied.subspace.title.{verdict}", **said)
