"""A model of any kind appears on the pages that its capabilities give it, and opens there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.fit import fit
from reprlearn.recipes import RECIPES
from reprlearn.runs import Run
from reprlearn.ui.text import as_text, t
from reprlearn.ui.text.numbers import decimal
from tests.conftest import write_sentences
from tests.pages.opening import opened

SIZES: dict[str, dict[str, Any]] = {
    "skip-gram": {"model": {"width": 8}},
    "elmo": {
        "model": {"width": 8, "character_width": 4, "filters": ((1, 4), (2, 8))},
        "objective": {"sequence_length": 16},
    },
    "bert": {
        "model": {"width": 8, "n_layers": 1, "n_heads": 2, "context_length": 16},
        "objective": {"sequence_length": 16},
    },
    "lstm-untied": {"model": {"width": 8}},
}


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("kinds")
    corpus = write_sentences(root / "corpus")
    for name, sizes in SIZES.items():
        recipe: Any = RECIPES[name]
        recipe = replace(
            recipe,
            data=replace(recipe.data, folder=corpus, n_words=60),
            model=replace(recipe.model, **sizes["model"]),
            objective=replace(recipe.objective, **sizes.get("objective", {})),
            fit=replace(recipe.fit, epochs=1, batch_size=4, snapshot_words=20, snapshots_per_epoch=2),
        )
        for _ in fit(recipe, root / "runs" / name):
            pass
    return root / "runs"


@pytest.fixture(autouse=True)
def _only_these(trained: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REPRLEARN_RUNS", str(trained))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")


def visit(page: str = "home", **query: Any) -> AppTest:
    at = opened(page, **query)
    assert not at.error
    return at


def test_capabilities_are_those_of_the_kind(trained: Path) -> None:
    assert {name: Run(trained / name).card.capabilities for name in SIZES} == {
        "skip-gram": ["Embeds"],
        "elmo": ["Embeds", "Predicts", "Contextual"],
        "bert": ["Embeds", "Contextual", "Attends", "FillsBlanks"],
        "lstm-untied": ["Embeds", "Predicts"],
    }


def test_home_shows_them_all() -> None:
    at = visit()
    said = "\n".join(each.value for each in (*at.markdown, *at.subheader, *at.header))
    assert all(name.replace("-", r"\-") in said or name in said for name in SIZES)


@pytest.mark.parametrize("run", SIZES)
def test_the_embedding_space_opens_on_each_of_its_matrices(trained: Path, run: str) -> None:
    for matrix in Run(trained / run).card.distinct_matrices:
        at = visit("embedding_space", run=run, matrix=matrix, method="pca")
        assert at.selectbox(key="run").value == run


def test_the_next_token_page_offers_those_that_predict_and_elmo_reads_forward_there() -> None:
    at = visit("next_token", runs=["elmo", "lstm-untied"], prompt="the film was", chosen="slow")
    assert at.multiselect(key="runs").value == ["elmo", "lstm-untied"]
    assert set(at.multiselect(key="runs").options) == {"elmo", "lstm-untied"}


@pytest.mark.parametrize(
    "link",
    [{"part": part} for part in ("answer", "words", "seeds", "sizes", "small")]
    + [{"part": "matrices", "look": look} for look in ("tiedness", "spectrum", "norms", "placed", "updates")],
    ids=lambda link: "-".join(link.values()),
)
def test_tied_vs_untied_compares_elmo_with_others(link: dict[str, str]) -> None:
    at = visit("tied_vs_untied", runs=["elmo", "lstm-untied"], **link)
    assert at.multiselect(key="runs").value == ["elmo", "lstm-untied"]


def test_each_card_shows_the_measure_of_its_kind_and_perplexity_is_of_next_words_alone(trained: Path) -> None:
    said = {}
    for each in visit().markdown:
        label = next(
            (
                label
                for label in (t("home.card.perplexity"), t("home.card.blanks"), t("home.card.wordsim"))
                if f" {label} " in each.value
            ),
            None,
        )
        if label and each.value.startswith(":small["):
            said.setdefault(label, []).append(each.value.split("**")[1])
    cards = {name: Run(trained / name).card for name in SIZES}
    perplexities = [card.metrics["test"]["perplexity"] for card in cards.values() if "Predicts" in card.capabilities]
    assert sorted(said[t("home.card.perplexity")]) == sorted(as_text(decimal(value)) for value in perplexities)
    assert said[t("home.card.blanks")] == [as_text(f"{cards['bert'].metrics['test']['accuracy']:.1%}")]
    assert set(said[t("home.card.wordsim")]) == {as_text(t("number.none"))}, "nobody has asked people about these words"
