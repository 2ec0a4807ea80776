"""Tied vs untied: what one matrix instead of two, and the augmented loss, change in twin models."""

import streamlit as st

from reprlearn.ui import frame
from reprlearn.ui.text import t
from reprlearn.ui.tied_vs_untied import controls, panels

here = frame.page("tied_vs_untied")
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    st.header(here.title, anchor=False, width="content")
    part = controls.part()
view = controls.choose(part)
st.markdown(t(f"tied.lead.{part}", compared=controls.held_against(view)))
panels.show(view)
