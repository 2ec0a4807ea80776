"""Tables of one's own: what loads, and the one line that a bad table gets."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reprlearn.data.config import DataError
from reprlearn.data.event_config import GAP_AHEAD, GAP_SINCE, EventData, ScalarColumn
from reprlearn.data.events.log import EventLog
from tests.data.events.conftest import sound_rows

MakeTable = Callable[..., Path]
EPOCH = date(1970, 1, 1).toordinal()
X = ScalarColumn(name="x", column="x")


def table_of(path: Path, **fields: Any) -> EventData:
    roles: dict[str, Any] = {"sequence_column": "id", "time_column": "when", "type_column": "what"} | fields
    return EventData(table=path, **roles)


def events_by_name(log: EventLog) -> dict[str, list[tuple[str, float]]]:
    """Sequence -> (type, hours) of its events, over all splits."""
    return {
        name: [(log.types[t], hour) for t, hour in zip(part.type_ids[rows], part.times[rows], strict=True)]
        for part in log.splits.values()
        for name, rows in ((part.names[i], part.events_of(i)) for i in range(len(part)))
    }


def test_a_table_loads_with_its_roles(csv_table: MakeTable) -> None:
    log = table_of(csv_table(sound_rows()), scalars=(X,)).load()
    assert log.n_sequences == {"train": 16, "valid": 2, "test": 2} and log.n_events["train"] == 96
    assert log.types == ("<oov>", "a", "b") and log.type_counts == (0, 48, 48)
    assert log.name == "events.csv" and log.dated and log.type_places is None and log.oracle is None
    part = log.splits["test"]
    first = datetime(2024, 5, 1, tzinfo=UTC).timestamp() / 3600
    np.testing.assert_allclose(part.times[part.events_of(0)], first + np.arange(6))
    number = float(part.names[0].removeprefix("s"))
    np.testing.assert_allclose(part.scalars[part.events_of(0), 0], number + np.arange(6) / 10, rtol=1e-6)


def test_csv_and_parquet_are_the_same_log(csv_table: MakeTable, tmp_path: Path) -> None:
    path = csv_table(sound_rows())
    frame = pd.read_csv(path, dtype={"x": float})
    hashes = {table_of(path, scalars=(X,)).load().content_hash}
    for name, changed in {
        "text": frame,
        "dates": frame.assign(when=pd.to_datetime(frame["when"])),
        "zones": frame.assign(when=pd.to_datetime(frame["when"], utc=True).dt.tz_convert("Asia/Tokyo")),
        "categories": frame.assign(what=frame["what"].astype("category"), id=frame["id"].astype("category")),
        "shuffled": frame.sample(frac=1, random_state=0),
    }.items():
        parquet = tmp_path / f"{name}.parquet"
        changed.to_parquet(parquet)
        hashes.add(table_of(parquet, scalars=(X,)).load().content_hash)
    assert len(hashes) == 1


def test_rows_are_sorted_by_time_and_ties_stay_in_the_order_of_the_file(csv_table: MakeTable) -> None:
    rows = [
        [f"s{i}", hour, kind, 0] for hour, kind in ((5, "late"), (1, "b"), (1, "a"), (0, "first")) for i in range(20)
    ]
    log = table_of(csv_table(rows)).load()
    for events in events_by_name(log).values():
        assert events == [("first", 0.0), ("b", 1.0), ("a", 1.0), ("late", 5.0)]
    assert not log.dated


@pytest.mark.parametrize(("unit", "hours"), [("seconds", 1 / 3600), ("minutes", 1 / 60), ("hours", 1), ("days", 24)])
def test_numbers_as_times_count_in_the_unit_given(csv_table: MakeTable, unit: str, hours: float) -> None:
    rows = [[f"s{i}", j * 7.5 - 30, "a", 0] for i in range(10) for j in range(3)]
    part = table_of(csv_table(rows), time_unit=unit).load().splits["test"]
    np.testing.assert_allclose(part.times, np.array([-30, -22.5, -15]) * hours)


def test_dates_of_any_year_and_zone_are_hours(csv_table: MakeTable) -> None:
    dates = ["0001-01-01", "1969-12-31T23:00Z", "1970-01-01", "1970-01-01 03:30+02:00", "9999-12-31T23:00:00.000"]
    part = table_of(csv_table([[i, text, "a", 0] for i in range(10) for text in dates])).load().splits["test"]
    days = [date(1, 1, 1).toordinal() - EPOCH, 0, 0, 0, date(9999, 12, 31).toordinal() - EPOCH]
    np.testing.assert_allclose(part.times, 24 * np.array(days) + [0, -1, 0, 1.5, 23])


def test_a_known_ahead_scalar_moves_to_the_event_before_its_own(csv_table: MakeTable) -> None:
    scalars = (
        ScalarColumn(name="x", column="x"),
        ScalarColumn(name="x of the next", column="x", known_ahead=True),
        ScalarColumn(name="since", column=GAP_SINCE, transform="asinh"),
        ScalarColumn(name="ahead", column=GAP_AHEAD, known_ahead=True),
        ScalarColumn(name="own gap", column="minutes", known_ahead=True),
    )
    # Events at 0, 1, 4, 9, 16 and 25 minutes: each of these gaps is another.
    rows = [
        [f"s{i}", f"2024-05-01T00:{j**2:02d}", "ab"[j % 2], i + j / 10, 2 * j - 1] for i in range(20) for j in range(6)
    ]
    log = table_of(csv_table(rows, ("id", "when", "what", "x", "minutes")), scalars=scalars).load()
    assert [s.is_gap_ahead for s in log.scalars] == [False, False, False, True, True]
    for part in log.splits.values():
        last = ~part.has_target
        assert np.isnan(part.scalars[last][:, [1, 3, 4]]).all()
        rows_with_next = np.flatnonzero(part.has_target)
        assert (part.scalars[rows_with_next, 1] == part.scalars[rows_with_next + 1, 0]).all()
        assert (part.scalars[rows_with_next, 3] == part.scalars[rows_with_next + 1, 2]).all()
        assert np.isnan(part.scalars[part.offsets[:-1], 2]).all()
    # The last event of a sequence has no next one: that is not a missing value.
    assert log.scalars[1].missing_share == 0 and log.scalars[2].missing_share == pytest.approx(1 / 6)


def test_what_is_missing_in_a_scalar_is_nan_and_counted(csv_table: MakeTable) -> None:
    rows = [
        [*row[:3], value] for row, value in zip(sound_rows(), ["", "nan", "NA", "null", "5", " +7 "] * 20, strict=True)
    ]
    log = table_of(csv_table(rows), scalars=(X,)).load()
    for part in log.splits.values():
        np.testing.assert_array_equal(
            part.scalars[:, 0], [np.nan] * 4 + [5, 7] + ([np.nan] * 4 + [5, 7]) * (len(part) - 1)
        )
    assert log.scalars[0].missing_share == pytest.approx(4 / 6)
    assert (log.scalars[0].quantiles[0], log.scalars[0].quantiles[-1]) == (5, 7)


def test_single_events_are_left_out_and_counted(csv_table: MakeTable) -> None:
    rows = [*sound_rows(), ["alone", "2024-01-01", "a", 1], ["alone too", "2024-01-01", "a", 1]]
    log = table_of(csv_table(rows)).load()
    assert log.n_dropped == 2 and "alone" not in events_by_name(log)


def test_rare_types_and_those_of_the_held_out_alone_are_out_of_vocabulary(csv_table: MakeTable) -> None:
    rows = sound_rows()
    held_out = table_of(csv_table(rows)).load().splits["test"].names[0]
    for row in rows:
        if row[0] == held_out:
            row[2] = "new"
    for row in [row for row in rows if row[0] != held_out][:4]:
        row[2] = "rare"
    log = table_of(csv_table(rows)).load()
    assert log.types == ("<oov>", "b", "a") or log.types == ("<oov>", "a", "b")
    assert {kind for kind, _ in events_by_name(log)[held_out]} == {"<oov>"}
    assert sum(log.type_counts) == log.n_events["train"] and log.type_counts[0] <= 4


ODD = ["NA", "null", "None", "<oov>", " a", "a ", "a,b", 'say "hi"', "<script>alert(1)</script>", "=1+1", "1.50", "007",
       "två\nrader", "🙂", "../../etc", "{}", "%s", "İ"]  # fmt: skip


def test_odd_names_are_data_and_stay_as_they_are(csv_table: MakeTable) -> None:
    header = ('i"d', "wh,en\n", "<b>what</b>", "x y\t%s{0}")
    rows = [[f"{ODD[i % len(ODD)]}{i}", j, ODD[(i + j) % len(ODD)], j] for i in range(40) for j in range(10)]
    config = table_of(
        csv_table(rows, header),
        sequence_column=header[0],
        time_column=header[1],
        type_column=header[2],
        scalars=(ScalarColumn(name="../x", column=header[3]),),
    )
    log = config.load()
    assert set(log.types) == set(ODD)  # and the type called <oov> is out of vocabulary
    assert log.type_counts[0] > 0
    assert set(events_by_name(log)) == {str(row[0]) for row in rows}


@given(
    names=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), min_size=2, unique=True)
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_of_a_type_survives(csv_table: MakeTable, names: list[str]) -> None:
    names = [name for name in names if name.lower() not in ("nan", "<oov>")]
    rows = [[i, j, name, 0] for i in range(10) for j, name in enumerate([*names, "end"] * 2)]
    assert set(table_of(csv_table(rows)).load().types) == {"<oov>", "end", *names}


def changed(row: int, column: int, value: object) -> list[list[object]]:
    """Sound rows with one value changed, in that row of the CSV file."""
    rows = sound_rows()
    rows[row - 2][column] = value
    return rows


BAD_VALUES = [
    (0, "", r"row 9, column 'id': the sequence is missing; every event needs one$"),
    (2, "", r"row 9, column 'what': the type is missing; every event needs one$"),
    (2, "nan", r"row 9, column 'what': the type is missing; "),
    (1, "", r"row 9, column 'when': the time is missing; every event needs one$"),
    (1, "NaN", r"row 9, column 'when': the time is missing; "),
    (1, "yesterday", r"row 9, column 'when': 'yesterday' is no time; expected a date and time like 2013-01-31T17:30$"),
    (1, "2024-02-31", r"row 9, column 'when': '2024-02-31' is no time; "),
    (1, "31/01/2024", r"row 9, column 'when': '31/01/2024' is no time; "),
    (3, "much", r"row 9, column 'x': 'much' is not a number; an empty cell means missing$"),
    (3, "1,5", r"row 9, column 'x': '1,5' is not a number; "),
    (3, "a" * 10_000, r"row 9, column 'x': 'aaaa[^ ]*… is not a number; "),
    (3, "inf", r"row 9, column 'x': the number is infinite; "),
    (3, "-Infinity", r"row 9, column 'x': the number is infinite; "),
    (3, "1e999", r"row 9, column 'x': the number is infinite; "),
    (3, "1e300", r"row 9, column 'x': 1e\+300 is too large; "),
]


def assert_one_line(config: EventData, message: str) -> None:
    with pytest.raises(DataError, match=message) as caught:
        config.load()
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 500


@pytest.mark.parametrize(("column", "value", "message"), BAD_VALUES)
def test_a_bad_value_is_one_line_with_its_column_and_row(
    csv_table: MakeTable, column: int, value: str, message: str
) -> None:
    assert_one_line(table_of(csv_table(changed(9, column, value)), scalars=(X,)), message)


@pytest.mark.parametrize(
    ("value", "message"), [("noon", "'noon' is no time; expected a number of hours"), ("inf", "'inf' is no")]
)
def test_a_bad_time_among_numbers_is_named(csv_table: MakeTable, value: str, message: str) -> None:
    rows = [[f"s{i}", j, "a", 0] for i in range(10) for j in range(3)]
    rows[4][1] = value
    assert_one_line(table_of(csv_table(rows)), f"row 6, column 'when': {message}")


def test_rows_are_counted_over_blank_lines_and_quoted_line_breaks(csv_table: MakeTable) -> None:
    path = csv_table(changed(9, 3, "much"))
    lines = path.read_bytes().split(b"\r\n")
    lines[3:3] = [b"", b",,,", b"  "]
    path.write_bytes(b"\xef\xbb\xbf" + b"\n".join(lines) + b"\n\n")
    assert_one_line(table_of(path, scalars=(X,)), r"row 12, column 'x': 'much'")
    path.write_bytes(path.read_bytes().replace(b"much", b"1"))
    assert table_of(path, scalars=(X,)).load().n_events["train"] == 96


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("s0,2024-05-01,New York, NY,5", "5 fields where the first row names 4 columns; a field that holds a comma"),
        ("s0,2024-05-01", "2 fields where the first row names 4 columns; is one missing, or a double quote left open"),
    ],
)
def test_a_row_of_another_length_is_named(csv_table: MakeTable, line: str, message: str) -> None:
    path = csv_table(sound_rows())
    lines = path.read_text().splitlines()
    lines[6:6] = ["", line]
    path.write_text("\n".join(lines))
    assert_one_line(table_of(path, scalars=(X,)), rf"row 8: {message}")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"events\.csv is empty: its first row must name the columns$"),
        (b"id,when,what,x\n", r"names its columns but holds no events$"),
        (b"id,when,what,x\n,,,\n\n", r"names its columns but holds no events$"),
        (b"id;when;what;x\n1;2;3;4\n", r"has no column 'id'; its columns are 'id;when;what;x'$"),
        (b"id,when,kind,x\n", r"has no column 'what'; its columns are 'id', 'when', 'kind', 'x'$"),
        (b"id,when,what,x,what\n", r"has 2 columns named 'what': rename all but one of them$"),
        (b"id,when,what,x\ns,1,b\xe4d,1\n", r"is not UTF-8: byte 0xe4 at offset 20 \(line 2\); save it as UTF-8$"),
        ("id,when,what,x\n".encode("utf-16"), r"is not UTF-8: byte 0xff at offset 0 \(line 1\)"),
        (b"id,when,what,x\ns,1,a\0b,1\n", r"has a NUL character on line 2 "),
        (b"PAR1 and then nothing", r"is no sound Parquet file: "),
        (
            b'id,when,what,x\ns,1,"a,1\n',
            r"row 2: 3 fields where the first row names 4 columns; is one missing, or a double",
        ),
        (
            b'id,when,what,x\ns,1,"a,1\n' + b"s,1,a,1\n" * 300_000,
            r"events\.csv has a row of more than a million bytes: ",
        ),
    ],
)
def test_a_file_that_is_no_table_is_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(content)
    assert_one_line(table_of(path, scalars=(X,)), message)


def test_a_bad_byte_far_into_the_file_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    sound = b"id,when,what,x\n" + "s,1,åäö,1\n".encode() * 200_000
    # Cut at every place of a letter of two bytes, wherever the reader's chunks end.
    for offset in range(4):
        content = b"x" * offset + sound
        path.write_bytes(content + b"\xff")
        assert_one_line(table_of(path), rf"byte 0xff at offset {len(content)} \(line 200002\)")


def test_a_file_that_is_not_there_or_a_folder_is_one_line(tmp_path: Path) -> None:
    assert_one_line(table_of(tmp_path / "none.csv"), r"^the table .*none\.csv does not exist$")
    assert_one_line(table_of(tmp_path), r"is a folder, not a CSV or Parquet table$")


def test_tables_that_cannot_be_learned_from_are_refused(csv_table: MakeTable) -> None:
    alone = [[i, 1, "a", 0] for i in range(50)]
    assert_one_line(table_of(csv_table(alone)), r"column 'id': each of the 50 sequences has one event only, ")
    assert_one_line(
        table_of(csv_table(sound_rows(9))), r"column 'id': 9 sequences of two events or more; .*at least 10$"
    )
    ids = [[i // 10, i, f"event {i}", 0] for i in range(20_001)]
    assert_one_line(
        table_of(csv_table(ids)), r"column 'what' has 20,001 distinct values: that looks like an id, not a type"
    )
    rare = [[i // 10, i, f"event {i}", 0] for i in range(200)]
    assert_one_line(table_of(csv_table(rare)), r"none of the 200 event types is seen 5 times in the training")
    empty = [[*row[:3], ""] for row in sound_rows()]
    assert_one_line(table_of(csv_table(empty), scalars=(X,)), r"column 'x' holds no number at all: ")


def test_parquet_errors_name_the_column_and_the_row(tmp_path: Path) -> None:
    frame = pd.DataFrame(sound_rows(), columns=["id", "when", "what", "x"])
    frame["when"] = pd.to_datetime(frame["when"])
    path = tmp_path / "events.parquet"

    def put(**columns: object) -> EventData:
        frame.assign(**columns).to_parquet(path)
        return table_of(path, scalars=(X,))

    nobody = frame["id"].where(frame.index != 7)
    assert_one_line(put(id=nobody), r"row 8, column 'id': the sequence is missing; ")
    assert_one_line(put(what=frame["what"].where(frame.index != 7)), r"row 8, column 'what': the type is missing; ")
    assert_one_line(put(when=frame["when"].where(frame.index != 7)), r"row 8, column 'when': the time is missing; ")
    assert_one_line(put(x=frame["x"].where(frame.index != 7, np.inf)), r"row 8, column 'x': the number is infinite; ")
    assert_one_line(put(x=frame["when"]), r"column 'x' holds timestamp\[\w+\], not numbers$")
    assert_one_line(put(what=[[1, 2]] * len(frame)), r"column 'what' holds list<.*>, which cannot name a type: ")
    assert np.isnan(put(x=frame["x"].where(frame["x"] > 5)).load().splits["train"].scalars).any()
    arrays = [pa.array(frame[name]) for name in ("id", "when", "what", "x", "x")]
    pq.write_table(pa.Table.from_arrays(arrays, names=["id", "when", "what", "x", "x"]), path)
    assert_one_line(table_of(path, scalars=(X,)), r"has 2 columns named 'x': rename all but one of them$")


@pytest.mark.parametrize(
    "kind", [pa.int8(), pa.uint64(), pa.float16(), pa.float32(), pa.bool_(), pa.decimal128(9, 2), pa.large_string()]
)
def test_parquet_numbers_of_any_kind_are_numbers(tmp_path: Path, kind: pa.DataType) -> None:
    rows = sound_rows()
    numbers = pa.array([None, 0, 1] * 40).cast(pa.float64()).cast(kind, safe=False)
    columns = {name: pa.array([row[i] for row in rows]) for i, name in enumerate(("id", "when", "what"))}
    pq.write_table(pa.table({**columns, "x": numbers}), tmp_path / "events.parquet")
    part = table_of(tmp_path / "events.parquet", scalars=(X,)).load().splits["test"]
    np.testing.assert_array_equal(part.scalars[:, 0], [np.nan, 0, 1] * (part.n_events // 3))


def test_a_large_table_is_read_in_little_time_and_memory(tmp_path: Path) -> None:
    # A tenth of a million events; a million took 4.5 s and 450 MB on one core.
    path = tmp_path / "large.csv"
    n = 100_000
    draw = np.random.default_rng(0)
    times = pd.to_datetime(1_577_836_800 + draw.integers(0, 30_000_000, n), unit="s")
    ids, kinds = draw.integers(0, 3000, n), draw.integers(0, 300, n)
    frame = {"id": ids, "when": times.strftime("%Y-%m-%d %H:%M:%S"), "what": kinds, "x": draw.normal(size=n)}
    pd.DataFrame(frame).to_csv(path, index=False)
    code = (
        "import resource, sys, time; from pathlib import Path\n"
        "from reprlearn.data.event_config import EventData, ScalarColumn\n"
        "import numpy, pandas, pyarrow.csv, pyarrow.parquet, pyarrow.compute\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024\n"
        "before, start = peak(), time.process_time()\n"
        "log = EventData(table=Path(sys.argv[1]), sequence_column='id', time_column='when', type_column='what',\n"
        "    scalars=(ScalarColumn(name='x', column='x'),)).load()\n"
        "print(sum(log.n_events.values()), time.process_time() - start, peak() - before)"
    )
    shown = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    n_events, cpu_seconds, more_mb = shown.stdout.split()
    assert int(n_events) == n
    assert float(cpu_seconds) < 4 and int(more_mb) < 200
