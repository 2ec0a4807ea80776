"""The models trained to be of use elsewhere, and the classifiers made of them: they reproduce their cards, and are what was promised."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import numpy as np
import pytest

from reprlearn.analysis.context_spread import stored_spread
from reprlearn.analysis.evaluation import evaluate
from reprlearn.analysis.film import stored_film
from reprlearn.analysis.projection import ProjectionConfig, stored_layout
from reprlearn.nn.config import ClassifierConfig
from reprlearn.recipes import CLASSIFIERS, RECIPES
from reprlearn.runs import Run
from reprlearn.runs.store import SHIPPED

CONTEXTUAL, WORD_VECTORS = ("elmo", "bert", "gpt"), ("skip-gram", "skip-gram-tied", "cbow")
PRETRAINED = (*CONTEXTUAL, *WORD_VECTORS)
FINE_TUNED = tuple(recipe.name for recipe in CLASSIFIERS if (SHIPPED / recipe.name).is_dir())
MOST_PARAMETERS, MOST_CORE_SECONDS = 5_000_000, 2 * 60 * 60


def shipped(name: str) -> Run:
    return Run(SHIPPED / name)


def test_a_classifier_of_each_kind_ships() -> None:
    assert {name.split("-")[0] for name in FINE_TUNED} == set(CONTEXTUAL)


# The validation texts of a task are half as many as its test texts.
@pytest.mark.parametrize(
    ("name", "split"), [(name, "test") for name in PRETRAINED] + [(name, "valid") for name in FINE_TUNED]
)
def test_evaluate_reproduces_the_card(name: str, split: str) -> None:
    run = shipped(name)
    measured, card = evaluate(run, split), run.card.metrics[split]
    assert card.keys() <= measured.keys()
    for metric, value in card.items():
        assert measured[metric] == pytest.approx(value, rel=0.005), metric


@pytest.mark.parametrize("name", PRETRAINED)
def test_it_is_what_its_recipe_would_make_within_the_bounds(name: str) -> None:
    run = shipped(name)
    assert run.recipe == RECIPES[name]
    assert run.card.n_parameters <= MOST_PARAMETERS
    assert run.card.trained.wall_seconds <= MOST_CORE_SECONDS and "1 of 2 cores" in run.card.trained.machine


@pytest.mark.parametrize("name", FINE_TUNED)
def test_a_classifier_began_with_the_model_that_ships(name: str) -> None:
    run, recipe = shipped(name), RECIPES[name]
    model = cast(ClassifierConfig, run.recipe.model)
    assert run.recipe.objective == recipe.objective and model.body == cast(ClassifierConfig, recipe.model).body
    assert model.start_from == name.split("-")[0]
    assert replace(run.recipe.fit, seed=0, epochs=1) == replace(recipe.fit, seed=0, epochs=1)


def test_all_know_the_same_words() -> None:
    assert len({tuple(shipped(name).vocabulary.words) for name in (*PRETRAINED, *FINE_TUNED)}) == 1


def test_bert_fills_a_blank_better_than_both_neighbours_counts() -> None:
    for metrics in shipped("bert").card.metrics.values():
        assert metrics["accuracy"] > metrics["neighbour_counts_accuracy"]
        assert metrics["loss"] < metrics["neighbour_counts_loss"]
        assert "perplexity" not in metrics and metrics["pseudo_perplexity"] > 1


@pytest.mark.parametrize("name", PRETRAINED)
def test_its_matrices_have_maps_films_and_people_s_judgements(name: str) -> None:
    run = shipped(name)
    assert tuple(run.card.similarity) == run.card.distinct_matrices
    for which in run.card.distinct_matrices:
        layout = stored_layout(run, which, ProjectionConfig(method="umap", n_dims=2))
        assert layout is not None and len(layout.points) == len(run.vocabulary)
        film = stored_film(run, which)
        assert film is not None and film.epochs == list(run.snapshots)


@pytest.mark.parametrize("name", CONTEXTUAL)
def test_how_far_contexts_spread_its_words_was_measured(name: str) -> None:
    found = stored_spread(shipped(name))
    assert found is not None and found.n_layers >= 3
    assert len(found.of_layer(found.n_layers - 1)) >= 900
    # The layer that has seen no context gives a word one vector, whatever stands around it.
    assert found.by_layer()["self_similarity"].iloc[-1] < found.by_layer()["self_similarity"].iloc[0]


def test_the_vectors_of_word2vec_agree_with_people() -> None:
    for name in ("skip-gram", "cbow"):
        found = shipped(name).card.similarity["input"]
        assert found["wordsim353"]["spearman"] > 0.2 and found["simlex999"]["spearman"] > 0.1


def test_a_tied_skip_gram_has_one_matrix_and_another_two() -> None:
    assert shipped("skip-gram-tied").card.distinct_matrices == ("input",)
    two = shipped("skip-gram")
    assert two.card.distinct_matrices == ("input", "output")
    assert not np.allclose(two.matrix("input"), two.matrix("output"))
