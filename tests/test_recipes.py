"""Recipes: twins differ in one field, and a card brings its recipe back."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from reprlearn.recipes import LSTM_TIED, LSTM_UNTIED, RECIPES, FitConfig, Recipe, find_recipe


def flat(value: object, path: str = "") -> dict[str, object]:
    if isinstance(value, dict):
        return {k: v for key, item in value.items() for k, v in flat(item, f"{path}.{key}").items()}
    return {path: value}


def test_the_pair_differs_in_tied_alone():
    tied, untied = (flat(asdict(recipe)) for recipe in (LSTM_TIED, LSTM_UNTIED))
    assert {key for key in tied if tied[key] != untied[key]} == {".name", ".summary", ".model.tied"}


@pytest.mark.parametrize(
    ("one", "other", "field"),
    [
        ("lstm-untied", "lstm-untied-al", ".objective.augmented_gain"),
        ("lstm-tied", "lstm-tied-al", ".objective.augmented_gain"),
        ("lstm-untied-al", "lstm-tied-al", ".model.tied"),
        ("gpt-untied", "gpt-tied", ".model.tied"),
        ("twins-small-untied", "twins-small-tied", ".model.tied"),
        ("twins-small-untied", "twins-small-untied-al", ".objective.augmented_gain"),
        ("twins-small-untied-al", "twins-small-tied-al", ".model.tied"),
    ],
)
def test_twins_differ_in_one_field(one, other, field):
    a, b = (flat(asdict(RECIPES[name])) for name in (one, other))
    assert {key for key in a if a[key] != b[key]} == {".name", ".summary", field}


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=list(RECIPES))
def test_a_recipe_survives_json(recipe):
    assert Recipe.from_dict(json.loads(json.dumps(recipe.to_dict()))) == recipe
    assert json.loads(json.dumps(recipe.to_dict())) == recipe.to_dict()  # so that a saved one can be compared


@pytest.mark.parametrize("model", ["bert", "gpt", "elmo"])
def test_classifiers_begin_with_the_run_they_are_named_for_and_differ_in_the_task_alone(model):
    pretrained, sentences, reviews = (RECIPES[name] for name in (model, f"{model}-sentences", f"{model}-reviews"))
    assert sentences.model.start_from == model  # type: ignore[union-attr]
    assert sentences.model.body == pretrained.model  # type: ignore[union-attr]
    assert sentences.data.words_of == pretrained.data  # type: ignore[union-attr]
    a, b = flat(asdict(sentences)), flat(asdict(reviews))
    assert {key for key in a if a[key] != b[key]} == {".name", ".summary", ".data.task"}
    most = getattr(pretrained.model, "context_length", None)
    assert most is None or sentences.data.max_words <= most  # type: ignore[union-attr]


def test_event_recipes_are_twins_in_everything_but_the_encoding():
    for log in ("flights", "synthetic"):
        twins = [flat(asdict(r)) for name, r in RECIPES.items() if name.startswith(f"{log}-")]
        assert len(twins) == 8
        for twin in twins[1:]:
            assert {k for k in twin if twin[k] != twins[0][k]} == {".name", ".summary", ".model.encoding"}


def test_a_kind_nobody_knows_and_parts_that_do_not_go_together_are_named():
    fields = LSTM_TIED.to_dict()
    with pytest.raises(
        ValueError,
        match=r"recipe field model\.kind: 'rnn' is none of lstm, gpt, word2vec, elmo, bert, classifier, event",
    ):
        Recipe.from_dict({**fields, "model": {**fields["model"], "kind": "rnn"}})
    with pytest.raises(
        ValueError, match="'causal' is for text and a model of kind lstm or gpt, however: 'events', 'lstm'"
    ):
        Recipe.from_dict({**fields, "data": {"kind": "events"}})


def test_paths_survive_json():
    recipe = replace(LSTM_TIED, data=replace(LSTM_TIED.data, folder=Path("some/text")))
    assert Recipe.from_dict(json.loads(json.dumps(recipe.to_dict()))) == recipe


def test_names_are_the_keys_and_every_recipe_says_what_it_is_for():
    assert all(name == recipe.name and recipe.summary for name, recipe in RECIPES.items())


def test_an_unknown_recipe_is_answered_with_those_there_are():
    with pytest.raises(ValueError, match=r"'lstm-tide'.*lstm-tied"):
        find_recipe("lstm-tide")


@pytest.mark.parametrize(
    "fields",
    [
        {"epochs": 0},
        {"batch_size": -1},
        {"learning_rate": float("nan")},
        {"hold": 2},
        {"seed": -1},
        {"clip_norm": 0},
        {"second_moment_decay": 1},
        {"seed": 2**40},
        {"patience": 0},
        {"learning_rate": 20, "optimiser": "adamw"},
    ],
)
def test_impossible_fits_are_refused_by_name(fields):
    with pytest.raises(ValueError, match=next(iter(fields))):
        FitConfig(**fields)


def test_a_field_of_another_version_is_not_passed_over():
    fields = LSTM_TIED.to_dict()
    fields["model"]["n_heads"] = 4
    with pytest.raises(ValueError, match=r"model\.n_heads"):
        Recipe.from_dict(fields)


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".x", "x.partial", "a\nb", "<b>"])
def test_names_that_make_no_folder_are_refused(name):
    with pytest.raises(ValueError, match="name"):
        replace(LSTM_TIED, name=name)


def test_a_field_that_does_not_fit_is_named():
    fields = LSTM_TIED.to_dict()
    fields["model"]["width"] = "wide"
    with pytest.raises(ValueError, match=r"model\.width"):
        Recipe.from_dict(fields)
