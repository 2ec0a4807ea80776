"""A new training: recipe and data at the left, the start at the right, the settings beneath."""

from __future__ import annotations

import streamlit as st

from reprlearn import jobs
from reprlearn.recipes import RECIPES, Recipe
from reprlearn.ui import widgets
from reprlearn.ui.text import as_text, phrase, small, t
from reprlearn.ui.train import data, form, parts, start

FIRST, RECIPE = "quick-demo", "recipe"


def show() -> None:
    """The whole part."""
    if jobs.readonly():
        st.info(t("train.readonly"), icon=":material/lock:")
        return
    _under_way()
    asked = widgets.asked(RECIPE)
    left, right = st.columns([1.4, 1], gap="medium")
    with left:
        recipe = _recipe()
        widgets.say_ignored(asked, "train")
        chosen = data.choose(recipe)
    with st.container(border=True):
        recipe = form.fill(recipe, chosen)
    with right, st.container(border=True):
        start.offer(recipe, chosen)


def _recipe() -> Recipe:
    names = [FIRST, *(name for name in RECIPES if name != FIRST)]
    name = st.selectbox(
        t("train.recipe"), names, key=RECIPE, bind="query-params", help=t("train.recipe.help"), filter_mode="contains"
    )
    recipe = RECIPES[name] if name in RECIPES else RECIPES[FIRST]  # a client may send anything
    st.markdown(small(as_text(phrase(recipe.summary))))
    return recipe


def _under_way() -> None:
    """Who comes to start something learns what runs already."""
    from reprlearn.jobs.watching import moment

    running = [job for job in jobs.read_all()[0] if job.status == "running"]
    for job in running[:1]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(t("train.under_way", name=as_text(job.name), share=f"{moment(job).share:.0%}"), width="content")
            st.button(
                t("train.under_way.show"), on_click=parts.watch, args=(job.name,), key="show_running", type="tertiary"
            )
