"""The event logs: splits of whole sequences, encoded with the types and scalars of their training split."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import numpy as np

from reprlearn.data.config import DataError
from reprlearn.data.event_config import EventData, ScalarColumn
from reprlearn.data.events.scalars import Scalar, describe_scalar
from reprlearn.data.events.sequences import Sequences
from reprlearn.data.events.splitting import split_sequences
from reprlearn.data.events.vocabulary import MIN_COUNT, EventVocabulary, count_types

if TYPE_CHECKING:
    from reprlearn.data.events.oracle import Oracle


@dataclass(frozen=True)
class RawLog:
    """An event log as read, before it is split: ``type_ids`` are indices into ``type_names``.

    labels, places:  name for readers, and longitude and latitude, of a type; `places` None: types are no places
    min_count:       types seen fewer times in training are out of vocabulary
    n_dropped:       sequences left out because they have too few events
    dated:           times count from 1970-01-01 UTC, so they can be shown as dates
    """

    name: str
    source: str
    licence: str
    sequences: Sequences
    type_names: tuple[str, ...]
    columns: tuple[ScalarColumn, ...]
    labels: Mapping[str, str]
    places: Mapping[str, tuple[float, float]] | None
    n_dropped: int
    dated: bool
    min_count: int = MIN_COUNT


@dataclass(frozen=True)
class EventLog:
    """An event log, encoded.

    content_hash:  SHA-256 (hex) over types, scalars and all splits
    splits:        split -> sequences
    n_dropped:     sequences of the source that have too few events and are in no split
    dated:         times are hours since 1970-01-01 UTC; else hours from a start of the log's own
    oracle:        of a synthetic log, the true distributions and the best loss there is
    """

    name: str
    source: str
    licence: str
    content_hash: str
    vocabulary: EventVocabulary
    splits: Mapping[str, Sequences]
    n_dropped: int = 0
    dated: bool = False
    oracle: Oracle | None = None

    @property
    def types(self) -> tuple[str, ...]:
        return self.vocabulary.types

    @property
    def type_counts(self) -> tuple[int, ...]:
        return self.vocabulary.type_counts

    @property
    def type_labels(self) -> tuple[str, ...]:
        return self.vocabulary.type_labels

    @property
    def type_places(self) -> tuple[tuple[float, float] | None, ...] | None:
        return self.vocabulary.type_places

    @property
    def scalars(self) -> tuple[Scalar, ...]:
        return self.vocabulary.scalars

    @property
    def n_sequences(self) -> dict[str, int]:
        return {split: len(sequences) for split, sequences in self.splits.items()}

    @property
    def n_events(self) -> dict[str, int]:
        return {split: sequences.n_events for split, sequences in self.splits.items()}


def load_events(config: EventData, vocabulary: EventVocabulary | None = None) -> EventLog:
    """The event log of `config`.

    vocabulary:  encode with this one (a run's own types and scalars) and not with the log's own
    Raises DataError, one line that says what is missing or wrong and what to do.
    """
    if config.table is not None:
        from reprlearn.data.events.tables import read_table

        return encode_log(read_table(config), config.n_train_sequences, vocabulary)
    if config.log == "flights":
        from reprlearn.data.events.flights import read_flights

        return encode_log(read_flights(config), config.n_train_sequences, vocabulary)
    from reprlearn.data.events.ground_truth import GroundTruth
    from reprlearn.data.events.oracle import Oracle
    from reprlearn.data.events.synthetic import generate

    truth = GroundTruth.draw()
    log = encode_log(generate(truth, config), config.n_train_sequences, vocabulary)
    return replace(log, oracle=Oracle.of(truth, log.types, log.splits))


def encode_log(raw: RawLog, n_train_sequences: int | None, vocabulary: EventVocabulary | None = None) -> EventLog:
    """Split the log, find its types and scalars in the training split, and encode all splits with them."""
    parts = split_sequences(raw.sequences.names)
    parts["train"] = parts["train"][:n_train_sequences]
    splits = {split: raw.sequences.take(positions) for split, positions in parts.items()}
    if vocabulary is None:
        vocabulary = _vocabulary(raw, splits["train"])
    elif (own := [column.name for column in raw.columns]) != (there := [s.name for s in vocabulary.scalars]):
        raise DataError(f"{raw.name} has the scalars {own}, but the run was trained with {there}")
    new_ids = vocabulary.ids(raw.type_names)
    splits = {split: replace(part, type_ids=new_ids[part.type_ids]) for split, part in splits.items()}
    return EventLog(
        name=raw.name,
        source=raw.source,
        licence=raw.licence,
        content_hash=content_hash(vocabulary, splits),
        vocabulary=vocabulary,
        splits=splits,
        n_dropped=raw.n_dropped,
        dated=raw.dated,
    )


def content_hash(vocabulary: EventVocabulary, splits: Mapping[str, Sequences]) -> str:
    """SHA-256 (hex) over the types, what the scalars mean, and, in the order of their names, the splits."""
    scalars = [[s.name, s.unit, s.known_ahead, s.transform, s.period] for s in vocabulary.scalars]
    digest = hashlib.sha256(json.dumps([vocabulary.types, scalars]).encode())
    for split in sorted(splits):
        part = splits[split]
        digest.update(json.dumps([split, part.names]).encode())
        digest.update(part.offsets.astype("<i8").tobytes())
        digest.update(part.type_ids.astype("<i4").tobytes())
        digest.update(part.times.astype("<f8").tobytes())
        # A NaN has many bit patterns; one of them stands for all.
        digest.update(np.where(np.isnan(part.scalars), np.float32(np.nan), part.scalars).astype("<f4").tobytes())
    return digest.hexdigest()


def _vocabulary(raw: RawLog, training: Sequences) -> EventVocabulary:
    types, counts = count_types(training.type_ids, raw.type_names, raw.min_count)
    if len(types) == 1:
        raise DataError(
            f"{raw.name}: none of the {len(raw.type_names):,} event types is seen {raw.min_count} times in the training "
            "sequences, so there is nothing to predict; is this the column of types?"
        )
    labels = ("out of vocabulary", *(raw.labels.get(name, name) for name in types[1:]))
    places = None if raw.places is None else (None, *(raw.places.get(name) for name in types[1:]))
    scalars = tuple(
        describe_scalar(column, training.scalars[:, i], training) for i, column in enumerate(raw.columns)
    )  # fmt: skip
    gaps = training.log_gaps_ahead[training.has_target]
    return EventVocabulary(
        types, counts, labels, places, scalars,
        log_gap_mean=float(gaps.mean()) if len(gaps) else 0.0,
        log_gap_scale=(float(gaps.std()) if len(gaps) else 0.0) or 1.0,
    )  # fmt: skip


def describe_event_logs() -> list[dict[str, Any]]:
    """The event logs that can be trained on without bringing anything, as plain values.

    Each dict has name, installed, source and licence; an installed one also has content_hash, n_types and, split by
    split, n_sequences and n_events; one that is not, `remedy`.
    """
    from reprlearn.data.events import flights

    rows: list[dict[str, Any]] = []
    for name in get_args(get_type_hints(EventData)["log"]):
        try:
            log = load_events(EventData(log=name))
        except DataError as error:
            row = {"name": name, "installed": False, "source": flights.SOURCE, "licence": flights.LICENCE}
            row |= {"remedy": str(error)}
        else:
            row = {"name": name, "installed": True, "source": log.source, "licence": log.licence}
            row |= {"content_hash": log.content_hash, "n_types": len(log.types)}
            row |= {"n_sequences": log.n_sequences, "n_events": log.n_events}
        rows.append(row)
    return rows
