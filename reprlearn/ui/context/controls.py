"""What a visitor asks to see: the part of the page, a run that can show it, a word, a layer. Every choice is a query parameter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.typed import Typed, read_typed
from reprlearn.ui import loaders, widgets
from reprlearn.ui.context import missing
from reprlearn.ui.embedding_space.search import WORD, search
from reprlearn.ui.frame import RUN_KEY
from reprlearn.ui.links import buttons, in_link
from reprlearn.ui.text import as_text, small, t

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from reprlearn.runs import Run

NEEDS = {
    "occurrences": "Contextual", "pair": "Contextual", "spread": "Contextual", "attention": "Attends", "blank": "FillsBlanks",
}  # fmt: skip
PARTS = tuple(NEEDS)
MAX_CHARACTERS = 600
"""Of a typed sentence; percent-encoded it still fits into a link."""
FIRST_WORDS = ("like", "good", "great")
"""The word a visitor finds at first, where a run knows it: common, and of several senses."""
MOST_BUTTONS = 6
"""Layers that have room for a button each."""
REPLACED = "context_replaced"  # the run that a part had no use for


ROWS = {
    "occurrences": (0.95, 1.22, 1.63, 1.1, 1), "pair": (1, 1.8, 1.8), "spread": (1, 1, 1.6), "attention": (1, 2.3, 1.5),
    "blank": (1, 3.6),
}  # fmt: skip
"""Widths of the controls of each part, the run's first."""


@dataclass(frozen=True)
class View:
    """The part that is open, the run it shows, and the places beside the run's for the controls of the part."""

    part: str
    run: Run
    places: tuple[DeltaGenerator, ...]

    @property
    def n_layers(self) -> int:
        """Layers whose vectors can be looked at: what goes into the first one, and what comes out of each."""
        return int(self.run.card.recipe["model"]["n_layers"]) + 1


def part() -> str:
    """Which part of the page is open."""

    return buttons("part", PARTS, "context.part")


def choose(opened: str) -> View:
    """The run for a part; where there is none that could show it, the page says how to train one, and stops."""
    capability = NEEDS[opened]
    names = [run.name for run in loaders.runs_with(capability)]
    if not names:
        missing.stop(capability)
    first = first_choice(capability)
    replaced = _keep_to(names, first)
    place, *places = st.columns(ROWS[opened], gap="small")
    with place:
        run = widgets.run_picker(capability, RUN_KEY, default=first, say_unfit=replaced is None)
    if replaced:
        st.markdown(small(t(f"context.replaced.{capability}", run=as_text(replaced), shown=as_text(run.name))))
    with widgets.opening(run):
        _ = run.vocabulary, run.recipe
    return View(opened, run, tuple(places))


def _keep_to(names: list[str], stand_in: str) -> str | None:
    """Let `stand_in` take the place of a run that this part has no use for, and give the place back in a part that has, unless
    the visitor has chosen another meanwhile; returns the name of a run that has had to give way.

    names: of the runs this part has a use for.
    """
    state = st.session_state
    asked = st.query_params.get(RUN_KEY, state.get(RUN_KEY))
    away, instead = state.pop(REPLACED, (None, None))
    away = away if asked == instead else None
    if away in names:
        return _show(str(away))
    if asked not in names and asked in [run.name for run in loaders.runs_with(NEEDS["occurrences"])]:
        away, asked = away or asked, stand_in
        _show(stand_in)
    if away is not None:
        state[REPLACED] = (away, asked)
    return away


def _show(name: str) -> None:
    if RUN_KEY not in st.session_state:  # the picker has not been drawn yet, and would begin with what the link says
        st.query_params.pop(RUN_KEY, None)
    st.session_state[RUN_KEY] = name


def first_choice(capability: str) -> str:
    """The run that can do most of what the page shows, of those with the capability, of which there is one."""
    wanted = set(NEEDS.values())
    return max(loaders.runs_with(capability), key=lambda run: len(wanted.intersection(run.card.capabilities))).name


def word(view: View) -> int | None:
    """The search field; the id of the word, or None where there is none, which the page has said then."""
    if WORD not in st.session_state and WORD not in st.query_params:
        st.session_state[WORD] = first_word(view.run)
    _, word_id = search(view.run, narrow=True)
    return word_id


def first_word(run: Run) -> str:
    """A common word that the run knows."""
    words = run.vocabulary.words
    known = [word for word in FIRST_WORDS if word in run.vocabulary]
    plain = (word for word in words if word.isalpha() and len(word) > 2)
    return known[0] if known else next(plain, words[-1])


def layer(view: View) -> int:
    """The layer to look at, the last one at first."""
    last = view.n_layers - 1
    names = {each: str(each) for each in (last, *range(last))}
    if st.session_state.get("layer") not in names:  # of a run that has more
        st.session_state.pop("layer", None)

    def draw() -> int | None:
        if len(names) > MOST_BUTTONS:
            return st.select_slider(t("context.layer"), sorted(names), key="layer", help=t("context.layer.help"))
        return st.segmented_control(
            t("context.layer"), sorted(names), required=True, key="layer", help=t("context.layer.help"),
            format_func=lambda each: str(each),
        )  # fmt: skip

    return in_link("layer", names, draw)


def sentence(run: Run, key: str, first: str, *, most: int | None = None) -> Typed:
    """A sentence to type, as the run reads it; `say_unread` says what of that is left out."""
    linked = st.query_params.get(key, "")
    text = st.text_input(
        t(f"context.{key}"), first, key=key, bind="query-params", max_chars=MAX_CHARACTERS, help=t("context.sentence.help")
    )  # fmt: skip
    text = text or ""
    if max(len(text), len(linked)) > MAX_CHARACTERS:
        st.warning(t("context.sentence.cut", n=MAX_CHARACTERS))
    return read_typed(run, text[:MAX_CHARACTERS], most)


def say_unread(run: Run, typed: Typed) -> None:
    """The words of a typed sentence that the run does not know, and those it does not read."""
    if typed.unknown:
        words = ", ".join(f":red-badge[{as_text(each)}]" for each in typed.unknown)
        st.markdown(t("context.unknown", run=as_text(run.name), words=words))
    if typed.n_cut:
        n, cut = f"{len(typed):,}", f"{typed.n_cut:,}"
        st.info(t("context.sentence.read", run=as_text(run.name), n=n, cut=cut), icon=":material/content_cut:")
