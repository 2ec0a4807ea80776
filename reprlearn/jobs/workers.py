"""Workers: processes that take trainings from the queue, one after another, whether or not a server or a browser is there.

A worker holds the lock of its slot for as long as it lives, and the system releases it with the worker's death; so there is never
a second one, however many servers and tabs ask for it. It ends when nothing waits. What it started goes on without it, and the
next worker of the slot waits for that before it starts anything of its own.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import datetime

from filelock import FileLock, Timeout

from reprlearn.jobs import processes
from reprlearn.jobs.job import ACTIVE, Job, locked, read_raw, write
from reprlearn.jobs.looking import STARTED, STATE, outcome, read_all
from reprlearn.jobs.places import RECIPE, jobs_folder, partial_folder, run_folder
from reprlearn.jobs.rights import JobError, n_at_once, readonly

COMMAND = "reprlearn"  # the module that trains
NICENESS = 5  # the dashboard answers first
POLL_SECONDS, RETRY_SECONDS = 0.5, 5.0
STARTING_SECONDS = 15.0  # a worker that was started so lately may not hold its lock yet
_spawned: dict[str, tuple[float, processes.Process]] = {}


def tend() -> None:
    """See to it that whatever waits or runs has a worker. Cheap; servers call it whenever they look at the trainings."""
    if readonly() or not any(job.status in ACTIVE for job in read_all(settled=False)[0]):
        return
    for slot in range(n_at_once()):
        place = _lock_path(slot)
        began, process = _spawned.get(place, (0.0, None))
        starting = process is not None and process.poll() is None and time.monotonic() - began < STARTING_SECONDS
        if not starting and _is_free(slot):
            started = processes.start("reprlearn.jobs", "work", str(slot), log=jobs_folder() / ".workers.log")
            _spawned[place] = time.monotonic(), started


def _lock_path(slot: int) -> str:
    return str(jobs_folder() / f".worker-{slot}.lock")


def _is_free(slot: int) -> bool:
    lock = FileLock(_lock_path(slot))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    lock.release()
    return True


def work(slot: int) -> None:
    """Be the worker of a slot until nothing waits."""
    lock = FileLock(_lock_path(slot))
    try:
        lock.acquire(timeout=2)  # a server that tries the lock holds it for a moment
    except Timeout:
        return
    with suppress(OSError, AttributeError):  # AttributeError: a system without such a thing
        os.setpriority(os.PRIO_PROCESS, 0, max(NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))
    try:
        for job in _running(slot):
            while job.is_alive:
                time.sleep(POLL_SECONDS)
            _settle(job, None)
        while (started := _start_next(slot, lock)) is not None:
            job, process = started
            _settle(job, process.wait())
    finally:
        lock.release()


def _running(slot: int) -> list[Job]:
    """What runs without a worker: in this slot, or in one that there is no longer."""
    running = [job for job in read_all(settled=False)[0] if job.status in ("running", "mapping")]
    return [job for job in running if job.slot == slot or (slot == 0 and job.slot >= n_at_once())]


def _start_next(slot: int, lock: FileLock) -> tuple[Job, processes.Process] | None:
    """Start what has waited longest. Where nothing waits the slot is given up, in the same moment: no one falls between."""
    with locked():
        waiting = [job for job in read_all()[0] if job.status == "queued"]
        if not waiting:
            lock.release()
            return None
        job = min(waiting, key=lambda job: job.queued)
        begun = (partial_folder(job.name) / STATE).exists()
        arguments = [
            "train",
            str(job.folder / RECIPE),
            "--out",
            str(run_folder(job.name)),
            "--progress",
            str(job.folder),
        ]
        return _start(job.but(slot=slot), "running", *arguments, *(["--resume"] if begun else []))


def _start(job: Job, status: str, *arguments: str) -> tuple[Job, processes.Process]:
    """Start a command for a job, and write down that it runs; one that cannot be written down does not run."""
    with job.log.open("a", encoding="utf-8") as log:
        log.write(f"{STARTED} {datetime.now():%Y-%m-%d %H:%M:%S}: {arguments[0]}\n")
    process = processes.start(
        COMMAND, *arguments, log=job.log, variables=processes.environment(n_at_once())
    )  # fmt: skip
    now = time.time() if status == "running" else job.started
    job = job.but(status=status, pid=process.pid, process=processes.identity(process.pid), started=now)
    try:
        write(job)
    except OSError:
        process.kill()
        raise
    return job, process


def _settle(job: Job, status: int | None) -> None:
    """Write down what became of a job, once the disk lets it; where its run is complete, make the run's maps."""
    while True:
        try:
            with locked():
                now = read_raw(job.name)
                if now.status not in ("running", "mapping"):
                    return
                ended = outcome(now, status)
                if ended.status == "done" and now.status == "running" and now.maps:
                    job, process = _start(now, "mapping", "map", str(run_folder(now.name)))
                else:
                    write(ended)
                    return
            status = process.wait()
        except JobError:  # deleted by hand, or its file is broken
            return
        except OSError:
            time.sleep(RETRY_SECONDS)
