"""The bidirectional objective: what each half is to predict, read as the causal objective reads, and scored once a token."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reprlearn.data.config import TextData
from reprlearn.data.corpora import Corpus
from reprlearn.nn.config import ELMoConfig
from reprlearn.objectives.bidirectional import BidirectionalObjective
from reprlearn.objectives.config import BidirectionalConfig
from tests.conftest import write_sentences

OBJECTIVE = BidirectionalObjective(BidirectionalConfig(sequence_length=8))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return TextData(folder=write_sentences(tmp_path_factory.mktemp("corpus"))).load()


@pytest.fixture(scope="module")
def model(corpus):
    config = ELMoConfig(width=8, n_layers=1, character_width=4, filters=((1, 4), (2, 4)), longest_word=6, dropout=0.0)
    return config.build(corpus.vocabulary.words, torch.Generator().manual_seed(0)).eval()


def test_what_comes_before_and_after_is_what_stands_there_in_the_text(corpus):
    text, n_columns = corpus.splits["train"], 4
    length = (len(text) - 1) // n_columns
    batches = list(OBJECTIVE.batches(corpus, n_columns))
    assert len(batches) == OBJECTIVE.n_batches(corpus, n_columns)
    ids, following, preceding = (torch.cat(parts, dim=1).numpy() for parts in zip(*batches, strict=True))
    for column in range(n_columns):
        start = column * length
        np.testing.assert_array_equal(ids[column], text[start : start + length])
        np.testing.assert_array_equal(following[column], text[start + 1 : start + length + 1])
        first = text[start - 1] if column else corpus.vocabulary.end_id
        np.testing.assert_array_equal(preceding[column], [first, *text[start : start + length - 1]])


def test_processes_share_the_columns_and_an_epoch_goes_on_where_it_was_left(corpus):
    whole = list(OBJECTIVE.batches(corpus, 4))
    halves = [next(OBJECTIVE.batches(corpus, 4, rank=rank, n_ranks=2)) for rank in (0, 1)]
    for i in range(3):
        assert torch.equal(whole[0][i], torch.cat([half[i] for half in halves]))
    for one, other in zip(whole[5:], OBJECTIVE.batches(corpus, 4, first=5), strict=True):
        assert all(torch.equal(a, b) for a, b in zip(one, other, strict=True))


def test_the_loss_is_the_mean_of_both_directions(corpus, model):
    batch = next(OBJECTIVE.batches(corpus, 4))
    loss, carried = OBJECTIVE.loss(model, batch, None)
    with torch.no_grad():
        ahead, back, state = model(batch.ids)
        cross_entropy = torch.nn.functional.cross_entropy
        forward = cross_entropy(model.output(ahead).flatten(0, 1), batch.following.flatten())
        backward = cross_entropy(model.output(back).flatten(0, 1), batch.preceding.flatten())
    assert loss.item() == pytest.approx((forward + backward).item() / 2, rel=1e-5)
    for one, other in zip(carried, state, strict=True):
        torch.testing.assert_close(one, other)
        assert not one.requires_grad


@torch.no_grad()
def test_a_split_is_scored_once_a_token_in_each_direction(corpus, model):
    found = OBJECTIVE.evaluate(model, corpus, "valid")
    stream = torch.from_numpy(corpus.splits["valid"].astype(np.int64))
    assert found["tokens"] == len(stream)
    end = torch.tensor([corpus.vocabulary.end_id])
    ahead, _, _ = model(torch.cat([end, stream[:-1]])[None])
    forward = -model.output(ahead[0]).log_softmax(1).gather(1, stream[:, None]).mean().item()
    assert np.log(found["perplexity"]) == pytest.approx(forward, rel=1e-4)
    assert found["loss"] == pytest.approx((forward + np.log(found["backward_perplexity"])) / 2, rel=1e-6)
    # A text read the other way round by the other half is the same task.
    swapped = OBJECTIVE._backward(model, stream[:500], corpus.vocabulary.end_id)
    _, back, _ = model(torch.cat([stream[1:500], end])[None])
    expected = model.output(back[0]).log_softmax(1).gather(1, stream[:500, None]).squeeze(1)
    torch.testing.assert_close(swapped.float(), expected, rtol=1e-4, atol=1e-4)
