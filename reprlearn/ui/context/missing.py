"""Kinds of models that have not been trained here, and the commands that train them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import streamlit as st

from reprlearn.ui import loaders
from reprlearn.ui.text import as_text, small, t

if TYPE_CHECKING:
    from reprlearn.runs import Run

KINDS = ("elmo", "bert", "gpt", "word2vec")
CAN = {
    "Contextual": ("elmo", "bert", "gpt"),
    "Attends": ("bert", "gpt"),
    "FillsBlanks": ("bert",),
}


def kinds_there() -> set[str]:
    """The kinds of models that there are runs of."""
    return {str(run.card.recipe.get("model", {}).get("kind")) for run in loaders.runs_with("Embeds")}


def command(kind: str) -> str:
    """What trains a model of this kind: of several recipes the first on all reviews, which the others of the page are trained on."""
    from reprlearn.recipes import RECIPES

    of_kind = [recipe for recipe in RECIPES.values() if recipe.model.kind == kind]
    on_all = [recipe for recipe in of_kind if getattr(recipe.data, "corpus", "") == "reviews-full"]
    return f"python -m reprlearn train {(on_all or of_kind)[0].name}"


def measuring(run: Run) -> str:
    """The command that measures how much the words of a run spread, as Markdown; a folder may be called anything."""
    return f"**{as_text(f'python -m reprlearn context {run.name}')}**"


def stop(capability: str) -> NoReturn:
    """Say that no run here can do this, and how to train one that can."""
    with st.container(border=True):
        st.subheader(t(f"context.none.{capability}"), anchor=False)
        st.markdown(t("run.none.help"))
        st.code("\n".join(command(kind) for kind in CAN[capability]), language="bash")
    note()
    st.stop()


def note() -> None:
    """The kinds that are not here yet, in small print; nothing where all are."""
    there = kinds_there()
    absent = [f"{t(f'context.kind.{kind}')} `{command(kind)}`" for kind in KINDS if kind not in there]
    if absent:
        st.markdown(small(t("context.absent", kinds=" · ".join(absent))))
