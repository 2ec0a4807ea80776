"""Roots behind a URL, and their runs: listed often, fetched once, then read like any folder.

A root is looked at in the background. The first look is waited for, a later one for a moment only: a store that is slow or
down holds nobody up. What was seen last stays on show while a store does not answer, beside the line that says so.
"""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from reprlearn.runs import fetched, weights
from reprlearn.runs.card import Card, RunError
from reprlearn.runs.listing import Found, connect, digest, files_of, look, reason, shown
from reprlearn.runs.run import Run

FRESH_SECONDS = 10.0  # for which a look counts; runs published elsewhere appear this much later
FIRST_SECONDS = 20.0  # that a first look may take
AGAIN_SECONDS = 1.5  # that a later look may take; past that, what the last one saw is shown
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@dataclass(frozen=True)
class Look:
    """What is known of a root: its folders with a card, by name, and what was wrong when it was last asked."""

    found: dict[str, Found] = field(default_factory=dict)
    problem: str = ""

    @property
    def state(self) -> Hashable:
        """Another value whenever a run appears, goes or changes, or the root comes within reach or out of it."""
        return tuple((each.name, each.digest) for each in self.found.values()), self.problem


class RemoteRoot:
    """A root behind a URL. One object a URL and process, see `remote_root`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._kept: Look | None = None
        self._fresh_until = self._began = -float("inf")  # monotonic seconds
        self._looking: threading.Thread | None = None
        self._n_expired = 0
        self._lock = threading.Lock()

    def __str__(self) -> str:
        return shown(self.url)

    def begin(self) -> None:
        """Start a look where one is due, and wait for nothing."""
        with self._lock:
            if self._looking is None and time.monotonic() > self._fresh_until:
                self._began = time.monotonic()
                self._looking = threading.Thread(target=self._look, name=f"look at {self}", daemon=True)
                self._looking.start()

    def look(self) -> Look:
        """What the root held at most `FRESH_SECONDS` ago, or when last seen where it does not answer."""
        self.begin()
        looking, kept = self._looking, self._kept
        if looking:
            patience = AGAIN_SECONDS if kept else FIRST_SECONDS
            looking.join(max(0.0, self._began + patience - time.monotonic()))
        with self._lock:
            if self._kept is None:
                # The thread goes on, and its answer is there when it comes.
                self._kept = Look(problem=f"{self}: it does not answer within {FIRST_SECONDS:g} seconds")
            return self._kept

    def expire(self) -> None:
        """Look anew at the next call: what is known, or being looked at this moment, is known to have changed."""
        with self._lock:
            self._n_expired += 1
            self._fresh_until = -float("inf")

    def open(self, found: Found) -> RemoteRun:
        """The run that a look found. `RunError` when it cannot be opened."""
        return RemoteRun(self, found)

    def run(self, name: str) -> RemoteRun | None:
        """The run of this name; None where there is none. `RunError` when it cannot be opened."""
        found = self.look().found.get(name)
        return self.open(found) if found else None

    def _look(self) -> None:
        known, n_expired = self._kept.found if self._kept else {}, self._n_expired
        try:
            seen = Look(look(self.url, known))
        except Exception as error:  # every driver has errors of its own, and none may take the other roots down
            seen = Look(known, f"{self}: {reason(error, self.url)}")
        with self._lock:
            self._kept, self._looking = seen, None
            if n_expired == self._n_expired:
                self._fresh_until = time.monotonic() + FRESH_SECONDS


class RemoteRun(Run):
    """A run of a remote root. Its card is known from the listing; everything else is fetched when first asked for."""

    def __init__(self, root: RemoteRoot, found: Found) -> None:
        if found.card is None:
            raise RunError(found.reason)
        self.card: Card = found.card
        self.origin = str(root)
        self._root, self._found, self._checked = root, found, False

    def __repr__(self) -> str:
        return f"RemoteRun({self.origin!r}, {self.name!r})"

    @property
    def name(self) -> str:
        return self._found.name

    @property
    def path(self) -> Path:
        """The run's folder on this disk, fetched where it is not there; `RunError` where that cannot be done."""
        folder = fetched.fetched(self._found.digest, self.name, self._found.n_bytes, self._fetch)
        if not self._checked:
            if not self._is_whole(folder):
                fetched.discard(self._found.digest)
                folder = fetched.fetched(self._found.digest, self.name, self._found.n_bytes, self._fetch)
            weights.check(folder, self.card)
            self._checked = True
        return folder

    def _is_whole(self, folder: Path) -> bool:
        """Whether the files of a copy are as long as the listing says. What a page added beside them does no harm."""
        try:
            return all((folder / file.path).stat().st_size == file.n_bytes for file in self._found.files)
        except OSError:
            return False

    def _fetch(self, folder: Path) -> None:
        files = self._found.files
        try:
            filesystem, _ = connect(self._root.url)
            there = [f"{self._found.folder}/{file.path}" for file in files]
            filesystem.get(there, [str(folder / file.path) for file in files])
            now = digest(self._found.folder, files_of(filesystem, self._found.folder))
        except Exception as error:  # as in `RemoteRoot`
            if isinstance(error, OSError) and error.errno in _DISK:
                raise
            raise RunError(
                f"{self.name}: it cannot be fetched from {self.origin} ({reason(error, self._root.url)})"
            ) from None
        if now != self._found.digest:
            self._root.expire()
            raise RunError(f"{self.name}: it was published anew while it was fetched from {self.origin}; try again")
        if not self._is_whole(folder):
            raise RunError(f"{self.name}: what came from {self.origin} is not what is listed there; try again")


@lru_cache(maxsize=32)
def remote_root(url: str) -> RemoteRoot:
    """The root behind this URL, the same object each time, so that it is listed once for all who ask."""
    return RemoteRoot(url)


def open_url(url: str) -> RemoteRun | None:
    """The run at this URL; None where there is none. `RunError` when its root is out of reach or it cannot be opened."""
    root_url, _, name = url.rstrip("/").rpartition("/")
    if root_url.endswith(("/", ":")):
        return None
    root = remote_root(root_url)
    run = root.run(name)
    if run is None and (problem := root.look().problem):
        raise RunError(problem)
    return run
