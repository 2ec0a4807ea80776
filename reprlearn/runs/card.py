"""The card: what is known of a run without opening its weights. Importing this loads neither torch nor pandas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from reprlearn.cache import write_atomically

SCHEMA_VERSION = 1
FILE_NAME = "card.json"


class RunError(ValueError):
    """A run that cannot be read; the message is one line that names it and what is wrong."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class CorpusCard(_Part):
    """The data a run was trained on: a text, or an event log. Of an imported run, the files it was made from.

    n_words:      words, or event types
    n_tokens:     tokens of each split, or events
    n_sequences:  of an event log, sequences of each split
    """

    kind: Literal["text", "events", "imported"] = "text"
    name: str
    source: str
    licence: str
    content_hash: str
    n_words: int
    n_tokens: dict[str, int]
    n_sequences: dict[str, int] | None = None


class TrainingCard(_Part):
    """What the training took. `epochs` were run, `best_epoch` is the one whose weights were kept."""

    wall_seconds: float
    tokens_per_second: float
    tokens: int
    epochs: int
    best_epoch: int
    machine: str
    finished: str


class ImportCard(_Part):
    """What an imported run was made from.

    format:    one of `reprlearn.data.vectors.recognise.FORMATS`
    files:     {name: SHA-256 of its content}
    note:      what of the files could not be used, in a line; "" for nothing
    finished:  when, ISO 8601 in UTC
    """

    format: str
    files: dict[str, str]
    note: str = ""
    finished: str


class Card(_Part):
    """A run's card. `metrics` is {split: {name: value}}, losses in nats a token or event.

    A run was trained, or else `imported`: then its recipe is empty, and it has no seed, no training and no metrics.

    `similarity` is how well each matrix agrees with people, {matrix: {set: {measure: value}}}, where it was measured.
    """

    schema_version: int
    name: str
    summary: str
    recipe: dict[str, Any]
    seed: int | None
    versions: dict[str, str]
    corpus: CorpusCard
    architecture: str
    width: int
    tied: bool | None
    n_parameters: int
    n_bytes: int
    capabilities: list[str]
    matrices: dict[str, str]
    metrics: dict[str, dict[str, float]]
    training: TrainingCard | None
    similarity: dict[str, dict[str, dict[str, float]]] = {}
    imported: ImportCard | None = None

    @property
    def distinct_matrices(self) -> tuple[str, ...]:
        """Names of the matrices, a tied one once, under the first of its names."""
        first: dict[str, str] = {}
        for name, tensor in self.matrices.items():
            first.setdefault(tensor, name)
        return tuple(first.values())

    @property
    def trained(self) -> TrainingCard:
        """What the training took. `RunError` where there was none."""
        if self.training is None:
            raise RunError(f"{self.name} was imported: nothing is known of its training")
        return self.training

    def write(self, folder: Path) -> None:
        write_atomically(folder / FILE_NAME, (self.model_dump_json(indent=2) + "\n").encode())


def read_card(folder: Path) -> Card:
    """The card in `folder`; `RunError` says in one line why there is none to read."""
    try:
        content = (folder / FILE_NAME).read_bytes()
    except FileNotFoundError:
        raise RunError(f"{folder.name}: no {FILE_NAME}, so this is not a run") from None
    except OSError as error:
        raise RunError(f"{folder.name}: {FILE_NAME} cannot be read ({error})") from None
    return parse_card(content, folder.name)


def parse_card(content: bytes, name: str) -> Card:
    """The card in the bytes of a card's file; `name`: of its folder, for the line of a `RunError`."""
    try:
        fields = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise RunError(f"{name}: {FILE_NAME} cannot be read ({error})") from None
    version = fields.get("schema_version") if isinstance(fields, dict) else None
    if version != SCHEMA_VERSION:
        raise RunError(f"{name}: {FILE_NAME} has schema version {version!r}, this program reads {SCHEMA_VERSION}")
    try:
        return Card.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise RunError(f"{name}: {FILE_NAME} field {where}: {first['msg']}") from None
