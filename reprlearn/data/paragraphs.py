"""One text as a corpus: cut into paragraphs, which go whole into train, valid or test, 8:1:1 by their words.

Paragraphs stand between blank lines; where blank lines are rare, or there are none, every line is one. They are held out in the
order of the SHA-256 of their words, which is chance, and the same wherever it is done. A paragraph that is found twice stands in
one split. Its neighbours may stand in others: what is held out is new to a model, its subject need not be.
"""

from __future__ import annotations

import hashlib
import re

from reprlearn.data.config import DataError
from reprlearn.data.folders import SPLITS

LEAST_PARAGRAPHS = 20
"""Distinct ones; of fewer, a tenth says nothing."""
MOST_LINES = 20
"""Where there are more lines than that between blank lines, in the mean, each line counts as a paragraph."""
HELD_OUT = 0.1
LONG = 1 / LEAST_PARAGRAPHS
"""A paragraph with a larger share of all words stays in training: it would be most of a split."""


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text in their order, each on one line."""
    lines = [line.strip() for line in re.split(r"\r\n|\r|\n", text)]
    blocks = [" ".join(block.split()) for block in "\n".join(lines).split("\n\n")]
    blocks = [block for block in blocks if block]
    filled = [" ".join(line.split()) for line in lines if line]
    return blocks if len(filled) <= MOST_LINES * len(blocks) and len(blocks) > 1 else filled


def split_paragraphs(texts: list[str], name: str) -> dict[str, list[str]]:
    """The splits, {split: its paragraphs in the order of the text}. DataError, about the text of this name: too few to split."""
    keys = [hashlib.sha256(" ".join(text.casefold().split()).encode()).digest() for text in texts]
    sizes = [len(text.split()) for text in texts]
    words: dict[bytes, int] = {}  # of a paragraph with all its copies
    for key, size in zip(keys, sizes, strict=True):
        words[key] = words.get(key, 0) + size
    if len(words) < LEAST_PARAGRAPHS:
        raise DataError(
            f"{name} has {len(words)} different paragraph{'' if len(words) == 1 else 's'}; to keep some for validation and test"
            f" there must be at least {LEAST_PARAGRAPHS}, with a blank line after each, or one a line"
        )
    total = sum(sizes)
    split_of = {}
    held: dict[str, int] = dict.fromkeys(SPLITS[1:], 0)
    for key in sorted(words):
        open_split = next((split for split, size in held.items() if size < HELD_OUT * total), None)
        if open_split is None or words[key] > LONG * total:
            split_of[key] = "train"
        else:
            split_of[key] = open_split
            held[open_split] += words[key]
    splits = {split: [t for t, key in zip(texts, keys, strict=True) if split_of[key] == split] for split in SPLITS}
    if min(held.values()) < HELD_OUT * total / 2:
        raise DataError(
            f"{name} cannot be split: a few paragraphs hold nearly all of its words; put a blank line after each paragraph"
        )
    return splits
