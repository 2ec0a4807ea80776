"""Step: what to try next. How the models here learned, and the pages on which one's own would join them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.operations import training_costs
from reprlearn.runs import RunError
from reprlearn.ui import frame, loaders, widgets
from reprlearn.ui.text import t
from reprlearn.ui.tied_vs_untied.curves import best_perplexities, title
from reprlearn.ui.tour import stage, standing
from reprlearn.ui.tour.figures import as_finding, draw
from reprlearn.viz.curves import learning_curves
from reprlearn.viz.style import role

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.runs import Run

PAGES = ("train", "library", "embedding_space", "next_token", "tied_vs_untied", "context", "transfer", "soft_one_hot")
N_RUNS, HEIGHT_PX = 2, 400


def show() -> None:
    """The links, and beside them the curves of two twins, which stand without where nothing was trained yet."""
    left, right = st.columns([1.5, 1], gap="large", vertical_alignment="center")
    with right, st.container(gap="xxsmall"):
        for name in PAGES:
            page = frame.find(name)
            frame.link(page, {}, label=t(f"tour.onward.{name}", page=page.title))
    with left:
        try:
            _curves(standing.language_models(N_RUNS))
        except standing.NotHere as missing:
            stage.nothing(missing)


def _curves(runs: list[Run]) -> None:
    frames: dict[str, pd.DataFrame] = {}
    for run in runs:
        try:
            frames[run.name] = training_costs(loaders.run(run.name))
        except RunError:
            continue
    best = best_perplexities(frames)
    if not best:
        raise standing.NotHere("tour.missing.curves", widgets.TRAIN_COMMAND)
    comparable = len({run.card.corpus.content_hash for run in runs if run.name in frames}) == 1
    said = title(best, comparable)
    stage.finding(as_finding(said))
    figure = learning_curves(
        frames, roles={run.name: role(run.card.tied) for run in runs}, title=said,
        axis_titles=(t("curves.axis.tokens"), t("curves.axis.perplexity")),
        trace_names=(t("curves.validation"), t("curves.training")), theme=widgets.theme(),
    )  # fmt: skip
    draw(
        figure,
        "tour_curves",
        alt=t("curves.alt", title=said, against=t("curves.axis.tokens")),
        height_px=HEIGHT_PX,
        top_px=72,
    )
