"""The panels of the Tied vs untied page that stand on scored tokens: who is shown, who is not and why, and what can be done."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.analysis.scores import stored_scores
from reprlearn.runs import load
from reprlearn.ui.text import as_text, t
from tests.pages.opening import opened
from tests.tied_runs import AUGMENTED, GPT, OTHER_WORDS, TIED, UNTIED, score, write_tied_runs


@pytest.fixture(scope="module")
def trained(tiny_runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All runs of `tied_runs`, scored but for the one with the augmented loss."""
    runs = write_tied_runs(tiny_runs, tmp_path_factory.mktemp("scored"))
    for name in (GPT, OTHER_WORDS):
        score(runs / name)
    return runs


@pytest.fixture
def runs(trained: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    copy = tmp_path / "runs"
    shutil.copytree(trained, copy)
    monkeypatch.setenv("REPRLEARN_RUNS", str(copy))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    return copy


def visit(*names: str, **query: str) -> AppTest:
    return opened("tied_vs_untied", runs=list(names), **query)


def figure(at: AppTest, key: str) -> dict:
    return next(json.loads(each.proto.spec) for each in at.get("plotly_chart") if each.proto.id.endswith(f"-{key}"))


def traces(at: AppTest, key: str) -> list[str]:
    return [trace.get("name") for trace in figure(at, key)["data"]]


def said(at: AppTest) -> str:
    return "\n".join(each.value for each in at.markdown)


def test_runs_of_any_architecture_over_one_text_are_compared(runs: Path) -> None:
    at = visit(UNTIED, TIED, GPT)
    assert traces(at, "bands") == [TIED, GPT], "each held against the untied one"
    assert traces(at, "calibration") == [UNTIED, TIED, GPT]
    words = visit(UNTIED, TIED, GPT, part="words")
    assert traces(words, "neighbour_mass") == [UNTIED, TIED, GPT]


def test_a_run_with_other_words_is_left_out_where_tokens_are_paired_and_shown_where_not(runs: Path) -> None:
    at = visit(UNTIED, TIED, OTHER_WORDS)
    assert traces(at, "bands") == [TIED] and OTHER_WORDS in traces(at, "calibration")
    assert t("scores.other_text", run=as_text(OTHER_WORDS), reference=as_text(UNTIED)) in said(at)
    assert as_text(OTHER_WORDS) in said(at) and t("twins.unknown") in said(at)


def test_a_run_that_was_not_scored_is_scored_by_its_button(runs: Path) -> None:
    at = visit(UNTIED, AUGMENTED)
    assert AUGMENTED not in traces(at, "calibration")
    assert t("scores.missing", run=as_text(AUGMENTED)) in said(at)
    at.button(f"score_{AUGMENTED}").click().run()
    assert not at.exception
    assert stored_scores(load(AUGMENTED)) is not None
    assert traces(at, "bands") == [AUGMENTED] and AUGMENTED in traces(at, "calibration")


def test_a_run_whose_text_is_gone_says_why_it_cannot_be_scored(runs: Path) -> None:
    corpus = Path(load(AUGMENTED).recipe.data.folder)  # type: ignore[union-attr, arg-type]
    moved = corpus.with_name("moved")
    corpus.rename(moved)
    try:
        at = visit(UNTIED, AUGMENTED)
        at.button(f"score_{AUGMENTED}").click().run()
        assert not at.exception and len(at.error) == 1 and as_text(AUGMENTED) in at.error[0].value
    finally:
        moved.rename(corpus)


def test_the_chosen_word_is_in_the_link_and_shows_its_neighbours(runs: Path) -> None:
    at = visit(UNTIED, TIED, part="words", near="terrible")
    assert at.selectbox("near").value == "terrible"
    assert t("neighbours.word") == at.selectbox("near").label and "Neighbours of **terrible**" in said(at)
    at.selectbox("near").set_value("slow").run()
    assert "Neighbours of **slow**" in said(at)


def test_a_word_nobody_knows_opens_on_one_that_is_known(runs: Path) -> None:
    at = visit(UNTIED, TIED, part="words", near="zzz")
    assert "Neighbours of **wonderful**" in said(at)


def test_the_table_shows_every_run_with_its_difference(runs: Path) -> None:
    at = visit(UNTIED, TIED)
    table = at.dataframe[0].value
    cards = {name: load(name).card for name in (UNTIED, TIED)}
    change = cards[TIED].n_parameters / cards[UNTIED].n_parameters - 1
    assert list(table[t("twins.column.run")]) == [UNTIED, TIED]
    assert f"({change:+.0%})".replace("-", "−") in table[t("twins.column.parameters")][1]
    assert "(" not in table[t("twins.column.parameters")][0], "the reference differs from itself by nothing"
