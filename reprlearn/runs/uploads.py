"""Runs that a visitor brought and has not published: kept apart from everybody's, for a day after they were last looked at.

They lie in the cache, in a folder for each visitor whose name nobody can guess. Publishing moves a run to where new runs go.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from reprlearn.cache import cache_folder
from reprlearn.runs.card import RunError
from reprlearn.runs.run import Run
from reprlearn.runs.store import SHIPPED, is_taken, own_runs

MAX_RUNS = 6
"""Of one visitor."""
MAX_BYTES = 8_000_000_000
"""Of all visitors together."""
KEPT_SECONDS = 24 * 3600
_TOUCHED_SECONDS = 600


def folder_of(visitor: str) -> Path:
    """The folder of a visitor's runs, which need not exist. visitor: a secret of theirs, of any length and letters."""
    return cache_folder("uploads") / sha256(visitor.encode()).hexdigest()[:40]


def find_uploads(folder: Path) -> list[Run]:
    """The runs in a visitor's folder, whose time of keeping begins anew."""
    runs = []
    for each in sorted(_entries(folder)):
        with contextlib.suppress(RunError):
            runs.append(Run(each))
    return runs


def keep(folder: Path) -> None:
    """Say that a visitor is still there; cheap enough for every rerun."""
    with contextlib.suppress(OSError):
        if time.time() - folder.stat().st_mtime > _TOUCHED_SECONDS:
            os.utime(folder)


def room_for_one(folder: Path) -> None:
    """Take away what was kept long enough. ValueError where a visitor, or all together, have brought as much as is kept."""
    root = folder.parent
    for each in _entries(root):
        with contextlib.suppress(OSError):
            if each != folder and time.time() - each.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(each, ignore_errors=True)
    if sum(1 for _ in _entries(folder)) >= MAX_RUNS:
        raise ValueError(
            f"you have {MAX_RUNS} models that are not published, as many as are kept; publish or delete one of them"
        )
    taken = sum(file.stat().st_size for file in root.rglob("*") if file.is_file()) if root.is_dir() else 0
    if taken >= MAX_BYTES:
        raise ValueError("there is no room for more models that are not published; try again tomorrow, or publish some")


def publish(run: Run) -> Path:
    """Move a visitor's run to where everybody's are, and return its folder. ValueError where one of its name is there.

    OSError where the disk is full or may not be written; the visitor's run is then as it was.
    """
    target = own_runs() / run.name
    _check_free(run.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    # The move may be a copy to another disk: under a name that no reader takes for a run, then renamed at once.
    partial = target.parent / f".{run.name}.{os.getpid()}.{time.monotonic_ns()}"
    try:
        shutil.copytree(run.path, partial)
        if target.exists():
            _check_free(run.name)
        os.rename(partial, target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    shutil.rmtree(run.path, ignore_errors=True)
    return target


def delete(run: Run) -> None:
    """Delete a run that was imported, a visitor's or a published one. ValueError for any other, and for a shipped one."""
    if run.card.imported is None or run.origin or SHIPPED in run.path.parents:
        raise ValueError(f"{run.name} was not made from files here, so it is not deleted here")
    # Renamed first: readers see the whole run or none.
    doomed = run.path.parent / f".{run.name}.{os.getpid()}.{time.monotonic_ns()}"
    os.rename(run.path, doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def _check_free(name: str) -> None:
    if is_taken(name):
        raise ValueError(f"there is a model named {name} already, which everybody sees; add yours under another name")


def _entries(folder: Path) -> Iterator[Path]:
    """The folders in a folder, hidden ones left out; none where there is no such folder."""
    with contextlib.suppress(OSError):
        yield from (each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))
