"""Step: representations taken as they are, and fine-tuned; where that was not measured, how well they agree with people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reprlearn.analysis.similarity import SET_NAMES, leading_matrices, similarity_table
from reprlearn.ui import loaders, widgets
from reprlearn.ui.text import as_text, phrase, t
from reprlearn.ui.tour import stage
from reprlearn.ui.tour.figures import draw
from reprlearn.ui.tour.navigation import Onward
from reprlearn.ui.tour.standing import NotHere
from reprlearn.ui.transfer import curves
from reprlearn.ui.transfer.controls import COMMAND, FIRST_BUDGET, TASKS
from reprlearn.ui.transfer.measured import measured
from reprlearn.ui.transfer.words import listed, way_name
from reprlearn.viz.similarity import similarity_points
from reprlearn.viz.style import role
from reprlearn.viz.transfer_curves import accuracy_curves

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.transfer.measured import Measured

HEIGHT_PX, MOST_MATRICES = 400, 9


def show() -> Onward:
    """Accuracy by the number of labels for every way of use; else the agreement of the matrices with people."""
    found = next((each for task in TASKS if (each := _measured(task)) is not None), None)
    if found is None:
        return _similarity()
    budgets = found.budgets
    n_labels = budgets[FIRST_BUDGET if FIRST_BUDGET in budgets else next(iter(budgets))]
    stage.finding(as_text(curves.title(found.leads, n_labels)))
    panels, marks = curves.arrange(found.results.ways, "use")
    ways = found.results.ways
    figure = accuracy_curves(
        found.table, panels, marks, names={way: way_name(way) for way in ways}, title="", reference=curves.REFERENCE,
        all_labels=found.results.all_labels, chosen=n_labels, all_text=t("transfer.axis.all"),
        axis_titles=(t("transfer.axis.labels"), t("transfer.axis.accuracy")), theme=widgets.theme(),
    )  # fmt: skip
    alt = t("transfer.curves.alt", ways=listed([way_name(way) for way in ways]), title="")
    draw(figure, "tour_transfer", alt=alt, height_px=HEIGHT_PX, top_px=68)
    return Onward(t("tour.transfer.try"), "transfer", {})


def _measured(task: str) -> Measured | None:
    """The results of a task; None where there are none, or they cannot be read, which the page itself explains."""
    try:
        return measured(task)
    except ValueError:
        return None


def _similarity() -> Onward:
    cards = {run.name: run.card for run in loaders.runs_with("Embeds") if run.card.similarity}
    table = similarity_table(cards)
    matrices = leading_matrices(table, MOST_MATRICES)
    if not matrices:
        raise NotHere("tour.missing.transfer", COMMAND)
    place = {pair: i for i, pair in enumerate(matrices)}
    table = table.assign(place=[place.get(pair) for pair in zip(table["run"], table["matrix"], strict=True)])
    table = table.dropna(subset="place").sort_values("place", kind="stable")
    stage.finding(t("tour.transfer.similarity", best="; ".join(best(table))))
    labels = []
    for name, which in matrices:
        shared = len(cards[name].distinct_matrices) == 1
        one = t("tied.similarity.shared") if shared else t(f"matrix.{which}")
        labels.append(t("tour.transfer.matrix", run=name, matrix=one.lower()))
    figure = similarity_points(
        table, labels=labels, roles=[role(cards[name].tied, which) for name, which in matrices],
        headings={name: phrase(said) for name, said in SET_NAMES.items()}, theme=widgets.theme(),
    )  # fmt: skip
    draw(figure, "tour_similarity", alt=t("tour.transfer.alt", runs=", ".join(cards)), height_px=HEIGHT_PX)
    return Onward(t("tour.transfer.try"), "transfer", {})


def best(table: pd.DataFrame) -> list[str]:
    """For each set the matrix that agrees best with people, and by how much. table: of `analysis.similarity.similarity_table`."""
    said = []
    for name, heading in SET_NAMES.items():
        rows = table.loc[(table["set"] == name) & table["value"].notna()]
        if len(rows):
            row = rows.loc[rows["value"].idxmax()]
            numbers = {each: as_text(f"{row[each]:.2f}".replace("-", "−")) for each in ("value", "low", "high")}
            said.append(t("tour.transfer.best", set=phrase(heading), run=as_text(row["run"]), **numbers))
    return said
