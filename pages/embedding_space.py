"""Embedding space: the map of a model's words, the neighbours of one of them, two matrices side by side."""

import streamlit as st

from reprlearn.ui import frame
from reprlearn.ui.embedding_space import computing, controls, export, kinds, panels, scene, search, trust

MAP_PX, TWO_MAPS_PX = 430, 420

frame.page("embedding_space")
view, heading, row = controls.view()
run = view.sides[0].run
heading.header(panels.title(view), anchor=False)

layouts, missing = scene.find_layouts(view)
compute = computing.offer_computing(view, missing) if missing else None
drawn = scene.make_scene(view, layouts)
if view.comparing and not drawn.n_in_band:
    panels.nothing_shared(view)

maps, beside = (st.container(), row) if view.n_maps > 1 else st.columns([2.1, 1], gap="medium")
with beside:
    word, word_id = search.search(run, wide=view.places)
highlight = panels.highlighted(view, word_id)

with maps:
    selected = panels.maps(view, drawn, highlight, MAP_PX if view.n_maps == 1 else TWO_MAPS_PX)
    with st.container(horizontal=True, wrap=False, gap="small"):
        trust.trust(view, drawn)
        export.downloads(view, drawn, selected, highlight)

columns = [beside] if view.n_maps == 1 else st.columns(2) if view.places or word_id is not None else []
if view.places:
    with columns[1]:
        trust.distances(view)
if word and word_id is not None:
    for index, (side, column) in enumerate(zip(view.sides, columns, strict=False)):
        with column:
            panels.neighbours(side, word, str(index), named=view.comparing)
elif not view.comparing:
    columns[0].caption(kinds.said(run, "embedding_space.word.none"))

panels.selection(run, drawn, selected)
if view.comparing:
    panels.changes(view, drawn, word)
if compute:
    compute()
