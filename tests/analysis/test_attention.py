"""Attention: habits are told from what heads do, against what even attention would give."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from reprlearn.analysis.attention import Reading, habit_of, habits, most_looked_at, read_attention, words_looked_at
from reprlearn.analysis.typed import Typed, read_typed
from reprlearn.runs import Run
from tests.contextual_runs import BERT, GPT

N = 6


def made(*heads: np.ndarray, causal: bool) -> Reading:
    """A reading of one layer with these heads."""
    typed = Typed(tuple("abcdef"), np.arange(N), np.ones(N, dtype=bool), 0)
    return Reading(typed, np.stack(heads)[None].astype(np.float32), causal)


def looking(places: list[int], share: float = 0.9) -> np.ndarray:
    """Each word gives `share` to one place and the rest evenly to the others."""
    weights = np.full((N, N), (1 - share) / (N - 1))
    weights[np.arange(N), places] = share
    return weights


EVEN = np.full((N, N), 1 / N)
BACK = np.tri(N) / np.tri(N).sum(axis=1, keepdims=True)
HEADS = {
    "itself": looking(list(range(N))),
    "before": looking([0, 0, 1, 2, 3, 4]),
    "after": looking([1, 2, 3, 4, 5, 5]),
    "first": looking([0] * N),
}


def test_a_habit_is_named_with_its_share() -> None:
    table = habits(made(*HEADS.values(), causal=False))
    for head, name in enumerate(HEADS, 1):
        found = habit_of(table, 1, head)
        assert found.name == name and found.share == pytest.approx(0.9, abs=1e-6) and found.even == pytest.approx(1 / N)


@pytest.mark.parametrize(("weights", "causal"), [(EVEN, False), (BACK, True)])
def test_even_attention_has_no_habit_and_gives_each_place_the_even_share(weights: np.ndarray, causal: bool) -> None:
    table = habits(made(weights, causal=causal))
    assert habit_of(table, 1, 1).name is None
    assert table["share"].tolist() == pytest.approx(table["even"].tolist(), abs=1e-6)
    assert set(table["habit"]) == {"itself", "before", "first"} | (set() if causal else {"after"})


def test_a_word_that_sees_itself_alone_does_not_make_a_habit() -> None:
    looking_first = np.tri(N) * 0
    looking_first[:, 0] = 1.0
    table = habits(made(looking_first, causal=True)).set_index("habit")["share"]
    assert table[["itself", "first"]].tolist() == [0, 1]


def test_the_word_that_most_look_at_is_found_beyond_what_it_gets_by_its_place() -> None:
    column = BACK.copy()
    column[3:] = 0
    column[3:, 3] = 1.0
    place, share, even = most_looked_at(made(column, causal=True), 1, 1)
    assert place == 3 and share == pytest.approx(1.0) and even == pytest.approx(np.mean([1 / 4, 1 / 5, 1 / 6]))


def test_attention_is_divided_between_so_many_words() -> None:
    assert words_looked_at(EVEN) == pytest.approx(N)
    assert words_looked_at(np.eye(N)) == pytest.approx(1.0)


@pytest.mark.parametrize(("name", "causal"), [(GPT, True), (BERT, False)])
def test_a_reading_is_the_model_s_attention(contextual_runs: Path, name: str, causal: bool) -> None:
    run = Run(contextual_runs / name)
    typed = read_typed(run, "the film was moving zyx")
    reading = read_attention(run, typed)
    assert (reading.n_layers, reading.n_heads, reading.causal) == (2, 2, causal)
    assert reading.weights == pytest.approx(run.model.attention(torch.from_numpy(typed.ids)).numpy())
    assert reading.weights.sum(axis=3) == pytest.approx(np.ones((2, 2, 5)), abs=1e-5)
    assert (reading.weights[0, 0] > 0).tolist() == (reading.seen() > 0).tolist(), "even attention goes to what is seen"
    with pytest.raises(ValueError, match=r"^a sentence of no words"):
        read_attention(run, read_typed(run, ""))
