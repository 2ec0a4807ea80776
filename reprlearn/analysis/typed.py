"""A sentence somebody typed, as a model reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reprlearn.analysis.occurrences import words_read

if TYPE_CHECKING:
    from reprlearn.runs import Run


@dataclass(frozen=True)
class Typed:
    """A typed text of n tokens, cut where the model can read no further.

    tokens:  as typed
    ids:     (n,) int64, that of <unk> where `known` (n,) is False
    n_cut:   tokens behind the last one that is read
    """

    tokens: tuple[str, ...]
    ids: np.ndarray
    known: np.ndarray
    n_cut: int

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Tokens that are read as <unk>, each once."""
        return tuple(dict.fromkeys(token for token, known in zip(self.tokens, self.known, strict=True) if not known))


def read_typed(run: Run, text: str, most: int | None = None) -> Typed:
    """Cut a text as the run's vocabulary does, and after as many words as its model reads, or `most`, if that is less."""
    vocabulary = run.vocabulary
    limit = words_read(run) if most is None else min(most, words_read(run))
    tokens, ids = vocabulary.tokens(text), np.asarray(vocabulary.encode(text), dtype=np.int64)
    kept = ids[:limit]
    return Typed(tuple(tokens[:limit]), kept, kept != vocabulary.unknown_id, max(0, len(tokens) - limit))
