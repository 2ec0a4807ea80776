"""The vectors a scalar becomes: their path, and which values come out alike. For every encoding, so two can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.ui import widgets
from reprlearn.ui.soft_one_hot import answers, panels
from reprlearn.ui.text import small, t
from reprlearn.viz.buckets_path import path_figure
from reprlearn.viz.buckets_similarity import similarity_heatmap

if TYPE_CHECKING:
    from reprlearn.ui.soft_one_hot.controls import View

UMAP_KEY = "path_umap"
PATH_PX, WIDE_PX = 400, 520


def path(view: View, value: float | None, temperature: float | None) -> None:
    """The path of g through the buckets' vectors, on principal components; on UMAP when asked for."""
    st.markdown(small(t("soft_one_hot.path.help")))
    umap = st.button(t("soft_one_hot.path.umap"), key="path_umap_button", help=t("soft_one_hot.path.umap.help"))
    key = (UMAP_KEY, view.run.name, view.scalar.name, temperature)
    if umap:
        st.session_state[UMAP_KEY] = key
    draw_path(view, value, temperature, "path", "pca")
    if st.session_state.get(UMAP_KEY) == key:
        with st.spinner(t("soft_one_hot.path.umap.running")):
            draw_path(view, value, temperature, "path_umap", "umap")


def draw_path(view: View, value: float | None, temperature: float | None, key: str, method: str = "pca") -> None:
    """The figure alone."""
    how = {} if temperature is None else {"temperature": temperature}
    frame = answers.about("vector_path", view.run, view.scalar.name, method=method, **how)
    score = answers.about("smoothness", view.run, view.scalar.name, **how)
    figure = path_figure(
        frame, view.scalar, value=value, smoothness=score, missing_text=t("soft_one_hot.missing"), theme=widgets.theme()
    )
    alt = t("soft_one_hot.path.alt", name=view.scalar.name, score=f"{score:.2f}")
    panels.show_narrow(figure, key, alt=alt, height_px=PATH_PX)


def similarity(view: View, value: float | None, temperature: float | None) -> None:
    """Which values the model takes for the same."""
    st.markdown(small(t("soft_one_hot.similarity.help")))
    place, _ = st.columns([2, 1])
    with place:
        draw_similarity(view, value, temperature, "similarity", WIDE_PX)


def draw_similarity(view: View, value: float | None, temperature: float | None, key: str, height_px: int) -> None:
    """The figure alone."""
    how = {} if temperature is None else {"temperature": temperature}
    values, matrix = answers.about("value_similarity", view.run, view.scalar.name, **how)
    figure = similarity_heatmap(values, matrix, view.scalar, value=value, theme=widgets.theme())
    # The map is square whatever the column's shape: the mark ends where it ends.
    figure.update_shapes(yref="y domain").update_yaxes(constraintoward="top")
    panels.thin_ticks(figure)
    panels.show_narrow(figure, key, alt=t("soft_one_hot.similarity.alt", name=view.scalar.name), height_px=height_px)
