"""The transformer language model: no word sees those after it, a pair differs in one matrix, long texts are read whole."""

from dataclasses import replace

import pytest
import torch

from reprlearn.nn.attention import Layer
from reprlearn.nn.capabilities import capabilities, matrices, n_parameters
from reprlearn.nn.config import GPTConfig

CONFIG = GPTConfig(width=12, n_layers=2, n_heads=3, context_length=16, dropout=0.0)
IDS = torch.randint(50, (3, 16), generator=torch.Generator().manual_seed(0))


def build(seed: int = 0, spread: float = 0.3, **fields):
    """A model whose weights are large enough for words to matter, as they are after training."""
    model = replace(CONFIG, **fields).build(50, torch.Generator().manual_seed(seed))
    with torch.no_grad():
        for layer in (model.embedding, model.positions, *model.layers.modules()):
            if isinstance(layer, torch.nn.Linear | torch.nn.Embedding):
                layer.weight.mul_(spread / 0.02)
    return model.eval()


def test_tied_is_one_parameter_and_untied_two():
    tied, untied = build(tied=True), build()
    assert tied.input_embedding() is tied.output_embedding()
    assert untied.input_embedding() is not untied.output_embedding()
    assert n_parameters(untied) - n_parameters(tied) == 50 * 12
    assert matrices(tied) == {"input": "embedding.weight", "output": "embedding.weight"}
    assert matrices(untied) == {"input": "embedding.weight", "output": "output.weight"}


def test_the_parameters_are_those_one_counts_by_hand():
    d, words, positions, layers = 12, 50, 16, 2
    attention = (d + 1) * 3 * d + (d + 1) * d
    feed_forward = (d + 1) * 4 * d + (4 * d + 1) * d
    norms = 2 * 2 * d
    expected = words * d + positions * d + layers * (attention + feed_forward + norms) + 2 * d + words
    assert n_parameters(build(tied=True)) == expected


def test_twins_start_from_the_same_values():
    tied, untied = (dict(build(tied=tied).named_parameters()) for tied in (True, False))
    assert set(untied) - set(tied) == {"output.weight"}
    assert all(torch.equal(tied[name], untied[name]) for name in tied)


def test_weights_come_from_the_generator_alone():
    torch.manual_seed(1)
    first = build(seed=3)
    torch.manual_seed(2)
    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), build(seed=3).parameters(), strict=True))
    assert not torch.equal(first.embedding.weight, build(seed=4).embedding.weight)


@torch.no_grad()
def test_no_position_sees_the_words_after_it():
    model = build()
    changed = IDS.clone()
    changed[:, 11] = (changed[:, 11] + 1) % 50
    before, after = model.next_token_logits(IDS), model.next_token_logits(changed)
    torch.testing.assert_close(before[:, :11], after[:, :11])
    assert ((before[:, 11:] - after[:, 11:]).abs().amax(-1) > 1e-4).all()  # and each one sees all before it


@torch.no_grad()
def test_words_at_other_places_are_other_words():
    model = build()
    swapped = IDS.clone()
    swapped[:, [2, 5]] = swapped[:, [5, 2]]
    assert not torch.allclose(model.next_token_logits(IDS)[:, -1], model.next_token_logits(swapped)[:, -1], atol=1e-4)


@torch.no_grad()
def test_attention_is_the_formula():
    layer = build().layers[0]
    assert isinstance(layer, Layer)
    x = torch.randn(2, 5, 12, generator=torch.Generator().manual_seed(0))
    query, key, value = layer.query_key_value(x).split(12, dim=2)
    heads = []
    for h in range(3):
        own = slice(4 * h, 4 * h + 4)
        scores = query[..., own] @ key[..., own].transpose(1, 2) / 4**0.5
        scores = scores.masked_fill(torch.ones(5, 5).triu(1).bool(), -torch.inf)
        heads.append(scores.softmax(2) @ value[..., own])
    torch.testing.assert_close(layer._attend(x), layer.attended(torch.cat(heads, dim=2)), rtol=1e-4, atol=1e-5)


@torch.no_grad()
@pytest.mark.parametrize("n", [1, 15, 16, 17, 24, 25, 100, 333])
def test_a_long_text_is_read_whole_and_in_order(n):
    model = build()
    ids = torch.randint(50, (n,), generator=torch.Generator().manual_seed(n))
    states = torch.cat(list(model.read(ids)))
    assert len(states) == n
    # One state at a time: by windows of 16 that begin every 8 words, the last one where it ends with the text.
    starts = [0] if n <= 16 else [*range(0, n - 16, 8), n - 16]
    for i in range(n):
        start = next(start for start in starts if i < start + 16)
        assert i - start >= min(i, 8)
        alone = model(ids[start : i + 1][None])[0][0, -1]
        torch.testing.assert_close(states[i], alone, rtol=1e-4, atol=1e-5)


def test_more_words_than_it_looks_back_on_are_refused():
    with pytest.raises(ValueError, match=r"17 words are more than model\.context_length, 16"):
        build()(torch.zeros(1, 17, dtype=torch.long))


def test_dropout_acts_in_training_only():
    model = build(dropout=0.5)
    assert torch.equal(model(IDS)[0], model(IDS)[0])
    model.train()
    assert not torch.equal(model(IDS)[0], model(IDS)[0])


def test_capabilities():
    assert capabilities(build()) == ["Embeds", "Predicts", "Contextual", "Attends"]


@pytest.mark.parametrize(
    "fields", [{"width": 0}, {"n_layers": 0}, {"n_heads": 5}, {"context_length": 1}, {"dropout": 1.0}]
)
def test_impossible_sizes_are_refused_by_name(fields):
    with pytest.raises(ValueError, match=next(iter(fields))):
        replace(CONFIG, **fields)


@torch.no_grad()
def test_layer_states_and_attention_are_those_of_the_forward_pass():
    model, ids = build(), IDS[0]
    states, attention = model.layer_states(ids), model.attention(ids)
    assert states.shape == (3, 16, 12) and attention.shape == (2, 3, 16, 16)
    torch.testing.assert_close(states[0], model.embedding(ids) + model.positions.weight[:16])
    torch.testing.assert_close(states[-1], model(ids[None])[0][0])
    torch.testing.assert_close(attention.sum(3), torch.ones(2, 3, 16))
    assert (attention.triu(1) == 0).all(), "no word looks at those after it"
