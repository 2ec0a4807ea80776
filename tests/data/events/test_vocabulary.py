"""What a run keeps of its event log comes back as it was, or is named."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from reprlearn.data.config import DataError
from reprlearn.data.event_config import ScalarColumn
from reprlearn.data.events.log import EventLog
from reprlearn.data.events.scalars import N_BINS, QUANTILES, describe_scalar
from reprlearn.data.events.sequences import Sequences
from reprlearn.data.events.splitting import split_sequences
from reprlearn.data.events.vocabulary import OOV, OOV_ID, EventVocabulary, count_types


def one_sequence(n: int) -> Sequences:
    times = np.arange(n, dtype=np.float64) ** 2
    return Sequences(("s",), np.array([0, n]), np.zeros(n, np.int32), times, np.zeros((n, 1), np.float32))


@pytest.mark.parametrize("which", ["flights", "synthetic"])
def test_what_a_run_keeps_comes_back(which: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    log: EventLog = request.getfixturevalue(which)
    log.vocabulary.save(tmp_path)
    assert EventVocabulary.load(tmp_path) == log.vocabulary
    assert json.loads((tmp_path / "events.json").read_text())["quantile_levels"] == list(QUANTILES)


@pytest.mark.parametrize(
    "change", [{"schema": 9}, {"types": ["a"]}, {"type_counts": []}, {"scalars": [{"name": "x"}]}, {"types": None}]
)
def test_a_broken_file_is_one_line_with_its_name(synthetic: EventLog, tmp_path: Path, change: dict) -> None:
    with pytest.raises(DataError, match=r"^[^\n]*events\.json holds no event types \([^\n]*\): restore it"):
        EventVocabulary.load(tmp_path)
    synthetic.vocabulary.save(tmp_path)
    path = tmp_path / "events.json"
    sound = path.read_text()
    for broken in (json.dumps(json.loads(sound) | change), sound[: len(sound) // 2]):
        path.write_text(broken)
        with pytest.raises(DataError, match=r"^[^\n]*events\.json holds no event types \([^\n]*\): restore it"):
            EventVocabulary.load(tmp_path)


def test_ids_are_places_in_the_types(synthetic: EventLog) -> None:
    vocabulary = synthetic.vocabulary
    assert [vocabulary.id(name) for name in vocabulary.types] == list(range(len(vocabulary)))
    assert vocabulary.id("never seen") == OOV_ID


def test_types_are_ranked_by_count_then_name() -> None:
    ids = np.repeat([0, 1, 2, 3, 4], [5, 9, 4, 5, 30])
    types, counts = count_types(ids, ["b", "z", "rare", "a", "<oov>"], 5)
    assert types == ("<oov>", "z", "a", "b") and counts == (34, 9, 5, 5)


def test_the_split_hangs_on_the_names_alone() -> None:
    names = tuple(f"s{i}" for i in range(57))
    parts = split_sequences(names)
    assert {split: len(part) for split, part in parts.items()} == {"train": 47, "valid": 5, "test": 5}
    assert sorted(np.concatenate(list(parts.values())).tolist()) == list(range(57))
    turned = split_sequences(names[::-1])
    for split, part in parts.items():
        assert [names[i] for i in part] == [names[::-1][i] for i in turned[split]]


@pytest.mark.parametrize("transform", ["standardise", "asinh"])
def test_a_scalar_is_described_by_its_transformed_training_values(transform: str) -> None:
    values = np.array([-100, 0, 5, np.nan, 1000], dtype=np.float32)
    scalar = describe_scalar(ScalarColumn(name="x", column="x", transform=transform), values, one_sequence(5))  # type: ignore[arg-type]
    there = np.array([-100.0, 0, 5, 1000])
    there = np.arcsinh(there) if transform == "asinh" else there
    assert scalar.mean == pytest.approx(there.mean()) and scalar.scale == pytest.approx(there.std())
    assert scalar.missing_share == pytest.approx(0.2)
    assert scalar.quantiles[0] == -100 and scalar.quantiles[50] == 2.5 and scalar.quantiles[-1] == 1000
    assert list(scalar.quantiles) == sorted(scalar.quantiles)


@pytest.mark.parametrize("transform", ["standardise", "asinh"])
def test_every_training_value_lies_in_one_bin_of_the_histogram(transform: str) -> None:
    values = np.random.default_rng(0).standard_cauchy(500).astype(np.float32) * 1e3
    values[7] = np.nan
    scalar = describe_scalar(ScalarColumn(name="x", column="x", transform=transform), values, one_sequence(500))  # type: ignore[arg-type]
    edges = scalar.bin_edges
    assert len(edges) == N_BINS + 1 and (np.diff(edges) > 0).all()
    there = values[~np.isnan(values)].astype(np.float64)
    naive = [np.count_nonzero((there >= a) & (there < b)) for a, b in itertools.pairwise(edges)]
    naive[-1] += np.count_nonzero(there == edges[-1])
    assert list(scalar.histogram) == naive and sum(naive) == 499


def test_readable_names_tell_every_type_apart() -> None:
    def words(types: tuple[str, ...], labels: tuple[str, ...]) -> tuple[str, ...]:
        return EventVocabulary((OOV, *types), (0,) * (len(types) + 1), ("rare", *labels), None, ()).words

    assert words(("LAX", "A1"), ("Los Angeles Intl", "A1 (group A)")) == (
        "rare",
        "Los Angeles Intl (LAX)",
        "A1 (group A)",
    )
    assert words(("a", "b"), ("ab", "ab")) == (OOV, "a", "b")  # labels that hold the types, and still are the same


def test_a_type_is_found_by_its_name_and_by_its_readable_name(flights: EventLog) -> None:
    vocabulary = flights.vocabulary
    at = vocabulary.id("LAX")
    assert vocabulary.id(vocabulary.words[at]) == at and "LAX" in vocabulary and vocabulary.words[at] in vocabulary
    assert "nowhere" not in vocabulary


def test_a_constant_scalar_has_a_scale_one_can_divide_by() -> None:
    for value in (0.1, 1e30, 0.0):
        scalar = describe_scalar(ScalarColumn(name="x", column="x"), np.full(7, value, np.float32), one_sequence(7))
        assert scalar.scale == 1.0 and not scalar.is_gap_ahead


def test_a_scalar_without_any_training_value_is_named() -> None:
    with pytest.raises(DataError, match=r"^the scalar 'y' \(column 'x'\) has no value in the training sequences$"):
        describe_scalar(ScalarColumn(name="y", column="x"), np.full(3, np.nan, np.float32), one_sequence(3))


def test_arrays_of_a_log_are_read_only(synthetic: EventLog) -> None:
    for array in (synthetic.splits["train"].scalars, synthetic.splits["train"].type_ids):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_taken_sequences_are_whole(synthetic: EventLog) -> None:
    part = synthetic.splits["valid"]
    some = part.take(np.array([7, 3, 3]))
    assert some.names == (part.names[7], part.names[3], part.names[3])
    for new, old in enumerate((7, 3, 3)):
        for field in ("type_ids", "times", "scalars"):
            np.testing.assert_array_equal(
                getattr(some, field)[some.events_of(new)], getattr(part, field)[part.events_of(old)]
            )
