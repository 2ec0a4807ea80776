"""A classifier reads a text the same whatever it is padded with, whatever stands beside it, and whichever model reads."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from reprlearn.nn.capabilities import capabilities
from reprlearn.nn.config import BERTConfig, ClassifierConfig, ELMoConfig, GPTConfig

WORDS = tuple(f"{chr(97 + i % 26)}{chr(97 + 7 * i % 26)}{i}" for i in range(30))
BODIES = {
    "gpt": GPTConfig(width=8, n_layers=1, n_heads=2, context_length=12, dropout=0.0),
    "bert": BERTConfig(width=8, n_layers=2, n_heads=2, context_length=12, dropout=0.0),
    "elmo": ELMoConfig(width=8, n_layers=2, character_width=4, filters=((1, 4), (2, 4)), longest_word=8, dropout=0.0),
}
every_body = pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))


def build(body, **fields):
    model = ClassifierConfig(body=body, **fields).build(WORDS, 2, torch.Generator().manual_seed(0))
    with torch.no_grad():  # weights large enough for words to matter, as they are after training
        model.head.weight.mul_(10)
        for module in model.body.modules() if not isinstance(body, ELMoConfig) else ():
            if isinstance(module, torch.nn.Linear | torch.nn.Embedding):
                module.weight.mul_(10)
    return model.eval()


@every_body
@torch.no_grad()
def test_padding_and_neighbours_in_the_batch_do_not_count(body):
    model, draw = build(body), torch.Generator().manual_seed(0)
    ids, lengths = torch.randint(30, (4, 9), generator=draw), torch.tensor([9, 1, 5, 7])
    together = model(ids, lengths)
    for row, length in enumerate(lengths.tolist()):
        alone = model(ids[row : row + 1, :length], lengths[row : row + 1])
        torch.testing.assert_close(together[row], alone[0], rtol=1e-4, atol=1e-5)
    for row, length in enumerate(lengths.tolist()):
        ids[row, length:] = 3
    torch.testing.assert_close(model(ids, lengths), together, rtol=1e-4, atol=1e-5)


@every_body
@torch.no_grad()
def test_the_layers_of_many_texts_are_those_of_each_alone(body):
    reader: Any = build(body).body
    ids, lengths = torch.randint(30, (4, 9), generator=torch.Generator().manual_seed(1)), torch.tensor([9, 1, 5, 7])
    together = reader.text_layers(ids, lengths)
    torch.testing.assert_close(together[-1], reader.text_states(ids, lengths))
    for row, length in enumerate(lengths.tolist()):
        alone = reader.layer_states(ids[row, :length])
        torch.testing.assert_close(together[:, row, :length], alone, rtol=1e-4, atol=1e-5)


@every_body
@torch.no_grad()
def test_every_word_of_a_text_counts(body):
    model = build(body)
    ids, lengths = torch.arange(6)[None], torch.tensor([6])
    for place in range(6):
        changed = ids.clone()
        changed[0, place] = 20
        assert not torch.allclose(model(ids, lengths), model(changed, lengths), atol=1e-5), place


@every_body
@torch.no_grad()
def test_the_mean_of_the_states_is_scored(body):
    model, ids = build(body), torch.arange(5)[None]
    body_of: Any = model.body
    states = body_of.text_states(ids, torch.tensor([5]))
    assert states.shape == (1, 5, model.config.states_width)
    torch.testing.assert_close(model(ids, torch.tensor([5])), model.head(states.mean(1)))
    log_p = model.class_log_probabilities(ids, torch.tensor([5]))
    torch.testing.assert_close(log_p.exp().sum(1), torch.ones(1))


def test_it_says_what_it_can_do_and_refuses_what_cannot_be():
    assert capabilities(build(BODIES["bert"])) == ["Classifies"]
    with pytest.raises(ValueError, match="dropout"):
        ClassifierConfig(body=BODIES["bert"], dropout=1.0)


@torch.no_grad()
def test_an_elmo_that_reads_for_a_classifier_has_no_softmax_and_the_same_states():
    body = BODIES["elmo"]
    reader: Any = build(body).body
    whole: Any = body.build(WORDS, torch.Generator().manual_seed(1)).eval()
    kept = {name: part for name, part in whole.state_dict().items() if name in reader.state_dict()}
    assert {name.split(".")[0] for name in whole.state_dict().keys() - kept.keys()} == {"output", "vectors"}
    reader.load_state_dict(kept)
    ids, lengths = torch.arange(6).reshape(2, 3), torch.tensor([3, 2])
    torch.testing.assert_close(reader.text_states(ids, lengths), whole.text_states(ids, lengths))
