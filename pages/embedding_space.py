"""Embedding space: the map of a model's words, the neighbours of one of them, two matrices side by side."""

import streamlit as st

from reprlearn.ui import frame
from reprlearn.ui.embedding_space import controls, export, panels, scene
from reprlearn.ui.linked_maps import linked_maps
from reprlearn.ui.text import t

MAP_PX, COMPARED_PX = 430, 420

frame.page("embedding_space")
view, heading, row = controls.view()
run = view.sides[0].run
heading.header(panels.title(view), anchor=False)

layouts, missing = scene.find_layouts(view)
compute = scene.offer_computing(view, missing) if missing else None
drawn = scene.make_scene(view, layouts)

maps, beside = (st.container(), row) if view.comparing else st.columns([2.1, 1], gap="medium")
with beside:
    word, word_id = controls.search(run)
highlight = panels.highlighted(view, word_id)

with maps:
    event = linked_maps(
        drawn.figures,
        key="maps",
        height=COMPARED_PX if view.comparing else MAP_PX,
        highlight=highlight,
        alt=panels.alternatives(view, drawn, highlight),
        filename=export.file_name(view.sides[0]),
        on_click=lambda clicked: controls.go_to(run.vocabulary.words[clicked]),
    )
    with st.container(horizontal=True, wrap=False, gap="small"):
        panels.trust(view, drawn)
        export.downloads(view, drawn, event.selected, highlight)

if word and word_id is not None:
    columns = st.columns(2) if view.comparing else [beside]
    for index, (side, column) in enumerate(zip(view.sides, columns, strict=True)):
        with column:
            panels.neighbours(side, word, str(index), named=view.comparing)
elif not view.comparing:
    beside.caption(t("embedding_space.word.none"))

panels.selection(drawn, event.selected)
if view.comparing:
    panels.changes(view, drawn, word)
if compute:
    compute()
