"""The recipe's fields as a form: the ones people turn first in sight, all others folded away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from reprlearn.recipes import Recipe
from reprlearn.recipes.fields import GROUPS, Field, fields_of, with_values
from reprlearn.ui.text import as_text, t
from reprlearn.ui.train import changes
from reprlearn.ui.train.data import Data
from reprlearn.ui.train.field import key_of, resets_of, widget

# In sight, where the recipe has them, in this order.
FIRST = (
    "fit.epochs", "fit.seed", "model.tied", "model.encoding", "objective.form", "model.width",
    "model.n_layers", "model.n_buckets", "model.dropout", "data.n_words", "fit.batch_size", "fit.learning_rate",
    "objective.augmented_gain",
)  # fmt: skip
# Asked beside the data; and what has no meaning for those that come with the project.
ELSEWHERE, OWN_ONLY = ("data.corpus", "data.log", "data.time_unit"), ("data.as_is",)
FIELD_PX = 145


def fill(recipe: Recipe, data: Data) -> Recipe | None:
    """Draw the form. Returns the recipe with what stands in it on the chosen data; None where that does not go together."""
    left_out = ELSEWHERE if data.own else (*ELSEWHERE, *OWN_ONLY)
    fields = {field.path: field for field in fields_of(recipe) if field.path not in left_out}
    first = [fields.pop(path) for path in FIRST if path in fields]
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{t('train.settings')}**", width="content")
        st.button(t("train.settings.reset"), on_click=_reset, args=(recipe,), key="reset_settings", type="tertiary")
    start = changes.starts(recipe)
    values = _grid(recipe, first, start)
    with st.expander(t("train.settings.more")):
        for group in GROUPS:
            rest = [field for field in fields.values() if field.group == group]
            if rest:
                st.markdown(t(f"train.settings.{group}"))
                values |= _grid(recipe, rest, start)
    changes.write(recipe, data.chosen | values)
    if data.recipe is None:
        return None
    if not data.own and any(field.path == "data.as_is" for field in fields_of(recipe)):
        values["data.as_is"] = False  # what comes with the project is cut into words here
    try:
        return with_values(data.recipe, values)
    except ValueError as error:
        st.warning(as_text(error), icon=":material/tune:")
        return None


def _reset(recipe: Recipe) -> None:
    resets = resets_of(recipe)
    st.session_state[resets] = st.session_state.get(resets, 0) + 1
    changes.forget(recipe)


def _grid(recipe: Recipe, fields: Sequence[Field], start: Mapping[str, Any]) -> dict[str, Any]:
    with st.grid(min_column_width=FIELD_PX, gap="small", vertical_alignment="bottom"):
        return {field.path: widget(field, key_of(recipe, field), start[field.path]) for field in fields}
