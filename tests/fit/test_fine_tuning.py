"""Fine-tuning: a classifier begins with the weights of the run it names, and learns; what does not fit is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from reprlearn.analysis.evaluation import evaluate
from reprlearn.data.config import LabelledData, TextData
from reprlearn.fit import fit, starting
from reprlearn.fit.starting import take_weights
from reprlearn.nn.config import BERTConfig, ClassifierConfig, ELMoConfig
from reprlearn.objectives.config import ClassificationConfig, MaskedConfig
from reprlearn.recipes import FitConfig, Recipe
from reprlearn.runs import Run

BODY = BERTConfig(width=16, n_layers=1, n_heads=2, context_length=24, dropout=0.0)
PRETRAINED = Recipe(
    name="tiny-bert",
    data=TextData(corpus="reviews", n_words=400, max_train_tokens=20_000),
    model=BODY,
    objective=MaskedConfig(sequence_length=24),
    fit=FitConfig(epochs=1, batch_size=16, optimiser="adamw", learning_rate=0.01, clip_norm=1.0, snapshot_words=0),
)


@pytest.fixture(scope="module")
def pretrained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / PRETRAINED.name
    for _ in fit(PRETRAINED, folder):
        pass
    return folder


def classifier(start_from: Path | None, **data) -> Recipe:
    fields = {"words_of": PRETRAINED.data, "max_words": 24, "n_labels": 200} | data
    return Recipe(
        name="tiny-classifier",
        data=LabelledData(**fields),
        model=ClassifierConfig(body=BODY, start_from=None if start_from is None else str(start_from)),
        objective=ClassificationConfig(),
        fit=replace(PRETRAINED.fit, epochs=8),
    )


def test_pretraining_says_what_it_came_to_and_never_as_a_perplexity(pretrained):
    run = Run(pretrained)
    assert run.card.capabilities == ["Embeds", "Contextual", "Attends", "FillsBlanks"]
    measured = evaluate(run, "valid")
    for name, value in run.card.metrics["valid"].items():
        assert measured[name] == pytest.approx(value, rel=1e-4), name
    assert "perplexity" not in measured and {"accuracy", "pseudo_perplexity", "neighbour_counts_accuracy"} <= set(
        measured
    )


def test_a_classifier_learns_and_reproduces_its_card(pretrained, tmp_path):
    recipe = classifier(pretrained)
    losses = [record.train_loss for record in fit(recipe, tmp_path / "run")]
    assert losses[-1] < losses[0] - 0.1
    run = Run(tmp_path / "run")
    assert run.recipe == recipe and run.card.capabilities == ["Classifies"]
    measured = evaluate(run, "test")
    assert measured["accuracy"] == pytest.approx(run.card.metrics["test"]["accuracy"], abs=0.005)
    assert measured["majority_accuracy"] == 0.5
    with pytest.raises(ValueError, match="no other folder"):
        evaluate(run, "test", tmp_path)


def test_it_starts_from_the_weights_it_names(pretrained):
    recipe = classifier(pretrained)
    vocabulary = recipe.data.load().vocabulary
    model = recipe.build_model(vocabulary, torch.Generator().manual_seed(0))
    body: Any = model.body
    before = body.embedding.weight.clone()
    take_weights(model, recipe, vocabulary)
    np.testing.assert_array_equal(body.embedding.weight.detach().numpy(), Run(pretrained).matrix("input"))
    assert not torch.equal(before, body.embedding.weight)
    assert body.input_embedding() is body.output_embedding(), "tied stays tied"


def test_a_run_of_other_words_or_another_form_is_refused(pretrained):
    for recipe, said in (
        (classifier(pretrained, words_of=replace(PRETRAINED.data, n_words=300)), "other words"),
        (
            replace(
                classifier(pretrained), model=ClassifierConfig(body=replace(BODY, width=8), start_from=str(pretrained))
            ),
            "width=16",
        ),
        (classifier(Path("no such run")), "no run"),
    ):
        vocabulary = recipe.data.load().vocabulary
        model = recipe.build_model(vocabulary, torch.Generator())
        with pytest.raises(ValueError, match=said):
            take_weights(model, recipe, vocabulary)


def test_an_elmo_gives_all_but_what_scores_words(monkeypatch):
    words = TextData(corpus="reviews", n_words=400, max_train_tokens=20_000)
    body = ELMoConfig(width=8, character_width=4, filters=((1, 4), (2, 8)))
    vocabulary = words.load().vocabulary
    theirs: Any = body.build(vocabulary.words, torch.Generator().manual_seed(1))
    run = SimpleNamespace(name="tiny-elmo", model=theirs, vocabulary=vocabulary, recipe=SimpleNamespace(model=body))
    monkeypatch.setattr(starting, "load", lambda name: run)
    recipe = replace(classifier(Path("tiny-elmo")), model=ClassifierConfig(body=body, start_from="tiny-elmo"))
    model: Any = recipe.build_model(vocabulary, torch.Generator().manual_seed(0))
    take_weights(model, recipe, vocabulary)
    given, ours = dict(theirs.named_parameters()), dict(model.body.named_parameters())
    assert given.keys() - ours.keys() == {"output.weight", "output.bias"}
    for name, part in ours.items():
        torch.testing.assert_close(part, given[name])
