"""What moved a classifier: the text is read once with every word left out, as if each had been read by itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from reprlearn.analysis.transfer_reading import moves, read_text, strongest
from reprlearn.data.config import LabelledData
from reprlearn.data.vocabulary import Vocabulary
from reprlearn.nn.config import BERTConfig, ClassifierConfig, ELMoConfig, GPTConfig

WORDS = ["<unk>", "<eos>", *["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"]]
BODIES = {
    "gpt": GPTConfig(width=8, n_layers=1, n_heads=2, context_length=12, dropout=0.0),
    "bert": BERTConfig(width=8, n_layers=2, n_heads=2, context_length=12, dropout=0.0),
    "elmo": ELMoConfig(width=8, n_layers=2, character_width=4, filters=((1, 4), (2, 4)), longest_word=8, dropout=0.0),
}


def run_of(body: Any = BODIES["bert"], max_words: int = 10) -> Any:
    model = ClassifierConfig(body=body).build(WORDS, 2, torch.Generator().manual_seed(0)).eval()
    with torch.no_grad():  # weights large enough for words to matter, as they are after training
        model.head.weight.mul_(30)
        for module in model.body.modules():
            if isinstance(module, torch.nn.Linear | torch.nn.Embedding):
                module.weight.mul_(8)
    return SimpleNamespace(
        name="made", card=SimpleNamespace(capabilities=["Classifies"]), model=model,
        vocabulary=Vocabulary(WORDS, np.ones(len(WORDS), dtype=np.int64)), recipe=SimpleNamespace(data=LabelledData(max_words=max_words)),
    )  # fmt: skip


def alone(run: Any, words: list[str]) -> float:
    """The log-odds of a text read by itself."""
    ids = torch.tensor([[WORDS.index(word) if word in WORDS else 0 for word in words] or [0]])
    with torch.no_grad():
        scores = run.model(ids, torch.tensor([ids.shape[1]]))[0]
    return float(scores[1] - scores[0])


@pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))
@pytest.mark.parametrize("text", ["a b c d", "k", "e zebra e f", "b " * 10])
def test_each_word_is_left_out_as_if_the_text_were_read_without_it(body, text):
    run, words = run_of(body), text.split()
    reading = read_text(run, text)
    assert list(reading.tokens) == words
    assert reading.log_odds == pytest.approx(alone(run, words), abs=1e-4)
    expected = [alone(run, words[:i] + words[i + 1 :]) for i in range(len(words))]
    np.testing.assert_allclose(reading.without, expected, atol=1e-4)
    np.testing.assert_allclose(reading.moved, reading.log_odds - np.array(expected), atol=1e-4)
    assert reading.known.tolist() == [word in WORDS for word in words]
    assert reading.probability == pytest.approx(1 / (1 + np.exp(-reading.log_odds)))


def test_a_long_text_is_cut_where_the_model_s_was():
    run = run_of(max_words=4)
    reading = read_text(run, "a b c d e f")
    assert (len(reading.tokens), reading.n_words) == (4, 6)
    assert reading.log_odds == read_text(run, "a b c d").log_odds
    short = run_of(max_words=100)
    assert len(read_text(short, "a " * 50).tokens) == 12, "its context holds no more"


def test_no_word_is_an_unknown_one():
    run = run_of()
    for text in ("", "  \n "):
        reading = read_text(run, text)
        assert reading.tokens == () and reading.moved.shape == (0,)
        assert reading.log_odds == pytest.approx(alone(run, []), abs=1e-5)


def test_the_strongest_words_come_first_of_equals_in_order():
    reading = read_text(run_of(), "a b zebra c d e")
    frame, top = moves(reading), strongest(reading, 3)
    assert frame["token"].tolist() == ["a", "b", "zebra", "c", "d", "e"] and frame["known"].tolist()[2] is False
    order = sorted(range(6), key=lambda i: -abs(reading.moved[i]))
    assert top["position"].tolist() == order[:3]
    assert len(strongest(reading, 99)) == 6


def test_a_run_that_classifies_nothing_is_refused():
    run = run_of()
    run.card.capabilities = ["Embeds"]
    with pytest.raises(ValueError, match="made tells no texts apart"):
        read_text(run, "a")
