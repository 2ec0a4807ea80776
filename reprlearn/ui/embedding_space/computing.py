"""Maps that nobody has computed yet are computed when a visitor says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.leading_words import MAPPED_WORDS, is_large
from reprlearn.analysis.projection import compute_layout
from reprlearn.ui.embedding_space.controls import Side, View
from reprlearn.ui.embedding_space.kinds import said
from reprlearn.ui.embedding_space.scene import describe
from reprlearn.ui.text import as_text, t

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def offer_computing(view: View, missing: list[Side]) -> Callable[[], None] | None:
    """Say that the map asked for does not exist yet. Told to compute it, returns what does so, with progress in this place,
    and then shows it; to be called when the rest of the page is drawn, which so stays there meanwhile.
    """
    place = st.empty()
    names = as_text(", ".join(dict.fromkeys(side.name for side in missing)))
    with place.container(border=True, horizontal=True, vertical_alignment="center"):
        config = describe(view.config, min(len(side.run.vocabulary) for side in missing))
        large = [side.run for side in missing if is_large(side.run)]
        said_so = t("embedding_space.not_computed", sides=names, config=config)
        st.markdown(
            f"{said_so} {said(large[0], 'embedding_space.computing.part', n=f'{MAPPED_WORDS:,}')}" if large else said_so
        )
        go = st.button(t("embedding_space.compute"), type="primary", icon=":material/play_arrow:", key="compute_map")
    return (lambda: _compute(view, missing, place)) if go else None


def _compute(view: View, missing: list[Side], place: DeltaGenerator) -> None:
    with place.container(border=True):
        bar = st.progress(0.0)
        st.markdown(t("embedding_space.computing"))
    distinct = {(side.run.path, side.tensor): side for side in missing}.values()
    for position, side in enumerate(distinct):

        def on_progress(stage: str, fraction: float, position: int = position, name: str = as_text(side.name)) -> None:
            text = t(f"embedding_space.stage.{stage}", side=name)
            bar.progress(min(1.0, (position + fraction) / len(distinct)), text)

        compute_layout(side.run, side.which, view.config, on_progress)
    st.rerun()
