"""Steps: how a model reads a number, and what its buckets learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis import buckets as analysis
from reprlearn.analysis.bucket_axis import scalar_of
from reprlearn.runs import RunError
from reprlearn.ui import loaders, widgets
from reprlearn.ui.frame import RUN_KEY
from reprlearn.ui.links import in_link
from reprlearn.ui.soft_one_hot import answers, closer, controls, proof
from reprlearn.ui.soft_one_hot.value_control import middle, spoken, steps
from reprlearn.ui.text import as_text, t
from reprlearn.ui.tour import stage
from reprlearn.ui.tour.figures import as_finding, draw
from reprlearn.ui.tour.navigation import Onward
from reprlearn.ui.tour.questions import Question
from reprlearn.ui.tour.standing import NotHere
from reprlearn.viz import buckets as figures
from reprlearn.viz.buckets_ranges import ranges_figure

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.data.events.scalars import Scalar
    from reprlearn.runs import Run

COMMANDS = "python -m reprlearn train flights-soft-one-hot\npython -m reprlearn train synthetic-soft-one-hot"
BARS_PX, RANGES_PX, AREA_PX = 332, 330, 386
NEAR = 0.02
"""Learned edges that are off by at most this share of the data lie at the true ones."""


def show_value() -> Onward:
    """A value of a scalar, and the weights of the buckets there."""
    run, scalar = _runs()[0]
    value = _value(scalar)
    weights = analysis.read_value(run, scalar.name, value).weights
    share, n = f"{weights.max():.0%}", f"{float(analysis.effective_buckets(weights)):.1f}"
    values = {"name": as_text(scalar.name), "value": as_text(spoken(scalar, value)), "n_buckets": len(weights)}
    stage.finding(t("tour.numbers.finding", **values, bucket=int(weights.argmax()) + 1, share=share, n=n))
    figure = figures.weight_bars(
        weights, scalar, value, title="", axis_titles=(t("soft_one_hot.bars.axis"), ""), theme=widgets.theme()
    )
    alt = t("soft_one_hot.bars.alt", value=spoken(scalar, value), buckets=len(weights))
    draw(figure, "tour_weights", alt=alt, height_px=BARS_PX, top_px=24)
    asked = {RUN_KEY: run.name, "scalar": scalar.name, "value": f"{value:g}"}
    return Onward(t("tour.numbers.try"), "soft_one_hot", asked)


def ask() -> Question | None:
    """How near the learned edges come to the true ones; None where no log has true ones."""
    run, scalar = learned_run()
    match = answers.about("range_match", run, scalar.name)
    if match is None or match["learned_off"].isna().any():
        return None
    return Question(
        text=t("tour.ask.buckets", name=as_text(scalar.name), n=len(match) + 1),
        options={name: t(f"tour.buckets.option.{name}") for name in ("found", "even", "missed")},
        right=verdict(match),
    )


def show_learned() -> Onward:
    """The true ranges beside the learned ones; where nobody knows true ones, the buckets over the range."""
    run, scalar = learned_run()
    ranges, match = (answers.about(question, run, scalar.name) for question in ("true_ranges", "range_match"))
    swept = answers.about("sweep", run, scalar.name)
    if ranges is None or match is None:
        stage.finding(as_finding(figures.in_use(swept.weights)))
        view = controls.View(run, scalar)
        figure = figures.weight_area(
            swept.values, swept.weights, scalar, edges=closer.edges(view, None), data_text=t("soft_one_hot.data"),
            title="", theme=widgets.theme(),
        )  # fmt: skip
        draw(figure, "tour_area", alt=t("soft_one_hot.area.alt", name=scalar.name), height_px=AREA_PX)
    else:
        stage.finding(t("tour.buckets.finding", **_off(match)))
        figure = ranges_figure(
            ranges, answers.about("segments", run, scalar.name), match, scalar, swept.weights.shape[1], title="",
            row_texts=(t("soft_one_hot.edges.true"), t("soft_one_hot.edges.learned")), theme=widgets.theme(),
        )  # fmt: skip
        draw(figure, "tour_ranges", alt=t("soft_one_hot.truth.alt", n=len(ranges)), height_px=RANGES_PX)
    if proven := worth(run, scalar):
        st.markdown(proven)
    return Onward(t("tour.buckets.try"), "soft_one_hot", {RUN_KEY: run.name, "part": "buckets"})


def learned_run() -> tuple[Run, Scalar]:
    """A run on a log whose true ranges are known, and its scalar; else the run of `show_value`."""
    there = _runs()
    return next((each for each in there if answers.about("true_ranges", each[0], each[1].name) is not None), there[0])


def verdict(match: pd.DataFrame) -> str:
    """ "found" where the learned edges lie at the true ones (`NEAR`) and nearer than those of as many equal parts, "even" where
    those would be as near, "missed" where the learned ones lie elsewhere. match: of `analysis.bucket_truth.range_match`.
    """
    learned, even = (float(match[name].to_numpy().mean()) for name in ("learned_off", "quantile_off"))
    return "missed" if learned > NEAR else "found" if learned < even else "even"


def worth(run: Run, scalar: Scalar) -> str:
    """Against which other encodings the soft one-hot wins on the run's log, over seeds; "" where that was not measured."""
    table = proof.table_of(controls.View(run, scalar))
    if table is None:
        return ""
    rows, said = table.to_dict("records"), []
    for result, key in proof.VERDICTS.items():
        names = [f"**{as_text(row['encoding'])}**" for row in rows if row["verdict"] == result]
        if names:
            said.append(t(f"soft_one_hot.proof.{key}", names=", ".join(names)))
    about = t("tour.buckets.worth", n=min(int(row["n_seeds"]) for row in rows), log=as_text(run.card.corpus.name))
    return " ".join([about, *said]) if said else ""


def _runs() -> list[tuple[Run, Scalar]]:
    """The runs with soft buckets and a scalar of each, the run that its page opens with first; `NotHere` without any."""
    names = [run.name for run in loaders.runs_with("Buckets")]
    found = []
    for name in sorted(names, key=lambda each: each != controls.FIRST_CHOICE):
        try:
            run = loaders.run(name)
            scalars = run.vocabulary.scalars
        except RunError:
            continue
        # A line is easier to see through at first than a circle.
        first = next((scalar for scalar in scalars if scalar.period is None), scalars[0])
        found.append((run, scalar_of(run, first.name)))
    if not found:
        raise NotHere("tour.missing.buckets", COMMANDS)
    return found


def _value(scalar: Scalar) -> float:
    stops, first = steps(scalar), middle(scalar)

    def chosen() -> float | None:
        return st.select_slider(
            t("soft_one_hot.value", name=as_text(scalar.name)), stops, key="tour_value",
            format_func=lambda stop: spoken(scalar, stop),
        )  # fmt: skip

    return in_link("tour_value", {stop: f"{stop:g}" for stop in (first, *stops)}, chosen)


def _off(match: pd.DataFrame) -> dict[str, str]:
    learned, even = (float(match[name].to_numpy().mean()) for name in ("learned_off", "quantile_off"))
    return {"learned": f"{learned:.1%}", "even": f"{even:.1%}", "n": f"{len(match)}"}
