"""One field of a recipe: its widget, its label, its value in words."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from reprlearn.jobs.bounds import bounds_of
from reprlearn.recipes import Recipe
from reprlearn.recipes.fields import Field
from reprlearn.ui.text import as_text, phrase, t


def resets_of(recipe: Recipe) -> str:
    """Name in the session of how often this recipe's form was put back; each time its widgets are new ones."""
    return f"train_resets_{recipe.name}"


def key_of(recipe: Recipe, field: Field) -> str:
    """Of a field's widget: each recipe has values of its own."""
    resets = st.session_state.get(resets_of(recipe), 0)
    return f"{recipe.name}.{field.path}" + (f".{resets}" if resets else "")


def label_of(path: str) -> str:
    """What a field is called; as the command line calls it where nobody wrote it down."""
    name = path.rpartition(".")[2]
    try:
        return t(f"train.field.{name}")
    except KeyError:
        return as_text(name.replace("_", " "))


def shown(value: Any) -> str:
    """A field's value as people read it."""
    if value is None:
        return t("train.settings.none")
    if isinstance(value, bool):
        return t("train.value.yes") if value else t("train.value.no")
    return f"{value:,g}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else as_text(value)


def widget(field: Field, key: str, start: Any) -> Any:
    """The field's own kind of widget, with its bounds. It starts at `start`, and keeps its value through the visit."""
    label, about = label_of(field.path), as_text(phrase(field.help))
    if field.kind == "switch":
        return st.toggle(label, start, key=key, help=about, persist_state="session")
    if field.kind == "choice":
        index = field.options.index(start)
        return st.selectbox(label, field.options, index=index, key=key, help=about, persist_state="session")
    whole, (low, high) = field.kind == "whole", bounds_of(field) or (0.0, math.inf)
    number = int if whole else float
    if field.optional:  # a widget that starts at a number cannot be emptied, one that is set to it can
        st.session_state.setdefault(key, start)
    return st.number_input(
        label,
        min_value=number(low),
        max_value=number(high),
        value=None if field.optional else number(min(max(start, low), high)),
        step=1 if whole else _step(start),
        format=None if whole else "%g",
        key=key,
        help=about,
        placeholder=t("train.settings.none") if field.optional else None,
        persist_state="session",
    )


def _step(value: float | None) -> float:
    """A step that changes the number, and does not jump over half of those one would try."""
    return 0.05 if not value or value >= 0.05 else 10.0 ** math.floor(math.log10(value))
