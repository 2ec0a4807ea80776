"""Soft one-hot: the learned buckets of a scalar, two models side by side, and what if an event had been another."""

import streamlit as st

from reprlearn.ui import frame, widgets
from reprlearn.ui.soft_one_hot import controls, live, proof, two, what_if
from reprlearn.ui.text import t

here = frame.page("soft_one_hot")
asked = widgets.asked("scalar")
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    st.header(here.title, anchor=False, width="content")
    parts_place = st.container(width="content")
view = controls.choose()
table = proof.table_of(view)
with parts_place:
    part = controls.part(controls.PARTS if table is not None else controls.PARTS[:-1])
widgets.say_ignored(asked, "soft_one_hot")

if part == "buckets":
    live.buckets_of(view)
elif part == "two":
    two.side_by_side(view)
elif part == "what_if":
    st.markdown(t("soft_one_hot.what_if.lead"))
    what_if.what_if(view)
elif table is not None:
    proof.show(view, table)
