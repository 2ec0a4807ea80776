"""What a visitor asks to see: the runs to compare, and the part of the page. Every choice is a query parameter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.twins import augmented_gain
from reprlearn.ui import loaders, widgets
from reprlearn.ui.frame import RUN_KEY, RUNS_KEY
from reprlearn.ui.links import buttons
from reprlearn.ui.several_runs import several_runs
from reprlearn.ui.text import as_text, t
from reprlearn.viz.style import role

if TYPE_CHECKING:
    from reprlearn.runs import Card, Run

CAPABILITY = "Predicts"
PARTS = ("answer", "words", "matrices", "film", "seeds", "sizes", "small")
FIRST_CHOICE = ("lstm-untied", "lstm-tied", "lstm-untied-al", "lstm-tied-al")
FEWEST, MOST = 2, 6


@dataclass(frozen=True)
class View:
    """The runs compared, in the visitor's order, and the part of the page that is open.

    reference: what the others are held against: the first untied run without the augmented loss, else the first run.
    roles:     {run name: role of `viz.style`}, for all figures on the page.
    """

    runs: tuple[Run, ...]
    reference: Run
    roles: dict[str, str]
    part: str


def part() -> str:
    """Which part of the page is open."""

    return buttons("part", PARTS, "tied.part")


def choose(opened: str = PARTS[0]) -> View:
    """The runs to compare, two or more; where the link asks for none, those of `start`. The page stops with fewer."""
    there = loaders.runs_with(CAPABILITY)
    names = [run.name for run in there]
    if not names:
        widgets.no_runs()
        st.stop()
    asked = widgets.asked(RUNS_KEY)
    listed = [name for name in dict.fromkeys(asked[RUNS_KEY]) if name in names]
    first = listed if asked[RUNS_KEY] else start(there, st.query_params.get(RUN_KEY))
    chosen = several_runs(
        first,
        lambda: st.multiselect(
            t("tied.runs"), names, key=RUNS_KEY, bind="query-params", max_selections=MOST,
            help=t("tied.runs.help", n=MOST),
        ),
    )  # fmt: skip
    # A client may send anything.
    chosen = [name for name in dict.fromkeys(chosen) if name in names][:MOST]
    widgets.say_ignored(asked, "tied_vs_untied")
    if len(chosen) < FEWEST:
        st.info(t("tied.runs.more") if len(names) >= FEWEST else t("tied.runs.one", run=as_text(names[0])))
        st.stop()
    runs = tuple(widgets.open_run(name) for name in chosen)
    reference = reference_of(runs)
    return View(runs, reference, {run.name: role(run.card.tied) for run in runs}, opened)


def start(there: Sequence[Run], asked: str | None) -> list[str]:
    """The runs compared at first: the shipped twins; for a run that a link brings along, those that are like it."""
    names = [run.name for run in there]
    shipped = [name for name in FIRST_CHOICE if name in names]
    own = next((run for run in there if run.name == asked), None)
    if len(shipped) >= FEWEST and (own is None or own.name in shipped):
        return shipped
    families = (family(run, there) for run in ([own] if own else there))
    found = next(
        (each for each in families if len(each) >= FEWEST), [*([own.name] if own else []), *(shipped or names)]
    )
    # The run that was asked for is among them, however many there are.
    kept = [name for name in dict.fromkeys(found) if own is None or name != own.name]
    kept = kept[: MOST - 1] if own else kept[:MOST]
    return [name for name in dict.fromkeys(found) if name in kept or (own is not None and name == own.name)]


def family(run: Run, there: Sequence[Run]) -> list[str]:
    """The runs that learned the same words from the same data; of the same architecture, where there are two of it."""
    alike = [each for each in there if _corpus(each.card) == _corpus(run.card)]
    twins = [each.name for each in alike if each.card.architecture == run.card.architecture]
    return twins if len(twins) >= FEWEST else [each.name for each in alike]


def reference_of(runs: Sequence[Run]) -> Run:
    """The first untied run without the augmented loss, else the first run."""
    return next((run for run in runs if run.card.tied is False and not augmented_gain(run.card)), runs[0])


def _corpus(card: Card) -> tuple[str, int]:
    return card.corpus.content_hash, card.corpus.n_words


def held_against(view: View) -> str:
    """What differences are taken to, and whether the runs can be compared by their losses at all; Markdown."""
    said = t("tied.reference", run=as_text(view.reference.name))
    same = len({_corpus(run.card) for run in view.runs}) == 1
    return said if same else f"{said} {t('tied.corpora')}"
