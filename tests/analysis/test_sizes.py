"""The closed form counts what a built model has; what tying saves follows from it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from reprlearn.analysis import sizes
from reprlearn.nn.capabilities import n_parameters
from reprlearn.nn.config import GPTConfig, LSTMConfig
from reprlearn.nn.event_config import EventModelConfig
from reprlearn.recipes import RECIPES
from reprlearn.runs import load

MODELS = [
    LSTMConfig(width=12, n_layers=1),
    LSTMConfig(width=7, n_layers=3, projection=True),
    LSTMConfig(width=7, n_layers=3, hidden_width=15),
    GPTConfig(width=12, n_layers=1, n_heads=3, context_length=9),
    GPTConfig(width=8, n_layers=3, n_heads=2, context_length=2),
]


@pytest.mark.parametrize("tied", [False, True])
@pytest.mark.parametrize("n_words", [30, 101])
@pytest.mark.parametrize("model", MODELS, ids=repr)
def test_the_closed_form_is_the_count_of_a_built_model(model: LSTMConfig | GPTConfig, n_words: int, tied: bool) -> None:
    model = replace(model, tied=tied)
    size = sizes.size_of(model, n_words)
    assert size.total == n_parameters(model.build(n_words, torch.Generator()))
    assert size.embeddings == (1 if tied else 2) * n_words * model.width


@pytest.mark.parametrize("name", [name for name, recipe in RECIPES.items() if recipe.objective.kind == "causal"])
def test_every_recipe_of_a_language_model_is_counted(name: str) -> None:
    model = RECIPES[name].model
    assert isinstance(model, LSTMConfig | GPTConfig)
    assert sizes.size_of(model, 50).total == n_parameters(model.build(50, torch.Generator()))


@pytest.mark.parametrize("name", ["lstm-untied", "lstm-tied"])
def test_shipped_cards_say_the_same(name: str) -> None:
    run = load(name)
    model = run.recipe.model
    assert isinstance(model, LSTMConfig | GPTConfig)
    size = sizes.size_of(model, run.card.corpus.n_words)
    assert size.total == run.card.n_parameters
    assert size.n_bytes == pytest.approx(run.card.n_bytes, abs=10_000)  # the file has a head of its own


def test_a_model_of_another_kind_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="event"):
        sizes.size_of(EventModelConfig(), 10)  # type: ignore[arg-type]


def test_tying_saves_one_row_a_word_and_a_smaller_share_of_a_wider_model() -> None:
    shares: dict[tuple[int, int], float] = {}
    for n_words in (1_000, 50_000):
        table = sizes.sizes(LSTMConfig(), [n_words], [64, 512])
        for width in (64, 512):
            untied, tied = table.loc[table["width"] == width, "n_parameters"].tolist()
            assert untied - tied == n_words * width
        found = sizes.saved_shares(table)
        for width, share in zip(found["width"].tolist(), found["share"].tolist(), strict=True):
            shares[n_words, width] = share
    assert shares[1_000, 64] > shares[1_000, 512]
    assert shares[1_000, 512] < shares[50_000, 512] < 0.5


def test_a_transformer_s_width_is_one_its_heads_can_share() -> None:
    assert sizes.at_width(GPTConfig(n_heads=4), 650).width in (648, 652)
    assert sizes.at_width(GPTConfig(n_heads=4), 1).width == 4
    assert sizes.at_width(LSTMConfig(), 650).width == 650
