"""What the panels about matrices share: answers cached for all visitors, names of matrices, titles that wrap.

Answers are keyed by the runs' folders and the times of their files, as in `reprlearn.ui.loaders`, and shared: to read only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import streamlit as st

from reprlearn.analysis import agreement, film, norms, spectrum, tiedness, updates
from reprlearn.runs import RunError
from reprlearn.ui import widgets
from reprlearn.ui.loaders import Stamp, stamp
from reprlearn.ui.text import as_text, small, t
from reprlearn.viz.text import plain
from reprlearn.viz.wrapped_title import wrapped_title

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from reprlearn.runs import Run
    from reprlearn.ui.tied_vs_untied.controls import View

_QUESTIONS: dict[str, Callable[..., Any]] = {
    # One measure at a time: all four of every matrix would keep a visitor waiting.
    "tiedness_by_epoch": lambda run, measure: tiedness.tiedness_by_epoch(run, measures=[measure]),
    "tiedness": lambda run, measure: tiedness.tiedness(run, [measure]),
    "between": lambda measure, *runs: tiedness.between(runs, [measure]),
    "shape_by_epoch": tiedness.shape_by_epoch,
    "run_spectra": spectrum.run_spectra,
    "run_summaries": spectrum.run_summaries,
    "placed_differently": agreement.placed_differently,
    "norm_table": norms.norm_table,
    "row_updates": updates.row_updates,
    "gradient_norms": updates.gradient_norms,
    "under_trained": updates.under_trained,
    "measured_rows": updates.measured_rows,
    "film": film.film,
    "settled": film.settled,
    "along": film.along,
    "film_groups": film.groups,
}
TITLE_CHARACTERS, ONE_LINE_PX, SEVERAL_LINES_PX = 92, 92, 22


def about(question: str, *asked: Any) -> Any:
    """The answer of the function of `reprlearn.analysis` called `question` about runs, and what else it takes."""
    stamps = tuple(stamp(each.path) if hasattr(each, "path") else each for each in asked)
    return _about(stamps, question, asked)


def each_run(view: View, question: str, *how: Any) -> dict[str, Any]:
    """The answer about each run on screen. Where a run's files cannot be read, or do not hold what was asked, the page says so in
    a line and goes on without it.
    """
    found = {}
    for run in view.runs:
        try:
            found[run.name] = about(question, run, *how)
        except (RunError, ValueError) as error:
            st.markdown(small(t("tied.matrices.without", run=as_text(run.name), reason=as_text(error))))
    return found


def matrices_of(runs: Iterable[Run]) -> list[tuple[Run, str]]:
    """The distinct matrices of runs."""
    return [(run, which) for run in runs for which in run.card.distinct_matrices]


def names(runs: Iterable[Run]) -> dict[tuple[str, str], str]:
    """What each distinct matrix is called in a figure: by its run, and of an untied run by which it is."""
    return {
        (run.name, which): plain(run.name)
        if len(run.card.distinct_matrices) == 1 and run.card.tied
        else t(f"tied.matrices.{which}", run=plain(run.name))
        for run, which in matrices_of(runs)
    }


def number(value: float, digits: int = 2, sign: bool = False) -> str:
    """With a true minus, and no "−0.00"."""
    text = f"{round(value, digits) + 0.0:+.{digits}f}" if sign else f"{round(value, digits) + 0.0:.{digits}f}"
    return text.replace("-", "−")


def show(figure: go.Figure, key: str, *, alt: str) -> None:
    """Draw a figure whose title may be long: it is broken into lines, and the figure made higher by them."""
    layout: Any = figure.layout
    title = wrapped_title(layout.title.text or "", legend=layout.showlegend is not False, per_line=TITLE_CHARACTERS)
    if "<br>" in title["title"]["text"]:  # Plotly hangs several lines a little too high
        title["title"]["pad"]["t"] = SEVERAL_LINES_PX
    figure.update_layout(title, height=layout.height + title["margin_t"] - ONE_LINE_PX)
    widgets.show(figure, key, alt=alt)


@st.cache_resource(max_entries=256, show_spinner=False)
def _about(stamps: tuple[Stamp | str | bool, ...], question: str, _asked: tuple[Any, ...]) -> Any:
    return _QUESTIONS[question](*_asked)
