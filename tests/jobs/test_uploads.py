"""Uploads: whole or not at all, found by their key, a visitor's own until a training takes the data along."""

from __future__ import annotations

import errno
import json
import os
import random
import time
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from reprlearn import jobs
from reprlearn.data.corpora import Corpus
from reprlearn.data.event_config import EventData
from reprlearn.jobs import JobError, processes, tables, uploads, workers
from reprlearn.recipes import RECIPES, find_recipe
from tests.jobs.conftest import asking

OWNER, OTHER = "0123456789abcdef", "fedcba9876543210"
TEXT = "\n\n".join(f"This is paragraph {i}, and it has a few words." for i in range(60)).encode()


def orders() -> bytes:
    draw = random.Random(0)
    rows = [
        f"c{draw.randrange(30)},2024-01-{draw.randrange(1, 28):02d}T{draw.randrange(24):02d}:00,{draw.choice('ABCD')},{i}"
        for i in range(300)
    ]
    return "\n".join(["customer,when,product,amount", *rows]).encode()


def kept(store: Path) -> list[str]:
    return sorted(
        file.name for file in store.rglob("*") if file.is_file() and file.suffix != ".lock" and file.name != ".lock"
    )


def test_a_text_is_split_into_the_files_a_recipe_reads() -> None:
    upload = uploads.receive(OWNER, "My Novel (2).TXT", TEXT)
    assert upload == uploads.find(upload.key) and upload.data.name == "my-novel-2"
    recipe = upload.in_recipe(asking())
    corpus = replace(recipe.data, n_words=50).load()
    assert isinstance(corpus, Corpus) and set(corpus.splits) == {"train", "valid", "test"} and upload.text is not None
    assert {split: size["paragraphs"] for split, size in upload.text["sizes"].items()} == corpus.n_texts
    assert upload.text["split"] and upload.text["first"][0].startswith("This is paragraph")


def test_a_zip_keeps_its_own_split() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("__MACOSX/._train.txt", b"\0junk")
        archive.writestr("mine/", "")
        archive.writestr("mine/Train.txt", "a b c\nd e\n")
        archive.writestr("mine/valid.txt", "f\n")
    upload = uploads.receive(OWNER, "mine.zip", content.getvalue())
    assert upload.text is not None and not upload.text["split"]
    assert upload.text["sizes"] == {"train": {"paragraphs": 2, "words": 5}, "valid": {"paragraphs": 1, "words": 1}}
    assert (upload.data / "train.txt").read_text() == "a b c\nd e\n"


def test_a_table_is_described_and_becomes_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    from reprlearn.data.events.describing import describe_table

    monkeypatch.setattr(uploads, "described", describe_table)
    upload = uploads.receive(OWNER, "orders.csv", orders())
    assert upload.table is not None and upload.table["n_rows"] == 300
    roles = upload.table["roles"]
    assert roles == {"sequence": "customer", "time": "when", "type": "product"}
    recipe = RECIPES["flights-soft-one-hot"]
    columns = {f"{role}_column": column for role, column in roles.items()}
    data = replace(recipe.data, table=upload.data, **columns)
    assert isinstance(data, EventData) and len(data.load().types) == 5
    with pytest.raises(JobError, match="holds none"):
        upload.in_recipe(asking())


def test_the_process_that_looks_into_a_table_answers_and_refuses(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_bytes(orders())
    assert tables.described(tmp_path / "orders.csv")["n_rows"] == 300


def test_a_table_that_kills_its_reader_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Done:
        stdout = b""

    monkeypatch.setattr(tables.subprocess, "run", lambda *_, **__: Done())
    with pytest.raises(JobError, match=r"orders\.csv cannot be read"):
        tables.described(tmp_path / "orders.csv")


def test_nobody_else_finds_an_upload_but_by_its_key() -> None:
    mine = uploads.receive(OWNER, "a.txt", TEXT)
    theirs = uploads.receive(OTHER, "b.txt", TEXT)
    assert mine.key != theirs.key and mine.data != theirs.data
    uploads.forget(theirs.key)
    assert uploads.find(mine.key).name == "a.txt"
    with pytest.raises(JobError, match="is not here"):
        uploads.find(theirs.key)


def test_the_same_file_sent_twice_is_kept_once(store: Path) -> None:
    first = uploads.receive(OWNER, "a.txt", TEXT)
    before = kept(store)
    assert uploads.receive(OWNER, "a.txt", TEXT) == first and kept(store) == before


def test_a_disk_that_is_full_in_the_middle_keeps_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.write_text

    def full(self: Path, *arguments: object, **options: object) -> int:
        if self.name == "valid.txt":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(JobError, match=r"the disk is full: a.txt was not kept"):
        uploads.receive(OWNER, "a.txt", TEXT)
    assert kept(store) == []


@pytest.mark.usefixtures("stubbed")
def test_a_training_takes_the_data_along(store: Path) -> None:
    upload = uploads.receive(OWNER, "novel.txt", TEXT)
    recipe = upload.in_recipe(asking())
    jobs.submit(recipe, "mine", upload=upload, maps=False)
    uploads.forget(upload.key)
    workers.work(0)
    job = jobs.read("mine")
    assert job.status == "done" and job.data == "novel.txt"
    asked = find_recipe(str(job.folder / "recipe.json"))
    folder = getattr(asked.data, "folder", None)
    assert (
        folder is not None and folder == store / ".jobs" / "mine" / "data" / "novel" and (folder / "train.txt").exists()
    )
    assert str(store / ".uploads") not in json.dumps(job.recipe)
    jobs.delete("mine")
    assert kept(store) == []


def test_what_no_training_needed_is_swept_away_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = uploads.receive(OWNER, "old.txt", TEXT), uploads.receive(OWNER, "new.txt", TEXT + b"\n\nmore")
    long_ago = time.time() - (uploads.DAYS + 1) * 86_400
    os.utime(old.data.parent.parent, (long_ago, long_ago))
    uploads.sweep()
    assert uploads.find(new.key) and not old.data.exists()
    monkeypatch.setattr(uploads, "MOST_STORED_BYTES", 10)
    with pytest.raises(JobError, match="room for uploads is full"):
        uploads.receive(OWNER, "more.txt", TEXT + b"\n\neven more")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x.txt", "x"),
        ("..txt", "data"),
        ("<b>&.txt", "b"),
        ("소설.txt", "data"),
        ("a" * 90 + ".txt", "a" * 40),
        ("-rf.txt", "rf"),
    ],
)
def test_names_on_disk_are_plain(name: str, expected: str) -> None:
    assert uploads.safe_name(name, keep_ending=False) == expected
    assert uploads.safe_name(name.replace(".txt", ".CSV"), keep_ending=True) == f"{expected}.csv"


def test_a_process_is_known_by_more_than_its_number() -> None:
    mine = processes.identity(os.getpid())
    assert processes.alive(os.getpid(), mine) and not processes.alive(os.getpid(), "another start")
    assert processes.identity(2**22 + 1) is None and not processes.alive(None, None)
