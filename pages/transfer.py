"""Transfer: what a trained model is worth on another task, taken as features or fine-tuned, by the number of labels."""

import streamlit as st

from reprlearn.ui import frame, widgets
from reprlearn.ui.text import t
from reprlearn.ui.transfer import brings, classifiers, controls, curves, errors

here = frame.page("transfer")
asked = widgets.asked("task", "labels", "panels", "way")
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    st.header(here.title, anchor=False, width="content")
    part = controls.part()

if part == "try":
    classifiers.show()
else:
    st.markdown(t("transfer.lead") if part == "labels" else t("transfer.wrong.lead"))
    row = st.container(horizontal=True, gap="medium")
    with row:
        found = controls.results_of(controls.task())
        n_labels = controls.budget(found)
    if part == "labels":
        with row:
            arranged = curves.arrangement()
        widgets.say_ignored(asked, "transfer")
        curves.show(found, n_labels, arranged)
        curves.leads_table(found)
        brings.contrasts(found, n_labels)
        brings.layers(found, n_labels)
        brings.results_table(found)
    else:
        with row:
            way = errors.choose_way(found, n_labels)
        widgets.say_ignored(asked, "transfer")
        errors.show(found, n_labels, way)
