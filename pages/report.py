"""Report: the views pinned in this visit, put in order, written about, and taken away as one file."""

import streamlit as st

from reprlearn.ui import frame, pins
from reprlearn.ui.report import building, listing
from reprlearn.ui.text import small, t

here = frame.page("report")
st.header(here.title, anchor=False)
frame.lead(t("report.lead"))

if not pins.pins():
    listing.nothing()
else:
    building.offer()
    st.markdown(small(t("report.kept")))
    views, look = st.columns([1, 1.35], gap="large")
    with views:
        listing.show()
    with look:
        listing.look()
