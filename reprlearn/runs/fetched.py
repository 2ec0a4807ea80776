"""Copies of runs that were fetched: a bounded folder in the user's cache, shared by all processes of the machine.

A copy is addressed by what the listing said of its content (`digest`), so a run that changed gets another address and no
copy is ever brought up to date. It appears whole, by a rename. The copies used longest ago go when room is needed.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from reprlearn.cache import cache_folder
from reprlearn.runs.card import RunError

BOUND = "REPRLEARN_CACHE_GB"
DEFAULT_GB = 5.0
SPARED_SECONDS = 60  # a copy used this recently is being looked at: the bound may be exceeded by these
PATIENCE_SECONDS = 900  # that another process may take to fetch a run
PARTIAL, GONE = ".partial", ".gone"


def fetched(digest: str, name: str, n_bytes: int, fetch: Callable[[Path], None]) -> Path:
    """The folder `name` of this content, filled by `fetch` the first time, by one process for all.

    `RunError` when it is larger than the cache may be, or the cache cannot be written. What `fetch` raises is passed on, and
    leaves nothing behind.
    """
    home = cache_folder("runs")
    entry = home / digest
    if not entry.is_dir():
        try:
            _fetch(home, entry, name, n_bytes, fetch)
        except OSError as error:
            raise RunError(f"{name}: it cannot be kept in {home} ({error.strerror or error})") from None
    with suppress(OSError):  # gone this moment, or not ours to touch: nothing but the order of going depends on it
        os.utime(entry)
    return entry / name


def discard(digest: str) -> None:
    """Throw a copy away that turned out to be damaged."""
    _remove(cache_folder("runs") / digest)


def _fetch(home: Path, entry: Path, name: str, n_bytes: int, fetch: Callable[[Path], None]) -> None:
    home.mkdir(parents=True, exist_ok=True)
    partial = entry.with_name(entry.name + PARTIAL)
    try:
        with _lock(home, entry.name).acquire(timeout=PATIENCE_SECONDS):
            if entry.is_dir():  # another process was first
                return
            shutil.rmtree(partial, ignore_errors=True)  # of a process that was killed
            _make_room(home, n_bytes, name)
            try:
                (partial / name).mkdir(parents=True)
                fetch(partial / name)
                os.replace(partial, entry)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
            _make_room(home, 0, name, spare=entry)  # others were fetched meanwhile
    except Timeout:
        raise RunError(f"{name}: another process has been fetching it for {PATIENCE_SECONDS // 60} minutes") from None


def _lock(home: Path, digest: str) -> FileLock:
    """One of 256 locks, which are never removed: a lock file that goes while it is waited for locks nothing."""
    folder = home / ".locks"
    folder.mkdir(exist_ok=True)
    return FileLock(folder / f"{digest[:2]}.lock")


def _bound_bytes() -> int:
    asked = os.environ.get(BOUND) or str(DEFAULT_GB)
    try:
        bound = float(asked)
    except ValueError:
        bound = -1.0
    if not 0 < bound < float("inf"):
        raise RunError(
            f"{BOUND}={asked!r} is not a size; a number of gigabytes is expected, as in {BOUND}={DEFAULT_GB:g}"
        )
    return int(bound * 1e9)


def _make_room(home: Path, n_bytes: int, name: str, spare: Path | None = None) -> None:
    """Remove the copies used longest ago until `n_bytes` more fit within the bound, and what killed processes left."""
    bound = _bound_bytes()
    if n_bytes > bound:
        raise RunError(
            f"{name}: its {n_bytes / 1e9:.2f} GB are more than the cache of runs may hold, {bound / 1e9:g} GB;"
            f" raise {BOUND}"
        )
    found = []
    for entry in home.iterdir():
        if entry.name.endswith(GONE):
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name.endswith(PARTIAL):
            _remove_abandoned(home, entry)
        elif not entry.name.startswith("."):
            with suppress(OSError):
                found.append((entry.stat().st_mtime, _size(entry), entry))
    total = n_bytes + sum(size for _, size, _ in found)
    for used, size, entry in sorted(found):
        if total <= bound or time.time() - used < SPARED_SECONDS:
            return
        if entry != spare:
            _remove(entry)
            total -= size


def _remove_abandoned(home: Path, partial: Path) -> None:
    """A part that nobody is filling: whoever fills one holds its lock."""
    with suppress(Timeout), _lock(home, partial.name).acquire(timeout=0):
        shutil.rmtree(partial, ignore_errors=True)


def _remove(entry: Path) -> None:
    """Take a copy away at once, then apart: nobody sees half of one."""
    gone = entry.with_name(f"{entry.name}-{os.getpid()}-{time.monotonic_ns()}{GONE}")
    with suppress(OSError):
        os.replace(entry, gone)
    shutil.rmtree(gone, ignore_errors=True)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
