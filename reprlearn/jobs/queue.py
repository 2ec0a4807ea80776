"""Trainings are asked for, stopped, resumed and deleted here. Whatever is refused is a JobError, one line."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from reprlearn.cache import write_atomically
from reprlearn.jobs import processes
from reprlearn.jobs.bounds import check_bounds
from reprlearn.jobs.job import ACTIVE, FILE_NAME, Job, folder_of, locked, write
from reprlearn.jobs.looking import read, read_all
from reprlearn.jobs.names import check_name
from reprlearn.jobs.places import DATA, RECIPE, is_shipped, jobs_folder, partial_folder, run_folder
from reprlearn.jobs.rights import JobError, queue_limit, require_room, require_writable, writing
from reprlearn.jobs.workers import tend
from reprlearn.recipes import Recipe
from reprlearn.runs import store

if TYPE_CHECKING:
    from reprlearn.jobs.uploads import Upload


def submit(recipe: Recipe, name: str, *, upload: Upload | None = None, maps: bool = True) -> Job:
    """Put a training into the queue, which starts it as soon as it is its turn.

    name:    of the run it leaves.  upload: the data the recipe was given with `Upload.in_recipe`; they stay with the training.
    maps:    compute the run's maps when it is complete
    """
    require_writable()
    check_bounds(recipe)
    data = recipe.data
    if (getattr(data, "folder", None) or getattr(data, "table", None)) and upload is None:
        raise JobError("data of one's own come as an upload, not as a path of this machine")
    if is_shipped():
        raise JobError("$REPRLEARN_RUNS names the folder of the shipped runs, which stays as it is: name another one")
    with writing(f"the training {name}"), locked():
        require_room(jobs_folder())
        _require_place()
        check_name(name)
        now = time.time()
        folder = jobs_folder() / name
        with tempfile.TemporaryDirectory(dir=jobs_folder(), prefix=".new.") as place:
            new = Path(place) / "job"
            new.mkdir()
            if upload is not None:
                recipe = upload.in_recipe(recipe, _keep(upload.data, new / DATA, folder / DATA))
            job = Job(
                name=name, status="queued", recipe=recipe.to_dict(), data=upload.name if upload else None, maps=maps,
                created=now, queued=now,
            )  # fmt: skip
            write_atomically(new / RECIPE, json.dumps(job.recipe, indent=1).encode())
            write_atomically(new / FILE_NAME, job.model_dump_json(indent=1).encode())
            os.rename(new, folder)
    tend()
    return job


def stop(name: str, *, at_once: bool = False) -> None:
    """Stop a training: with everything saved at its next step, or at once, back to where it was last saved."""
    require_writable()
    with writing(f"the stop of {name}"), locked():
        job = read(name)
        if job.status == "queued":
            write(job.but(status="stopped", ended=time.time()))
        elif job.status in ("running", "mapping"):
            write(job.but(stopping=True))
            processes.end(job.pid, job.process, at_once=at_once or job.status == "mapping")
        else:
            raise JobError(f"{name} is not running")


def resume(name: str) -> None:
    """Put a training that was stopped, or failed, into the queue again; it goes on from where it was saved."""
    require_writable()
    with writing(f"the training {name}"), locked():
        job = read(name)
        if not job.can_resume:
            raise JobError(f"{name} is {job.status}: only what was stopped, or failed, can go on")
        require_room(jobs_folder())
        _require_place()
        write(job.but(status="queued", queued=time.time(), ended=None, stopping=False, reason=None))
    tend()


def delete(name: str) -> None:
    """Delete a training with its run, its log and the data that came with it. Not while it runs, and no shipped run."""
    require_writable()
    with writing(f"the deletion of {name}"), locked():
        folder = folder_of(name)
        if _status(name) in ("running", "mapping"):
            raise JobError(f"{name} is running: stop it first")
        if is_shipped() or run_folder(name).resolve().parent == store.SHIPPED.resolve():
            raise JobError(f"{name} comes with the project: shipped runs cannot be deleted")
        # The run first: what is left of a deletion that breaks off can be deleted again.
        for place in (run_folder(name), partial_folder(name), folder):
            _remove(place)


def _status(name: str) -> str | None:
    """None for a training whose file is broken, which can be deleted all the same."""
    try:
        return read(name).status
    except JobError:
        return None


def _require_place() -> None:
    waiting = [job for job in read_all()[0] if job.status in ACTIVE]
    if len(waiting) >= queue_limit():
        raise JobError(f"the queue is full: {len(waiting)} trainings run or wait; stop one, or wait until one is done")


def _keep(source: Path, place: Path, final: Path) -> Path:
    """Put a file or folder of data into `place`; returns where it will be once that has become `final`."""
    place.mkdir()
    if source.is_dir():
        shutil.copytree(source, place / source.name, copy_function=_link)
    else:
        _link(source, place / source.name)
    return final / source.name


def _link(source: str | Path, target: str | Path) -> None:
    """The same file under a second name, where the file system can; else a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _remove(folder: Path) -> None:
    """Remove a folder, out of sight first, so that nobody finds half of it."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".deleted."))
        os.rename(folder, aside / "it")
        shutil.rmtree(aside, ignore_errors=True)
