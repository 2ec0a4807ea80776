"""What a visitor changed in a recipe, as one part of the link: `?set=quick-demo:fit.epochs=9;model.tied=false`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st

from reprlearn.recipes import Recipe
from reprlearn.recipes.fields import fields_of, with_values
from reprlearn.ui.text import as_text, t

SET, MOST_CHARACTERS = "set", 2_000


def starts(recipe: Recipe) -> dict[str, Any]:
    """Where the form of this recipe starts, {path: value}: at what the link said when it was followed, else at the recipe."""
    followed = f"train_set_{recipe.name}"
    if followed not in st.session_state:
        st.session_state[followed], ignored = read(recipe, st.query_params.get(SET, ""))
        if ignored:
            st.warning(t("link.ignored", values=as_text(", ".join(ignored))), icon=":material/link_off:")
    own = {field.path: field.value for field in fields_of(recipe)}
    return own | st.session_state[followed]


def forget(recipe: Recipe) -> None:
    """Start at the recipe again; for callbacks."""
    st.session_state[f"train_set_{recipe.name}"] = {}


def read(recipe: Recipe, text: str) -> tuple[dict[str, Any], list[str]]:
    """({path: value} of a link, what of it means nothing); nothing of a link that is about another recipe.

    >>> from reprlearn.recipes import RECIPES
    >>> read(RECIPES["quick-demo"], "quick-demo:fit.epochs=9;model.tied=false;x=1;fit.seed=z")
    ({'fit.epochs': 9, 'model.tied': False}, ['x=1', 'fit.seed=z'])
    """
    found: dict[str, Any] = {}
    ignored = []
    about, _, changes = text[:MOST_CHARACTERS].partition(":")
    for part in filter(None, changes.split(";") if about == recipe.name else ()):
        path, _, value = part.partition("=")
        try:
            found[path] = _plain(with_values(recipe, {path: json.loads(value)}), path)
        except ValueError:
            ignored.append(part[:80])
    return found, ignored


def write(recipe: Recipe, values: Mapping[str, Any]) -> None:
    """Put into the link what differs from the recipe."""
    own = {field.path: field.value for field in fields_of(recipe)}
    changed = [f"{path}={json.dumps(value)}" for path, value in values.items() if path in own and own[path] != value]
    said = f"{recipe.name}:{';'.join(changed)}" if changed else ""
    if said != st.query_params.get(SET, ""):
        if said:
            st.query_params[SET] = said
        else:
            st.query_params.pop(SET, None)


def _plain(recipe: Recipe, path: str) -> Any:
    group, _, name = path.partition(".")
    return getattr(getattr(recipe, group), name)
