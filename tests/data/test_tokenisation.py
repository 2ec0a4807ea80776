from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reprlearn.data.joining import join
from reprlearn.data.tokenisation import UNKNOWN, cut, new_tokenizer

TOKENISED = new_tokenizer([UNKNOWN], as_is=False)
AS_IS = new_tokenizer([UNKNOWN], as_is=True)

TRICKY = """don't it's movie dogs ' " . ... .. - -- 's 'll n't ( ) $ 5 2.5 , / o'clock <unk> <eos> s ll re ! < > % _ é ’ — …"""
pieces = st.sampled_from([*TRICKY.split(), " ", "  ", "\n", "e\u0301", "\u00ad", "J\u030c", "İ", "\u200b"])
texts = st.lists(pieces, max_size=14).map("".join) | st.text(max_size=30)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Don't can't won't", "do n't ca n't wo n't"),
        ("the movie's, they'll he'd I've you're I'm", "the movie 's , they 'll he 'd i 've you 're i 'm"),
        ("couldn't've", "could n't 've"),
        ("don\u2019t don\u00b4t don`t", "do n't do n't do n't"),
        ("rock'n'roll o'clock O'Hara's", "rock'n'roll o'clock o'hara 's"),
        ("'Hello' the heroes' end", "' hello ' the heroes ' end"),
        ("well-made, 7/10!!", "well - made , 7 / 10 ! !"),
        ("so..... what\u2026 now.", "so ... what ... now ."),
        ("it --- was \u2014 this\u2013that", "it -- was -- this -- that"),
        ("2.5 of 1,000 in 2006. 1st 80's", "2.5 of 1,000 in 2006 . 1st 80 's"),
        ("_The_ \u201cCafe\u0301\u201d", '_ the _ " café "'),
        ("a\u00adb c\u200bd e\x00f \ufeffg", "ab cd e f g"),
        ("<unk> x<eos>", "<unk> x <eos>"),
        ("<reserved-3>", "< reserved - 3 >"),
    ],
)
def test_text_is_cut_as_the_penn_treebank_does(text: str, tokens: str) -> None:
    assert cut(TOKENISED, text) == tokens.split()


def test_as_is_text_is_only_split_on_spaces() -> None:
    assert cut(AS_IS, "  Mr. <unk> isn't N\tU.S.-made\u00a0x ") == ["Mr.", "<unk>", "isn't", "N", "U.S.-made\u00a0x"]


@given(texts)
def test_joined_tokens_are_cut_into_the_same_tokens(text: str) -> None:
    tokens = cut(TOKENISED, text)
    # "don'tn't" is cut into a word that alone would be cut again; no vocabulary holds such a word.
    assume(all(cut(TOKENISED, token) == [token] for token in tokens))
    assert cut(TOKENISED, join(tokens)) == tokens


@given(texts)
def test_tokens_hold_no_white_space_and_no_capitals(text: str) -> None:
    for token in cut(TOKENISED, text):
        assert token and token.split() == [token]
        assert not any("A" <= letter <= "Z" for letter in token)


def test_joined_text_reads_like_text() -> None:
    text = "i don't think \"the movie's\" worth $5 (or 7/10)... it's a well-made film -- the heroes' 'best' end; can't you?!"
    assert join(cut(TOKENISED, text)) == text
