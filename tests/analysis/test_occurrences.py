"""Occurrences: each is where it is said to be, its sentence holds it, and what a model reads of it fits the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from reprlearn.analysis.occurrences import find_occurrences, sentences_around, words_read
from reprlearn.analysis.texts import Texts, read_texts, splits_of
from reprlearn.data.config import TextData
from reprlearn.data.corpora import load_corpus
from reprlearn.data.documents import documents
from reprlearn.runs import Run
from tests.contextual_runs import CONTEXT_LENGTH, ELMO, GPT

LINES = (
    "I like it. They don't like Zyzzyva, do they? It looks like rain",
    "Like father, like son!",
    "No such word here.",
    "Dr. Who, I like (very much) " + "and so on and on " * 12 + "until they like it too.",
)


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Texts:
    """The lines above, as `read_texts` gives those of a run; Zyzzyva is unknown."""
    monkeypatch.setenv("REPRLEARN_CACHE", str(tmp_path / "cache"))
    (tmp_path / "train.txt").write_text("\n".join((*LINES, "like and so it is , on they ( ) . ? !")), encoding="utf-8")
    (tmp_path / "valid.txt").write_text("like\n", encoding="utf-8")
    config = TextData(folder=tmp_path, n_words=26)
    corpus = load_corpus(config)
    frame, stream = documents(config, "train"), corpus.splits["train"]
    ends = np.flatnonzero(stream == corpus.vocabulary.end_id)
    ids, written = (frame[name].to_numpy(dtype=object) for name in ("document_id", "text"))
    return Texts("train", corpus.vocabulary, stream, ends, ids, written, None)


def test_every_occurrence_is_found_where_it_stands(texts: Texts) -> None:
    like = texts.vocabulary.id("like")
    found = find_occurrences(texts, like)
    assert len(found) == found.n_found == sum(line.lower().count("like") for line in LINES) + 1
    for row, ids in zip(found.table.to_dict("records"), found.ids, strict=True):
        text = str(texts.texts[row["text"]])
        assert row["document_id"] == texts.document_ids[row["text"]]
        assert text[row["start"] : row["stop"]].lower() == "like"
        assert row["sentence_start"] <= row["start"] < row["stop"] <= row["sentence_stop"]
        sentence = text[row["sentence_start"] : row["sentence_stop"]]
        assert ids[row["position"]] == like and len(ids) == row["n_words"]
        assert ids.tolist() == texts.vocabulary.encode(sentence).tolist(), "what is read is the sentence, and all of it"


def test_the_words_beside_it_are_those_of_its_sentence(texts: Texts) -> None:
    found = find_occurrences(texts, texts.vocabulary.id("like"))
    beside = list(zip(found.table["before"], found.table["after"], strict=True))
    assert beside[:5] == [("i", "it"), ("n't", "zyzzyva"), ("looks", "rain"), ("", "father"), (",", "son")]
    before, word, after = sentences_around(texts, found)[1]
    assert (before, word, after) == ("They don't ", "like", " Zyzzyva, do they?")


def test_a_long_sentence_is_cut_around_the_word(texts: Texts) -> None:
    like = texts.vocabulary.id("like")
    found = find_occurrences(texts, like, most_words=8)
    long = found.table.loc[found.table["n_words"] > 8]
    assert len(long) == long["cut"].sum() == found.table["cut"].sum() > 0
    for row, ids in zip(found.table.to_dict("records"), found.ids, strict=True):
        assert len(ids) == min(8, row["n_words"]) and ids[row["position"]] == like


def test_a_sample_is_the_same_each_time_and_is_one_of_all(texts: Texts) -> None:
    like = texts.vocabulary.id("like")
    everything = find_occurrences(texts, like).table
    a, b, other = (find_occurrences(texts, like, most=4, seed=seed) for seed in (0, 0, 1))
    assert len(a) == 4 and a.n_found == len(everything)
    assert a.table.equals(b.table) and not a.table.equals(other.table)
    assert set(zip(a.table["text"], a.table["token"], strict=True)) <= set(
        zip(everything["text"], everything["token"], strict=True)
    )


def test_the_end_of_a_text_and_reserved_words_occur_nowhere(texts: Texts) -> None:
    for word_id in (texts.vocabulary.end_id, *texts.vocabulary.reserved_ids):
        found = find_occurrences(texts, word_id)
        assert len(found) == found.n_found == 0 and list(found.table) and not found.ids


def test_an_unknown_word_is_shown_as_it_is_written(texts: Texts) -> None:
    found = find_occurrences(texts, texts.vocabulary.unknown_id)
    assert "Zyzzyva" in [word for _, word, _ in sentences_around(texts, found)]


def test_another_text_than_the_one_that_was_encoded_is_refused(texts: Texts) -> None:
    changed = replace(texts, texts=np.array(["I like", *texts.texts[1:]], dtype=object))
    with pytest.raises(ValueError, match=r"^the text train-1 is not the one that was encoded: 2 words, not \d+$"):
        find_occurrences(changed, texts.vocabulary.id("like"))


def test_a_model_reads_no_more_words_than_it_can(contextual_runs: Path) -> None:
    assert words_read(Run(contextual_runs / GPT)) == CONTEXT_LENGTH
    assert words_read(Run(contextual_runs / ELMO)) == 128


@pytest.fixture
def moved(contextual_runs: Path) -> Iterator[Path]:
    """The training text of the runs, put back after it was changed."""
    path = contextual_runs.parent / "corpus" / "train.txt"
    content = path.read_bytes()
    yield path
    path.write_bytes(content)


def test_a_run_is_read_with_the_text_it_was_trained_on_alone(contextual_runs: Path, moved: Path) -> None:
    run = Run(contextual_runs / GPT)
    assert splits_of(run) == ("train", "valid", "test")
    texts = read_texts(run, "train")
    assert len(texts) == 400 and texts.labels is None and texts.document_ids[0] == "train-1"
    assert texts.ids(1).tolist() == run.vocabulary.encode(str(texts.texts[1])).tolist()
    with pytest.raises(ValueError, match=r"^there is no split 'x'; there are: train, valid, test$"):
        read_texts(run, "x")
    moved.write_bytes(moved.read_bytes() + b"one more line .\n")
    with pytest.raises(ValueError, match=r"not what tinygpt was trained on any more \(another content hash\)$"):
        read_texts(run, "train")
    moved.unlink()
    with pytest.raises(ValueError, match=r"train\.txt"):
        read_texts(run, "train")


def test_reviews_have_labels_in_the_order_of_the_texts(contextual_runs: Path) -> None:
    from reprlearn.analysis.texts import _labels
    from reprlearn.data.reviews import review_table

    frame = documents(TextData(), "valid")
    labels = _labels(TextData(), "valid", len(frame))
    assert labels is not None
    by_id = review_table().set_index("review_id")["label"]
    assert labels.tolist() == by_id.loc[frame["document_id"]].tolist()
