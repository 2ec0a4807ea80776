"""The folder of a run while it is being made: complete or not there at all, and one training's alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from reprlearn.fit import state
from reprlearn.runs.store import PARTIAL_SUFFIX

_LOCK = ".lock"


@contextmanager
def claimed(out: Path, resume: bool, *, main: bool) -> Iterator[Path]:
    """The partial folder for a run to be left in `out`, held against every other training while the block runs.

    `ValueError` when that would overwrite something, or when there is nothing to resume. Of several processes of one
    training the main one claims for all. A folder that holds nothing yet goes again when the block fails.
    """
    folder = out.with_name(out.name + PARTIAL_SUFFIX) if out.name else out
    if not main:
        yield folder
        return
    if out.exists():
        raise ValueError(f"{out} exists already; choose another --out, or remove it")
    begun = (folder / state.FILE_NAME).exists()
    if resume and not begun:
        raise ValueError(f"there is nothing to resume in {folder}; leave --resume out to begin")
    if begun and not resume:
        raise ValueError(f"{folder} holds an unfinished training; go on with --resume, or remove it")
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise ValueError(f"{folder} is in the hands of another training that is running") from None
    try:
        yield folder
    finally:
        lock.release()
        for left in (folder, out):
            (left / _LOCK).unlink(missing_ok=True)
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def complete(folder: Path, out: Path) -> None:
    """Turn the partial folder into the run. The training's state goes last: killed between, the run is there."""
    os.rename(folder, out)
    (out / state.FILE_NAME).unlink(missing_ok=True)
