"""What a run keeps of its event log: the types with their ids and names, the scalars with their figures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from reprlearn.data.config import DataError
from reprlearn.data.events.scalars import N_BINS, QUANTILES, Scalar

OOV = "<oov>"
OOV_ID = 0
MIN_COUNT = 5
"""Types seen fewer times than this in training are out of vocabulary."""

FILE = "events.json"
SCHEMA = 1


@dataclass(frozen=True)
class EventVocabulary:
    """V event types in the order of their ids, ``<oov>`` first and then by falling training count, and S scalars.

    A type that is itself called ``<oov>`` counts as out of vocabulary.

    types:        (V,) as they stand in the data
    type_counts:  (V,) how often each was seen in training; ``<oov>`` counts all rare types together
    type_labels:  (V,) names for readers: the airport's, or the type itself where nothing more is known
    type_places:  (V,) longitude and latitude in degrees, None where not known; None: types are no places
    log_gap_mean, log_gap_scale:  of the natural logarithm of the hours from a training event to the next
    """

    types: tuple[str, ...]
    type_counts: tuple[int, ...]
    type_labels: tuple[str, ...]
    type_places: tuple[tuple[float, float] | None, ...] | None
    scalars: tuple[Scalar, ...]
    log_gap_mean: float = 0.0
    log_gap_scale: float = 1.0

    def __post_init__(self) -> None:
        if not self.types or self.types[0] != OOV or len(set(self.types)) < len(self.types):
            raise ValueError(f"types are distinct and begin with {OOV}: {self.types[:3]}, {len(self.types)} of them")
        lengths = {len(self.type_counts), len(self.type_labels), len(self.type_places or self.types)}
        if lengths != {len(self.types)}:
            raise ValueError(f"{len(self.types)} types, but {sorted(lengths)} counts, labels or places")

    def __len__(self) -> int:
        return len(self.types)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """(V,) a readable name for each type, no two the same: its label, and the type where the label does not tell it."""
        labels = zip(self.types, self.type_labels, strict=True)
        named = tuple(label if name in label or name == OOV else f"{label} ({name})" for name, label in labels)
        return named if len(set(named)) == len(named) else self.types

    @cached_property
    def counts(self) -> np.ndarray:
        """(V,) int64 training counts, read-only."""
        counts = np.array(self.type_counts, dtype=np.int64)
        counts.setflags(write=False)
        return counts

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.types)}

    @cached_property
    def _word_ids(self) -> dict[str, int]:
        return {word: i for i, word in enumerate(self.words)}

    def id(self, name: str) -> int:
        """The id of the type exactly as written, or of its readable name; that of ``<oov>`` when it is unknown."""
        return self._ids.get(name, self._word_ids.get(name, OOV_ID))

    def __contains__(self, name: object) -> bool:
        return name in self._ids or name in self._word_ids

    def ids(self, names: Sequence[str]) -> np.ndarray:
        """(n,) int32 ids of n types."""
        return np.array([self._ids.get(name, OOV_ID) for name in names], dtype=np.int32)

    def save(self, folder: Path) -> None:
        """Write ``events.json``."""
        content = {"schema": SCHEMA, "quantile_levels": QUANTILES, **asdict(self)}
        text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
        # Lone surrogates cannot be written as UTF-8; data that came from UTF-8 has none.
        (folder / FILE).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> EventVocabulary:
        """Read what `save` wrote. Raises DataError, with the file's name, when it is missing or broken."""
        path = folder / FILE
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content["schema"] != SCHEMA:
                raise ValueError(f"its schema is {content['schema']!r}, not {SCHEMA}")
            places = content["type_places"]
            return cls(
                types=tuple(map(str, content["types"])),
                type_counts=tuple(map(int, content["type_counts"])),
                type_labels=tuple(map(str, content["type_labels"])),
                type_places=None if places is None else tuple(None if at is None else (at[0], at[1]) for at in places),
                scalars=tuple(_scalar(scalar) for scalar in content["scalars"]),
                log_gap_mean=float(content["log_gap_mean"]),
                log_gap_scale=float(content["log_gap_scale"]),
            )
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise DataError(f"{path} holds no event types ({reason}): restore it, or train the run again") from error


def _scalar(content: Mapping[str, Any]) -> Scalar:
    quantiles, histogram = tuple(map(float, content["quantiles"])), tuple(map(int, content["histogram"]))
    if (len(quantiles), len(histogram)) != (len(QUANTILES), N_BINS):
        raise ValueError(f"{content['name']!r} has {len(quantiles)} quantiles and {len(histogram)} bins")
    return Scalar(**{**content, "quantiles": quantiles, "histogram": histogram})


def count_types(type_ids: np.ndarray, names: Sequence[str], min_count: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Types and counts, ``<oov>`` first, then by falling count, ties in the order of the names.

    type_ids:  (N,) of the training events, indices into `names`
    """
    counts = np.bincount(type_ids, minlength=len(names)).tolist()
    ranked = sorted(
        (-count, name)
        for name, count in zip(names, counts, strict=True)
        if count >= min_count and name != OOV
    )  # fmt: skip
    n_oov = sum(counts) + sum(count for count, _ in ranked)
    return (OOV, *(name for _, name in ranked)), (n_oov, *(-count for count, _ in ranked))
