"""A training as it is kept on disk: one JSON file, replaced whole, which servers, tabs and workers share."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict

from reprlearn.cache import write_atomically
from reprlearn.jobs import processes
from reprlearn.jobs.places import LOG, jobs_folder
from reprlearn.jobs.rights import JobError

FILE_NAME = "job.json"
LOCK, LOCK_SECONDS = ".lock", 20.0

Status = Literal["queued", "running", "mapping", "done", "stopped", "failed"]
ACTIVE: tuple[Status, ...] = ("queued", "running", "mapping")


class Job(BaseModel):
    """What was asked for, and how it goes. Times are Unix times.

    mapping:        the run is complete, its maps are being made
    data:           what the visitor called the data they brought; None for a corpus that comes with the project
    pid, process:   of the training, and its `processes.identity`
    slot:           which of the trainings that run at the same time it is
    stopping:       somebody asked for it to stop
    reason:         why it failed, or stopped by itself, in one line
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    status: Status
    recipe: dict[str, Any]
    data: str | None = None
    maps: bool = True
    created: float
    queued: float
    started: float | None = None
    ended: float | None = None
    pid: int | None = None
    process: str | None = None
    slot: int = 0
    stopping: bool = False
    reason: str | None = None

    @property
    def folder(self) -> Path:
        return jobs_folder() / self.name

    @property
    def log(self) -> Path:
        return self.folder / LOG

    @property
    def is_alive(self) -> bool:
        return processes.alive(self.pid, self.process)

    @property
    def can_resume(self) -> bool:
        return self.status in ("stopped", "failed")

    def but(self, **fields: Any) -> Job:
        """The same with other fields, for `write`."""
        return self.model_copy(update=fields)


def write(job: Job) -> Job:
    """Keep a job; whoever reads sees the old one or this one."""
    write_atomically(job.folder / FILE_NAME, (job.model_dump_json(indent=1) + "\n").encode())
    return job


def folder_of(name: str) -> Path:
    """The folder of the job of this name, whatever is in it. JobError: there is none, or that is no name."""
    folder = jobs_folder() / name
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name) or not folder.is_dir():
        raise JobError(f"there is no training called {name[:80]!r}")
    return folder


def read_raw(name: str) -> Job:
    """The job of this name as it was last written. JobError: there is none, or it is broken."""
    folder = folder_of(name)
    try:
        job = Job.model_validate(json.loads((folder / FILE_NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError):  # pydantic's errors are ValueErrors
        raise JobError(f"{name}: its {FILE_NAME} cannot be read; delete the training") from None
    if job.name != name:
        raise JobError(f"{name}: its {FILE_NAME} is that of {job.name[:80]!r}; delete the training")
    return job


@contextmanager
def locked() -> Iterator[None]:
    """Alone among all servers, tabs and workers on these runs; for moments only. JobError where others take too long."""
    folder = jobs_folder()
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=LOCK_SECONDS)
    except Timeout:
        raise JobError("the trainings are being changed by somebody else: try again in a moment") from None
    try:
        yield
    finally:
        lock.release()
