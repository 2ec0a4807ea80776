"""The runs of the page whose validation text was scored token by token, and what to do about those that were not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from reprlearn.ui import loaders, token_scores
from reprlearn.ui.text import as_text, small, t

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.runs import Run
    from reprlearn.ui.tied_vs_untied.controls import View

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Scored:
    """Runs over one text with one vocabulary, and their tokens' scores (to read only)."""

    runs: tuple[Run, ...]
    reference: Run
    scores: dict[str, pd.DataFrame]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(run.name for run in self.runs)

    @property
    def others(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if name != self.reference.name)

    def about(self, what: Callable[[Scored], Answer]) -> Answer:
        """`what(self)`, cached for all visitors by the runs' scores; `what` is a function of a module."""
        return _about(f"{what.__module__}.{what.__name__}", self.reference.name, _stamps(self.runs), what, self)


def scored(view: View, *, offer: bool, one_text: bool = True) -> Scored | None:
    """The runs that can be shown; for each of the others a line that says why it is not, with a button where it can be helped.

    offer:     draw the button that scores a run; where another panel of the same part has it, a line is enough
    one_text:  leave out runs whose tokens are not those of the first: they cannot be paired
    None where no run is left.
    """
    there: dict[str, pd.DataFrame] = {}
    for run in view.runs:
        scores = token_scores.of(run)
        if scores is not None:
            there[run.name] = scores
        elif offer:
            _offer(run)
        else:
            st.markdown(small(t("scores.unscored", run=as_text(run.name))))
    if not there:
        return None
    runs = [run for run in view.runs if run.name in there]
    reference = view.reference if view.reference.name in there else runs[0]
    if one_text:
        for run in [run for run in runs if not _alike(run, reference)]:
            st.markdown(small(t("scores.other_text", run=as_text(run.name), reference=as_text(reference.name))))
            runs.remove(run)
    return Scored(tuple(runs), reference, {run.name: there[run.name] for run in runs})


def alike(found: Scored) -> Scored:
    """Those of the runs whose tokens are the reference's, and so can be paired with it."""
    runs = tuple(run for run in found.runs if _alike(run, found.reference))
    return Scored(runs, found.reference, {run.name: found.scores[run.name] for run in runs})


def by_verdict(rows: Sequence[dict[Any, Any]]) -> dict[str, list[dict[Any, Any]]]:
    """{"less", "more", "none": the rows with this verdict}, verdicts without a row left out."""
    found = {verdict: [row for row in rows if row["verdict"] == verdict] for verdict in ("less", "more", "none")}
    return {verdict: of for verdict, of in found.items() if of}


def _alike(run: Run, reference: Run) -> bool:
    return run.card.corpus.content_hash == reference.card.corpus.content_hash


def _offer(run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(small(t("scores.missing", run=as_text(run.name))))
        pressed = st.button(
            t("scores.make", run=as_text(run.name)), key=f"score_{run.name}", icon=":material/calculate:"
        )
    if pressed:
        try:
            with st.spinner(t("scores.making", run=as_text(run.name))):
                token_scores.make(run)
        except (OSError, ValueError) as error:
            st.error(t("scores.failed", run=as_text(run.name), reason=as_text(error)), icon=":material/error:")
        else:
            st.rerun()


def _stamps(runs: Sequence[Run]) -> tuple[loaders.Stamp, ...]:
    return tuple(token_scores.stamp(run) for run in runs)


@st.cache_data(max_entries=64, show_spinner=False)
def _about(
    name: str, reference: str, stamps: tuple[loaders.Stamp, ...], _what: Callable[[Scored], Any], _found: Scored
) -> Any:
    return _what(_found)
