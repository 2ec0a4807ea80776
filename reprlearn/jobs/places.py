"""Where trainings are kept: beside the runs they leave, in folders that are passed over when runs are looked for."""

from __future__ import annotations

import re
from pathlib import Path

from reprlearn.runs import store
from reprlearn.runs.store import PARTIAL_SUFFIX

CHECKOUT = Path(__file__).resolve().parents[2]
RECIPE, LOG, DATA = "recipe.json", "log.txt", "data"


def runs_folder() -> Path:
    """Where new runs go, absolute."""
    return store.own_runs().absolute()


def is_shipped() -> bool:
    """Whether new runs would go among the shipped ones, which nobody may touch."""
    return runs_folder().resolve() == store.SHIPPED.resolve()


def run_folder(name: str) -> Path:
    return runs_folder() / name


def partial_folder(name: str) -> Path:
    """Of a run that is not complete."""
    return runs_folder() / f"{name}{PARTIAL_SUFFIX}"


def jobs_folder() -> Path:
    """A folder for each training, called like its run: what was asked for, how it goes, its log, its data."""
    return runs_folder() / ".jobs"


def without_paths(line: str) -> str:
    """A message about files among the runs with their names alone: where this machine keeps them is nobody's business."""
    return re.sub(rf"{re.escape(str(runs_folder()))}/(?:[^\s:,;']*/)?", "", line)


def uploads_folder() -> Path:
    """What visitors brought and no training needed yet."""
    return runs_folder() / ".uploads"
