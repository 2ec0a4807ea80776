"""Recipes: typed, complete descriptions of a training. A recipe and a seed alone reproduce a run.

A pair to compare is one `replace(...)`: its two recipes differ in exactly one field. Importing this loads no torch.
"""

from reprlearn.recipes.classifiers import CLASSIFIERS
from reprlearn.recipes.event_models import EVENT_MODELS
from reprlearn.recipes.fit_config import FitConfig
from reprlearn.recipes.language_models import LANGUAGE_MODELS, LSTM_TIED, LSTM_UNTIED, QUICK_DEMO
from reprlearn.recipes.pretrained import PRETRAINED
from reprlearn.recipes.recipe import Recipe
from reprlearn.recipes.word_vectors import WORD_VECTORS

__all__ = ["LSTM_TIED", "LSTM_UNTIED", "QUICK_DEMO", "RECIPES", "FitConfig", "Recipe", "find_recipe"]

RECIPES: dict[str, Recipe] = {
    recipe.name: recipe for recipe in (*LANGUAGE_MODELS, *WORD_VECTORS, *PRETRAINED, *CLASSIFIERS, *EVENT_MODELS)
}


def find_recipe(name: str) -> Recipe:
    """The recipe of that name; `ValueError` lists the ones there are."""
    if name not in RECIPES:
        raise ValueError(f"there is no recipe {name!r}; there are: {', '.join(RECIPES)}")
    return RECIPES[name]
