"""Recipes: typed, complete descriptions of a training. A recipe and a seed alone reproduce a run.

A pair to compare is one `replace(...)`: its two recipes differ in exactly one field. Importing this loads no torch.
"""

import json
from pathlib import Path

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
    """The recipe of that name, or the one in that file, if it ends in .json; `ValueError` lists the ones there are."""
    if name.endswith(".json"):
        return _read_recipe(Path(name))
    if name not in RECIPES:
        raise ValueError(f"there is no recipe {name!r}; there are: {', '.join(RECIPES)}")
    return RECIPES[name]


def _read_recipe(path: Path) -> Recipe:
    """The recipe that `Recipe.to_dict` gave, written to a file as JSON. `ValueError` says what is wrong with it."""
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"the recipe {path} cannot be read: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} holds no recipe: {error}") from None
    if not isinstance(fields, dict):
        raise ValueError(f"{path} holds no recipe, which is a JSON object, but a {type(fields).__name__}")
    try:
        return Recipe.from_dict(fields)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
