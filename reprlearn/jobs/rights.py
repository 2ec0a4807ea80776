"""What visitors may do here, and how much of it. Everything that changes something asks this first, whatever page it came from."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READONLY, QUEUE, AT_ONCE = "REPRLEARN_READONLY", "REPRLEARN_QUEUE", "REPRLEARN_TRAININGS"
LEAST_FREE_BYTES = 50 << 20
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class JobError(ValueError):
    """What was asked for is refused; the message is one line that says why, and what to do."""


def readonly() -> bool:
    """Whether trainings, uploads and deletes are off: `$REPRLEARN_READONLY` is set, to anything but 0, no or false."""
    return os.environ.get(READONLY, "").strip().lower() not in ("", "0", "no", "false", "off")


def require_writable() -> None:
    """JobError where this dashboard is read-only."""
    if readonly():
        raise JobError(f"trainings, uploads and deletes are off here: this dashboard is read-only ({READONLY})")


def queue_limit() -> int:
    """Trainings that may run or wait together: `$REPRLEARN_QUEUE`, else 8."""
    return _whole(QUEUE, 8)


def n_at_once() -> int:
    """Trainings that run at the same time: `$REPRLEARN_TRAININGS`, else one, which has the machine to itself."""
    return _whole(AT_ONCE, 1)


def _whole(name: str, default: int) -> int:
    try:
        return max(1, int(os.environ.get(name, default)))
    except ValueError:
        return default


def full_disk(folder: Path) -> str | None:
    """What is to be said where the disk of an existing folder is all but full; None where it is not."""
    free = shutil.disk_usage(folder).free
    return (
        None if free >= LEAST_FREE_BYTES else f"the disk is full ({free >> 20} MB are free): make room, and try again"
    )


def require_room(folder: Path) -> None:
    """JobError where the disk of an existing folder is all but full."""
    if (said := full_disk(folder)) is not None:
        raise JobError(said)


@contextmanager
def writing(what: str) -> Iterator[None]:
    """Around writing to the disk: where it is refused, a JobError says so in words."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise JobError(f"the disk is full: {what} was not kept; make room, and try again") from error
        raise JobError(f"{what} could not be written: {error.strerror or error}") from error
