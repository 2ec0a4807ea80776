"""The cache of fetched runs: bounded, whole or not at all, safe with several processes."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reprlearn.runs import RunError, fetched

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(alone: Path) -> Path:
    return alone / "cache" / "runs"


def fill(folder: Path) -> None:
    (folder / "weights").write_bytes(b"x" * 400_000)


def keep(digest: str, used_seconds_ago: float = 0) -> Path:
    path = fetched.fetched(digest, "run", 400_000, fill)
    used = time.time() - used_seconds_ago
    os.utime(path.parent, (used, used))
    return path


def test_the_copies_used_longest_ago_go_when_room_is_needed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPRLEARN_CACHE_GB", "0.001")
    oldest, old = keep("aa", 3000), keep("bb", 2000)
    keep("aa", 1000)  # used again meanwhile
    new = keep("cc")
    assert oldest.is_dir() and new.is_dir() and not old.exists()
    assert sorted(entry.name for entry in home.iterdir()) == [".locks", "aa", "cc"]


def test_what_is_being_looked_at_stays(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPRLEARN_CACHE_GB", "0.001")
    assert all([keep(digest).is_dir() for digest in ("aa", "bb", "cc", "dd")])
    assert (home / "aa").is_dir()


def test_a_run_larger_than_the_cache_is_refused_with_the_remedy(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPRLEARN_CACHE_GB", "0.001")
    kept = keep("aa", 3000)
    with pytest.raises(RunError, match=r"run: its 5\.00 GB are more .* raise REPRLEARN_CACHE_GB"):
        fetched.fetched("bb", "run", 5 * 10**9, fill)
    assert kept.is_dir(), "nothing was thrown away for it"


@pytest.mark.parametrize("bound", ["much", "-1", "0", "nan", "inf"])
def test_a_bound_that_is_no_size_is_named(home: Path, monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    monkeypatch.setenv("REPRLEARN_CACHE_GB", bound)
    with pytest.raises(RunError, match=f"REPRLEARN_CACHE_GB='{bound}'"):
        keep("aa")


def test_a_full_disk_is_one_line_and_leaves_nothing_behind(home: Path) -> None:
    def no_space(folder: Path) -> None:
        fill(folder)
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(RunError, match=r"run: it cannot be kept in .* \(No space left on device\)"):
        fetched.fetched("aa", "run", 1, no_space)
    assert [entry.name for entry in home.iterdir()] == [".locks"]
    assert keep("aa").is_dir()


def test_a_process_killed_while_it_fetches_is_cleaned_up_after(home: Path) -> None:
    code = (
        "import os, sys, time; from pathlib import Path; from reprlearn.runs.fetched import fetched\n"
        "def fill(folder):\n"
        "    (folder / 'part').write_text('x'); print('begun', flush=True); time.sleep(60)\n"
        "fetched('aa', 'run', 1, fill)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "begun\n"
    keep("bb")
    assert (home / "aa.partial").is_dir(), "somebody is filling it"
    process.kill()
    process.communicate()
    keep("cc")
    assert not (home / "aa.partial").exists() and not (home / "aa").exists()
    assert [file.name for file in keep("aa").iterdir()] == ["weights"]


def test_a_copy_that_went_is_fetched_again(home: Path) -> None:
    path = keep("aa")
    fetched.discard("aa")
    assert not path.exists() and [entry.name for entry in home.iterdir()] == [".locks"]
    assert keep("aa") == path and path.is_dir()
