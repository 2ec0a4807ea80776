"""What a visitor brings is theirs until it is published; it is kept for a day, and there is an end to how much."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from reprlearn.data.vectors.recognise import recognise
from reprlearn.runs import Run, find_runs, uploads
from reprlearn.runs.imported import import_run
from tests import vector_files as made


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPRLEARN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("REPRLEARN_RUNS", str(tmp_path / "runs"))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "shipped")
    monkeypatch.setattr("reprlearn.runs.uploads.SHIPPED", tmp_path / "shipped")


def bring(tmp_path: Path, visitor: str, name: str) -> Run:
    paths = made.write(tmp_path / "files", {"v.txt": b"a 1 2\nb 3 4\nc 5 6\n"})
    return Run(import_run(recognise(paths), uploads.folder_of(visitor) / name))


def test_an_upload_is_its_visitors_until_it_is_published(tmp_path: Path) -> None:
    run = bring(tmp_path, "ann", "own")
    assert [each.name for each in uploads.find_uploads(uploads.folder_of("ann"))] == ["own"]
    assert uploads.find_uploads(uploads.folder_of("ben")) == [] and find_runs()[0] == []
    uploads.publish(run)
    assert [each.name for each in find_runs()[0]] == ["own"] and find_runs()[1] == []
    assert uploads.find_uploads(uploads.folder_of("ann")) == []


@pytest.mark.parametrize("visitor", ["../..", "/etc", "a" * 10_000, "", "\0"])
def test_no_visitor_leaves_the_folder_of_uploads(tmp_path: Path, visitor: str) -> None:
    assert uploads.folder_of(visitor).parent == tmp_path / "cache" / "uploads"


def test_a_published_name_is_not_taken_again(tmp_path: Path) -> None:
    uploads.publish(bring(tmp_path, "ann", "own"))
    other = bring(tmp_path, "ben", "own")
    with pytest.raises(ValueError, match="there is a model named own already"):
        uploads.publish(other)
    assert Run(other.path).name == "own", "theirs is as it was"


def test_a_disk_that_is_full_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = bring(tmp_path, "ann", "own")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reprlearn.runs.uploads.shutil.copytree", full)
    with pytest.raises(OSError, match="No space left"):
        uploads.publish(run)
    assert Run(run.path).vocabulary.words == ("a", "b", "c") and find_runs() == ([], [])


def test_what_was_not_looked_at_for_a_day_goes(tmp_path: Path) -> None:
    run, other = bring(tmp_path, "ann", "old"), bring(tmp_path, "ben", "new")
    past = time.time() - uploads.KEPT_SECONDS - 60
    os.utime(run.path.parent, (past, past))
    uploads.room_for_one(uploads.folder_of("cleo"))
    assert not run.path.exists() and other.path.exists()

    os.utime(other.path.parent, (past, past))
    uploads.keep(other.path.parent)  # its visitor looked
    uploads.room_for_one(uploads.folder_of("cleo"))
    assert other.path.exists()


def test_there_is_an_end_to_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = uploads.folder_of("ann")
    monkeypatch.setattr(uploads, "MAX_RUNS", 2)
    for name in ("one", "two"):
        uploads.room_for_one(folder)
        bring(tmp_path, "ann", name)
    with pytest.raises(ValueError, match="you have 2 models that are not published"):
        uploads.room_for_one(folder)
    monkeypatch.setattr(uploads, "MAX_BYTES", 1)
    with pytest.raises(ValueError, match="there is no room"):
        uploads.room_for_one(uploads.folder_of("ben"))


def test_only_what_was_brought_is_deleted(tmp_path: Path, tiny_runs: Path) -> None:
    run = bring(tmp_path, "ann", "own")
    uploads.delete(run)
    assert not run.path.exists() and not list(run.path.parent.iterdir())
    with pytest.raises(ValueError, match="was not made from files here"):
        uploads.delete(Run(tiny_runs / "tiny-tied"))
    assert (tiny_runs / "tiny-tied").is_dir()


def test_a_broken_upload_is_left_out(tmp_path: Path) -> None:
    run = bring(tmp_path, "ann", "own")
    (run.path.parent / "broken").mkdir()
    assert [each.name for each in uploads.find_uploads(run.path.parent)] == ["own"]
