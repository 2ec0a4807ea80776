"""One text split by paragraphs: whole, once each, 8:1:1, the same wherever it is done."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprlearn.data.config import DataError
from reprlearn.data.paragraphs import LEAST_PARAGRAPHS, paragraphs, split_paragraphs

WORDS = ("the", "old", "man", "went", "down", "to", "his", "house", "by", "the", "sea", "and", "sat", "there")


def made(n: int, seed: int = 0) -> list[str]:
    draw = random.Random(seed)
    return [" ".join(draw.choice(WORDS) for _ in range(draw.randint(5, 60))) + f" {i}" for i in range(n)]


@settings(max_examples=40)
@given(st.integers(LEAST_PARAGRAPHS, 300), st.integers(0, 5))
def test_every_paragraph_is_in_one_split_in_its_order(n: int, seed: int) -> None:
    texts = made(n, seed)
    splits = split_paragraphs(texts, "x.txt")
    assert sorted(text for part in splits.values() for text in part) == sorted(texts)
    for part in splits.values():
        assert part == [text for text in texts if text in part]
    if n >= 100:
        words = {split: sum(len(text.split()) for text in part) for split, part in splits.items()}
        for split, share in (("train", 0.8), ("valid", 0.1), ("test", 0.1)):
            assert words[split] / sum(words.values()) == pytest.approx(share, abs=0.04)


def test_what_stands_there_twice_is_in_one_split_however_it_is_written() -> None:
    texts = made(80)
    again = [text.upper().replace(" ", "  ") for text in texts]
    splits = split_paragraphs([*texts, *again], "x.txt")
    seen = [{" ".join(text.casefold().split()) for text in part} for part in splits.values()]
    assert not seen[0] & seen[1] and not seen[0] & seen[2] and not seen[1] & seen[2]


def test_the_order_of_the_text_decides_nothing() -> None:
    texts = made(120)
    turned = split_paragraphs(texts[::-1], "x.txt")
    assert {split: sorted(part) for split, part in turned.items()} == {
        split: sorted(part) for split, part in split_paragraphs(texts, "x.txt").items()
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_paragraphs_stand_between_blank_lines(end: str) -> None:
    assert paragraphs(end.join(["One line", "and its rest.", "", "  ", "", "Two.", ""])) == [
        "One line and its rest.",
        "Two.",
    ]


def test_where_there_are_no_blank_lines_or_few_each_line_is_one() -> None:
    assert paragraphs("one\ntwo\n three \n") == ["one", "two", "three"]
    chapters = "\n\n".join("\n".join(f"line {i} of {j}" for i in range(100)) for j in range(3))
    assert len(paragraphs(chapters)) == 300


@pytest.mark.parametrize("texts", [[], ["a"], ["a b"] * 100, made(LEAST_PARAGRAPHS - 1), ["w " * 10_000, *made(25)]])
def test_what_cannot_be_split_is_refused_by_name(texts: list[str]) -> None:
    with pytest.raises(DataError, match=r"^x\.txt "):
        split_paragraphs(texts, "x.txt")


def test_one_long_paragraph_is_trained_on() -> None:
    texts = [*made(200), "w " * 900]
    assert texts[-1] in split_paragraphs(texts, "x.txt")["train"]
