"""word2vec: the loss is the paper's, pair by pair; windows end where texts do; subsampling and noise are what they say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from reprlearn.data.config import TextData
from reprlearn.data.corpora import Corpus
from reprlearn.nn.config import Word2VecConfig
from reprlearn.nn.word2vec import Word2Vec
from reprlearn.objectives.config import Word2VecObjectiveConfig
from reprlearn.objectives.skip_gram import (
    WORDS_PER_ROW,
    SkipGramObjective,
    WindowBatch,
    keep_probabilities,
    noise_cumulative,
    usable,
)
from tests.conftest import write_sentences


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return TextData(folder=write_sentences(tmp_path_factory.mktemp("corpus"))).load()


def trained_a_little(vocabulary_size: int = 20, tied: bool = False) -> Word2Vec:
    model = Word2VecConfig(width=6, tied=tied).build(vocabulary_size, torch.Generator().manual_seed(0))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(0, 0.7, generator=torch.Generator().manual_seed(1))
    return model


@torch.no_grad()
def naive_loss(model: Word2Vec, batch: WindowBatch, config: Word2VecObjectiveConfig) -> float:
    """The paper's loss, word by word and pair by pair."""
    v, u = model.input_embedding(), model.output_embedding()
    losses, n = [], 0
    for ids, texts, reach in zip(batch.ids.tolist(), batch.texts.tolist(), batch.reach.tolist(), strict=True):
        for i, far in enumerate(reach):
            at = i + config.window
            near = [j for j in range(at - far, at + far + 1) if j != at and ids[j] >= 0 and texts[j] == texts[at]]
            noise = batch.noise.tolist()
            share = config.n_negatives / len(noise)
            if config.form == "cbow" and near:
                mean = v[[ids[j] for j in near]].mean(0)
                losses.append(-torch.sigmoid(mean @ u[ids[at]]).log())
                losses += [-share * torch.sigmoid(-mean @ u[k]).log() for k in noise]
                n += 1
            if config.form == "skip-gram":
                for j in near:
                    losses.append(-torch.sigmoid(v[ids[at]] @ u[ids[j]]).log())
                    losses += [-share * torch.sigmoid(-v[ids[at]] @ u[k]).log() for k in noise]
                n += len(near)
    return float(sum(losses)) / n


@pytest.mark.parametrize("form", ["skip-gram", "cbow"])
@pytest.mark.parametrize("tied", [False, True])
@given(seed=st.integers(0, 10_000))
@settings(max_examples=10)
def test_the_loss_is_the_paper_s_pair_by_pair(form, tied, seed):
    draw = np.random.default_rng(seed)
    config = Word2VecObjectiveConfig(form=form, window=3, n_negatives=4, n_noise=7)
    model = trained_a_little(tied=tied)
    ids = draw.integers(0, 20, (2, 5 + 6))
    ids[draw.random(ids.shape) < 0.1] = -1
    parts = (ids, np.sort(draw.integers(0, 3, ids.shape), axis=1), draw.integers(0, 4, (2, 5)), draw.integers(0, 20, 7))
    batch = WindowBatch(*(torch.from_numpy(part) for part in parts))
    # A word that is missing in the middle of a row has no window: no text of the corpus has one.
    middle = (batch.ids[:, 3:-3] >= 0).long()
    batch = WindowBatch(batch.ids, batch.texts, batch.reach * middle, batch.noise)
    loss, carried = SkipGramObjective(config).loss(model, batch, None)
    assert loss.item() == pytest.approx(naive_loss(model, batch, config), rel=1e-4)
    assert carried == ()


def test_an_epoch_reads_each_kept_word_once_with_its_neighbours(corpus):
    config = Word2VecObjectiveConfig(window=2, threshold=0.0)
    objective = SkipGramObjective(config)
    stream, texts = usable(corpus, "train")
    batches = list(objective.batches(corpus, 4, epoch=1, seed=3))
    assert len(batches) == objective.n_batches(corpus, 4) == len(stream) // WORDS_PER_ROW // 4
    centres = torch.cat([batch.ids[:, 2:-2] for batch in batches])
    counts = np.bincount(centres.flatten().numpy(), minlength=len(corpus.vocabulary))
    assert counts.sum() == len(batches) * 4 * WORDS_PER_ROW
    assert (counts <= np.bincount(stream, minlength=len(corpus.vocabulary))).all()
    # What stands beside each other in a row stands beside each other in the text.
    there = {(a, b) for a, b, s, t in zip(stream, stream[1:], texts, texts[1:], strict=False) if s == t}
    for batch in batches[:5]:
        for ids, of in zip(batch.ids.tolist(), batch.texts.tolist(), strict=True):
            pairs = {(a, b) for a, b, s, t in zip(ids, ids[1:], of, of[1:], strict=False) if s == t and s >= 0}
            assert pairs <= there


