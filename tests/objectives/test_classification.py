"""The classification objective: every text once an epoch, scored in its own place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from reprlearn.data.labelled_corpus import LabelledCorpus, LabelledSplit
from reprlearn.data.vocabulary import Vocabulary
from reprlearn.nn.config import BERTConfig, ClassifierConfig
from reprlearn.objectives.classification import ClassificationObjective
from reprlearn.objectives.config import ClassificationConfig

OBJECTIVE = ClassificationObjective(ClassificationConfig())


def split(n: int, seed: int) -> LabelledSplit:
    draw = np.random.default_rng(seed)
    lengths = draw.integers(1, 9, n)
    ids = np.where(np.arange(8) < lengths[:, None], draw.integers(2, 20, (n, 8)), 0)
    return LabelledSplit(ids, lengths, draw.integers(0, 2, n), tuple(f"text-{i}" for i in range(n)))


@pytest.fixture(scope="module")
def corpus() -> LabelledCorpus:
    words = ["<unk>", "<eos>", *(f"word{i}" for i in range(18))]
    vocabulary = Vocabulary(words, np.ones(20, dtype=np.int64))
    return LabelledCorpus("made up", "", "", "", vocabulary, {"train": split(70, 0), "valid": split(33, 1)})


@pytest.fixture(scope="module")
def model(corpus):
    body = BERTConfig(width=8, n_layers=1, n_heads=2, context_length=8, dropout=0.1)
    return ClassifierConfig(body=body).build(corpus.vocabulary.words, 2, torch.Generator().manual_seed(0))


def rows(batches) -> list[tuple]:
    return sorted(
        (*ids[:n].tolist(), int(y)) for b in batches for ids, n, y in zip(b.ids, b.lengths, b.labels, strict=True)
    )


def test_every_text_is_read_once_an_epoch_in_another_order(corpus):
    first, again, other = (list(OBJECTIVE.batches(corpus, 16, epoch=epoch, seed=1)) for epoch in (0, 0, 1))
    assert len(first) == OBJECTIVE.n_batches(corpus, 16) == 5
    train = corpus.splits["train"]
    expected = sorted(
        (*ids[:n].tolist(), int(y)) for ids, n, y in zip(train.ids, train.lengths, train.labels, strict=True)
    )
    assert rows(first) == rows(other) == expected
    assert all(torch.equal(a, b) for x, y in zip(first, again, strict=True) for a, b in zip(x, y, strict=True))
    assert first[0].labels.tolist() != other[0].labels.tolist() or not torch.equal(first[0].ids, other[0].ids)
    rest = list(OBJECTIVE.batches(corpus, 16, first=3, epoch=0, seed=1))
    assert rows(rest) == rows(first[3:])


def test_processes_share_a_batch_and_leave_none_out(corpus):
    halves = [list(OBJECTIVE.batches(corpus, 16, rank=rank, n_ranks=2)) for rank in (0, 1)]
    assert rows([*halves[0], *halves[1]]) == rows(OBJECTIVE.batches(corpus, 16))


@pytest.mark.parametrize("n_ranks", [2, 8])
def test_on_many_machines_every_text_of_an_uneven_batch_weighs_the_same(corpus, model, n_ranks):
    model.eval()
    for n_texts in (n_ranks + 1, 1):
        few = replace(corpus, splits={"train": first_of(corpus.splits["train"], n_texts)})
        gradients = []
        for n in (1, n_ranks):
            model.zero_grad()
            for rank in range(n):
                (batch,) = OBJECTIVE.batches(few, 16, rank=rank, n_ranks=n)
                (OBJECTIVE.loss(model, batch, None)[0] / n).backward()
            gradients.append([p.grad.clone() for p in model.parameters() if p.grad is not None])
        for one, several in zip(*gradients, strict=True):
            torch.testing.assert_close(several, one, rtol=1e-4, atol=1e-6)


def first_of(split: LabelledSplit, n: int) -> LabelledSplit:
    return LabelledSplit(split.ids[:n], split.lengths[:n], split.labels[:n], split.texts[:n])


def test_a_split_is_scored_text_by_text_in_order(corpus, model):
    valid = corpus.splits["valid"]
    model.train()
    found = OBJECTIVE.evaluate(model, corpus, "valid")
    assert model.training
    model.eval()
    with torch.no_grad():
        scores = torch.cat([
            model(torch.from_numpy(ids[None, :n].copy()), torch.tensor([n])) for ids, n in zip(valid.ids, valid.lengths, strict=True)
        ])  # fmt: skip
    labels = torch.from_numpy(valid.labels)
    assert found["loss"] == pytest.approx(torch.nn.functional.cross_entropy(scores, labels).item(), rel=1e-4)
    assert found["accuracy"] == pytest.approx((scores.argmax(1) == labels).double().mean().item())
    assert found["texts"] == len(valid) and found == OBJECTIVE.evaluate(model, corpus, "valid")
    majority = OBJECTIVE.references(corpus, "valid")["majority_accuracy"]
    assert majority == max(valid.labels.mean(), 1 - valid.labels.mean())


def test_the_loss_is_the_cross_entropy_of_the_classes(corpus, model):
    batch = next(OBJECTIVE.batches(corpus, 16))
    loss, carried = OBJECTIVE.loss(model.eval(), batch, None)
    expected = torch.nn.functional.cross_entropy(model(batch.ids, batch.lengths), batch.labels)
    assert loss.item() == pytest.approx(expected.item(), rel=1e-5) and carried == ()
