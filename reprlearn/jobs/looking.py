"""How trainings are doing, told from what is on disk: also of those whose process died without saying so."""

from __future__ import annotations

import shutil
from contextlib import suppress

from reprlearn.jobs.job import Job, read_raw
from reprlearn.jobs.places import jobs_folder, partial_folder, run_folder, without_paths
from reprlearn.jobs.rights import LEAST_FREE_BYTES, JobError
from reprlearn.runs.card import FILE_NAME as CARD

STATE = "state.safetensors"  # of a training that can go on
STARTED = "-- started"  # begins the line of the log that each start writes
LOG_BYTES = 64_000  # of a log's end are read


def read(name: str) -> Job:
    """The job of this name as it stands now. JobError: there is none, or it is broken."""
    job = read_raw(name)
    gone = job.status in ("running", "mapping") and not job.is_alive
    return outcome(job) if gone else job


def read_all(*, settled: bool = True) -> tuple[list[Job], list[str]]:
    """All jobs, the latest asked for first, and the names of those that cannot be read.

    settled: as `read` tells them; else as they were last written, running where nobody wrote down that they ended
    """
    jobs, broken = [], []
    folder = jobs_folder()
    with suppress(FileNotFoundError):
        for entry in sorted(folder.iterdir()):
            if entry.name.startswith(".") or not entry.is_dir():
                continue
            try:
                jobs.append((read if settled else read_raw)(entry.name))
            except JobError:
                broken.append(entry.name)
    return sorted(jobs, key=lambda job: -job.queued), broken


def outcome(job: Job, status: int | None = None) -> Job:
    """What became of a job whose process is gone, from what it left; `status` is its exit status, where that is known."""
    ended = {"pid": None, "process": None, "stopping": False, "ended": job.ended or _last_word(job)}
    if (run_folder(job.name) / CARD).is_file():
        return job.but(status="done", reason=None, **ended)
    reason = _error_of(job)
    if reason is None and (job.stopping or status == 130):
        return job.but(status="stopped", reason=None if job.stopping else "it was stopped from outside", **ended)
    return job.but(status="failed", reason=reason or _guess(job, status), **ended)


def _last_word(job: Job) -> float | None:
    with suppress(OSError):
        return job.log.stat().st_mtime
    return job.started


def log_lines(job: Job, n: int = 200) -> list[str]:
    """The last lines of the log; none where there is no log yet."""
    try:
        with job.log.open("rb") as file:
            file.seek(max(0, job.log.stat().st_size - LOG_BYTES))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return []
    return [line.rstrip() for line in text.splitlines() if line.strip()][-n:]


def _error_of(job: Job) -> str | None:
    """The line by which the command said what was wrong, since it was last started; without the paths of this machine."""
    found = None
    for line in log_lines(job):
        if line.startswith(STARTED):
            found = None
        elif line.startswith("error: "):
            found = line.removeprefix("error: ")
    return None if found is None else without_paths(found)


def _guess(job: Job, status: int | None) -> str:
    """Why a process that said nothing ended."""
    last = next((line for line in reversed(log_lines(job)) if not line.startswith(STARTED)), "")
    saved = (partial_folder(job.name) / STATE).exists()
    goes_on = "; it goes on from where it was saved" if saved else ""
    if shutil.disk_usage(job.folder).free < LEAST_FREE_BYTES:
        return f"the disk is full: make room{goes_on}"
    if status in (-9, None):
        cause = "killed, perhaps for want of memory" if status else "killed, or the machine was started anew"
        return f"its process was {cause}{goes_on}"
    return f"its process ended with status {status}: {last[:300]}{goes_on}"
