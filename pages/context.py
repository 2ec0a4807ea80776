"""Context: one word in many sentences, as ELMo, BERT and GPT read it; attention; and what BERT puts into a blank."""

import streamlit as st

from reprlearn.ui import frame, widgets
from reprlearn.ui.context import attention, blank, controls, missing, occurrences, pair, spread

SHOW = {
    "occurrences": occurrences.show,
    "pair": pair.show,
    "spread": spread.show,
    "attention": attention.show,
    "blank": blank.show,
}

here = frame.page("context")
asked = widgets.asked("part", "layer", "texts", "colour_by", "at", "head", "blank", "same")
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    st.header(here.title, anchor=False, width="content")
    part = controls.part()
notices = st.container()
view = controls.choose(part)
SHOW[part](view)
with notices:
    widgets.say_ignored(asked, "context")
missing.note()
