"""The loss of one prediction, taken apart, is the loss that models are trained with."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from reprlearn.analysis.augmented_target import cooled, loss_parts, losses, own_setting, soft_target, target_table
from reprlearn.objectives.augmented import augmented_cross_entropy, soft_targets
from tests.analysis.conftest import MadeRun


@settings(max_examples=25)
@given(
    seed=st.integers(0, 1000),
    n_words=st.integers(2, 12),
    temperature=st.sampled_from([0.5, 1.0, 10.0, 50.0]),
    gain=st.sampled_from([0.0, 0.5, 2.0]),
)
def test_the_parts_add_up_to_the_training_loss(seed: int, n_words: int, temperature: float, gain: float) -> None:
    generator = torch.Generator().manual_seed(seed)
    hidden, weight, bias = (torch.randn(shape, generator=generator) for shape in ((1, 4), (n_words, 4), (n_words,)))
    embedding = torch.randn((n_words, 4), generator=generator)
    word = seed % n_words
    with torch.no_grad():
        expected = augmented_cross_entropy(
            hidden, weight, bias, torch.tensor([word]), embedding, temperature=temperature, gain=gain
        )
        plain = augmented_cross_entropy(
            hidden, weight, bias, torch.tensor([word]), embedding, temperature=1.0, gain=0.0
        )
        logits = (hidden @ weight.T + bias)[0]
    soft = soft_target(embedding.numpy(), word, temperature)
    np.testing.assert_allclose(soft, soft_targets(embedding, torch.tensor([word]), temperature)[0], atol=1e-6)
    # Probabilities will do in the place of scores: a constant makes no difference to a softmax.
    for scores in (logits, logits.log_softmax(0)):
        parts = loss_parts(scores.numpy(), soft, word, temperature, gain)
        assert parts.total == pytest.approx(float(expected), rel=1e-4, abs=1e-5)
        assert parts.plain == pytest.approx(float(plain), rel=1e-4, abs=1e-5)
        assert parts.alpha == gain * temperature and parts.augmented == pytest.approx(parts.alpha * parts.divergence)


def test_by_hand() -> None:
    matrix = np.array([[np.log(2.0)], [1.0], [0.0]], dtype=np.float32)
    np.testing.assert_allclose(soft_target(matrix, 1, 1.0), np.array([2, np.e, 1]) / (3 + np.e), rtol=1e-6)
    soft = np.array([0.5, 0.5, 0.0])
    parts = loss_parts(np.log([0.25, 0.5, 0.25]), soft, 1, 1.0, 3.0)
    assert parts.plain == pytest.approx(np.log(2))
    assert parts.divergence == pytest.approx(0.5 * np.log(2))  # .5 log(.5 / .25) + .5 log(.5 / .5)
    assert parts.total == pytest.approx(2.5 * np.log(2))
    np.testing.assert_allclose(cooled(np.log([0.25, 0.5, 0.25]), 0.5), [1 / 6, 4 / 6, 1 / 6])


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("nan"), float("inf")])
def test_no_target_at_such_a_temperature(temperature: float) -> None:
    with pytest.raises(ValueError, match="temperature"):
        soft_target(np.eye(3), 0, temperature)


def test_wrong_words_and_gains_are_refused() -> None:
    with pytest.raises(ValueError, match="word_id=3"):
        soft_target(np.eye(3), 3, 1.0)
    with pytest.raises(ValueError, match="gain=-1"):
        loss_parts(np.zeros(3), np.full(3, 1 / 3), 0, 1.0, -1)


@pytest.fixture
def made_run(tmp_path) -> MadeRun:
    run = MadeRun({"input": np.array([[3.0, 0], [0, 1], [2, 0], [0, 3], [0, 2]], dtype=np.float32)}, tmp_path)
    objective = SimpleNamespace(augmented_temperature=2.0, augmented_gain=0.5)
    run.__dict__["recipe"] = SimpleNamespace(objective=objective)
    return run


def reading(*probabilities: float) -> Any:
    return SimpleNamespace(next_log_probabilities=np.log(probabilities))


def test_each_run_is_asked_with_its_own_setting_or_with_the_given_one(made_run: MadeRun) -> None:
    even = {"made": reading(0.2, 0.2, 0.2, 0.2, 0.2)}
    assert own_setting(made_run) == (2.0, 0.5)
    (row,) = losses({"made": made_run}, even, "word0").to_dict("records")
    assert (row["temperature"], row["gain"], row["alpha"]) == (2.0, 0.5, 1.0)
    assert row["plain"] == pytest.approx(np.log(5)) and row["total"] == pytest.approx(row["plain"] + row["divergence"])
    (row,) = losses({"made": made_run}, even, "word0", temperature=8.0, gain=0.0).to_dict("records")
    assert (row["temperature"], row["augmented"]) == (8.0, 0.0) and row["total"] == row["plain"]
    assert losses({"made": made_run}, even, "nowhere").empty


def test_the_table_of_a_target_holds_the_word_itself_even_where_others_get_more(made_run: MadeRun) -> None:
    # The row of word1 is three times as long as that of word2: the dot product prefers it to the word itself.
    table = target_table(made_run, cast(Any, reading(0.1, 0.2, 0.3, 0.2, 0.2)), "word2", 1.0, k=1)
    assert table["word"].tolist() == ["word2"] and table["one_hot"].tolist() == [1.0]
    table = target_table(made_run, cast(Any, reading(0.1, 0.2, 0.3, 0.2, 0.2)), "word2", 1.0, k=3)
    assert table["word"].tolist() == ["word1", "word2", "<eos>"] and table["one_hot"].tolist() == [0.0, 1.0, 0.0]
    assert table["soft"].is_monotonic_decreasing
    np.testing.assert_allclose(table["predicted"], [0.2, 0.2, 0.2], atol=1e-12)
    with pytest.raises(ValueError, match="zzz"):
        target_table(made_run, cast(Any, reading(0.2, 0.2, 0.2, 0.2, 0.2)), "zzz", 1.0)
