"""The nearest words of a few words while a model is trained, from the snapshots that a training writes as it goes on.

Neighbours are looked for among the words of the snapshots alone (the most frequent ones), by cosine in the input matrix.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from reprlearn.analysis.neighbours import nearest
from reprlearn.data.config import DataError
from reprlearn.data.events.vocabulary import FILE as EVENTS
from reprlearn.data.events.vocabulary import EventVocabulary
from reprlearn.runs.run import read_snapshots

K = 5
# Looked at first where a model knows them: words whose neighbours a reader can judge.
FAMILIAR = ("good", "she", "story", "actor", "love", "funny", "two", "man", "house", "day", "king", "water")


@dataclass(frozen=True)
class Neighbourhoods:
    """Neighbours after each snapshot.

    words:      of the snapshots, the most frequent first
    ids:        {epoch: (n_words, k) positions in `words`, nearest first}; epoch 0 is before training
    frequency_loss:  nats a token of guessing by the words' training frequencies alone; NaN where those are not known
    """

    words: tuple[str, ...]
    ids: dict[float, np.ndarray]
    frequency_loss: float

    @property
    def epochs(self) -> tuple[float, ...]:
        return tuple(self.ids)

    def of(self, word: str, epoch: float) -> list[str]:
        """The words nearest to `word` after that epoch. ValueError: it is not among the words."""
        return [self.words[i] for i in self.ids[epoch][self.words.index(word)]]

    def kept(self) -> pd.Series:
        """How many of a word's nearest words were so one snapshot before, in the mean over all words; indexed by epoch."""
        pairs = zip(self.epochs, self.epochs[1:], strict=False)
        found = {
            b: float((self.ids[a][:, :, None] == self.ids[b][:, None, :]).any(axis=2).sum(axis=1).mean())
            for a, b in pairs
        }
        return pd.Series(found, dtype=np.float64)

    def table(self, words: Sequence[str]) -> pd.DataFrame:
        """One row a word, epoch and rank: word, epoch, rank (from 1), neighbour, is_new (not there one snapshot before)."""
        rows = []
        for word in words:
            before: list[str] | None = None
            for epoch in self.epochs:
                found = self.of(word, epoch)
                for rank, neighbour in enumerate(found, start=1):
                    is_new = before is not None and neighbour not in before
                    rows.append((word, epoch, rank, neighbour, is_new))
                before = found
        return pd.DataFrame(rows, columns=["word", "epoch", "rank", "neighbour", "is_new"])


def neighbourhoods(folder: Path, k: int = K) -> Neighbourhoods | None:
    """What the snapshots in the folder of a run, finished or not, tell; None as long as there are none.

    ValueError: a file is broken, or just being written.
    """
    snapshots = read_snapshots(folder)
    if not snapshots:
        return None
    words, counts = _vocabulary(folder)
    kept = next(iter(snapshots.values()))["word_ids"]
    ids = {
        epoch: nearest(np.asarray(snapshot["input"], np.float32), k).ids
        for epoch, snapshot in snapshots.items()
        if len(snapshot["word_ids"]) > 1
    }
    return Neighbourhoods(tuple(str(words[i]) for i in kept), ids, _entropy(counts))


def probe_words(words: Sequence[str], n: int = 4) -> list[str]:
    """Words worth watching: familiar ones among these, else some of middling frequency."""
    familiar = [word for word in FAMILIAR if word in words]
    plain = [word for word in words if not word.startswith("<") and any(map(str.isalnum, word))]
    long = [word for word in plain if len(word) > 3] or plain
    spaced = [long[i] for i in np.linspace(len(long) // 10, len(long) - 1, n).astype(int)] if long else []
    return list(dict.fromkeys([*familiar, *spaced]))[:n]


def _vocabulary(folder: Path) -> tuple[Sequence[str], np.ndarray]:
    """Words, or event types, with their training counts. DataError: not there yet, or broken."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if (folder / EVENTS).exists():
        events = EventVocabulary.load(folder)
        return events.words, np.asarray(events.counts)
    try:
        table = pq.read_table(folder / "words.parquet")
    except (OSError, pa.ArrowException) as error:
        raise DataError(f"{folder.name}: words.parquet cannot be read ({' '.join(str(error).split())[:100]})") from None
    return table["word"].to_pylist(), table["count"].to_numpy()


def _entropy(counts: np.ndarray) -> float:
    shares = counts[counts > 0] / max(1, counts.sum())
    return float(-(shares * np.log(shares)).sum()) if len(shares) else float("nan")
