"""A run without training: random or hand-made matrices under a real vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from reprlearn.data.vocabulary import Vocabulary
from reprlearn.runs import Card, Run


class MadeRun(Run):
    """A run that was never trained nor stored; only its maps live on disk."""

    def __init__(
        self,
        matrices: dict[str, np.ndarray],
        folder: Path,
        words: Sequence[str] | None = None,
        tied: bool = False,
        model: object = None,
    ) -> None:
        n_words = len(next(iter(matrices.values())))
        words = words or ["<unk>", "<eos>", *(f"word{i}" for i in range(n_words - 2))]
        counts = np.arange(n_words, 0, -1) ** 2
        counts[-3:] = 0
        self._path = folder / "made"
        self.card = Card.model_construct(matrices={which: "shared" if tied else which for which in matrices})
        self.vocabulary = Vocabulary(words, counts)
        self.matrices = matrices
        self.model = model

    def matrix(self, which: str) -> np.ndarray:
        return self.matrices[which]


def two_matrices(n_words: int = 120, width: int = 8, seed: int = 0) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(seed)
    return {name: draw.normal(size=(n_words, width)).astype(np.float32) for name in ("input", "output")}


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeRun:
    monkeypatch.setenv("REPRLEARN_CACHE", str(tmp_path / "cache"))
    return MadeRun(two_matrices(), tmp_path)
