"""Train: choose a recipe and data, start a training, watch it, and go to the pages that show what it learned."""

import streamlit as st

from reprlearn.ui import frame
from reprlearn.ui.train import new, parts, watch

here = frame.page("train")
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    st.header(here.title, anchor=False, width="content")
    part = parts.part()
if part == "new":
    new.show()
else:
    watch.show()
