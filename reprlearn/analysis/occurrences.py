"""One word in many sentences: where it stands in the texts of a split, and what a model is given to read of each place.

An occurrence is kept as the id of its text and spans in it, never as the text itself.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reprlearn.analysis.concordance import sentence_spans

if TYPE_CHECKING:
    from reprlearn.analysis.texts import Texts
    from reprlearn.data.vocabulary import Vocabulary
    from reprlearn.runs import Run

MOST = 300
"""Occurrences that are looked at: a few hundred forward passes, about a second."""
SEED = 0
MOST_WORDS = 128
"""Words of a sentence that are read at most, whatever the model could read; a longer one is cut around the word."""
COLUMNS = (
    "document_id", "text", "token", "start", "stop", "sentence_start", "sentence_stop", "position", "before", "after", "n_words", "cut",
)  # fmt: skip


@dataclass(frozen=True)
class Occurrences:
    """A word's occurrences, all of them or a sample, in the order of the texts.

    table:    document_id, text (its number in the split); start, stop (the word's characters in the text), sentence_start,
              sentence_stop (the sentence's); token (the word's number in the text), position (in what is read, both from 0);
              before and after (the words beside it as typed, "" at the ends of the sentence); n_words (of the sentence); cut
              (not all of it is read); label, where the texts have labels
    ids:      of each, what the model reads, (n_words,) int64
    n_found:  occurrences there are in the split
    """

    table: pd.DataFrame
    ids: tuple[np.ndarray, ...]
    n_found: int

    def __len__(self) -> int:
        return len(self.table)


def words_read(run: Run) -> int:
    """Words of a sentence that a run's model reads at most."""
    return min(MOST_WORDS, getattr(run.recipe.model, "context_length", MOST_WORDS))


def find_occurrences(
    texts: Texts, word_id: int, most_words: int = MOST_WORDS, most: int = MOST, seed: int = SEED
) -> Occurrences:
    """The occurrences of a word, at most `most`, drawn by `seed` where there are more; none of ``<eos>``, which is no word.

    most_words: of a sentence that are read (see `words_read`).
    """
    ends_a_text = word_id == texts.vocabulary.end_id
    found = np.flatnonzero(texts.stream == word_id) if not ends_a_text else np.empty(0, dtype=np.int64)
    chosen = found
    if len(found) > most:
        chosen = np.sort(np.random.default_rng(seed).choice(found, most, replace=False))
    return occurrences_at(texts, chosen, most_words, n_found=len(found))


def occurrences_at(texts: Texts, positions: np.ndarray, most_words: int = MOST_WORDS, *, n_found: int) -> Occurrences:
    """The occurrences at some positions (n,) of the texts' stream, in rising order; none is that of an ``<eos>``."""
    of_text = np.searchsorted(texts.ends, positions)
    rows: list[dict] = []
    ids: list[np.ndarray] = []
    for text in np.unique(of_text):
        own = texts.ids(int(text))
        start = int(texts.ends[text]) - len(own)
        sentences = read_sentences(texts, int(text))
        for place in positions[of_text == text] - start:
            row, read = _occurrence(sentences, own, int(place), most_words)
            rows.append({"document_id": texts.document_ids[text], "text": int(text), **row})
            if texts.labels is not None:
                rows[-1]["label"] = int(texts.labels[text])
            ids.append(read)
    return Occurrences(pd.DataFrame(rows, columns=None if rows else pd.Index(COLUMNS)), tuple(ids), n_found)


@dataclass(frozen=True)
class Sentences:
    """The sentences of a text, in tokens and in characters.

    words:   the tokens, unknown ones as they are written
    spans:   of each token, its characters
    firsts:  of each sentence, the number of its first token, and at the end that after the last
    places:  of each sentence, its characters
    """

    words: list[str]
    spans: list[tuple[int, int]]
    firsts: list[int]
    places: list[tuple[int, int]]


def read_sentences(texts: Texts, text: int) -> Sentences:
    """The sentences of a text; each token belongs to one. ValueError when the text is not the one the stream was made of."""
    content, vocabulary, ids = str(texts.texts[text]), texts.vocabulary, texts.ids(text)
    spans = vocabulary.spans(content)
    if len(spans) != len(ids):
        raise ValueError(
            f"the text {texts.document_ids[text]} is not the one that was encoded: {len(spans)} words, not {len(ids)}"
        )
    words = [
        vocabulary.words[i] if i != vocabulary.unknown_id else _written(content[start:stop], vocabulary)
        for i, (start, stop) in zip(ids.tolist(), spans, strict=True)
    ]
    places = sentence_spans(content, vocabulary.as_is)
    begins = [start for start, _ in places]
    of_token = [max(0, bisect_right(begins, start) - 1) for start, _ in spans]
    firsts = [bisect_right(of_token, sentence - 1) for sentence in range(len(places))]
    return Sentences(words, spans, [*firsts, len(spans)], places)


def _written(part: str, vocabulary: Vocabulary) -> str:
    return part if vocabulary.as_is else part.lower()


def _occurrence(sentences: Sentences, ids: np.ndarray, token: int, most_words: int) -> tuple[dict, np.ndarray]:
    """The row of an occurrence, and what is read of its sentence: all of it, or so many words with the word in their middle."""
    sentence = bisect_right(sentences.firsts, token, hi=len(sentences.places)) - 1
    first, after_last = sentences.firsts[sentence], sentences.firsts[sentence + 1]
    begin = min(max(first, token - most_words // 2), max(first, after_last - most_words))
    end = min(after_last, begin + most_words)
    words = sentences.words
    row = {
        "token": token, "start": sentences.spans[token][0], "stop": sentences.spans[token][1],
        "sentence_start": sentences.places[sentence][0], "sentence_stop": sentences.places[sentence][1],
        "position": token - begin, "before": words[token - 1] if token > first else "",
        "after": words[token + 1] if token + 1 < after_last else "", "n_words": after_last - first,
        "cut": end - begin < after_last - first,
    }  # fmt: skip
    return row, ids[begin:end].astype(np.int64)


Around = tuple[str, str, str]
"""A sentence in three parts: what stands before a word, the word as it is written, what stands after it."""


def sentences_around(texts: Texts, occurrences: Occurrences) -> list[Around]:
    """The sentence of each occurrence, its line breaks and runs of spaces as one space each."""
    found = []
    for row in occurrences.table.to_dict("records"):
        text, start, stop = str(texts.texts[row["text"]]), row["start"], row["stop"]
        before, after = text[row["sentence_start"] : start], text[stop : row["sentence_stop"]]
        found.append((_spaced(before), text[start:stop], _spaced(after)))
    return found


def _spaced(part: str) -> str:
    words = " ".join(part.split())
    return f"{' ' * part[:1].isspace()}{words}{' ' * (part[-1:].isspace() and bool(words))}"
