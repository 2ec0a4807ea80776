"""A run: recipe, vocabulary, weights, curves and maps of one training, each read when first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reprlearn.runs import weights
from reprlearn.runs.card import Card, RunError, read_card

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from reprlearn.recipes import Recipe

CURVES = "curves.parquet"
MAPS = "maps"
SNAPSHOTS = "snapshots"
IMPORTED_CONFIG = "config.json"  # of a model that was brought, as transformers reads it


class Run:
    """What training left behind. Making one reads the card and the weights' header, nothing else.

    Matrices are read-only and the model is in evaluation mode: a run is shared by all who look at it.
    """

    origin: str | None = None
    """Of a run that was fetched, the root it is read from. Its folder is a copy, and nothing stored there lasts."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.card: Card = read_card(path)
        weights.check(path, self.card)

    def __repr__(self) -> str:
        return f"Run({str(self.path)!r})"

    @property
    def path(self) -> Path:
        """The run's folder on this disk."""
        return self._path

    @property
    def name(self) -> str:
        """The folder's name, by which the run is found."""
        return self._path.name

    @property
    def maps_folder(self) -> Path:
        return self.path / MAPS

    @property
    def snapshots_folder(self) -> Path:
        return self.path / SNAPSHOTS

    @cached_property
    def recipe(self) -> Recipe:
        from reprlearn.recipes import Recipe

        if self.card.imported is not None:
            raise RunError(
                f"{self.name} was not trained here but made from files, so it has no recipe and no data of its own"
            )
        try:
            return Recipe.from_dict(self.card.recipe)
        except ValueError as error:
            raise RunError(f"{self.name}: {error}") from None

    @cached_property
    def vocabulary(self) -> Any:
        """The `Vocabulary` of a language model, the `EventVocabulary` of an event model, or the `WordList` of an imported run.

        All have `words` (of event types, readable names), `counts`, `id(word)` and a length.
        """
        from reprlearn.data.events.vocabulary import EventVocabulary
        from reprlearn.data.vocabulary import Vocabulary
        from reprlearn.data.word_list import WordList

        kinds = {"text": Vocabulary, "events": EventVocabulary, "imported": WordList}
        try:
            return kinds[self.card.corpus.kind].load(self.path)
        except (OSError, ValueError) as error:
            raise RunError(f"{self.name}: the vocabulary cannot be read ({error})") from None

    def matrix(self, which: str) -> np.ndarray:
        """The `input` or `output` embedding, float32 (V, D), rows are words. Builds no model, imports no torch.

        Both names of a tied matrix give the same array.
        """
        if which not in self.card.matrices:
            raise RunError(f"{self.name} has no matrix {which!r}; it has {', '.join(self.card.matrices)}")
        return self._tensor(self.card.matrices[which])

    def matrix_hash(self, which: str) -> str:
        """SHA-256 (hex) of the matrix's float32 bytes, row after row; what is stored with a run carries that of its matrix."""
        matrix, tensor = self.matrix(which), self.card.matrices[which]
        hashed = self._hashes.get(tensor)
        if hashed is None or hashed[0] is not matrix:
            hashed = self._hashes[tensor] = matrix, weights.matrix_hash(matrix)
        return hashed[1]

    def _tensor(self, name: str) -> np.ndarray:
        if name not in self._tensors:
            self._tensors[name] = weights.read_matrix(self.path, name)
        return self._tensors[name]

    @cached_property
    def _tensors(self) -> dict[str, np.ndarray]:
        return {}

    @cached_property
    def _hashes(self) -> dict[str, tuple[np.ndarray, str]]:
        return {}

    @cached_property
    def model(self) -> Any:
        """The trained torch module, on the CPU, in evaluation mode. `RunError` for a run that is vectors alone."""
        if self.card.imported is not None:
            return self._imported_model()
        import torch

        model = self.recipe.build_model(self.vocabulary, torch.Generator())
        weights.read_into(self.path, model)
        return model.requires_grad_(False)

    def _imported_model(self) -> Any:
        import json

        if "Predicts" not in self.card.capabilities:
            raise RunError(f"{self.name} is vectors alone: there is no model to ask")
        from reprlearn.nn.hugging_face import load_language_model

        try:
            config = json.loads((self.path / IMPORTED_CONFIG).read_text(encoding="utf-8"))
            return load_language_model(config, self.path / weights.FILE_NAME)
        except (OSError, ValueError) as error:
            raise RunError(f"{self.name}: the model cannot be opened ({error})") from None

    @cached_property
    def curves(self) -> pd.DataFrame:
        """The progress records, a row each; columns as in `reprlearn.progress.Progress`."""
        import pandas as pd

        try:
            return pd.read_parquet(self.path / CURVES)
        except (OSError, ValueError) as error:
            raise RunError(f"{self.name}: {CURVES} cannot be read ({error})") from None

    @cached_property
    def snapshots(self) -> dict[float, dict[str, np.ndarray]]:
        """Embeddings of the most frequent words as training went on: {epoch: {"word_ids", "input", "output"}}.

        Epoch 0 is the state before training, 1.5 that after half of the second epoch. A tied run has `input` alone.
        """
        return read_snapshots(self.path)


def read_snapshots(folder: Path) -> dict[float, dict[str, np.ndarray]]:
    """The `Run.snapshots` of a run, or of what will be one: they are written while it is trained."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    found = {}
    for file in (folder / SNAPSHOTS).glob("epoch-*.safetensors"):
        try:
            found[float(file.stem.removeprefix("epoch-"))] = load_file(file)
        except (OSError, ValueError, SafetensorError) as error:
            raise RunError(f"{folder.name}: {SNAPSHOTS}/{file.name} cannot be read ({error})") from None
    return dict(sorted(found.items()))
