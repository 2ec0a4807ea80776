"""From texts to streams of token ids."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from reprlearn.data.config import DataError
from reprlearn.data.tokenisation import END, UNKNOWN, cut, new_tokenizer
from reprlearn.data.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def encode_splits(
    texts: Mapping[str, Iterable[str]], n_words: int, n_reserved: int, as_is: bool, max_train_tokens: int | None
) -> tuple[Vocabulary, dict[str, np.ndarray]]:
    """Make the vocabulary of the train texts and encode all splits with it, cutting each text once.

    texts:             split -> its texts in order; ``train`` is among them
    max_train_tokens:  the train stream ends with the last text that fits in; None: no limit
    Returns the vocabulary and for each split its 1-D int32 stream, with ``<eos>`` after each text.
    """
    tokenizer = new_tokenizer([UNKNOWN], as_is)
    types: dict[str, int] = {END: 0}
    streams = {
        split: _numbered(tokenizer, split_texts, types, max_train_tokens if split == "train" else None)
        for split, split_texts in texts.items()
    }
    words = list(types)
    by_type = np.bincount(streams["train"], minlength=len(words))
    counts = {word: int(count) for word, count in zip(words, by_type, strict=True) if count}
    vocabulary = Vocabulary.of_counts(counts, n_words, n_reserved, as_is)
    to_id = vocabulary.ids(words).astype(np.int32)
    return vocabulary, {split: to_id[stream] for split, stream in streams.items()}


def encode_texts(texts: Iterable[str], vocabulary: Vocabulary, as_is: bool) -> np.ndarray:
    """1-D int32 stream of `texts` in the ids of `vocabulary`, ``<eos>`` after each.

    as_is:  the texts are cut already: split them on spaces, whatever the vocabulary's own tokenizer would do
    """
    tokenizer = new_tokenizer([UNKNOWN], as_is or vocabulary.as_is)
    pieces = [vocabulary.ids([*cut(tokenizer, text), END]).astype(np.int32) for text in texts]
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int32)


def _numbered(tokenizer: Tokenizer, texts: Iterable[str], types: dict[str, int], limit: int | None) -> np.ndarray:
    """The stream of `texts` in numbers given to words as they first appear; `types` grows, ``<eos>`` is number 0."""
    numbers = array("i")  # a list of so many numbers would take ten times the memory
    for text in texts:
        mine = [types.setdefault(token, len(types)) for token in cut(tokenizer, text)]
        mine.append(0)
        if limit is not None and len(numbers) + len(mine) > limit:
            if not numbers:
                raise DataError(f"max_train_tokens={limit} is less than the {len(mine)} tokens of the first text")
            break
        numbers.extend(mine)
    return np.array(numbers, dtype=np.int32)
