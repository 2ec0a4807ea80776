"""Step: one matrix instead of two. What each pair of twins saves, and what that does to its perplexity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reprlearn.ui.frame import RUNS_KEY
from reprlearn.ui.text import as_text, t
from reprlearn.ui.tied_vs_untied import twin_table
from reprlearn.ui.tour import stage, standing
from reprlearn.ui.tour.figures import LEGEND_PX, draw
from reprlearn.ui.tour.navigation import Onward
from reprlearn.ui.tour.questions import Question
from reprlearn.viz.twins import twin_costs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reprlearn.analysis.twins import Twins

HEIGHT_PX = 360
UNSCORED = {"difference": np.nan, "lower": np.nan, "upper": np.nan, "verdict": "unknown"}


def ask() -> Question | None:
    """What becomes of the perplexity; None where the first pair was not scored, and there is no answer yet."""
    pairs = standing.tied_pairs()
    row = measured(pairs[0])
    if row["verdict"] == "unknown":
        return None
    return Question(
        text=t("tour.ask.tying", run=as_text(row["pair"]), saved=f"{row['saved']:.0%}"),
        options={verdict: t(f"tour.tying.option.{verdict}") for verdict in ("more", "none", "less")},
        right=row["verdict"],
    )


def show() -> Onward:
    """The cost of every pair, and the change of its perplexity."""
    pairs = standing.tied_pairs()
    table = pd.DataFrame([measured(pair) for pair in pairs])
    stage.finding(finding(table.to_dict("records")))
    figure = twin_costs(
        table, headings=(t("tour.tying.axis.parameters"), t("tour.tying.axis.change")), names=(t("kind.untied"), t("kind.tied")),
        level=t("tour.tying.level"),
    )  # fmt: skip
    draw(figure, "tour_twins", alt=t("tour.tying.alt"), height_px=HEIGHT_PX, top_px=LEGEND_PX)
    return Onward(t("tour.tying.try"), "tied_vs_untied", {RUNS_KEY: [run.name for run in pairs[0]]})


def measured(pair: Twins) -> dict[str, Any]:
    """A pair: pair (what it is called), untied and tied (parameters), saved (share of them), and difference, lower, upper (nats a
    token, of the validation text) and verdict of the tied run's loss less the untied one's, "unknown" where it was not scored.
    """
    untied, tied = (run.card.n_parameters for run in pair)
    found = standing.scored(pair)
    row = found.about(twin_table.losses).to_dict("records")[0] if found else UNSCORED
    return {
        "pair": pair.without.card.architecture, "untied": untied, "tied": tied, "saved": 1 - tied / untied,
        **{name: row[name] for name in UNSCORED},
    }  # fmt: skip


def finding(rows: Sequence[dict[Any, Any]]) -> str:
    """What each pair saves, and whether it predicts better, worse, or neither for sure."""
    said = [
        t(
            f"tour.tying.finding.{row['verdict']}", pair=as_text(row["pair"]), saved=f"{row['saved']:.0%}",
            **standing.perplexity_change(row),
        )
        for row in rows
    ]  # fmt: skip
    return "; ".join(said)
