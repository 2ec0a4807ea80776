"""The gallery: all runs, group by group, and the folders that cannot be opened. Reads cards, never weights."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from reprlearn import jobs
from reprlearn.runs import BrokenRun, Run
from reprlearn.runs.store import PARTIAL_SUFFIX
from reprlearn.ui import cards
from reprlearn.ui.frame import PAGES, link
from reprlearn.ui.links import buttons
from reprlearn.ui.text import as_text, small, t

# The first that a run can do says what it is, of runs of text; what can none of it is a table of vectors.
KINDS = {"classifiers": "Classifies", "text": "Predicts", "contextual": "Contextual"}
GROUPS = ("text", "vectors", "contextual", "classifiers", "imported")
EVENTS = "events/"  # of the name of a log's group
ORDERS = ("quality", "size", "name")
CARD_PX = 270


def show(runs: Sequence[Run], broken: Sequence[BrokenRun]) -> None:
    """Runs group by group, by what they are for, then folders that are none, in as many columns as the window holds.

    A card shows what runs are told apart by; the rest, and the ways to the pages that show the run, open from it.
    """
    groups: dict[str, list[Run]] = {}
    for run in runs:
        groups.setdefault(_group(run), []).append(run)
    order = _order() if len(runs) > 1 else ORDERS[0]
    named = {name: t(f"home.gallery.{name}") for name in GROUPS}
    logs = sorted(groups.keys() - named.keys())
    named |= {log: t("home.gallery.events", log=as_text(log.removeprefix(EVENTS))) for log in logs}
    for name in (*GROUPS[:-1], *logs, GROUPS[-1]):
        if name in groups:
            if len(groups) > 1:
                st.markdown(f"**{named[name]}**")
            _grid([(cards.card, run) for run in sorted(groups[name], key=lambda run: _place(run, order))])
    _grid([(_broken_card, folder) for folder in broken])


def _group(run: Run) -> str:
    """Which group of the gallery a run stands in: one of `GROUPS`, or that of its log."""
    card = run.card
    if card.imported is not None:
        return "imported"
    if card.corpus.kind == "events":
        return EVENTS + card.corpus.name
    does = set(card.capabilities)
    return next((name for name, capability in KINDS.items() if capability in does), "vectors")


def _order() -> str:
    return buttons("sorted", ORDERS, "home.order")


def _place(run: Run, order: str) -> tuple[Any, ...]:
    """Where a run stands among its group. By quality, runs of one data and vocabulary stand together: others do not compare."""
    card = run.card
    if order == "quality":
        return card.corpus.name, card.corpus.n_words, _badness(run), run.name
    return (card.n_parameters, run.name) if order == "size" else (run.name,)


def _badness(run: Run) -> float:
    """The less, the better among its kind: by the number that its card shows."""
    test = run.card.metrics.get("test", {})
    if cards.is_word_vectors(run):  # their losses are of other objectives
        agrees = cards.agreement(run, "wordsim353")
        return math.inf if agrees is None else -agrees
    if cards.is_classifier(run) and "accuracy" in test:
        return -test["accuracy"]
    return test.get("loss", math.inf)


def _grid(shown: Sequence[tuple[Callable[[Any], None], Any]]) -> None:
    """Cards side by side, each drawn by its own function."""
    if not shown:
        return
    with st.grid(min_column_width=CARD_PX, gap="small"):
        for draw, what in shown:
            with st.container(border=True, height="stretch"):
                draw(what)


def _broken_card(folder: BrokenRun) -> None:
    if folder.name.endswith(PARTIAL_SUFFIX):
        name = folder.name.removesuffix(PARTIAL_SUFFIX)
        st.subheader(as_text(name), anchor=False)
        st.badge(t("home.unfinished"), color="gray", icon=":material/hourglass_empty:")
        if name in [job.name for job in jobs.read_all()[0]]:
            (train,) = (page for page in PAGES if page.name == "train")
            link(train, {"part": "watch", "job": name}, label=t("train.home"))
        else:
            st.markdown(t("home.unfinished.help"))
        return
    st.subheader(as_text(folder.name), anchor=False)
    if folder.is_root:
        st.badge(t("home.unreachable"), color="red", icon=":material/cloud_off:")
        st.markdown(as_text(folder.reason.removeprefix(f"{folder.name}: ")))
        st.markdown(small(t("home.unreachable.help")))
        return
    st.badge(t("home.broken"), color="red", icon=":material/broken_image:")
    # The reason names the folder first; the card already does.
    st.markdown(as_text(folder.reason.removeprefix(f"{folder.name}: ")))
    st.markdown(small(t("home.broken.help")))
