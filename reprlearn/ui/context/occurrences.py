"""One word in many sentences: the map of its occurrences in a layer, the one that is read, those near it, all layers at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.ui import take_away, widgets
from reprlearn.ui.context import controls, layers, loading, nearby, static
from reprlearn.ui.context.colouring import COLOURS, colouring
from reprlearn.ui.linked_maps import linked_maps
from reprlearn.ui.links import in_link, selection_in_link
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import decimal
from reprlearn.viz.occurrence_map import Colours, occurrence_map

if TYPE_CHECKING:
    import numpy as np

    from reprlearn.analysis.occurrences import Around, Occurrences
    from reprlearn.runs import Run
    from reprlearn.ui.context.controls import View

MAP_PX, FEWEST = 400, 3
SPLIT, AT, COLOUR = "texts", "at", "colour_by"
ABOUT = "context_about"  # the word and texts that the chosen occurrence belongs to


@dataclass(frozen=True)
class Scene:
    """A word's occurrences in a run.

    around: the sentence of each.  vectors: (layers, n, width).  layer: the one that is looked at.  chosen: the row of the
        occurrence that is read, or None.
    """

    run: Run
    word_id: int
    split: str
    found: Occurrences
    around: list[Around]
    vectors: np.ndarray
    layer: int
    chosen: int | None = None

    @property
    def word(self) -> str:
        return self.run.vocabulary.words[self.word_id]

    @property
    def here(self) -> np.ndarray:
        """(n, width), in the layer that is looked at."""
        return self.vectors[self.layer]


def show(view: View) -> None:
    """The part, below the controls of the page."""
    scene, by = _choose(view)
    if len(scene.found) < FEWEST:
        few(scene)
        return
    st.markdown(f"**{layers.title(scene, by)}**")
    colours = colouring(scene, by)
    map_place, beside = st.columns([1.75, 1], gap="medium")
    with beside:
        scene = replace(scene, chosen=_picker(scene))
        near = nearby.nearest(scene)
        nearby.read(scene, near)
    with map_place:
        selected = _map(scene, colours, near.highlight, by)
    nearby.selection(scene, selected)
    layers.strip(scene, colours)
    static.show(scene)


def _map(scene: Scene, colours: Colours, highlight: list[int], by: str) -> tuple[int, ...]:
    """The map of the layer; returns the occurrences in the visitor's lasso."""
    points, explained = loading.layout(scene.run, scene.word_id, scene.split, scene.layer)
    points = points.assign(occurrence=range(len(points)), **nearby.labels(scene))
    figure = occurrence_map(
        points, colours, explained_variance=explained, mean_text=t("context.mean"), theme=widgets.theme(),
        uirevision=f"{scene.run.path}/{scene.word_id}/{scene.split}/{scene.layer}",
    )  # fmt: skip
    alt = t("context.map.alt", n=len(points), word=scene.word, run=scene.run.name, layer=scene.layer)
    # Of its own for each set of occurrences: a lasso around some of one word's says nothing of those of another.
    key = f"occurrences-{scene.run.card.corpus.content_hash[:12]}-{scene.word_id}-{scene.split}"

    def draw(selected: Sequence[int] | None) -> tuple[int, ...]:
        return linked_maps(
            [figure], key=key, height=MAP_PX, alt=[alt], filename=f"{scene.run.name}-layer-{scene.layer}",
            highlight=highlight, selected=selected, on_click=_go_to,
        ).selected  # fmt: skip

    selected = selection_in_link("selected", key, draw)
    take_away.figures(
        "occurrences", lambda: [figure], alt=alt, title=f"{as_text(scene.word)}: {layers.title(scene, by)}"
    )
    st.markdown(small(t("context.map.note")))
    return selected


def _choose(view: View) -> tuple[Scene, str]:
    """Word, layer, texts and colour; the page stops where there is no such word or no text."""
    from reprlearn.analysis.texts import splits_of

    word_place, layer_place, texts_place, colour_place = view.places
    with word_place:
        word_id = controls.word(view)
    with layer_place:
        layer = controls.layer(view)
    with texts_place:
        split = _option(SPLIT, splits_of(view.run))
    with colour_place:
        by = _option(COLOUR, COLOURS)
    if word_id is None:
        st.stop()
    try:
        with st.spinner(t("context.reading")), widgets.opening(view.run):
            found = loading.occurrences(view.run, word_id, split)
    except ValueError as error:
        st.error(as_text(error), icon=":material/broken_image:")
        st.stop()
    word = as_text(view.run.vocabulary.words[word_id])
    if found is None:
        if word_id == view.run.vocabulary.end_id:
            st.info(t("context.no_word", word=word))
        else:
            st.info(t("context.nowhere", word=word, texts=t(f"context.texts.{split}")))
        st.stop()
    _forget(view, word_id, split)
    return Scene(view.run, word_id, split, *found, layer), by


def _option(key: str, options: tuple[str, ...]) -> str:
    def draw() -> str | None:
        return st.selectbox(
            t(f"context.{key}"), options, key=key, help=t(f"context.{key}.help"),
            format_func=lambda each: t(f"context.{key}.{each}"),
        )  # fmt: skip

    return in_link(key, {each: each for each in options}, draw)


def _forget(view: View, word_id: int, split: str) -> None:
    """A chosen occurrence is one of this word in these texts, whatever model reads it."""
    about = (view.run.card.corpus.content_hash, word_id, split)
    if st.session_state.get(ABOUT, about) != about:
        st.session_state.pop(AT, None)
    st.session_state[ABOUT] = about


def _picker(scene: Scene) -> int | None:
    """The chosen occurrence as a list to choose from: for the keyboard, and to keep it in the link."""
    columns = scene.found.table["document_id"], scene.found.table["token"]
    # In the link, the text's id and the word's number in it.
    names: dict[int | None, str] = {None: "none"}
    names |= {row: f"{document}:{token}" for row, (document, token) in enumerate(zip(*columns, strict=True))}
    shorts = nearby.labels(scene)["short"]

    def draw() -> int | None:
        return st.selectbox(
            t("context.at"), list(range(len(shorts))), index=None, key=AT, format_func=lambda row: shorts[row],
            placeholder=t("context.at.none"),
        )  # fmt: skip

    return in_link(AT, names, draw)


def _go_to(occurrence: int) -> None:
    st.session_state[AT] = occurrence


def few(scene: Scene) -> None:
    """One or two occurrences make no map: they are read as they stand."""
    n = len(scene.found)
    st.info(t("context.few", n=n, word=as_text(scene.word), texts=t(f"context.texts.{scene.split}")))
    for row in range(n):
        nearby.sentence(scene, row)
    if n == 2:
        cosine = nearby.cosines(scene, 0)[0]
        st.markdown(t("context.few.cosine", layer=scene.layer, run=as_text(scene.run.name), cosine=decimal(cosine, 2)))
