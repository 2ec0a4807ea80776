"""What a training was asked for: its recipe, and where it differs from the one that comes with the project."""

from __future__ import annotations

import streamlit as st

from reprlearn.jobs import Job
from reprlearn.recipes import RECIPES, Recipe
from reprlearn.recipes.fields import fields_of
from reprlearn.ui.text import as_text, t
from reprlearn.ui.train.field import label_of, shown


def show(job: Job) -> None:
    """Folded away."""
    with st.expander(t("train.asked")):
        data = (
            job.data or job.recipe["data"].get("corpus") or job.recipe["data"].get("log") or job.recipe["data"]["kind"]
        )
        st.markdown(t("train.asked.data", data=as_text(data)))
        try:
            recipe = Recipe.from_dict(job.recipe)
        except ValueError as error:
            st.markdown(as_text(error))
            return
        original = RECIPES.get(recipe.name)
        defaults = {} if original is None else {field.path: field.value for field in fields_of(original)}
        changed = [field for field in fields_of(recipe) if defaults.get(field.path, field.value) != field.value]
        if job.data is not None:  # its own line says so
            changed = [field for field in changed if field.path not in ("data.corpus", "data.log")]
        if not changed:
            st.markdown(t("train.asked.same", recipe=as_text(recipe.name)))
            return
        lines = [
            t(
                "train.asked.field", label=label_of(field.path), value=shown(field.value), default=shown(defaults[field.path])
            )
            for field in changed
        ]  # fmt: skip
        st.markdown("\n".join([t("train.asked.changed", recipe=as_text(recipe.name)), "", *lines]))
