"""Texts with labels, for asking how well what a model learned serves another task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reprlearn.data.config import DataError

if TYPE_CHECKING:
    import pandas as pd

_SOURCES = {"sentences": "rt", "reviews": "imdb"}


def labelled_reviews(task: Literal["sentences", "reviews"]) -> dict[str, pd.DataFrame]:
    """The fixed splits "train", "valid" and "test" of a task: is the text favourable (label 1) or not (0)?

    task:  "sentences" are all Rotten Tomatoes sentences (one clause or sentence each, already in lower case);
           "reviews" are whole IMDB reviews
    Returns a frame of (review_id, text, label) for each split, in a fixed shuffled order, half of each label. No text
    of a test split stands in any other split or in a pre-training split of the corpora. Raises DataError.
    """
    from reprlearn.data.reviews import in_order, review_table

    if task not in _SOURCES:
        raise DataError(f"no labelled task {task!r}; there are {', '.join(_SOURCES)}")
    table = review_table()
    mine = in_order(table.loc[table["source"] == _SOURCES[task]], f"labelled {task}")
    return {
        split: mine.loc[mine["labelled"] == split, ["review_id", "text", "label"]].reset_index(drop=True)
        for split in ("train", "valid", "test")
    }
