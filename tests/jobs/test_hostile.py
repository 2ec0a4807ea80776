"""What visitors type and send, at its worst: each is refused in one clear line, or taken for the plain text it is."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reprlearn import jobs
from reprlearn.data.config import DataError
from reprlearn.data.events.describing import describe_table
from reprlearn.jobs import JobError, uploads, zips
from reprlearn.jobs.names import check_name
from reprlearn.runs import store as runs_store
from tests.jobs.conftest import asking

OWNER = "0123456789abcdef"
GOOD = {"train.txt": "a b c\nd e f\n", "valid.txt": "g h\n"}


def zipped(files: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def linked() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("valid.txt", "a b")
        link = zipfile.ZipInfo("train.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return content.getvalue()


def twice() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        for _ in range(2):
            archive.writestr("train.txt", "a b")
    return content.getvalue()


def locked() -> bytes:
    """The flag that says an entry wants a password."""
    content = bytearray(zipped(GOOD))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        content[at + offset] |= 1
    return bytes(content)


def lying() -> bytes:
    """An entry that says it has ten bytes, and has many more."""
    content = bytearray(zipped({"train.txt": "x" * 500_000, "valid.txt": "a b"}))
    at = content.find(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, 10)
    return bytes(content)


NAMES = {
    "../../x": "cannot be a run's name",
    "a/b": "cannot be a run's name",
    "a\\b": "cannot be a run's name",
    "/etc/passwd": "cannot be a run's name",
    "..": "cannot be a run's name",
    ".hidden": "cannot be a run's name",
    "": "cannot be a run's name",
    " ": "cannot be a run's name",
    "<script>alert(1)</script>": "cannot be a run's name",
    "a b": "cannot be a run's name",
    "a\nb": "cannot be a run's name",
    "run\n": "cannot be a run's name",
    "a\0b": "cannot be a run's name",
    "a" * 61: "cannot be a run's name",
    "émile": "cannot be a run's name",
    "ｒｕｎ": "cannot be a run's name",
    "run\u202etxt": "cannot be a run's name",
    "$(reboot)": "cannot be a run's name",
    "-rf": "cannot be a run's name",
    "--resume": "cannot be a run's name",
    "x.partial": "systems keep such names",
    "X.PARTIAL": "systems keep such names",
    "x.": "systems keep such names",
    "CON": "systems keep such names",
    "nul.txt": "systems keep such names",
    "lstm-tied": "already",
    "LSTM-Tied": "already",
    "mine": "already",
    "half": "already",
}


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_names_of_runs(name: str, store: Path) -> None:
    (store / "mine").mkdir(parents=True)
    (store / "half.partial").mkdir()
    with pytest.raises(JobError) as refused:
        check_name(name)
    assert NAMES[name] in str(refused.value) and "\n" not in str(refused.value)
    with pytest.raises(JobError):
        jobs.submit(asking(), name)
    assert sorted(entry.name for entry in store.iterdir()) == [".jobs", "half.partial", "mine"]
    assert [entry.name for entry in runs_store.SHIPPED.iterdir()] == ["lstm-tied"]


@pytest.mark.parametrize("name", ["a", "quick-demo-s0-ab12", "My_Run.2", "0", "a" * 60, "v1.2.3"])
def test_names_that_are_fine(name: str) -> None:
    assert check_name(name) == name


def test_the_default_name_is_fine_and_free() -> None:
    first = jobs.default_name(asking())
    assert check_name(first) == first and first.startswith("quick-demo-s0-")
    jobs.submit(asking(), first)
    assert check_name(jobs.default_name(asking())) == f"{first}-2"
    assert jobs.default_name(asking(seed=1)).startswith("quick-demo-s1-")


Content = bytes | Callable[[], bytes]
FILES: dict[str, tuple[str, Content, str]] = {
    "a path": ("../../etc/cron.d/x.txt", b"text", "is not taken: rename it"),
    "a path of Windows": ("..\\x.txt", b"text", "is not taken: rename it"),
    "a NUL": ("x.txt\0.exe", b"text", "is not taken: rename it"),
    "a new line": ("x\n.txt", b"text", "is not taken: rename it"),
    "turned around": ("x\u202etxt.exe.txt", b"text", "is not taken: rename it"),
    "a long name": ("x" * 200 + ".txt", b"text", "is not taken: rename it"),
    "a program": ("x.exe", b"MZ", "is none of .txt"),
    "no ending": ("README", b"text", "is none of .txt"),
    "two endings": ("x.txt.pkl", b"text", "is none of .txt"),
    "nothing": ("x.txt", b"", "is empty"),
    "zeros": ("x.txt", b"\0" * 100, "is empty"),
    "too large": ("x.txt", b"a" * (uploads.MOST_BYTES + 1), "20 MB are the most"),
    "cut in a letter": ("x.txt", "caf\u00e9".encode()[:-1], "x.txt is not UTF-8"),
    "UTF-16": ("x.txt", "text".encode("utf-16"), "x.txt is not UTF-8"),
    "binary": ("x.txt", b"a\n\0b", "NUL character on line 2"),
    "one line": ("x.txt", b"all in one line " * 100, "1 different paragraph"),
    "one line again and again": ("x.txt", b"the same\n" * 100, "1 different paragraph"),
    "no zip": ("x.zip", b"PK not a zip", "no sound zip"),
    "a zip cut off": ("x.zip", zipped(GOOD)[:-30], "no sound zip"),
    "a zip damaged": ("x.zip", zipped(GOOD, method=zipfile.ZIP_STORED).replace(b"a b c", b"a b d"), "no sound zip"),
    "an empty zip": ("x.zip", zipped({}), "has no train.txt"),
    "a zip without validation": ("x.zip", zipped({"train.txt": "a b"}), "has no valid.txt"),
    "a zip that climbs": ("x.zip", zipped({**GOOD, "../../evil.txt": "x"}), "points out of the zip"),
    "a zip with a root": ("x.zip", zipped({**GOOD, "/etc/passwd": "x"}), "points out of the zip"),
    "a zip with a drive": ("x.zip", zipped({**GOOD, "C:\\train.txt": "x"}), "points out of the zip"),
    "a zip with a link": ("x.zip", linked, "holds a link"),
    "a zip with more": ("x.zip", zipped({**GOOD, "setup.py": "x"}), "'setup.py'; expected are"),
    "a zip with a script": ("x.zip", zipped({**GOOD, "<script>.txt": "x"}), "'<script>.txt'; expected are"),
    "a zip in a zip": ("x.zip", zipped({"inner.zip": zipped(GOOD)}), "'inner.zip'; expected are"),
    "a zip of twins": ("x.zip", twice, "train.txt twice"),
    "a zip of two folders": ("x.zip", zipped({"a/train.txt": "a b", "b/valid.txt": "c"}), "several folders"),
    "a zip of many": ("x.zip", zipped({f"{i}.txt": "" for i in range(60)}), "holds 60 files"),
    "a zip with a password": ("x.zip", locked, "without a password"),
    "a zip that lies": ("x.zip", lying, "x.zip"),
    "a zip of no text": ("x.zip", zipped({**GOOD, "train.txt": b"\xff\xfe\xfd"}), "train.txt is not UTF-8"),
    "a zip of an empty text": ("x.zip", zipped({**GOOD, "train.txt": " \n "}), "train.txt is empty"),
    "a bomb": ("x.zip", zipped({**GOOD, "train.txt": "x" * 3_000_000}), "unpacks to more than 1 MB"),
}


@pytest.mark.parametrize("case", FILES)
def test_files(case: str, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "MOST_UNPACKED_BYTES", 1 << 20)
    name, content, expected = FILES[case]
    with pytest.raises(JobError) as refused:
        uploads.receive(OWNER, name, content() if callable(content) else content)
    assert expected in str(refused.value) and "\n" not in str(refused.value) and len(str(refused.value)) < 400
    assert str(store) not in str(refused.value), "where this machine keeps things is nobody's business"
    assert [entry for entry in store.rglob("*") if entry.is_file()] == [], "and nothing of it is kept"


COLUMNS: dict[str, tuple[str, str]] = {
    "no name": ("a,,c\n1,2,3\n", "column 2 has no name"),
    "a blank name": ("a,  ,c\n1,2,3\n", "column 2 has no name"),
    "twins": ("a,a\n1,2\n", "2 columns named 'a'"),
    "a tab in it": ('"a\tb",c\n1,2\n', "control character"),
    "turned around": ("a\u202eb,c\n1,2\n", "control character"),
    "a long one": (f"{'x' * 200},c\n1,2\n", "more than 100 characters"),
    "a gap": ("<gap since>,c\n1,2\n", "stands for a gap between events"),
    "very many": (",".join(f"c{i}" for i in range(300)) + "\n", "300 columns"),
    "no rows": ("a,b,c\n", "holds no events"),
    "ragged": ("a,b\n1,2\n1,2,3\n", "row 3: 3 fields"),
    "nothing": ("\n", "x.csv"),
}


@pytest.mark.parametrize("case", COLUMNS)
def test_columns(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, expected = COLUMNS[case]
    monkeypatch.chdir(tmp_path)
    Path("x.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        describe_table(Path("x.csv"))
    assert expected in str(refused.value) and "\n" not in str(refused.value)


def test_columns_with_odd_names_are_columns(tmp_path: Path) -> None:
    names = ["<script>alert(1)</script>", "=cmd()", "../../x", "a:asinh", "**bold**", "$x$", "--fit.epochs", "이름"]
    path = tmp_path / "x.csv"
    path.write_text(",".join(names) + "\n" + ",".join("1" for _ in names) + "\n", encoding="utf-8")
    assert [column["name"] for column in describe_table(path)["columns"]] == names


TABLES: dict[str, tuple[Callable[[Path], object], str]] = {
    "not one": (lambda path: path.write_bytes(b"PAR1 nothing of the kind"), "no sound Parquet file"),
    "cut off": (
        lambda path: (pq.write_table(pa.table({"a": [1, 2]}), path), path.write_bytes(path.read_bytes()[:150])),
        "no sound Parquet file",
    ),
    "so many rows": (
        lambda path: pq.write_table(pa.table({"a": pa.array([0] * 3_000_001, pa.int8())}), path),
        "3,000,001 rows",
    ),
    "so large when unpacked": (
        lambda path: pq.write_table(
            pa.table({"a": pa.DictionaryArray.from_arrays(pa.array([0] * 20_000), pa.array(["x" * 100_000]))}), path
        ),
        "too large when it is unpacked",
    ),
}


@pytest.mark.parametrize("case", TABLES)
def test_tables(case: str, tmp_path: Path) -> None:
    make, expected = TABLES[case]
    make(tmp_path / "x.parquet")
    with pytest.raises(DataError, match=expected):
        describe_table(tmp_path / "x.parquet")


KEYS = [
    "",
    "x",
    "../../etc",
    f"{OWNER}.{'0' * 32}",
    f"{OWNER}.{'0' * 31}/",
    f"{OWNER}.{'../' * 10}xx",
    "\0",
    "A" * 5000,
]


@pytest.mark.parametrize("key", KEYS, ids=range(len(KEYS)))
def test_keys_of_uploads_that_are_none(key: str) -> None:
    with pytest.raises(JobError, match="is not here"):
        uploads.find(key)


def test_there_are_enough_of_them() -> None:
    assert len(NAMES) + len(FILES) + len(COLUMNS) + len(TABLES) + len(KEYS) >= 60
