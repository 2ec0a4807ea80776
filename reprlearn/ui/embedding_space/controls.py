"""What a visitor asks to see. Every choice is a query parameter, so a link reopens the view."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from reprlearn.analysis.projection import ProjectionConfig
from reprlearn.runs import Run
from reprlearn.ui import widgets
from reprlearn.ui.frame import OTHER_KEY, RUN_KEY
from reprlearn.ui.links import in_link
from reprlearn.ui.text import as_text, t
from reprlearn.viz.maps import Colour

MAPS: dict[str, tuple[Literal["umap", "pca"], Literal[2, 3]]] = {
    "umap2": ("umap", 2),
    "umap3": ("umap", 3),
    "pca2": ("pca", 2),
    "pca3": ("pca", 3),
}
COLOURS: tuple[Colour, ...] = ("cluster", "log_frequency", "norm", "overlap")
ALONE: tuple[Colour, ...] = COLOURS[:3]  # without the colour that needs two sides
COUNTS = (0, 1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000)
NO_LIMIT = 10**12
STORED = ProjectionConfig(method="umap", n_dims=2)
WORD = "word"
Choice = TypeVar("Choice", bound=str)


@dataclass(frozen=True)
class Side:
    """One matrix of one run."""

    run: Run
    which: str

    @property
    def tensor(self) -> str:
        """The weights behind it; equal for both names of a tied matrix."""
        return self.run.card.matrices[self.which]

    @property
    def name(self) -> str:
        """ "lstm-untied, input", or the run alone where it has one matrix."""
        if len(self.run.card.distinct_matrices) < 2:
            return self.run.name
        return t("embedding_space.side", run=self.run.name, matrix=t(f"matrix.{self.which}").lower())


@dataclass(frozen=True)
class View:
    """A complete question to the page: one side, or two to compare."""

    sides: tuple[Side, ...]
    config: ProjectionConfig
    colour: Colour
    counts: tuple[int, int]

    @property
    def comparing(self) -> bool:
        return len(self.sides) == 2


def view() -> tuple[View, DeltaGenerator, DeltaGenerator]:
    """Draw the controls. Returns what they ask for; the place of the heading; the row of controls that has room for more
    (the second, comparing)."""
    asked = widgets.asked("map", "colour", "band", "compare", "matrix", "other_matrix")
    with st.container(horizontal=True, vertical_alignment="center"):
        heading = st.container()
        comparing = st.toggle(t("embedding_space.compare"), key="compare", bind="query-params", width="content")
        more = st.popover(t("embedding_space.more"), icon=":material/tune:")
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with row:
        run = widgets.run_picker("Embeds", RUN_KEY)
        which = _matrix(run, "matrix")
        place = _choice("map", tuple(MAPS), 150)
        colour = _choice("colour", COLOURS if comparing else ALONE, 175)
    with more:
        counts, config = _advanced(*MAPS[place])
    sides = [Side(run, which)]
    if comparing:
        row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
        with row:
            other = widgets.run_picker("Embeds", OTHER_KEY, label=t("run.label.other"))
            sides.append(Side(other, _matrix(other, "other_matrix")))
    widgets.say_ignored(asked, "embedding_space")
    return View(tuple(sides), config, colour, counts), heading, row


def _matrix(run: Run, key: str) -> str:
    """The matrix to show. Where there is one only, the heading says so and nothing is asked."""
    if len(run.card.distinct_matrices) > 1:
        return widgets.matrix_picker(run, key)
    return next(iter(run.card.matrices))


def _choice(name: str, options: Sequence[Choice], width: int) -> Choice:
    def draw() -> Choice:
        return st.selectbox(
            t(f"embedding_space.{name}"), options, format_func=lambda each: t(f"embedding_space.{name}.{each}"), key=name,
            width=width,
        )  # fmt: skip

    return in_link(name, {option: option for option in options}, draw)


def _advanced(method: str, n_dims: Literal[2, 3]) -> tuple[tuple[int, int], ProjectionConfig]:
    """Frequency band and UMAP's parameters."""
    ends = (*COUNTS, NO_LIMIT)
    low, high = st.select_slider(
        t("embedding_space.band"), ends, value=(ends[0], ends[-1]), key="band", bind="query-params",
        format_func=lambda n: "∞" if n == NO_LIMIT else f"{n:,}", help=t("embedding_space.band.help"),
    )  # fmt: skip
    if method == "pca":
        st.caption(t("embedding_space.pca.help"))
        return (low, high), ProjectionConfig(method="pca", n_dims=n_dims)
    st.markdown(t("embedding_space.umap"))
    n_neighbors = st.slider(
        t("embedding_space.n_neighbors"), 2, 100, STORED.n_neighbors, key="n_neighbors", bind="query-params",
        help=t("embedding_space.n_neighbors.help"),
    )  # fmt: skip
    min_dist = st.slider(
        t("embedding_space.min_dist"), 0.0, 0.95, STORED.min_dist, 0.05, key="min_dist", bind="query-params",
        help=t("embedding_space.min_dist.help"),
    )  # fmt: skip
    seed = st.number_input(t("embedding_space.seed"), 0, 9_999, STORED.seed, key="seed", bind="query-params")
    # The widgets' limits hold in the browser only.
    n_neighbors, min_dist = min(max(int(n_neighbors), 2), 100), min(max(float(min_dist), 0.0), 0.95)
    return (low, high), ProjectionConfig(
        method="umap", n_dims=n_dims, n_neighbors=n_neighbors, min_dist=min_dist, seed=int(seed)
    )


def search(run: Run) -> tuple[str | None, int | None]:
    """The search field: (what is typed, its word id or None when the run does not know it)."""
    typed = st.selectbox(
        t("embedding_space.word"), run.vocabulary.words, index=None, key=WORD, bind="query-params", accept_new_options=True,
        filter_mode="prefix", placeholder=t("embedding_space.word.placeholder"), icon=":material/search:",
    )  # fmt: skip
    if not typed:
        return None, None
    for form in (typed.strip(), typed.strip().lower()):
        if form in run.vocabulary:
            return form, run.vocabulary.id(form)
    _suggest(run, typed)
    return typed, None


def go_to(word: str) -> None:
    """Search another word; for callbacks, which run before the search field is drawn."""
    st.session_state[WORD] = word


def _suggest(run: Run, typed: str) -> None:
    n_words = f"{len(run.vocabulary):,}"
    st.warning(t("embedding_space.unknown", word=as_text(typed[:60]), n_words=n_words, run=as_text(run.name)))
    close = close_words(run.vocabulary.words, typed[:60].lower())
    if close:
        st.caption(t("embedding_space.close"))
        with st.container(horizontal=True, gap="xsmall"):
            for word in close:
                st.button(as_text(word), on_click=go_to, args=(word,), key=f"close-{word}", type="tertiary")


@st.cache_data(max_entries=256, show_spinner=False)
def close_words(_words: tuple[str, ...], typed: str) -> list[str]:
    """Up to five words spelled much like `typed`, of equally close ones those that come first (the frequent ones)."""
    close = set(difflib.get_close_matches(typed, _words, n=100, cutoff=0.7))
    # Rated in the direction get_close_matches rates, which is not symmetrical.
    rated = [(difflib.SequenceMatcher(None, word, typed).ratio(), word) for word in _words if word in close]
    return [word for _, word in sorted(rated, key=lambda each: -each[0])[:5]]
