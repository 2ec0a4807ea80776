"""BERT: what it puts in a blank hangs on both sides and not on what stood there; attention and layers are those of the model."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from reprlearn.nn.bert import MASK
from reprlearn.nn.capabilities import capabilities, matrices, n_parameters
from reprlearn.nn.config import BERTConfig

CONFIG = BERTConfig(width=12, n_layers=2, n_heads=3, context_length=16, dropout=0.0)
IDS = torch.randint(50, (9,), generator=torch.Generator().manual_seed(0))


def build(seed: int = 0, **fields):
    """A model whose weights are large enough for words to matter, as they are after training."""
    model = replace(CONFIG, **fields).build(50, torch.Generator().manual_seed(seed))
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, torch.nn.Linear | torch.nn.Embedding):
                module.weight.mul_(15)
        model.mask.normal_(generator=torch.Generator().manual_seed(1))
    return model.eval()


@torch.no_grad()
@pytest.mark.parametrize("other", [0, 3, 5, 8])
def test_what_fills_a_blank_hangs_on_both_sides(other):
    model, changed = build(), IDS.clone()
    changed[other] = (changed[other] + 1) % 50
    assert not torch.allclose(model.fill(IDS, 4), model.fill(changed, 4), atol=1e-4)


@torch.no_grad()
def test_what_stood_in_the_blank_does_not_count():
    model, changed = build(), IDS.clone()
    changed[4] = (changed[4] + 7) % 50
    torch.testing.assert_close(model.fill(IDS, 4), model.fill(changed, 4))
    assert IDS.ne(MASK).all(), "the text is left as it was"


@torch.no_grad()
def test_the_places_of_words_count():
    model, swapped = build(), IDS.clone()
    swapped[[1, 2]] = swapped[[2, 1]]
    assert not torch.allclose(model.fill(IDS, 6), model.fill(swapped, 6), atol=1e-4)


@torch.no_grad()
def test_layers_and_attention_are_those_of_the_forward_pass():
    model = build()
    states, attention = model.layer_states(IDS), model.attention(IDS)
    assert states.shape == (3, 9, 12) and attention.shape == (2, 3, 9, 9)
    torch.testing.assert_close(states[-1], model(IDS[None])[0])
    torch.testing.assert_close(attention.sum(3), torch.ones(2, 3, 9))
    assert (attention[..., 0, 8] > 0).all(), "the first word looks at the last"


@torch.no_grad()
def test_where_a_text_begins_does_not_count():
    """Only distances do: the same words behind words that nobody attends to have the same states."""
    model, layer = build(), build().layers[0]
    x = torch.randn(1, 9, 12, generator=torch.Generator().manual_seed(2))
    seen = torch.arange(12) >= 3
    behind = layer(torch.cat([torch.randn(1, 3, 12), x], 1), seen[None])[:, 3:]
    torch.testing.assert_close(behind, layer(x), atol=1e-4, rtol=1e-4)
    assert not any("position" in name for name, _ in model.named_parameters())


def test_tied_is_one_parameter_and_all_are_counted():
    tied, untied = build(), build(tied=False)
    assert tied.input_embedding() is tied.output_embedding()
    assert n_parameters(untied) - n_parameters(tied) == 50 * 12
    assert matrices(tied) == {"input": "embedding.weight", "output": "embedding.weight"}
    d, words, layers = 12, 50, 2
    layer = (d + 1) * 3 * d + (d + 1) * d + (d + 1) * 4 * d + (4 * d + 1) * d + 2 * 2 * d
    head = (d + 1) * d + 2 * d
    assert n_parameters(tied) == words * d + d + layers * layer + 2 * d + head + words


def test_it_says_what_it_can_do():
    assert capabilities(build()) == ["Embeds", "Contextual", "Attends", "FillsBlanks"]


def test_longer_texts_than_its_context_are_refused():
    with pytest.raises(ValueError, match=r"17 words are more than model\.context_length, 16"):
        build()(torch.zeros(1, 17, dtype=torch.long))


@pytest.mark.parametrize(
    "fields", [{"width": 0}, {"n_layers": 0}, {"n_heads": 5}, {"n_heads": 4}, {"context_length": 1}, {"dropout": 1.0}]
)
def test_impossible_sizes_are_refused_by_name(fields):
    with pytest.raises(ValueError, match=next(iter(fields))):
        replace(CONFIG, **fields)
