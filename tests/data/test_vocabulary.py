from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from reprlearn.data.config import DataError
from reprlearn.data.corpora import Corpus
from reprlearn.data.vocabulary import END, N_RESERVED, UNKNOWN, Vocabulary

SMALL = Vocabulary.of_counts({"the": 5, "b": 2, "a": 2, "do": 1, "n't": 1, END: 3}, n_words=2 + N_RESERVED + 4)


def test_words_stand_by_falling_count_and_ties_by_word() -> None:
    assert SMALL.words[2 + N_RESERVED :] == ("the", "a", "b", "do")
    assert SMALL.words[:2] == (UNKNOWN, END)
    assert SMALL.counts.sum() == 5 + 2 + 2 + 1 + 1 + 3
    assert SMALL.counts[SMALL.unknown_id] == 1  # "n't" had no room
    assert SMALL.counts[SMALL.end_id] == 3


@given(st.text(max_size=60))
def test_ids_stand_one_to_one_with_tokens(text: str) -> None:
    tokens, ids = SMALL.tokens(text), SMALL.encode(text)
    assert ids.dtype == np.int64 and len(ids) == len(tokens)
    for token, i in zip(tokens, ids, strict=True):
        assert SMALL.words[i] == token if token in SMALL else i == SMALL.unknown_id


def test_unknown_words_are_kept_as_typed() -> None:
    assert SMALL.tokens("The Zyzzyva!") == ["the", "zyzzyva", "!"]
    assert SMALL.encode("The Zyzzyva!").tolist() == [SMALL.id("the"), SMALL.unknown_id, SMALL.unknown_id]
    assert SMALL.id("zyzzyva") == SMALL.unknown_id and "zyzzyva" not in SMALL


@pytest.mark.parametrize("as_is", [False, True])
def test_no_text_reaches_a_reserved_word(as_is: bool) -> None:
    vocabulary = Vocabulary.of_counts({"the": 1, "reserved": 1, END: 1}, n_words=30, as_is=as_is)
    ids = vocabulary.encode("the <reserved-0> <reserved-19>")
    assert len(vocabulary.reserved_ids) == N_RESERVED
    assert not set(ids.tolist()) & set(vocabulary.reserved_ids)


@given(st.text(alphabet="aé\u0301İ'nt .…-–“”\n7,5<>", max_size=40))
def test_spans_say_where_each_token_was_written(text: str) -> None:
    spans, tokens = SMALL.spans(text), SMALL.tokens(text)
    assert len(spans) == len(tokens)
    assert all(0 <= start < stop <= len(text) for start, stop in spans) and spans == sorted(spans)
    for (start, stop), token in zip(spans, tokens, strict=True):
        written = SMALL.tokens(text[start:stop])
        assert written == [token] or (token in ("...", "--") and text[start] in ".…-–")


def test_a_word_of_a_text_that_looks_reserved_is_a_word() -> None:
    vocabulary = Vocabulary.of_counts({"<reserved-0>": 4, END: 1}, n_words=10, n_reserved=0, as_is=True)
    assert vocabulary.reserved_ids == ()
    assert vocabulary.encode("<reserved-0>").tolist() == [vocabulary.id("<reserved-0>")]


@pytest.mark.parametrize("as_is", [False, True])
def test_a_saved_vocabulary_comes_back(tmp_path: Path, as_is: bool) -> None:
    words = ["a\tb", "=1", '"', "é", "\u2028", "the"] if as_is else ["=", '"', "é", "the", "'s"]
    vocabulary = Vocabulary.of_counts({word: 3 for word in words} | {END: 2, UNKNOWN: 7}, 40, as_is=as_is)
    vocabulary.save(tmp_path)
    loaded = Vocabulary.load(tmp_path)
    assert loaded.words == vocabulary.words and loaded.as_is == as_is
    assert loaded.counts.tolist() == vocabulary.counts.tolist()
    assert loaded.reserved_ids == vocabulary.reserved_ids
    text = "The é's \" = THE"
    assert loaded.tokens(text) == vocabulary.tokens(text)
    assert loaded.encode(text).tolist() == vocabulary.encode(text).tolist()


@pytest.mark.parametrize("name", ["words.parquet", "tokenizer.json"])
@pytest.mark.parametrize("damage", ["missing", "cut short", "of another vocabulary"])
def test_a_broken_vocabulary_is_named(tmp_path: Path, name: str, damage: str) -> None:
    SMALL.save(tmp_path)
    path = tmp_path / name
    if damage == "missing":
        path.unlink()
    elif damage == "cut short":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    else:
        other = tmp_path / "other"
        other.mkdir()
        Vocabulary.of_counts({"other": 1, END: 1}, 30).save(other)
        path.write_bytes((other / name).read_bytes())
    with pytest.raises(DataError, match=r"^.*(words\.parquet|tokenizer\.json) holds no vocabulary .*$") as caught:
        Vocabulary.load(tmp_path)
    assert "\n" not in str(caught.value)


def test_every_word_of_the_reviews_is_cut_as_one_token(reviews: Corpus) -> None:
    vocabulary = reviews.vocabulary
    words = [word for i, word in enumerate(vocabulary.words) if i not in vocabulary.reserved_ids]
    assert [word for word in words if vocabulary.tokens(word) != [word]] == []


def test_the_tokenizers_library_alone_gives_the_same_ids(reviews: Corpus, tmp_path: Path) -> None:
    reviews.vocabulary.save(tmp_path)
    alone = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    text = "I don't think Zyzzyva's “best” film… is worth 7/10 -- Café!"
    assert alone.encode(text).ids == reviews.vocabulary.encode(text).tolist()