def test_an_epoch_goes_on_where_it_was_left_and_others_differ(corpus):
    objective = SkipGramObjective(Word2VecObjectiveConfig(threshold=0.05))
    whole = list(objective.batches(corpus, 4, epoch=0, seed=1))
    for one, other in zip(whole[3:], objective.batches(corpus, 4, first=3, epoch=0, seed=1), strict=True):
        assert all(torch.equal(a, b) for a, b in zip(one, other, strict=True))
    another = next(objective.batches(corpus, 4, epoch=1, seed=1))
    assert not torch.equal(another.ids, whole[0].ids)


def test_processes_share_a_batch_s_rows(corpus):
    objective = SkipGramObjective(Word2VecObjectiveConfig())
    whole = next(objective.batches(corpus, 4))
    halves = [next(objective.batches(corpus, 4, rank=rank, n_ranks=2)) for rank in (0, 1)]
    assert torch.equal(whole.ids, torch.cat([half.ids for half in halves]))
    assert torch.equal(halves[0].noise, halves[1].noise)


def test_subsampling_thins_out_what_is_frequent_alone(corpus):
    kept = keep_probabilities(corpus.vocabulary, 1e-3)
    counts = corpus.vocabulary.counts
    known = [
        i for i in range(len(counts)) if i not in (corpus.vocabulary.end_id, corpus.vocabulary.unknown_id) and counts[i]
    ]
    order = sorted(known, key=lambda i: counts[i])
    assert (np.diff(kept[order]) <= 1e-12).all() and kept[order[-1]] < 0.5
    frequency = counts[order[-1]] / sum(counts[i] for i in known)
    assert kept[order[-1]] == pytest.approx((np.sqrt(frequency / 1e-3) + 1) * 1e-3 / frequency)
    assert (keep_probabilities(corpus.vocabulary, 0.0) == 1).all()


def test_noise_is_drawn_by_count_to_the_three_quarters_and_never_a_special_word(corpus):
    cumulative = noise_cumulative(corpus.vocabulary)
    drawn = np.searchsorted(cumulative, np.random.default_rng(0).random(200_000))
    counts = corpus.vocabulary.counts.astype(float)
    counts[[corpus.vocabulary.end_id, corpus.vocabulary.unknown_id]] = 0
    expected = counts**0.75 / (counts**0.75).sum()
    np.testing.assert_allclose(np.bincount(drawn, minlength=len(counts)) / len(drawn), expected, atol=0.004)
    assert not np.isin(
        drawn, [corpus.vocabulary.end_id, corpus.vocabulary.unknown_id, *corpus.vocabulary.reserved_ids]
    ).any()


def test_evaluation_is_that_of_all_pairs_and_the_blind_loss_that_of_zeros(corpus):
    objective = SkipGramObjective(Word2VecObjectiveConfig(window=2))
    model = Word2VecConfig(width=4).build(len(corpus.vocabulary), torch.Generator())
    found = objective.evaluate(model, corpus, "valid")  # context vectors start at zero: every score is
    assert found["loss"] == pytest.approx(objective.references(corpus, "valid")["blind_loss"], rel=1e-5)
    _, texts = usable(corpus, "valid")
    pairs = sum(
        texts[i] == texts[j] for i in range(len(texts)) for j in range(max(0, i - 2), min(len(texts), i + 3)) if j != i
    )
    assert found["pairs"] == pairs


def test_tied_is_one_matrix(corpus):
    tied, untied = (Word2VecConfig(width=4, tied=tied).build(9, torch.Generator()) for tied in (True, False))
    assert tied.input_embedding() is tied.output_embedding()
    assert untied.input_embedding() is not untied.output_embedding()


def test_too_short_a_text_is_refused_in_words(corpus):
    with pytest.raises(ValueError, match="too few for a batch of 1000 rows"):
        SkipGramObjective(Word2VecObjectiveConfig()).n_batches(corpus, 1000)


@pytest.mark.parametrize("fields", [{"window": 0}, {"n_negatives": 0}, {"n_noise": 0}, {"threshold": -1.0}])
def test_impossible_objectives_are_refused_by_name(fields):
    with pytest.raises(ValueError, match=next(iter(fields))):
        replace(Word2VecObjectiveConfig(), **fields)
