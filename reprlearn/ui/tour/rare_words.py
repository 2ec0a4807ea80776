"""Step: rare words. Which words tying and the augmented loss help, by how often the training text holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reprlearn.analysis.twins import augmented_twins, tied_twins
from reprlearn.ui import loaders, widgets
from reprlearn.ui.frame import RUNS_KEY
from reprlearn.ui.text import as_text, t
from reprlearn.ui.tied_vs_untied.bands import changes_by_band, labels
from reprlearn.ui.tour import stage, standing
from reprlearn.ui.tour.figures import LEGEND_PX, draw
from reprlearn.ui.tour.navigation import Onward
from reprlearn.ui.tour.questions import Question
from reprlearn.viz.bands import band_changes
from reprlearn.viz.style import role

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.runs import Run
    from reprlearn.ui.tied_vs_untied.scored import Scored

HEIGHT_PX = 372
OPTIONS = ("rare", "frequent", "all", "none")
"""Where a run may predict better than its twin; "some" is an answer that nobody is asked to guess."""


def ask() -> Question:
    """Which words gain by the augmented loss, or where no run has it, by tying."""
    found = standing.surely_scored(family())
    changes = found.about(changes_by_band)
    asked = found.others[-1]
    where = gaining(changes[asked])
    options = {name: t(f"tour.rare_words.option.{name}") for name in OPTIONS}
    return Question(
        text=t("tour.ask.rare_words", run=as_text(asked), reference=as_text(found.reference.name)),
        options=options if where in options else {**options, where: t(f"tour.rare_words.option.{where}")},
        right=where,
    )


def show() -> Onward:
    """The change in every band, of each twin."""
    found = standing.surely_scored(family())
    changes = found.about(changes_by_band)
    stage.finding(finding(found, changes))
    first = next(iter(changes.values()))
    roles = {run.name: role(run.card.tied) for run in found.runs}
    figure = band_changes(
        changes, labels(first), roles=roles, title="", reference=found.reference.name,
        axis_titles=(t("bands.axis.band"), t("bands.axis.change")), theme=widgets.theme(),
    )  # fmt: skip
    alt = t("bands.alt", title="; ".join(found.others))
    draw(figure, "tour_bands", alt=alt, height_px=HEIGHT_PX, top_px=LEGEND_PX)
    return Onward(t("tour.rare_words.try"), "tied_vs_untied", {RUNS_KEY: list(found.names)})


def family() -> list[Run]:
    """A run, its tied twin and its twin with the augmented loss, those of them that there are; `NotHere` without twins."""
    there = loaders.runs_with("Predicts")
    tied, augmented = tied_twins(there), augmented_twins(there)
    if not tied and not augmented:
        standing.tied_pairs()  # says what is missing
    # The pairs that start from one run, if some do.
    base = next((pair.without for pair in augmented if pair.without in [each.without for each in tied]), None)
    base = base or (augmented or tied)[0].without
    names = [base.name, *(next((p.having.name for p in of if p.without is base), None) for of in (tied, augmented))]
    return [loaders.run(name) for name in names if name]


def gaining(changes: pd.DataFrame) -> str:
    """Where a run predicts surely better: "all" bands, "none", only the "rare" ones (the lowest few), only the "frequent" ones
    (the highest few), or "some" others. <unk>, which is no word, does not count.
    """
    better = [row["verdict"] == "less" for row in _words(changes).to_dict("records")]
    n = sum(better)
    if n in (0, len(better)):
        return "none" if n == 0 else "all"
    if all(better[:n]):
        return "rare"
    return "frequent" if all(better[-n:]) else "some"


def said(run: str, changes: pd.DataFrame) -> str:
    """In which bands a run predicts better than its twin, in which worse; what is neither cannot be told."""
    words = _words(changes)
    # Neighbouring bands of one verdict are one band.
    run_of = (words["verdict"] != words["verdict"].shift()).cumsum()
    joined = words.groupby(run_of, as_index=False).agg(
        low=("low", "first"), high=("high", lambda ends: ends.iloc[-1]), verdict=("verdict", "first")
    )
    parts = []
    for verdict in ("less", "more"):
        bands = labels(joined.loc[joined["verdict"] == verdict])
        if bands:
            parts.append(t(f"tour.rare_words.{verdict}", bands=as_text("; ".join(bands))))
    return t("tour.rare_words.said", run=as_text(run), parts=", ".join(parts) or t("tour.rare_words.nowhere"))


def finding(found: Scored, changes: dict[str, pd.DataFrame]) -> str:
    """Each run in a sentence."""
    return " · ".join(said(name, changes[name]) for name in found.others)


def _words(changes: pd.DataFrame) -> pd.DataFrame:
    return changes.loc[changes["low"].notna()]
