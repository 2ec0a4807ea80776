"""Labelled texts: the splits are the fixed ones, budgets are balanced and nested in nothing else, and words are a corpus's own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reprlearn.data.config import DataError, LabelledData, TextData
from reprlearn.data.reviews import review_table

SENTENCES = LabelledData(words_of=TextData(corpus="reviews"), max_words=40)


def test_the_splits_are_those_of_the_table_and_no_test_text_is_pretrained_on():
    corpus = SENTENCES.load()
    table = review_table().set_index("review_id")
    for split, part in corpus.splits.items():
        rows = table.loc[list(part.texts)]
        assert set(rows["labelled"]) == {split} and set(rows["source"]) == {"rt"}
        assert part.labels.tolist() == rows["label"].tolist()
    assert [len(corpus.splits[split]) for split in ("valid", "test")] == [850, 850]
    reviews = replace(SENTENCES, task="reviews", n_labels=100).load()
    held_out = table.loc[[*reviews.splits["test"].texts, *corpus.splits["test"].texts]]
    assert set(held_out["pretraining"]) == {""}


def test_texts_are_cut_and_encoded_with_the_corpus_s_words():
    corpus = SENTENCES.load()
    assert corpus.vocabulary.words == TextData(corpus="reviews").load().vocabulary.words
    part = corpus.splits["valid"]
    text = review_table().set_index("review_id").loc[part.texts[3], "text"]
    np.testing.assert_array_equal(part.ids[3, : part.lengths[3]], corpus.vocabulary.encode(text)[:40])
    assert part.lengths.min() >= 1 and part.ids.shape[1] == part.lengths.max() <= 40
    assert corpus.n_tokens["valid"] == part.lengths.sum()


@pytest.mark.parametrize("n", [2, 101, 300])
def test_a_budget_is_half_of_each_label_and_hangs_on_the_draw_alone(n):
    one, again, other = (replace(SENTENCES, n_labels=n, draw=draw).load() for draw in (0, 0, 1))
    train = one.splits["train"]
    assert len(train) == n and abs(int(train.labels.sum()) - n / 2) <= 0.5
    assert train.texts == again.splits["train"].texts != other.splits["train"].texts
    assert one.content_hash == again.content_hash != other.content_hash
    assert one.splits["test"].texts == other.splits["test"].texts


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"n_labels": 1}, "n_labels"),
        ({"n_valid": 1}, "n_valid"),
        ({"task": "books"}, "task"),
        ({"max_words": 0}, "max_words"),
    ],
)
def test_impossible_data_are_refused_by_name(fields, said):
    with pytest.raises(DataError, match=said):
        replace(SENTENCES, **fields)


def test_more_labels_than_there_are_are_refused():
    for name in ("n_labels", "n_valid"):
        with pytest.raises(DataError, match=f"{name} must be at most"):
            replace(SENTENCES, **{name: 1_000_000}).load()


def test_fewer_validation_texts_are_the_same_for_every_draw():
    one, other = (replace(SENTENCES, n_labels=20, n_valid=100, draw=draw).load().splits["valid"] for draw in (0, 1))
    assert one.texts == other.texts and len(one) == 100 and one.labels.sum() == 50
    everything = replace(SENTENCES, n_labels=20).load().splits["valid"]
    places = [everything.texts.index(text) for text in one.texts]
    assert places == sorted(places) and max(places) < 150, "the first of each label, in the order of all"
