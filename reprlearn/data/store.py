"""Encoded corpora and cleaned texts in the user's cache. What is missing, broken or of another format is made anew."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reprlearn.cache import cache_folder, new_folder, write_atomically
from reprlearn.data.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 1
"""Raise this whenever the same texts would be encoded otherwise."""

CACHE = "corpora"

Encoded = tuple[Vocabulary, dict[str, np.ndarray]]


def cached(key: Mapping[str, object], hash_of: Callable[..., str], make: Callable[[], Encoded]) -> tuple[Encoded, str]:
    """The encoded corpus that `key` determines, and its content hash; made by `make` when no sound copy is on disk.

    key:      everything that determines the result, as plain JSON values
    hash_of:  the content hash of a vocabulary and its splits
    """
    entry = _place(key)
    if (found := _read(entry, hash_of)) is not None:
        return found
    vocabulary, splits = make()
    digest = hash_of(vocabulary, splits)
    # A cache that cannot be written costs time, not the answer.
    with suppress(OSError), new_folder(entry) as folder:
        vocabulary.save(folder)
        for split, stream in splits.items():
            np.save(folder / f"{split}.npy", stream, allow_pickle=False)
        description = {"key": {"format": FORMAT, **key}, "splits": list(splits), "content_hash": digest}
        (folder / "corpus.json").write_text(json.dumps(description, indent=1), encoding="utf-8")
    return (vocabulary, splits), digest


def cached_table(key: Mapping[str, object], make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """The table that `key` determines; made by `make` when no sound copy is on disk."""
    import pandas as pd

    path = _place(key).with_suffix(".parquet")
    with suppress(OSError, ValueError):  # pyarrow's errors are kinds of these two
        return pd.read_parquet(path, page_checksum_verification=True)
    table = make()
    content = io.BytesIO()
    table.to_parquet(content, compression="zstd", index=False, write_page_checksum=True)
    with suppress(OSError):
        write_atomically(path, content.getvalue())
    return table


def _place(key: Mapping[str, object]) -> Path:
    text = json.dumps({"format": FORMAT, **key}, sort_keys=True)
    return cache_folder(CACHE) / hashlib.sha256(text.encode()).hexdigest()[:32]


def _read(entry: Path, hash_of: Callable[..., str]) -> tuple[Encoded, str] | None:
    """What stands in `entry`; None unless all of it is there and hashes to what was written down."""
    try:
        description = json.loads((entry / "corpus.json").read_text(encoding="utf-8"))
        vocabulary = Vocabulary.load(entry)
        splits = {split: np.load(entry / f"{split}.npy", allow_pickle=False) for split in description["splits"]}
        digest = hash_of(vocabulary, splits)
        if digest != description["content_hash"]:
            return None
    except (OSError, ValueError, KeyError, TypeError, EOFError):
        return None
    return (vocabulary, splits), digest
