"""Taking away what is seen: the words as CSV, the vectors for other tools, the map as a page of its own."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis import export
from reprlearn.ui import take_away, widgets
from reprlearn.ui.embedding_space import panels
from reprlearn.ui.embedding_space.kinds import of_events, said
from reprlearn.ui.embedding_space.scene import as_plotly, draw, draw_places
from reprlearn.ui.files import file_name
from reprlearn.ui.text import as_text, language, t
from reprlearn.viz.html import standalone_html

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from reprlearn.ui.embedding_space.controls import Side, View
    from reprlearn.ui.embedding_space.scene import Scene

MOST_NUMBERS = 20_000_000
"""Of a matrix that is made into a text here: what is downloaded is held in memory, ten bytes a number."""


def downloads(view: View, scene: Scene, selected: tuple[int, ...], highlight: Sequence[int]) -> None:
    """Buttons whose files are made when they are pressed. The table holds the selected words, or else all that are shown."""
    theme = widgets.theme()

    def drawn() -> list[go.Figure]:
        maps = zip(view.sides, scene.layouts, scene.points, strict=True)
        figures = [draw(view, *each, highlight=highlight, theme=theme) for each in maps]
        return (
            figures
            if scene.places is None
            else [*figures, draw_places(view, scene.places, highlight=highlight, theme=theme)]
        )

    with st.container(key=f"{take_away.ROW}maps", width="content"):
        take_away.pin(
            "maps", drawn, alt=" ".join(panels.alternatives(view, scene, list(highlight))), title=panels.title(view)
        )
    with st.popover(t("embedding_space.export"), icon=":material/download:", key="export", on_change="rerun") as opened:
        if not opened.open:
            return
        ids = selected or tuple(scene.points[0]["word_id"])
        # Asked now: when a button is pressed, its file is made for no visitor.
        run, n = view.sides[0].run, f"{len(ids):,}"
        widgets.download(
            said(run, "embedding_space.export.csv", n=n), lambda: export.csv(panels.selected_words(scene, ids)),
            "event-types.csv" if of_events(run) else "words.csv", "text/csv", key="export_csv",
        )  # fmt: skip
        for index, side in enumerate(view.sides):
            if view.comparing:
                st.markdown(f"**{as_text(side.name)}**")
            _side(side, index)
            name = file_name(side.run.name, side.which)
            widgets.download(
                t("embedding_space.export.html"), lambda i=index: html(view, scene, i, highlight, theme), f"{name}-map.html",
                "text/html", key=f"export_html_{index}",
            )  # fmt: skip
        if view.places:
            name = file_name(run.name, view.sides[0].which)
            widgets.download(
                t("embedding_space.export.places"), lambda: places_html(view, scene, highlight, theme), f"{name}-places.html",
                "text/html", key="export_places",
            )  # fmt: skip


def _side(side: Side, index: int) -> None:
    run, which, name = side.run, side.which, file_name(side.run.name, side.which)
    n_words, plain = f"{len(run.vocabulary):,}", "text/tab-separated-values"
    if len(run.vocabulary) * run.card.width > MOST_NUMBERS:
        st.markdown(t("embedding_space.export.large", n=n_words))
        command = ["python", "-m", "reprlearn", "export", run.name, "--to", "word2vec", "--matrix", which]
        st.code(shlex.join(command), language="bash")
        return
    widgets.download(
        t("embedding_space.export.vectors", n=n_words), lambda: export.projector_tsv(run, which)[0], f"{name}-vectors.tsv", plain,
        key=f"export_vectors_{index}",
    )  # fmt: skip
    widgets.download(
        said(run, "embedding_space.export.metadata"), lambda: export.projector_tsv(run, which)[1], f"{name}-metadata.tsv", plain,
        key=f"export_metadata_{index}",
    )  # fmt: skip
    widgets.download(
        t("embedding_space.export.word2vec", n=n_words), lambda: export.word2vec_text(run, which), f"{name}-word2vec.txt",
        "text/plain", key=f"export_word2vec_{index}",
    )  # fmt: skip


def html(view: View, scene: Scene, index: int, highlight: Sequence[int], theme: str) -> bytes:
    """One map with its highlight, as a page that needs no network and no server."""
    figure = draw(view, view.sides[index], scene.layouts[index], scene.points[index], highlight=highlight, theme=theme)
    return _page(figure, view.sides[index].name, theme)


def places_html(view: View, scene: Scene, highlight: Sequence[int], theme: str) -> bytes:
    """The map by longitude and latitude, likewise."""
    assert scene.places is not None, "only a view of places has their map"
    figure = draw_places(view, scene.places, highlight=highlight, theme=theme)
    return _page(figure, f"{view.sides[0].name} · {t('embedding_space.places')}", theme)


def _page(figure: go.Figure, title: str, theme: str) -> bytes:
    figure.update_layout(title_text=as_plotly(title))
    return standalone_html(figure, title, theme, language())
