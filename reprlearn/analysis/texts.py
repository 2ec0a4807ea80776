"""The texts of a split twice: as a person reads them, and as the token stream a model was trained on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reprlearn.data.config import TextData
from reprlearn.data.documents import documents

if TYPE_CHECKING:
    from reprlearn.data.corpora import Corpus
    from reprlearn.data.vocabulary import Vocabulary
    from reprlearn.runs import Run


@dataclass(frozen=True)
class Texts:
    """The texts of a split; to read only, since it is shared.

    stream:        (n_tokens,) int32, ``<eos>`` after each text
    ends:          (n_texts,) positions of those ``<eos>``
    document_ids:  of each text, as `data.documents` has them
    texts:         cased, uncut
    labels:        (n_texts,) 0 for a review that dislikes its film, 1 for one that likes it; None for a corpus without labels
    """

    split: str
    vocabulary: Vocabulary
    stream: np.ndarray
    ends: np.ndarray
    document_ids: np.ndarray
    texts: np.ndarray
    labels: np.ndarray | None

    def __len__(self) -> int:
        return len(self.ends)

    def ids(self, text: int) -> np.ndarray:
        """(n,) ids of a text's tokens, without its ``<eos>``."""
        start = int(self.ends[text - 1]) + 1 if text else 0
        return self.stream[start : int(self.ends[text])]


def splits_of(run: Run) -> tuple[str, ...]:
    """The splits a run's corpus has, the training texts first, where there is most to find."""
    return tuple(split for split in ("train", "valid", "test") if split in run.card.corpus.n_tokens)


def read_texts(run: Run, split: str) -> Texts:
    """The texts of a split of a run's corpus.

    ValueError, one line: the corpus is not here, is no text, lacks the split, or is not what the run was trained on any more.
    """
    corpus = corpus_of(run)
    if split not in corpus.splits:
        raise ValueError(f"there is no split {split!r}; there are: {', '.join(corpus.splits)}")
    config = run.recipe.data
    assert isinstance(config, TextData)
    frame, stream = documents(config, split), corpus.splits[split]
    ends = np.flatnonzero(stream == corpus.vocabulary.end_id)
    if len(ends) != len(frame):
        raise ValueError(
            f"the {split} texts of {corpus.name} cannot be told apart: {len(frame):,} of them, {len(ends):,} ends"
        )
    ids, texts = (frame[name].to_numpy(dtype=object) for name in ("document_id", "text"))
    return Texts(split, corpus.vocabulary, stream, ends, ids, texts, _labels(config, split, len(frame)))


def corpus_of(run: Run) -> Corpus:
    """The text a run was trained on. ValueError as for `read_texts`."""
    config = run.recipe.data
    if not isinstance(config, TextData):
        raise ValueError(f"{run.name} was not trained on running text")
    corpus = config.load()
    if corpus.content_hash != run.card.corpus.content_hash:
        raise ValueError(
            f"the data {corpus.name} are not what {run.name} was trained on any more (another content hash)"
        )
    return corpus


def _labels(config: TextData, split: str, n_texts: int) -> np.ndarray | None:
    """In the order of `documents`; None for a folder of one's own."""
    if config.folder is not None:
        return None
    from reprlearn.data.reviews import pretraining_texts

    return pretraining_texts(config.corpus, split)["label"].to_numpy(np.int64)[:n_texts]
