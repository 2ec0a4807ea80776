"""What a visitor asks to see. Every choice is a query parameter, so a link reopens the view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from reprlearn.analysis.leading_words import has_counts
from reprlearn.analysis.places import has_places
from reprlearn.analysis.projection import ProjectionConfig
from reprlearn.analysis.reduction import MIN_WORDS
from reprlearn.runs import Run
from reprlearn.ui import loaders, widgets
from reprlearn.ui.embedding_space.kinds import of_events, said
from reprlearn.ui.frame import OTHER_KEY, RUN_KEY
from reprlearn.ui.links import in_link
from reprlearn.ui.presenting import px
from reprlearn.ui.text import as_text, t
from reprlearn.viz.maps import Colour

MAPS: dict[str, tuple[Literal["umap", "pca"], Literal[2, 3]]] = {
    "umap2": ("umap", 2),
    "umap3": ("umap", 3),
    "pca2": ("pca", 2),
    "pca3": ("pca", 3),
    "places": ("umap", 2),
    "places_pca": ("pca", 2),
}
PLACES = ("places", "places_pca")  # beside the map, the same event types by longitude and latitude
COLOURS: tuple[Colour, ...] = ("cluster", "log_frequency", "norm", "overlap")
ALONE: tuple[Colour, ...] = COLOURS[:3]  # without the colour that needs two sides
COUNTS = (0, 1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000)
NO_LIMIT = 10**12
STORED = ProjectionConfig(method="umap", n_dims=2)
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
    """A complete question to the page: one side, or two to compare.

    places: whether the event types of the one side are drawn once more, where they are on the globe
    """

    sides: tuple[Side, ...]
    config: ProjectionConfig
    colour: Colour
    counts: tuple[int, int]
    places: bool = False

    @property
    def comparing(self) -> bool:
        return len(self.sides) == 2

    @property
    def n_maps(self) -> int:
        return len(self.sides) + self.places


def view() -> tuple[View, DeltaGenerator, DeltaGenerator]:
    """Draw the controls. Returns what they ask for; the place of the heading; the row of controls that has room for more
    (the second, comparing). A run with too few words for a map is said to be one, and the page stops.
    """
    asked = widgets.asked("map", "colour", "band", "compare", "matrix", "other_matrix")
    with st.container(horizontal=True, vertical_alignment="center"):
        heading = st.container()
        comparing = st.toggle(t("embedding_space.compare"), key="compare", bind="query-params", width="content")
        more = st.popover(t("embedding_space.more"), icon=":material/tune:")
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with row:
        run = widgets.run_picker("Embeds", RUN_KEY)
        which = _matrix(run, "matrix")
        place = _choice("map", _maps(run, comparing), 175 if of_events(run) else 150)
        colour = _choice("colour", _colours(run, comparing), 175)
    with more:
        counts, config = _advanced(run, *MAPS[place])
    sides = [Side(run, which)]
    if comparing:
        row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
        with row:
            other = widgets.run_picker("Embeds", OTHER_KEY, label=t("run.label.other"), default=_twin(run))
            sides.append(Side(other, _matrix(other, "other_matrix")))
    widgets.say_ignored(asked, "embedding_space")
    _enough_words(sides)
    return View(tuple(sides), config, colour, counts, places=place in PLACES), heading, row


def _colours(run: Run, comparing: bool) -> tuple[Colour, ...]:
    """What points can be coloured by: not by frequency, where that is not known."""
    colours = COLOURS if comparing else ALONE
    return colours if has_counts(run) else tuple(each for each in colours if each != "log_frequency")


def _twin(run: Run) -> str | None:
    """What a run of events is first compared with: another one of its log, whose event types it shares."""
    same = [each.name for each in loaders.runs_with("Embeds") if each.card.corpus.name == run.card.corpus.name]
    return next((name for name in same if name != run.name), run.name) if of_events(run) else None


def _maps(run: Run, comparing: bool) -> tuple[str, ...]:
    """The maps to choose from; the globe, which takes the place of a second side, where the event types are places."""
    if comparing or not of_events(run) or not has_places(run):
        return tuple(each for each in MAPS if each not in PLACES)
    return tuple(MAPS)


def _enough_words(sides: Sequence[Side]) -> None:
    for side in sides:
        if len(side.run.vocabulary) < MIN_WORDS:
            st.info(said(side.run, "embedding_space.too_few", run=as_text(side.run.name), n=len(side.run.vocabulary)))
            st.stop()


def _matrix(run: Run, key: str) -> str:
    """The matrix to show. Where there is one only, the heading says so and nothing is asked."""
    if len(run.card.distinct_matrices) > 1:
        return widgets.matrix_picker(run, key)
    return next(iter(run.card.matrices))


def _choice(name: str, options: Sequence[Choice], width: int) -> Choice:
    def draw() -> Choice:
        return st.selectbox(
            t(f"embedding_space.{name}"), options, format_func=lambda each: t(f"embedding_space.{name}.{each}"), key=name,
            width=px(width),
        )  # fmt: skip

    return in_link(name, {option: option for option in options}, draw)


def _advanced(run: Run, method: str, n_dims: Literal[2, 3]) -> tuple[tuple[int, int], ProjectionConfig]:
    """Frequency band and UMAP's parameters."""
    ends = (*COUNTS, NO_LIMIT)
    low, high = ends[0], ends[-1]
    if has_counts(run):
        low, high = st.select_slider(
            said(run, "embedding_space.band"), ends, value=(low, high), key="band", bind="query-params",
            format_func=lambda n: "∞" if n == NO_LIMIT else f"{n:,}", help=said(run, "embedding_space.band.help"),
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
