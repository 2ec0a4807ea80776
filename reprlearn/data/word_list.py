"""The words of vectors and models that were not trained here.

Nothing is known of how often a word occurs, unless its file says so: then all counts are 0, and `has_counts` is False.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reprlearn.data.config import DataError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WORDS, TOKENIZER, SPECIAL = "words.parquet", "tokenizer.json", "tokens.json"


class WordList:
    """Words in the order of their rows; a word's position is its id.

    counts:  (V,) int64, all 0 where they are not known
    """

    as_is = True
    reserved_ids: tuple[int, ...] = ()

    def __init__(self, words: Sequence[str], counts: Sequence[int] | np.ndarray | None = None) -> None:
        self.words = tuple(words)
        self.counts = np.zeros(len(self.words), dtype=np.int64) if counts is None else np.array(counts, dtype=np.int64)
        self.counts.setflags(write=False)
        self._ids = {word: i for i, word in enumerate(self.words)}
        if len(self._ids) != len(self.words) or self.counts.shape != (len(self.words),):
            raise ValueError(f"{len(self.words)} words, {len(self._ids)} of them distinct, {self.counts.shape=}")

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: object) -> bool:
        return word in self._ids

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self)} words)"

    @property
    def has_counts(self) -> bool:
        """Whether it is known how often the words occur."""
        return bool(self.counts.any())

    def id(self, word: str) -> int:
        """The id of `word` exactly as written. KeyError for one that is not in the list: no row stands for unknown words."""
        return self._ids[word]

    def save(self, folder: Path) -> None:
        """Write ``words.parquet`` (word, count)."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.table({"word": list(self.words), "count": self.counts}), folder / WORDS, compression="zstd")

    @classmethod
    def load(cls, folder: Path) -> WordList:
        """Read what `save` wrote, a `TokenList` where there is a tokenizer. Raises DataError, with the file's name."""
        import pyarrow.parquet as pq

        path = folder / WORDS
        try:
            table = pq.read_table(path)
            words, counts = table["word"].to_pylist(), table["count"].to_numpy()
            path = folder / TOKENIZER
            return TokenList.of_folder(words, folder) if path.exists() else WordList(words, counts)
        except Exception as error:  # the tokenizers library raises bare Exceptions
            raise DataError(f"{path} holds no words ({' '.join(str(error).split())}): add the files again") from error


class TokenList(WordList):
    """The tokens of a model that cuts text itself, by their readable names.

    unknown_id:  of the token for text it has no other for; -1 where it has one for everything
    end_id:      of the token that stands between texts, from which a text begins
    """

    def __init__(self, words: Sequence[str], tokenizer: Tokenizer, end_id: int, unknown_id: int = -1) -> None:
        super().__init__(words)
        self._tokenizer = tokenizer
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self.end_id, self.unknown_id = end_id, unknown_id

    def id(self, word: str) -> int:
        """The id of `word` exactly as written; that of the unknown token, where there is one, when it is no token."""
        return self._ids[word] if self.unknown_id < 0 else self._ids.get(word, self.unknown_id)

    def encode(self, text: str) -> np.ndarray:
        """(n,) int64 ids of the tokens of `text`; nothing is put before or behind them."""
        return np.array(self._tokenizer.encode(text, add_special_tokens=False).ids, dtype=np.int64)

    def tokens(self, text: str) -> list[str]:
        """The tokens of `text`, by their readable names."""
        return [self.words[i] for i in self.encode(text)]

    def join(self, words: Iterable[str]) -> str:
        """Readable text from tokens."""
        return self._tokenizer.decode(
            [self._ids[word] for word in words if word in self._ids], skip_special_tokens=False
        )

    def save(self, folder: Path) -> None:
        """Write the words, ``tokenizer.json``, and which tokens are special."""
        import json

        super().save(folder)
        self._tokenizer.save(str(folder / TOKENIZER), pretty=False)
        special = {"end_id": self.end_id, "unknown_id": self.unknown_id}
        (folder / SPECIAL).write_text(json.dumps(special) + "\n", encoding="utf-8")

    @classmethod
    def of_folder(cls, words: Sequence[str], folder: Path) -> TokenList:
        """With the tokenizer that `save` wrote into `folder`."""
        import json

        from tokenizers import Tokenizer

        special = json.loads((folder / SPECIAL).read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_str((folder / TOKENIZER).read_text(encoding="utf-8"))
        return cls(words, tokenizer, end_id=int(special["end_id"]), unknown_id=int(special["unknown_id"]))

    @cached_property
    def readable(self) -> dict[str, int]:
        """Lower-case names without the mark of a leading space -> id, the first of several: what a reader types."""
        found: dict[str, int] = {}
        for i, word in enumerate(self.words):
            found.setdefault(word.removeprefix("▁").lower(), i)
        return found
