"""Size and duration of a training before it starts: measured by a process of its own, kept, and asked for without waiting."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reprlearn.cache import write_atomically
from reprlearn.jobs import processes
from reprlearn.jobs.bounds import check_bounds
from reprlearn.jobs.places import LOG, RECIPE, jobs_folder
from reprlearn.jobs.probe import FOUND
from reprlearn.jobs.rights import JobError, require_writable, writing
from reprlearn.recipes import Recipe

MOST_KEPT, MOST_WAITING = 60, 4
_PROCESS = "process.json"


@dataclass(frozen=True)
class Estimate:
    """What is known so far: `pending` while it is measured, `error` in one line where it could not be.

    n_parameters, steps_per_epoch: of the training.  seconds: of all of it, on this machine as busy as it was
    """

    pending: bool = False
    error: str | None = None
    n_parameters: int | None = None
    n_train: int | None = None
    steps_per_epoch: int | None = None
    seconds: float | None = None


def estimate(recipe: Recipe) -> Estimate | None:
    """What was measured of this recipe, or that it is being measured; None where nobody asked for it."""
    folder = _folder(recipe)
    with suppress(OSError, ValueError, TypeError, KeyError):
        found: dict[str, Any] = json.loads((folder / FOUND).read_text(encoding="utf-8"))
        if "error" in found:
            return Estimate(error=str(found["error"]))
        known = found["estimate"]
        return Estimate(
            n_parameters=known["n_parameters"],
            n_train=known["n_train"],
            steps_per_epoch=known["steps_per_epoch"],
            seconds=recipe.fit.epochs * known["seconds_per_epoch"] + known["seconds_besides"],
        )
    if _is_measured(folder):
        return Estimate(pending=True)
    return Estimate(error="the measurement was broken off; ask for it again") if folder.is_dir() else None


def ask(recipe: Recipe) -> None:
    """Have a recipe measured; what was known of it is forgotten. JobError: that is not done here, or it is out of bounds."""
    require_writable()
    check_bounds(recipe)
    folder = _folder(recipe)
    if _is_measured(folder):
        return
    if sum(map(_is_measured, folder.parent.glob("[0-9a-f]*"))) >= MOST_WAITING:
        raise JobError("others are being measured just now: ask again in a moment")
    with writing("the measurement"):
        _forget_old(folder.parent)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FOUND).unlink(missing_ok=True)
        write_atomically(folder / RECIPE, json.dumps(recipe.to_dict()).encode())
        process = processes.start("reprlearn.jobs", "probe", str(folder), log=folder / LOG)
        about = [process.pid, processes.identity(process.pid)]
        write_atomically(folder / _PROCESS, json.dumps(about).encode())


def _folder(recipe: Recipe) -> Path:
    """Seed and epochs leave a step as it is, and so do the names; all else may not."""
    fields = recipe.to_dict()
    fields = {**fields, "name": "", "summary": "", "fit": {**fields["fit"], "seed": 0, "epochs": 0}}
    key = json.dumps([fields, os.cpu_count(), processes.n_cores()], sort_keys=True)
    return jobs_folder() / ".estimates" / hashlib.sha256(key.encode()).hexdigest()[:24]


def _is_measured(folder: Path) -> bool:
    try:
        pid, identity = json.loads((folder / _PROCESS).read_text(encoding="utf-8"))
        return processes.alive(pid, identity)
    except (OSError, ValueError, TypeError):
        return False


def _forget_old(root: Path) -> None:
    with suppress(OSError):
        folders = sorted(root.glob("[0-9a-f]*"), key=lambda folder: -folder.stat().st_mtime)
        for folder in folders[MOST_KEPT:]:
            shutil.rmtree(folder, ignore_errors=True)
