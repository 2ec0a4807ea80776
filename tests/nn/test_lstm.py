"""The LSTM language model: what tying shares, what it does not, and that no word sees the ones after it."""

from dataclasses import replace

import pytest
import torch

from reprlearn.nn.capabilities import capabilities, matrices, n_parameters
from reprlearn.nn.config import LSTMConfig

CONFIG = LSTMConfig(width=12, n_layers=2, dropout=0.0)


def build(seed: int = 0, **fields):
    return replace(CONFIG, **fields).build(50, torch.Generator().manual_seed(seed))


def test_tied_is_one_parameter_and_untied_two():
    tied, untied = build(tied=True), build()
    assert tied.input_embedding() is tied.output_embedding()
    assert untied.input_embedding() is not untied.output_embedding()
    assert n_parameters(untied) - n_parameters(tied) == 50 * 12
    assert matrices(tied) == {"input": "embedding.weight", "output": "embedding.weight"}
    assert matrices(untied) == {"input": "embedding.weight", "output": "output.weight"}


def test_the_shipped_pair_has_the_published_sizes():
    sizes = [
        n_parameters(LSTMConfig(width=200, n_layers=2, tied=tied).build(10_000, torch.Generator()))
        for tied in (False, True)
    ]
    # Press & Wolf 2016, table 4: 4.65M and 2.65M.
    assert [round(size / 1e6, 2) for size in sizes] == [4.65, 2.65]


def test_twins_start_from_the_same_values():
    tied, untied = (dict(build(tied=tied).named_parameters()) for tied in (True, False))
    assert set(untied) - set(tied) == {"output.weight"}
    assert all(torch.equal(tied[name], untied[name]) for name in tied)


def test_weights_come_from_the_generator_alone():
    torch.manual_seed(1)
    first = build(seed=3)
    torch.manual_seed(2)
    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), build(seed=3).parameters(), strict=True))


@torch.no_grad()
def test_no_position_sees_the_words_after_it():
    model = build().eval()
    ids = torch.randint(50, (2, 20), generator=torch.Generator().manual_seed(0))
    changed = ids.clone()
    changed[:, 11] = (changed[:, 11] + 1) % 50
    before, after = model.next_token_logits(ids), model.next_token_logits(changed)
    torch.testing.assert_close(before[:, :11], after[:, :11])
    assert not torch.allclose(before[:, 11:], after[:, 11:])


@torch.no_grad()
def test_state_carried_over_a_cut_changes_nothing():
    model = build().eval()
    ids = torch.randint(50, (3, 20), generator=torch.Generator().manual_seed(0))
    whole, _ = model(ids)
    first, state = model(ids[:, :7])
    second, _ = model(ids[:, 7:], state)
    torch.testing.assert_close(torch.cat([first, second], dim=1), whole)


def test_dropout_masks_are_one_a_sequence():
    model = build(dropout=0.5).train()
    torch.manual_seed(0)
    dropped = model._drop(torch.ones(4, 9, 12))
    assert torch.equal(dropped, dropped[:, :1].expand_as(dropped))  # the same units at every position
    assert not torch.equal(dropped[0], dropped[1])  # others in another sequence
    assert set(dropped.unique().tolist()) == {0.0, 2.0}


def test_recurrent_dropout_acts_in_training_only():
    model = build(recurrent_dropout=0.5)
    ids = torch.arange(20)[None]
    model.eval()
    assert torch.equal(model(ids)[0], model(ids)[0])
    model.train()
    assert not torch.equal(model(ids)[0], model(ids)[0])


def test_wider_layers_stand_between_narrow_embeddings():
    model = build(hidden_width=30, n_layers=3, tied=True)
    recurrent = [tuple(parameter.shape) for name, parameter in model.named_parameters() if "weight_hh" in name]
    assert recurrent == [
        (120, 30),
        (120, 30),
        (48, 12),
    ]
    hidden, state = model(torch.arange(10)[None])
    assert hidden.shape == (1, 10, 12)
    assert [part.shape[2] for part in state] == [30, 30, 30, 30, 12, 12]
    own = [4 * n_out * (n_in + n_out + 2) for n_in, n_out in ((12, 30), (30, 30), (30, 12))]
    assert n_parameters(model) == 50 * 12 + 50 + sum(own)


def test_word_dropout_drops_a_word_wherever_it_is_read_and_scales_the_rest():
    model = build(word_dropout=0.5).train()
    ids = torch.randint(50, (6, 40), generator=torch.Generator().manual_seed(0))
    torch.manual_seed(0)
    ratio = model._read(ids) / model.embedding(ids)  # (6, 40, 12): 0 or 2
    of_word = {
        int(word): set(ratio[ids == word].detach().round(decimals=4).flatten().tolist()) for word in ids.unique()
    }
    assert all(len(values) == 1 for values in of_word.values())
    assert set.union(*of_word.values()) == {0.0, 2.0}
    model.eval()
    assert torch.equal(model._read(ids), model.embedding(ids))


def test_capabilities():
    assert capabilities(build()) == ["Embeds", "Predicts"]


@pytest.mark.parametrize(
    "fields",
    [
        {"width": 0},
        {"n_layers": 0},
        {"dropout": 1.0},
        {"recurrent_dropout": -0.1},
        {"word_dropout": 1.0},
        {"hidden_width": 0},
    ],
)
def test_impossible_sizes_are_refused_by_name(fields):
    with pytest.raises(ValueError, match=next(iter(fields))):
        LSTMConfig(**fields)
