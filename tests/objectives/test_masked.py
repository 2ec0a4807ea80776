"""The masked objective: what is taken out, what is put there, and how a text is scored."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
import torch

from reprlearn.data.config import TextData
from reprlearn.data.corpora import Corpus
from reprlearn.nn.bert import MASK
from reprlearn.nn.config import BERTConfig
from reprlearn.objectives.config import MaskedConfig
from reprlearn.objectives.masked import STRIDE, MaskedObjective, held_out
from reprlearn.objectives.neighbour_counts import NeighbourCounts
from tests.conftest import write_sentences

OBJECTIVE = MaskedObjective(MaskedConfig(sequence_length=16))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return TextData(folder=write_sentences(tmp_path_factory.mktemp("corpus"))).load()


@pytest.fixture(scope="module")
def model(corpus):
    config = BERTConfig(width=12, n_layers=1, n_heads=2, context_length=16, dropout=0.1)
    return config.build(len(corpus.vocabulary), torch.Generator().manual_seed(0))


def test_fifteen_per_cent_are_taken_out_and_most_of_them_masked(corpus):
    batches = [batch for epoch in range(3) for batch in OBJECTIVE.batches(corpus, 8, epoch=epoch)]
    flat = [batch.ids.flatten()[batch.places] for batch in batches]
    ids, targets = torch.cat(flat), torch.cat([batch.targets for batch in batches])
    words = sum(int((batch.ids != corpus.vocabulary.end_id).sum()) for batch in batches)
    assert len(targets) / words == pytest.approx(0.15, abs=0.005)
    assert (ids == MASK).float().mean().item() == pytest.approx(0.8, abs=0.04)
    stayed = (ids == targets).float().mean().item()
    assert 0.1 <= stayed + 0.02 < 0.2, "a tenth stays, and a word drawn at random may be the same"
    assert (targets != corpus.vocabulary.end_id).all()


def test_all_else_stays_as_it_was_and_each_epoch_takes_out_other_words(corpus):
    def restored(batch):
        flat = batch.ids.flatten().clone()
        flat[batch.places] = batch.targets
        return flat.view_as(batch.ids)

    text = " ".join(map(str, corpus.splits["train"].tolist()))
    first, again, other = (next(OBJECTIVE.batches(corpus, 8, epoch=epoch, seed=2)) for epoch in (0, 0, 1))
    for row in restored(first):
        assert " ".join(map(str, row.tolist())) in text
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))
    assert not torch.equal(first.ids, other.ids)


def test_an_epoch_goes_on_where_it_was_left(corpus):
    whole = list(OBJECTIVE.batches(corpus, 8, epoch=1, seed=1))
    assert len(whole) == OBJECTIVE.n_batches(corpus, 8)
    for one, other in zip(whole[4:], OBJECTIVE.batches(corpus, 8, first=4, epoch=1, seed=1), strict=True):
        assert all(torch.equal(a, b) for a, b in zip(one, other, strict=True))


def test_the_loss_is_the_cross_entropy_of_what_was_taken_out(corpus, model):
    batch = next(OBJECTIVE.batches(corpus, 8))
    model.eval()
    loss, carried = OBJECTIVE.loss(model, batch, None)
    with torch.no_grad():
        logits = model.output(model.predicting(model(batch.ids).flatten(0, 1)[batch.places]))
    assert loss.item() == pytest.approx(torch.nn.functional.cross_entropy(logits, batch.targets).item(), rel=1e-4)
    assert carried == ()
    loss.backward()
    assert model.mask.grad is not None and model.mask.grad.norm() > 0


def test_every_seventh_word_is_scored_once_whatever_the_model_is_doing(corpus, model):
    stream = corpus.splits["valid"]
    scored = [targets for _, _, targets in held_out(corpus, "valid", 16)]
    whole = stream[: len(stream) // 16 * 16]
    expected = whole[(np.arange(len(whole)) % STRIDE == 0) & (whole != corpus.vocabulary.end_id)]
    assert torch.cat(scored).tolist() == expected.tolist()
    model.train()
    found = OBJECTIVE.evaluate(model, corpus, "valid")
    assert model.training and found["words_filled_in"] == len(expected)
    assert found == OBJECTIVE.evaluate(model.eval(), corpus, "valid"), "nothing is dropped, nothing is drawn"
    assert "perplexity" not in found
    assert found["pseudo_perplexity"] == pytest.approx(len(corpus.vocabulary), rel=0.5), (
        "an untrained model guesses blindly"
    )


def test_a_word_masked_alone_is_scored_from_its_surroundings(corpus):
    """A stand-in that reads the blank's neighbours tells their sum: the windows are where they should be."""
    seen = []

    class Reader(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.output = torch.nn.Identity()

        def input_embedding(self):
            return torch.zeros(1, 1)

        def predicting(self, hidden):
            return hidden

        def forward(self, ids):
            seen.extend(ids.tolist())
            return torch.zeros(*ids.shape, len(corpus.vocabulary))

    assert OBJECTIVE._alone(cast(Any, Reader()), corpus, "valid") == pytest.approx(
        np.log(len(corpus.vocabulary)), rel=1e-5
    )
    stream = corpus.splits["valid"].tolist()
    for row in seen[:50]:
        at = row.index(MASK)
        assert row.count(MASK) == 1
        assert any(
            stream[i : i + at] == row[:at] and stream[i + at + 1 : i + 16] == row[at + 1 :]
            for i in range(len(stream) - 15)
        )


def test_counts_of_both_neighbours_are_a_distribution_and_beat_one_side(corpus):
    counts, stream = NeighbourCounts(corpus), corpus.splits["valid"].astype(np.int64)
    left, words, right = stream[:-2], stream[1:-1], stream[2:]
    log_p = counts.log_probabilities(left, right)
    np.testing.assert_allclose(np.exp(log_p).sum(axis=1), 1)
    both = -log_p[np.arange(len(words)), words].mean()
    one = -np.log(counts._smoothed(counts._after, left))[np.arange(len(words)), words].mean()
    none = -np.log(counts.unigram)[words].mean()
    assert both < one < none


def test_the_rule_is_scored_on_the_same_blanks(corpus):
    found = OBJECTIVE.references(corpus, "valid")
    assert set(found) == {"neighbour_counts_loss", "neighbour_counts_accuracy"}
    assert (
        0 < found["neighbour_counts_loss"] < np.log(len(corpus.vocabulary)) and found["neighbour_counts_accuracy"] > 0.3
    )


def test_the_rule_sees_the_neighbours_that_the_row_has(corpus, monkeypatch):
    asked = []
    log_probabilities = NeighbourCounts.log_probabilities
    monkeypatch.setattr(
        NeighbourCounts,
        "log_probabilities",
        lambda counts, left, right: asked.append((left, right)) or log_probabilities(counts, left, right),
    )
    OBJECTIVE.references(corpus, "valid")
    end, expected = corpus.vocabulary.end_id, []
    for blank, places, _ in held_out(corpus, "valid", OBJECTIVE.config.sequence_length):
        for row, column in (divmod(int(at), blank.shape[1]) for at in places):
            words = [end, *blank[row].tolist(), end]
            expected.append((words[column], words[column + 2]))
    assert [tuple(map(int, pair)) for left, right in asked for pair in zip(left, right, strict=True)] == expected


def test_too_short_a_text_is_refused_in_words(corpus):
    with pytest.raises(ValueError, match="too short for a batch of 5000 rows of 16"):
        OBJECTIVE.n_batches(corpus, 5000)
