"""Steps: what one-hot targets waste, and the augmented loss that spends it: does it do what it promises?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.augmented_target import own_setting, target_table
from reprlearn.analysis.twins import augmented_twins
from reprlearn.ui import loaders, token_scores, widgets
from reprlearn.ui.frame import RUNS_KEY
from reprlearn.ui.links import in_link
from reprlearn.ui.presenting import px
from reprlearn.ui.text import as_text, t
from reprlearn.ui.tied_vs_untied import neighbours, twin_table
from reprlearn.ui.tied_vs_untied.bands import labels
from reprlearn.ui.tied_vs_untied.dial import TEMPERATURES, target_title
from reprlearn.ui.tour import stage, standing
from reprlearn.ui.tour.figures import LEGEND_PX, as_finding, draw
from reprlearn.ui.tour.navigation import Onward
from reprlearn.ui.tour.representation import choose_word
from reprlearn.viz.dial import target_bars
from reprlearn.viz.neighbour_mass import lift_figure
from reprlearn.viz.style import role

if TYPE_CHECKING:
    from reprlearn.runs import Run

CONTEXT = "i thought this film would be boring , but it was"
WORDS = ("wonderful", "terrible", "funny")
N_TARGETS, TARGET_PX, LIFT_PX = 8, 340, 360


def show() -> Onward:
    """The one-hot target, the soft one and the prediction, word by word."""
    run = reading_run()
    own, _ = own_setting(run)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        word = choose_word(run, "tour_right", WORDS)
        temperature = _temperature(own)
    table = target_table(run, loaders.reading(run, CONTEXT), word, temperature, N_TARGETS)
    stage.finding(target_title(table, word, temperature, len(run.vocabulary)))
    figure = target_bars(
        table, role=role(run.card.tied), word=word,
        panel_titles=(t("dial.panel.one_hot"), t("dial.panel.soft"), t("dial.panel.predicted")),
    )  # fmt: skip
    alt = t("dial.target.alt", run=run.name, word=word, words=", ".join(table["word"]))
    draw(figure, "tour_target", alt=alt, height_px=TARGET_PX, top_px=28)
    asked = {RUNS_KEY: compared(run), "part": "words", "dial_word": word, "dial_run": run.name}
    return Onward(t("tour.soft_target.try"), "tied_vs_untied", asked)


def reading_run() -> Run:
    """The run whose embedding makes the soft target: one trained with it, else the first that has an input embedding."""
    there = [run for run in loaders.runs_with("Predicts") if "input" in run.card.matrices]
    if not there:
        raise standing.NotHere("tour.missing.models", "python -m reprlearn train lstm-untied-al")
    twins = augmented_twins(there)
    return loaders.run((twins[0].having if twins else there[0]).name)


def compared(run: Run) -> list[str]:
    """The run and what to hold it against, as the page that goes deeper wants two."""
    twins = augmented_twins(loaders.runs_with("Predicts"))
    pair = next((pair for pair in twins if run.name in (each.name for each in pair)), None)
    names = [each.name for each in pair] if pair else [each.name for each in standing.language_models(2)]
    return list(dict.fromkeys([*names, run.name]))


def _temperature(own: float) -> float:
    options = sorted({*TEMPERATURES, own})

    def chosen() -> float | None:
        return st.select_slider(
            t("dial.temperature"), options, key="tour_tau", format_func=lambda tau: f"{tau:g}", width=px(300)
        )

    first = own if own in options else options[0]
    return in_link("tour_tau", {tau: f"{tau:g}" for tau in (first, *options)}, chosen)


def show_loss() -> Onward:
    """What the augmented loss gives to the neighbours of the right word, and what that does to the perplexity."""
    pair = standing.augmented_pair()
    found = standing.surely_scored(pair)
    if token_scores.reference_neighbours(found.reference) is None:
        raise standing.NotHere("tour.missing.scores", f"python -m reprlearn score {found.reference.name}")
    table, against, lifts = found.about(neighbours.figures_of)
    said = neighbours.title(against, table, found.reference.name)
    stage.finding(as_finding(said))
    st.markdown(price(found.about(twin_table.losses).to_dict("records")[0], found.reference.name))
    figure = lift_figure(
        {name: lifts.loc[lifts["run"] == name] for name in found.names},
        labels(lifts.loc[lifts["run"] == found.names[0]]), roles={run.name: role(run.card.tied) for run in found.runs},
        title=said, axis_titles=(t("neighbours.axis.band"), t("neighbours.axis.lift")), one=t("neighbours.one"),
        theme=widgets.theme(),
    )  # fmt: skip
    draw(figure, "tour_lift", alt=t("neighbours.alt", title=said), height_px=LIFT_PX, top_px=LEGEND_PX)
    asked = {RUNS_KEY: [run.name for run in pair], "part": "words"}
    return Onward(t("tour.augmented_loss.try"), "tied_vs_untied", asked)


def price(row: dict, reference: str) -> str:
    """What the augmented loss does to the perplexity as a whole: a row of `analysis.paired.against` in words."""
    said = standing.perplexity_change(row)
    return t(f"tour.price.{row['verdict']}", run=as_text(row["run"]), reference=as_text(reference), **said)
