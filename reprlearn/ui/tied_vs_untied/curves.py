"""Learning curves: who is ahead at the end of training, and from when on, by the text read or by what it cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from reprlearn.analysis.operations import training_costs
from reprlearn.runs import RunError
from reprlearn.ui import widgets
from reprlearn.ui.links import buttons
from reprlearn.ui.text import as_text, small, t
from reprlearn.viz.curves import learning_curves
from reprlearn.viz.text import plain
from reprlearn.viz.wrapped_title import wrapped_title

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.tied_vs_untied.controls import View

# What curves are drawn over: the column, and how much of it is one unit of the axis.
AXES = {"tokens": ("tokens", 1e6), "minutes": ("minutes", 1.0), "operations": ("teraoperations", 1e3)}
FIGURE_PX, ONE_LINE_PX, LEGEND_PX = 460, 92, 22


def show(view: View) -> None:
    """The curves of all runs that have any."""
    frames: dict[str, pd.DataFrame] = {}
    for run in view.runs:
        try:
            frames[run.name] = training_costs(run)
        except RunError:
            st.markdown(small(t("curves.missing", run=as_text(run.name))))
    if not frames:
        return
    against = _against(frames)
    column, per_unit = AXES[against]
    frames = {name: frame for name, frame in frames.items() if np.isfinite(frame[column].to_numpy(np.float64)).all()}
    comparable = len({run.card.corpus.content_hash for run in view.runs if run.name in frames}) == 1
    said = title(best_perplexities(frames), comparable)
    figure = learning_curves(
        frames, roles=view.roles, title=said,
        axis_titles=(t(f"curves.axis.{against}"), t("curves.axis.perplexity")), against=column, per_unit=per_unit,
        trace_names=(t("curves.validation"), t("curves.training")), theme=widgets.theme(),
    )  # fmt: skip
    # The legend stands above the plot and has two entries a run, three in a line where the window is small.
    head = wrapped_title(said)
    more_px = LEGEND_PX * ((2 * len(frames) - 1) // 3) + head["margin_t"] - ONE_LINE_PX
    figure.update_layout(title=head["title"], margin_t=ONE_LINE_PX + more_px, height=FIGURE_PX + more_px)
    widgets.show(figure, "learning_curves", alt=t("curves.alt", title=said, against=t(f"curves.axis.{against}")))
    if against == "minutes":
        st.markdown(small(t("curves.minutes.note")))


def _against(frames: dict[str, pd.DataFrame]) -> str:
    """What the curves are drawn over; operations only where they are known of some run."""
    known = any(frame["teraoperations"].notna().all() for frame in frames.values())
    axes = [name for name in AXES if known or name != "operations"]

    return buttons("against", axes, "curves.against", labelled=True)


def best_perplexities(frames: dict[str, pd.DataFrame]) -> dict[str, float]:
    """{run: its best validation perplexity}, the best run first; runs without a validation are left out."""
    losses = {
        name: float(frame["valid_loss"].dropna().to_numpy(np.float64).min(initial=np.inf))
        for name, frame in frames.items()
    }
    return {
        name: float(np.exp(loss))
        for name, loss in sorted(losses.items(), key=lambda item: item[1])
        if np.isfinite(loss)
    }


def title(best: dict[str, float], comparable: bool = True) -> str:
    """Who ends lower, and by how much; of more than two runs, or of such as do not compare, what each ends at."""
    if not best:
        return t("curves.none")
    if len(best) == 2 and comparable:
        (name, value), (other, other_value) = best.items()
        said = {"best": plain(name), "other": plain(other), "value": f"{value:.1f}"}
        if f"{value:.1f}" == f"{other_value:.1f}":
            return t("curves.level", **said)
        share = f"{1 - value / other_value:.1%}"
        return t("curves.ahead", **said, share=share, other_value=f"{other_value:.1f}")
    runs = [t("curves.many.run", run=plain(name), value=f"{value:.1f}") for name, value in best.items()]
    return t("curves.many", runs=", ".join(runs))
