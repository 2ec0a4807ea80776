"""Calibration: do the models know how sure they may be?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.ui import widgets
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.tied_vs_untied.scored import Scored, alike, scored
from reprlearn.viz.calibration import calibration_gaps
from reprlearn.viz.text import plain

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.tied_vs_untied.controls import View


def show(view: View) -> None:
    """How far off each run is at each degree of sureness. Runs over other texts are shown as well: the scale is the same."""
    found = scored(view, offer=False, one_text=False)
    if found is None:
        return
    errors = found.about(errors_of)
    said = title(errors)
    figure = calibration_gaps(
        found.about(tables), roles=view.roles, title=said,
        axis_titles=(t("calibration.axis.confidence"), t("calibration.axis.gap")),
        sides=(t("calibration.above"), t("calibration.below")), theme=widgets.theme(),
    )  # fmt: skip
    widgets.show(figure, "calibration", alt=t("calibration.alt", title=said))
    shares = " ".join(
        t("calibration.said", run=as_text(row["run"]), accuracy=f"{row['accuracy']:.1%}", confidence=f"{row['confidence']:.1%}")
        for row in errors.to_dict("records")
    )  # fmt: skip
    st.markdown(small(t("calibration.note", said=shares)))


def tables(found: Scored) -> dict[str, pd.DataFrame]:
    """{run: `analysis.calibration.calibration`}."""
    from reprlearn.analysis.calibration import calibration

    return {name: calibration(table) for name, table in found.scores.items()}


def errors_of(found: Scored) -> pd.DataFrame:
    """run, error, accuracy, confidence, the smallest error first; ahead: whether the first is surely ahead of this one.

    ahead: by the 95 % interval of the paired difference; of a run over another text, which cannot be paired, False.
    """
    import pandas as pd

    from reprlearn.analysis.calibration import calibration_error, error_difference

    rows = [
        {"run": name, "error": calibration_error(table), "accuracy": float(table["hit"].to_numpy(float).mean()),
         "confidence": float(table["top_probability"].to_numpy(float).mean())}
        for name, table in found.scores.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: row["error"])
    best, paired = rows[0]["run"], alike(found).scores
    for row in rows:
        both = row["run"] != best and {best, row["run"]} <= set(paired)
        row["ahead"] = both and error_difference(paired[best], paired[row["run"]]).verdict == "less"
    return pd.DataFrame(rows)


def title(errors: pd.DataFrame) -> str:
    """Which run is best calibrated, where the intervals tell it from the next one."""
    rows = errors.to_dict("records")
    best = rows[0]
    if len(rows) == 1:
        return t("calibration.one", run=plain(best["run"]), error=f"{best['error']:.1%}")
    named = {row["run"]: t("calibration.run", run=plain(row["run"]), error=f"{row['error']:.1%}") for row in rows}
    level = [named[row["run"]] for row in rows if not row["ahead"]]
    behind = [named[row["run"]] for row in rows if row["ahead"]]
    if not behind:
        return t("calibration.level", runs=", ".join(level))
    key = "calibration.better" if len(level) == 1 else "calibration.better.several"
    return t(key, best=", ".join(level), others=", ".join(behind))
