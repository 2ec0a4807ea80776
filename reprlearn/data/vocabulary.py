"""The words a model knows: ids, training counts, and the tokenizer that belongs to them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reprlearn.data.config import DataError
from reprlearn.data.joining import join
from reprlearn.data.tokenisation import END, UNKNOWN, cut, new_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer

N_RESERVED = 20
_RESERVED = re.compile(r"<reserved-\d+>")


class Vocabulary:
    """Words in the order of their ids: ``<unk>``, ``<eos>``, reserved words (if any), then by falling training count.

    Reserved words stand in no text and so are never trained: what a model does to them is what it does to a word
    nobody uses.

    words:   the V words; a word's position is its id
    counts:  (V,) int64, how often each stands in the training split; ``<unk>`` counts all unknown words together
    as_is:   texts are split on spaces and not changed (see `reprlearn.data.tokenisation`)
    """

    def __init__(self, words: Sequence[str], counts: np.ndarray, as_is: bool = False) -> None:
        self.words = tuple(words)
        self.counts = np.array(counts, dtype=np.int64)
        self.counts.setflags(write=False)
        self.as_is = as_is
        self._ids = {word: i for i, word in enumerate(self.words)}
        if len(self._ids) != len(self.words) or self.counts.shape != (len(self.words),):
            raise ValueError(f"{len(self.words)} words, {len(self._ids)} of them distinct, {self.counts.shape=}")
        if UNKNOWN not in self._ids or END not in self._ids:
            raise ValueError(f"a vocabulary holds {UNKNOWN} and {END}")
        self.unknown_id = self._ids[UNKNOWN]
        self.end_id = self._ids[END]
        # A text of one's own may hold such a word: it is reserved only when nothing was ever trained on it.
        self.reserved_ids = tuple(
            i for i, word in enumerate(self.words) if _RESERVED.fullmatch(word) and self.counts[i] == 0
        )

    @classmethod
    def of_counts(
        cls, counts: Mapping[str, int], n_words: int, n_reserved: int = N_RESERVED, as_is: bool = False
    ) -> Vocabulary:
        """The most frequent words of a training split, ties in the order of the words.

        counts:   word -> how often it stands in the training split, ``<eos>`` (and any literal ``<unk>``) included
        n_words:  rows at most, ``<unk>``, ``<eos>`` and reserved words included
        """
        special = [UNKNOWN, END, *(f"<reserved-{i}>" for i in range(n_reserved))]
        ranked = sorted((-count, word) for word, count in counts.items() if word not in special)
        kept = [(word, -count) for count, word in ranked[: max(0, n_words - len(special))]]
        n_unknown = counts.get(UNKNOWN, 0) - sum(count for count, _ in ranked[len(kept) :])
        words = [*special, *(word for word, _ in kept)]
        special_counts = [n_unknown, counts.get(END, 0), *[0] * n_reserved]
        return cls(words, np.array([*special_counts, *(count for _, count in kept)], dtype=np.int64), as_is)

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: object) -> bool:
        return word in self._ids

    def __repr__(self) -> str:
        return f"Vocabulary({len(self)} words{', as is' if self.as_is else ''})"

    def id(self, word: str) -> int:
        """The id of `word` exactly as written; that of ``<unk>`` when it is unknown."""
        return self._ids.get(word, self.unknown_id)

    def ids(self, tokens: Iterable[str]) -> np.ndarray:
        """(n,) int64 ids of n tokens. A reserved word found in a text is as unknown as any other."""
        ids, unknown = self._text_ids, self.unknown_id
        return np.fromiter((ids.get(token, unknown) for token in tokens), dtype=np.int64)

    def tokens(self, text: str) -> list[str]:
        """The tokens of `text`, unknown ones kept as typed (lower-cased, unless the vocabulary is *as is*)."""
        return cut(self._tokenizer, text)

    def encode(self, text: str) -> np.ndarray:
        """(n,) int64 ids, one for each of `tokens(text)`; no ``<eos>`` is added."""
        return self.ids(self.tokens(text))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where each of `tokens(text)` stands in `text`: its first character, and the one after it.

        A sign made of several ("...") may be said to stand on one of them alone.
        """
        found = self._tokenizer.encode(text, add_special_tokens=False).offsets
        following = [*(start for start, _ in found[1:]), len(text)]
        return [
            (start, _past_marks(text, stop, end))
            for (start, stop), end in zip(found, following[: len(found)], strict=True)
        ]

    def join(self, words: Iterable[str]) -> str:
        """Readable text from tokens: ``["do", "n't", "!"]`` -> ``"don't!"``."""
        return " ".join(words) if self.as_is else join(words)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return new_tokenizer(self.words, self.as_is)

    @cached_property
    def _text_ids(self) -> dict[str, int]:
        reserved = set(self.reserved_ids)
        return {word: i for word, i in self._ids.items() if i not in reserved}

    def save(self, folder: Path) -> None:
        """Write ``tokenizer.json`` (read by the tokenizers library too) and ``words.parquet`` (word, count)."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
        table = pa.table({"word": list(self.words), "count": self.counts})
        pq.write_table(table, folder / "words.parquet", compression="zstd")

    @classmethod
    def load(cls, folder: Path) -> Vocabulary:
        """Read what `save` wrote. Raises DataError, with the file's name, when a file is missing or broken."""
        # pyarrow is read directly because pandas would double the time a run takes to open.
        import pyarrow.parquet as pq
        from tokenizers import Tokenizer

        path = folder / "words.parquet"
        try:
            table = pq.read_table(path)
            words, counts = table["word"].to_pylist(), table["count"].to_numpy()
            path = folder / "tokenizer.json"
            tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
            vocabulary = cls(words, counts, as_is=tokenizer.normalizer is None)
            if tokenizer.get_vocab_size() != len(words) or tokenizer.get_vocab() != vocabulary._ids:
                raise ValueError("its words are not those of words.parquet")
        except Exception as error:  # the tokenizers library raises bare Exceptions
            reason = " ".join(str(error).split())
            raise DataError(f"{path} holds no vocabulary ({reason}): restore it, or train the run again") from error
        vocabulary.__dict__["_tokenizer"] = tokenizer
        return vocabulary


def _past_marks(text: str, stop: int, end: int) -> int:
    """Behind the accents between `stop` and `end`, which the tokenizer has put together with the letter before them."""
    while stop < end and unicodedata.combining(text[stop]):
        stop += 1
    return stop
