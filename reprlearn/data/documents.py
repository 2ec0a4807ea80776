"""The texts behind a corpus as a person would read them: cased, uncut, without mark-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reprlearn.data import folders
from reprlearn.data.config import DataError, TextData

if TYPE_CHECKING:
    import pandas as pd


def documents(config: TextData, split: str) -> pd.DataFrame:
    """A frame (document_id, text) of the texts of a split, in the order of the corpus's token stream.

    A document is a whole review ("imdb-17", the row of the package's file) or a line of a folder ("train-17", counted
    from 1). Raises DataError.
    """
    import pandas as pd

    if config.folder is not None:
        path = folders.split_files(config.folder, [split])[split]
        lines = folders.lines_of(path, folders.read_bytes(path))
        frame = pd.DataFrame(
            {"document_id": [f"{split}-{number}" for number, _ in lines], "text": [line for _, line in lines]}
        )
    else:
        from reprlearn.data.reviews import pretraining_texts

        if split not in folders.SPLITS:
            raise DataError(f"the corpus {config.corpus} has no split {split!r}; it has {', '.join(folders.SPLITS)}")
        texts = pretraining_texts(config.corpus, split)
        frame = pd.DataFrame({"document_id": texts["review_id"].array, "text": texts["text"].array})
    if split == "train" and config.max_train_tokens is not None:
        from reprlearn.data.corpora import load_corpus

        frame = frame.head(load_corpus(config).n_texts["train"])
    return frame
