"""What is said of a training on a terminal."""

from __future__ import annotations

import math

import pytest

from reprlearn.fit.bar import epoch_line
from reprlearn.progress import Progress


def record(loss: float) -> Progress:
    return Progress(
        step=10, total_steps=20, epoch=1, tokens=100, tokens_per_second=5.0, elapsed_seconds=90.0, learning_rate=0.1,
        train_loss=loss, valid_loss=loss,
    )  # fmt: skip


@pytest.mark.parametrize(("objective", "has_one"), [("causal", True), ("next-event", True), ("classification", False)])
def test_only_the_loss_of_a_next_word_or_event_has_a_perplexity(objective: str, has_one: bool) -> None:
    said = epoch_line(record(math.log(50)), objective)
    assert "valid loss 3.9120" in said and "after 1.5 min" in said
    assert ("perplexity 50.0" in said) == has_one == ("perplexity" in said)


def test_a_loss_beyond_all_words_is_said_without_overflow() -> None:
    assert "perplexity over 4e8" in epoch_line(record(5_000.0), "causal")
