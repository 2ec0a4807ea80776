"""Words in use: sentences of a corpus in which certain words stand together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from reprlearn.data.config import TextData
from reprlearn.data.documents import documents

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.data.vocabulary import Vocabulary

SHORT_TOKENS = 30
SEEN_PER_SHOWN = 10
"""How many sentences are looked at for each that is shown, in search of short ones."""

# A sentence ends at a line's end, or after . ! ? (and quotes or brackets that close) where a capital, a digit or an
# opening mark follows. Good enough to read by; it knows nothing of grammar.
_BOUNDARY = re.compile(r"""(?<=[.!?\u2026])(["'\u201d\u2019)\]]*)\s+(?=["'\u201c\u2018(\[]*[^\W_a-z])|\n+""")
_LONE_MARK = re.compile(r"(?<=\s[.!?])\s+")
_TITLES = "mr|mrs|ms|dr|st|jr|sr|vs|prof|no|vol|gen|col|lt|sgt|capt|rev"
_ABBREVIATION = re.compile(rf"(?:\b(?:{_TITLES})|(?<![^\W_])[a-z])\.$", re.IGNORECASE)
_LONGEST_ABBREVIATION = 5  # characters, with its point


def sentences(text: str, as_is: bool = False) -> list[str]:
    """The sentences of `text` in order, without white space around them; empty ones are left out.

    as_is:  the text is already cut into words, so that only a mark that stands alone ends a sentence
    """
    return [text[start:stop] for start, stop in sentence_spans(text, as_is)]


def sentence_spans(text: str, as_is: bool = False) -> list[tuple[int, int]]:
    """Where each of `sentences(text)` stands in `text`: first character, and the one after the last."""
    found, start = [], 0
    for stop, following in _ends(text, as_is):
        part = text[start:stop]
        first = start + len(part) - len(part.lstrip())
        if part.strip():
            found.append((first, first + len(part.strip())))
        start = following
    return found


def _ends(text: str, as_is: bool) -> Iterator[tuple[int, int]]:
    """Of each sentence, empty ones too, the end and where the next one may begin."""
    start = 0
    for match in (_LONE_MARK if as_is else _BOUNDARY).finditer(text):
        stop = match.end(1) if not as_is and match.group(1) is not None else match.start()
        tail = max(start, stop - _LONGEST_ABBREVIATION)
        if not as_is and "\n" not in match.group() and _ABBREVIATION.search(text, tail, stop):
            continue
        yield stop, match.end()
        start = match.end()
    yield len(text), len(text)


def sentences_with(config: TextData, vocabulary: Vocabulary, words: Sequence[str], limit: int = 10) -> pd.DataFrame:
    """Sentences of the corpus's training texts that hold all of `words`, in the order of the texts.

    vocabulary:  cuts the sentences; `words` are tokens as it makes them ("n't", not "don't")
    limit:       sentences at most, short ones first of the first few that are found; the same one is shown once
    Returns a frame (document_id, sentence), empty when there is none. Raises ValueError without a word, DataError when
    the corpus is not there.
    """
    import pandas as pd

    wanted = {unicodedata.normalize("NFC", word) for word in words}
    if not wanted or limit < 1:
        raise ValueError(f"give at least one word and a positive limit, not {list(words)} and {limit}")
    short: dict[str, str] = {}
    long: dict[str, str] = {}
    for document_id, sentence in _candidates(_folded_documents(config, _stamp(config)), wanted, vocabulary.as_is):
        if len(short) == limit or len(short) + len(long) == SEEN_PER_SHOWN * limit:
            break
        tokens = vocabulary.tokens(sentence)
        if wanted <= set(tokens):
            (short if len(tokens) <= SHORT_TOKENS else long).setdefault(sentence, document_id)
    found = [*short.items(), *long.items()][:limit]
    columns = {"document_id": [key for _, key in found], "sentence": [sentence for sentence, _ in found]}
    return pd.DataFrame(columns, dtype="str")


def _candidates(texts: Iterable[tuple[str, str, str]], wanted: set[str], as_is: bool) -> Iterator[tuple[str, str]]:
    """(document id, sentence) wherever all plain words of `wanted` stand as strings: cheap, and what is left out cannot match."""
    # Only a word of letters alone is sure to stand in the text as it does in the tokens ("--" may be a dash there).
    plain = [word.lower() for word in wanted if as_is or word.isalnum()]
    for document_id, text, folded in texts:
        if all(word in folded for word in plain):
            for sentence in sentences(text, as_is):
                lower = sentence.lower()
                if all(word in lower for word in plain):
                    yield document_id, sentence


@lru_cache(maxsize=2)
def _folded_documents(config: TextData, stamp: int) -> list[tuple[str, str, str]]:
    """(document id, text in NFC, the same in lower case) of each training text, kept because each search reads all."""
    frame = documents(config, "train")
    composed = (unicodedata.normalize("NFC", text) for text in frame["text"])
    return [(key, text, text.lower()) for key, text in zip(frame["document_id"], composed, strict=True)]


def _stamp(config: TextData) -> int:
    """Changes when a folder's training text does, so that what is kept of it is not stale."""
    path = config.folder.expanduser() / "train.txt" if config.folder else None
    return path.stat().st_mtime_ns if path and path.exists() else 0
