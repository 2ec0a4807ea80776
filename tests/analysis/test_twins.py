"""Twins are found by what recipes say: pairs that differ in one thing and no other."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from reprlearn.analysis.twins import augmented_twins, differing, tied_twins
from reprlearn.recipes import Recipe
from reprlearn.recipes.language_models import GPT_TIED, LSTM_TIED, LSTM_TIED_AL, LSTM_UNTIED, LSTM_UNTIED_AL


def run(recipe: Recipe, text: str = "a", imported: Any = None, capabilities: tuple[str, ...] = ("Predicts",)) -> Any:
    model: Any = recipe.model
    card = SimpleNamespace(
        recipe=recipe.to_dict(), tied=model.tied, imported=imported, capabilities=capabilities,
        corpus=SimpleNamespace(content_hash=text),
    )  # fmt: skip
    return SimpleNamespace(name=recipe.name, card=card)


def names(pairs: list[Any]) -> list[tuple[str, str]]:
    return [(pair.without.name, pair.having.name) for pair in pairs]


def test_the_shipped_recipes_pair_as_they_are_meant_to() -> None:
    runs = [run(each) for each in (LSTM_TIED_AL, GPT_TIED, LSTM_TIED, LSTM_UNTIED_AL, LSTM_UNTIED)]
    assert names(tied_twins(runs)) == [("lstm-untied", "lstm-tied"), ("lstm-untied-al", "lstm-tied-al")]
    assert names(augmented_twins(runs)) == [("lstm-untied", "lstm-untied-al"), ("lstm-tied", "lstm-tied-al")]


def test_a_pair_is_found_whatever_it_is_called() -> None:
    pair = [run(replace(LSTM_TIED, name="b")), run(replace(LSTM_UNTIED, name="a", summary="another"))]
    assert names(tied_twins(pair)) == [("a", "b")]


@pytest.mark.parametrize(
    "other",
    [
        run(replace(LSTM_TIED, fit=replace(LSTM_TIED.fit, seed=1))),
        run(replace(LSTM_TIED, model=replace(LSTM_TIED.model, width=100))),
        run(LSTM_TIED_AL),
        run(LSTM_TIED, text="b"),
        run(LSTM_TIED, imported=object()),
        run(LSTM_TIED, capabilities=("Embeds",)),
        run(LSTM_UNTIED),
    ],
    ids=["seed", "width", "loss", "text", "imported", "predicts nothing", "the same"],
)
def test_what_differs_in_more_than_tying_is_no_tied_twin(other: Any) -> None:
    assert not tied_twins([run(LSTM_UNTIED), other])


def test_how_an_augmented_loss_is_made_is_nothing_where_it_is_off() -> None:
    objective: Any = LSTM_UNTIED_AL.objective
    warm = replace(LSTM_UNTIED_AL, objective=replace(objective, augmented_temperature=20.0))
    assert len(augmented_twins([run(LSTM_UNTIED), run(warm)])) == 1
    assert not augmented_twins([run(LSTM_UNTIED_AL), run(warm)]), "both have it"
    assert differing(run(LSTM_UNTIED).card, run(warm).card) == {
        "objective.augmented_gain",
        "objective.augmented_temperature",
    }
