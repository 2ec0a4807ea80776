"""ELMo: each half sees its own side alone, words are made of their characters, every layer shows what it adds."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
import torch

from reprlearn.nn.capabilities import capabilities, matrices
from reprlearn.nn.config import ELMoConfig
from reprlearn.nn.elmo import BEGIN, END, PADDING, spell

WORDS = ("<unk>", "<eos>", "film", "films", "filmed", "köln", "a", "extraordinarily", *(f"word{i}" for i in range(12)))
CONFIG = ELMoConfig(width=10, n_layers=2, character_width=4, filters=((1, 3), (2, 4)), longest_word=8, dropout=0.0)
IDS = torch.randint(len(WORDS), (2, 7), generator=torch.Generator().manual_seed(0))


def build(seed: int = 0, **fields):
    return replace(CONFIG, **fields).build(WORDS, torch.Generator().manual_seed(seed)).eval()


@torch.no_grad()
@pytest.mark.parametrize("changed_at", [0, 3, 6])
def test_each_half_sees_its_own_side_alone(changed_at):
    model, changed = build(), IDS.clone()
    changed[:, changed_at] = (changed[:, changed_at] + 1) % len(WORDS)
    (ahead, back, _), (ahead_changed, back_changed, _) = model(IDS), model(changed)
    before, after = slice(0, changed_at), slice(changed_at + 1, None)
    torch.testing.assert_close(ahead[:, before], ahead_changed[:, before])
    torch.testing.assert_close(back[:, after], back_changed[:, after])
    assert (ahead[:, changed_at:] != ahead_changed[:, changed_at:]).any(2).all(), "all that comes hangs on it"
    assert (back[:, : changed_at + 1] != back_changed[:, : changed_at + 1]).any(2).all()


@torch.no_grad()
def test_the_next_word_is_predicted_by_the_forward_half():
    model = build()
    ahead, _, _ = model(IDS)
    torch.testing.assert_close(model.next_token_logits(IDS), model.output(ahead))


@torch.no_grad()
def test_a_text_read_in_pieces_is_read_as_a_whole_forward():
    model = build()
    whole, _, state = model(IDS)
    first, _, carried = model(IDS[:, :3])
    second, _, after = model(IDS[:, 3:], carried)
    torch.testing.assert_close(torch.cat([first, second], dim=1), whole)
    for one, other in zip(after, state, strict=True):
        torch.testing.assert_close(one, other)


@torch.no_grad()
def test_layers_are_the_words_and_both_directions_side_by_side():
    model = build()
    states = model.layer_states(IDS[0])
    assert states.shape == (3, 7, 20)
    words = model.word_vectors(IDS[0])
    torch.testing.assert_close(states[0], torch.cat([words, words], dim=1))
    ahead, back, _ = model(IDS[:1])
    torch.testing.assert_close(states[2], torch.cat([ahead, back], dim=2)[0])
    # The second layer adds to the first.
    made, _ = model.forward_layers[1](states[1][None, :, :10])
    torch.testing.assert_close(states[2][None, :, :10], made + states[1][None, :, :10])


@torch.no_grad()
def test_words_are_made_of_their_characters_and_of_nothing_else():
    model = build()
    renamed = replace(CONFIG).build(tuple(reversed(WORDS)), torch.Generator().manual_seed(0)).eval()
    ids = torch.arange(len(WORDS))
    torch.testing.assert_close(model.word_vectors(ids), renamed.word_vectors(len(WORDS) - 1 - ids))
    longest = model.encoder(spell(("extraordinarily", "extraordinary"), 8))
    torch.testing.assert_close(longest[0], longest[1])
    assert not torch.allclose(*model.encoder(spell(("film", "films"), 8)), atol=1e-4)


def test_words_are_spelled_in_bytes_between_marks():
    rows = spell(("ab", "ö"), 3).tolist()
    assert rows == [[BEGIN, 97, 98, END, PADDING], [BEGIN, 0xC3, 0xB6, END, PADDING]]


def test_it_says_what_it_can_do_and_keeps_its_spelling_out_of_the_weights():
    model = build()
    assert capabilities(model) == ["Embeds", "Predicts", "Contextual"]
    assert matrices(model) == {"input": "vectors", "output": "output.weight"}
    assert "spelling" not in model.state_dict()


@torch.no_grad()
def test_the_vectors_that_are_stored_are_those_the_encoder_makes():
    model = build()
    model.encoder.projection.bias.add_(1.0)
    made = model.word_vectors(torch.arange(len(WORDS)))
    torch.testing.assert_close(model.state_dict()["vectors"], made)
    torch.testing.assert_close(model.input_embedding(), made)
    half = copy.deepcopy(model).half()
    torch.testing.assert_close(half.state_dict()["vectors"].float(), made, rtol=1e-2, atol=1e-2)


def test_weights_come_from_the_generator_alone():
    torch.manual_seed(1)
    first = build(seed=3)
    torch.manual_seed(2)
    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), build(seed=3).parameters(), strict=True))


@pytest.mark.parametrize(
    "fields", [{"width": 0}, {"n_layers": 0}, {"filters": ((9, 2),)}, {"n_highways": -1}, {"dropout": 1.0}]
)
def test_impossible_sizes_are_refused_by_name(fields):
    with pytest.raises(ValueError, match=next(iter(fields))):
        replace(CONFIG, **fields)
