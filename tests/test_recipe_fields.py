"""A recipe's fields as a form: every one has its help, its bounds and its place in the recipe again."""

from __future__ import annotations

import math

import pytest
from tyro import _docstrings

from reprlearn.jobs.bounds import BOUNDS, bounds_of, check_bounds
from reprlearn.recipes import RECIPES
from reprlearn.recipes.fields import docstrings, fields_of, with_values

EVERY = list(RECIPES.values())


@pytest.mark.parametrize("recipe", EVERY, ids=lambda recipe: recipe.name)
def test_every_field_has_help_bounds_and_goes_back_into_the_recipe(recipe) -> None:
    fields = fields_of(recipe)
    assert len(fields) > 10 and len({field.path for field in fields}) == len(fields)
    assert with_values(recipe, {field.path: field.value for field in fields}) == recipe
    check_bounds(recipe)  # what ships may be trained
    for field in fields:
        assert field.help, field.path
        bounds = bounds_of(field)
        assert (bounds is not None) == (field.kind in ("whole", "real"))
        if field.kind == "choice":
            assert field.value in field.options


def test_the_help_is_that_of_the_command_line() -> None:
    for recipe in EVERY:
        for part in (recipe.data, recipe.model, recipe.objective, recipe.fit):
            for name, text in docstrings(type(part)).items():
                theirs = _docstrings.get_field_docstring(type(part), name, ())
                assert theirs is not None and " ".join(theirs.split()) == text, f"{type(part).__name__}.{name}"


@pytest.mark.parametrize("recipe", EVERY, ids=lambda recipe: recipe.name)
def test_the_ends_of_the_bounds_are_values_the_recipe_takes(recipe) -> None:
    for field in fields_of(recipe):
        bounds = bounds_of(field)
        for end in bounds or ():
            try:
                changed = with_values(recipe, {field.path: int(end) if field.kind == "whole" else end})
            except ValueError as error:
                # Two fields that do not suit each other say so by both of their names.
                assert "sgd" in str(error) or str(error).count("_") >= 2 or "n_heads" in str(error), (field.path, error)
            else:
                assert getattr(getattr(changed, field.group), field.name) == end


def test_no_bound_is_left_over() -> None:
    there = {field.path for recipe in EVERY for field in fields_of(recipe)}
    labelled = {"data.n_labels", "data.draw", "data.max_words"}  # of recipes that tell texts apart
    assert set(BOUNDS) <= there | labelled


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("fit.epochs", 2.5),
        ("fit.epochs", True),
        ("fit.epochs", "3"),
        ("fit.epochs", None),
        ("fit.epochs", math.inf),
        ("fit.epochs", 0),
        ("fit.learning_rate", math.nan),
        ("fit.optimiser", "<script>"),
        ("model.tied", 1),
        ("model.tied", "yes"),
        ("data.folder", "/etc"),
        ("name", "x"),
        ("nothing.at_all", 1),
    ],
)
def test_what_does_not_fit_is_refused_by_name(path: str, value: object) -> None:
    with pytest.raises(ValueError, match=path.rpartition(".")[2] or path) as refused:
        with_values(RECIPES["quick-demo"], {path: value})
    assert "\n" not in str(refused.value)


def test_an_optional_number_may_be_none_and_a_whole_one_written_as_a_real_one() -> None:
    recipe = with_values(RECIPES["quick-demo"], {"data.max_train_tokens": None, "fit.epochs": 3.0})
    assert getattr(recipe.data, "max_train_tokens", 0) is None
    assert recipe.fit.epochs == 3 and isinstance(recipe.fit.epochs, int)
