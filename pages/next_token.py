"""Next token: what models expect after a prompt, one candidate looked into, how they go on, which words surprised them."""

import streamlit as st

from reprlearn.analysis.prediction_comparison import expected as expected_words
from reprlearn.ui import frame
from reprlearn.ui.next_token import candidate, continuation, controls, expected, guess, surprise
from reprlearn.ui.text import t

here = frame.page("next_token")
with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
    st.header(here.title, anchor=False, width="content")
    runs_place = st.container()
view = controls.choose(runs_place)
expected.notices(view)

rule = view.sampling
frames = expected_words(view.readings, rule.temperature, rule.top_k, rule.top_p)
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    head = st.container()
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        guessing = guess.switch()
        ordered = expected.order()
if guessing and guess.hidden(view):
    head.markdown(f"**{t('next_token.guess.title')}**")
else:
    head.markdown(f"**{expected.title(frames)}**")
    if guessing:
        guess.scored(frames)
    expected.show(view, frames, ordered)
    candidate.show(view, frames)

    st.subheader(t("next_token.continuation"), anchor="continuation")
    st.markdown(t("next_token.continuation.lead"))
    continuation.show(view)

st.subheader(t("next_token.surprise"), anchor="surprise")
st.markdown(t("next_token.surprise.lead"))
surprise.show(view)
