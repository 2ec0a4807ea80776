"""Home: what this is, the gallery of trained models, two of them compared."""

import streamlit as st

from reprlearn.ui import cards, frame, gallery, loaders, widgets
from reprlearn.ui.text import t

frame.page("home")
st.title(t("home.title"), anchor=False)
st.markdown(t("home.lead"), width=860)
frame.link(frame.find("tour"), {}, label=t("home.tour"))

runs, broken = loaders.runs()

st.header(t("home.gallery"), anchor="models")
if not runs:
    widgets.no_runs()
gallery.show(runs, broken)

if runs:
    st.header(t("home.compare"), anchor="compare")
    if len(runs) == 1:
        st.markdown(t("home.compare.one"))
    else:
        left, right = st.columns(2)
        with left:
            first = widgets.run_picker(None, "card_a", label=t("home.compare.a"))
        with right:
            second = widgets.run_picker(None, "card_b", label=t("home.compare.b"))
        cards.comparison(first, second)
