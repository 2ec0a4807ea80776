"""Loaders: one copy of a run for all visitors, read again when its files change."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from reprlearn.analysis.projection import ProjectionConfig
from reprlearn.analysis.reduction import project
from reprlearn.ui import loaders


def test_a_run_is_one_object_for_everybody(only_tiny_runs: Path) -> None:
    assert loaders.run("tiny-tied") is loaders.run("tiny-tied")


def test_a_run_trained_again_is_read_again(only_tiny_runs: Path) -> None:
    before = loaders.run("tiny-tied")
    card = only_tiny_runs / "tiny-tied" / "card.json"
    fields = json.loads(card.read_text(encoding="utf-8"))
    card.write_text(json.dumps({**fields, "summary": "another one"}), encoding="utf-8")
    os.utime(card, ns=(1, 1))
    assert before.card.summary != "another one"
    assert loaders.run("tiny-tied").card.summary == "another one"


def test_a_new_run_and_a_broken_one_appear_without_a_restart(only_tiny_runs: Path) -> None:
    assert [run.name for run in loaders.runs()[0]] == ["tiny-tied", "tiny-untied"]
    shutil.copytree(only_tiny_runs / "tiny-tied", only_tiny_runs / "copy")
    (only_tiny_runs / "half").mkdir()
    runs, broken = loaders.runs()
    assert [run.name for run in runs] == ["copy", "tiny-tied", "tiny-untied"]
    assert [folder.name for folder in broken] == ["half"]


def test_runs_are_asked_for_by_what_they_can_do(only_tiny_runs: Path) -> None:
    assert {run.name for run in loaders.runs_with("Predicts")} == {"tiny-tied", "tiny-untied"}
    assert loaders.runs_with("PredictsEvents") == []
    with pytest.raises(KeyError):
        loaders.run("no such run")


def test_a_prompt_is_read_once(only_tiny_runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reprlearn.analysis import prediction

    read, times = prediction.read_prompt, []
    monkeypatch.setattr(prediction, "read_prompt", lambda run, prompt: times.append(prompt) or read(run, prompt))
    run = loaders.run("tiny-untied")
    first, again = loaders.reading(run, "the cast was"), loaders.reading(run, "the cast was")
    loaders.reading(run, "the cast is")
    assert first is again and times == ["the cast was", "the cast is"]


def test_a_word_table_is_a_copy(only_tiny_runs: Path) -> None:
    run = loaders.run("tiny-untied")
    table = loaders.word_table(run, "input")
    table.loc[0, "word"] = "spoilt"
    assert loaders.word_table(run, "input").loc[0, "word"] == run.vocabulary.words[0]


def test_a_map_stored_later_is_found(only_tiny_runs: Path) -> None:
    from reprlearn.analysis.projection import compute_layout

    run, config = loaders.run("tiny-untied"), ProjectionConfig(method="pca", n_dims=2)
    monkey = os.environ.get("REPRLEARN_CACHE")
    os.environ["REPRLEARN_CACHE"] = str(only_tiny_runs.parent / "cache")
    try:
        assert loaders.stored_layout(run, "input", config) is None
        compute_layout(run, "input", config)
        found = loaders.stored_layout(run, "input", config)
    finally:
        os.environ.pop("REPRLEARN_CACHE") if monkey is None else os.environ.update(REPRLEARN_CACHE=monkey)
    assert found is not None
    expected = project(run.matrix("input"), config)
    assert np.allclose(found.points[["x", "y"]].to_numpy(), expected, atol=1e-3)
