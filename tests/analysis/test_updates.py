"""Rows a step reaches, gradient norms, and words like those nobody trained."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis.updates import (
    COHERENT,
    gradient_norms,
    measured_rows,
    reach,
    row_updates,
    step_tokens,
    under_trained,
)
from reprlearn.runs import load
from tests.analysis.conftest import MadeRun, two_matrices


def test_reach_is_how_often_a_word_is_drawn() -> None:
    counts = np.array([6, 3, 1, 0])
    draw = np.random.default_rng(0)
    draws = draw.choice(4, size=(40_000, 5), p=counts / 10)
    seen = np.array([(draws == word).any(axis=1).mean() for word in range(4)])
    assert reach(counts, 5) == pytest.approx(seen, abs=0.01)
    assert reach(counts, 5).sum() == pytest.approx(np.mean([len(set(row)) for row in draws.tolist()]), abs=0.02)


def test_reach_at_its_ends() -> None:
    assert reach(np.array([5, 0]), 1).tolist() == [1, 0]  # a word that is all of the text
    assert reach(np.array([1, 1]), 1) == pytest.approx([0.5, 0.5])
    for counts, n in ((np.zeros(3), 1), (np.array([-1, 2]), 1), (np.array([1]), 0)):
        with pytest.raises(ValueError, match="counts"):
            reach(counts, n)


def test_rows_counted_in_the_text_are_those_of_the_training_batches(tiny_runs: Path) -> None:
    from reprlearn.objectives.causal import CausalObjective

    run = load(tiny_runs / "tiny-untied")
    recipe: Any = run.recipe
    batches = CausalObjective(recipe.objective).batches(recipe.data.load(), recipe.fit.batch_size)
    naive = [len(set(batch.ids.flatten().tolist())) for batch in batches]
    assert measured_rows(run, 10_000).tolist() == naive
    assert len(measured_rows(run, 3)) == 3
    frame = row_updates(run)
    assert frame["reach"].to_numpy().sum() == pytest.approx(reach(run.vocabulary.counts, step_tokens(run)).sum())
    assert all(np.diff(frame[name].to_numpy()).max() <= 0 for name in ("count", "reach"))


def test_gradient_norms_are_those_recorded(tiny_runs: Path, tmp_path: Path) -> None:
    run = load(tiny_runs / "tiny-tied")
    found = gradient_norms(run)
    assert len(found) and found[["input", "output"]].to_numpy().min() > 0
    made = MadeRun(two_matrices(), tmp_path)
    made.__dict__["curves"] = pd.DataFrame(
        {"step": [1, 2], "tokens": [3, 6], "input_gradient_norm": [None, 0.5], "output_gradient_norm": [1.0, 2.0]}
    )
    assert gradient_norms(made).to_dict("records") == [{"step": 2, "tokens": 6, "input": 0.5, "output": 2.0}]
    made.__dict__["curves"] = pd.DataFrame({"step": [1]})
    assert gradient_norms(made).empty


def reserved_run(matrix: np.ndarray, folder: Path) -> MadeRun:
    words = ["<unk>", "<eos>", *(f"word{i}" for i in range(len(matrix) - 5)), *(f"<reserved-{i}>" for i in range(3))]
    return MadeRun({"output": matrix}, folder, words=words)


def test_the_word_nearest_the_reserved_ones_comes_first(tmp_path: Path) -> None:
    matrix = np.random.default_rng(0).normal(size=(40, 6)).astype(np.float32)
    matrix[-3:] = [5, 0, 0, 0, 0, 0]
    matrix[7], matrix[9] = [0.1, 0.001, 0, 0, 0, 0], [-1, 0, 0, 0, 0, 0]
    found = under_trained(reserved_run(matrix, tmp_path), "output")
    assert found["word_id"].iloc[0] == 7 and found["word_id"].iloc[-1] == 9
    assert found["distance"].iloc[0] == pytest.approx(0, abs=1e-3) and found["distance"].iloc[-1] == pytest.approx(2)
    assert len(found) == 37  # the reserved ones are no words
    assert found.attrs["coherence"] == pytest.approx(1)


def test_reserved_rows_that_were_never_moved_are_no_direction(tmp_path: Path) -> None:
    matrix = np.random.default_rng(0).normal(size=(40, 60)).astype(np.float32)
    assert under_trained(reserved_run(matrix, tmp_path), "output").attrs["coherence"] < COHERENT


def test_without_reserved_words_there_is_nothing_to_be_close_to(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="reserved"):
        under_trained(MadeRun(two_matrices(), tmp_path), "output")
