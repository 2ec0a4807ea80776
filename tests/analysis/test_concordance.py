from __future__ import annotations

import os
from pathlib import Path

import pytest

from reprlearn.analysis.concordance import sentence_spans, sentences, sentences_with
from reprlearn.data.config import DataError, TextData
from reprlearn.data.corpora import load_corpus

TRAIN = """\
The film is great. Dr. Who didn't like the ending! It's a film by J. Smith. (The ending is bad.) He left.
An ending -- and what a film it is.
Filming ended. The blending was odd.
The film is great. Nothing else.
Café noir is no FILM
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TextData:
    monkeypatch.setenv("REPRLEARN_CACHE", str(tmp_path / "cache"))
    (tmp_path / "train.txt").write_text(TRAIN, encoding="utf-8")
    (tmp_path / "valid.txt").write_text("The film.", encoding="utf-8")
    return TextData(folder=tmp_path)


def shown(config: TextData, *words: str, limit: int = 10) -> list[tuple[str, str]]:
    frame = sentences_with(config, load_corpus(config).vocabulary, words, limit)
    assert list(frame.columns) == ["document_id", "sentence"]
    return list(zip(frame["document_id"], frame["sentence"], strict=True))


def test_a_text_is_split_where_a_reader_would() -> None:
    assert sentences(TRAIN.splitlines()[0]) == [
        "The film is great.",
        "Dr. Who didn't like the ending!",
        "It's a film by J. Smith.",
        "(The ending is bad.)",
        "He left.",
    ]
    assert sentences("Rated 7.5 of 10... the end.\n\nNext line") == ["Rated 7.5 of 10... the end.", "Next line"]
    assert sentences("  \n ") == []
    assert sentences("mr. <unk> left . He did . ", as_is=True) == ["mr. <unk> left .", "He did ."]


@pytest.mark.parametrize(("text", "as_is"), [*((line, False) for line in TRAIN.splitlines()), ("a . b  . \n c", True)])
def test_spans_cut_the_sentences_out_of_the_text_and_leave_nothing_but_space(text: str, as_is: bool) -> None:
    spans = sentence_spans(text, as_is)
    assert [text[start:stop] for start, stop in spans] == sentences(text, as_is)
    ends = [0, *(end for span in spans for end in span), len(text)]
    between = [text[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True)]
    assert not "".join(between).strip()


def test_all_words_stand_in_each_sentence_as_whole_tokens(config: TextData) -> None:
    assert shown(config, "film", "ending") == [("train-2", "An ending -- and what a film it is.")]
    assert shown(config, "ending") == [
        ("train-1", "Dr. Who didn't like the ending!"),
        ("train-1", "(The ending is bad.)"),
        ("train-2", "An ending -- and what a film it is."),
    ]


@pytest.mark.parametrize(("words", "n"), [(["n't"], 1), (["--"], 1), (["café", "film"], 1), (["zyzzyva"], 0)])
def test_signs_clitics_accents_and_strangers_are_found_or_not(config: TextData, words: list[str], n: int) -> None:
    assert len(shown(config, *words)) == n


def test_a_sentence_is_shown_once_and_the_limit_holds(config: TextData) -> None:
    assert [sentence for _, sentence in shown(config, "great")] == ["The film is great."]
    assert shown(config, "film", limit=2) == shown(config, "film", limit=2)
    assert len(shown(config, "film", limit=2)) == 2


def test_short_sentences_come_first(config: TextData) -> None:
    assert config.folder is not None
    path = config.folder / "train.txt"
    path.write_text(f"A film {'so ' * 40}long.\nA short film.\n", encoding="utf-8")
    assert [key for key, _ in shown(config, "film")] == ["train-2", "train-1"]


def test_a_changed_text_is_read_again(config: TextData) -> None:
    assert shown(config, "penguin") == []
    assert config.folder is not None
    path = config.folder / "train.txt"
    path.write_text("A penguin.\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert shown(config, "penguin") == [("train-1", "A penguin.")]


def test_what_cannot_be_answered_is_said(config: TextData) -> None:
    vocabulary = load_corpus(config).vocabulary
    with pytest.raises(ValueError, match="at least one word"):
        sentences_with(config, vocabulary, [])
    with pytest.raises(ValueError, match="positive limit"):
        sentences_with(config, vocabulary, ["film"], limit=0)
    with pytest.raises(DataError, match="does not exist"):
        sentences_with(TextData(folder=Path("/nowhere/at/all")), vocabulary, ["film"])
