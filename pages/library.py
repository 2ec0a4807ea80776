"""Library: bring vectors or a model of your own, see it on every page, and publish it to everybody here."""

import streamlit as st

from reprlearn.ui import frame
from reprlearn.ui.library import adding, listing
from reprlearn.ui.text import t

here = frame.page("library")
st.header(here.title, anchor=False)
frame.lead(t("library.lead"))
listing.flash()

add, there = st.columns([1.35, 1], gap="large")
with add:
    adding.show()
with there:
    listing.show()
