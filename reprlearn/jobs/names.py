"""Names of runs: what a visitor may type, and what stands there by default."""

from __future__ import annotations

import hashlib
import json
import re

from reprlearn.jobs.places import jobs_folder
from reprlearn.jobs.rights import JobError
from reprlearn.recipes import Recipe
from reprlearn.runs.store import PARTIAL_SUFFIX, taken_names

MOST_CHARACTERS = 60
_NAME = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{MOST_CHARACTERS - 1}}}")
# Names that one system or another keeps for its devices, with any ending.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{i}" for port in ("com", "lpt") for i in range(10))}


def check_name(name: str) -> str:
    """The name itself. JobError: it cannot be a run's, or there is such a run or training already."""
    shown = repr(name[: MOST_CHARACTERS + 20])
    if not _NAME.fullmatch(name):
        raise JobError(
            f"{shown} cannot be a run's name: up to {MOST_CHARACTERS} letters (a to z), digits, '-', '_' and '.', and a"
            " letter or digit first"
        )
    if name.endswith(".") or name.lower().endswith((PARTIAL_SUFFIX, ".lock")) or name.lower().split(".")[0] in _DEVICES:
        raise JobError(f"{shown} cannot be a run's name: systems keep such names for themselves; choose another")
    if name.lower() in _taken():
        raise JobError(f"there is a run or a training called {shown} already; choose another name")
    return name


def default_name(recipe: Recipe) -> str:
    """A free name for a training of this recipe: its own name, the seed, and a short hash of everything in it."""
    fields = {key: value for key, value in recipe.to_dict().items() if key not in ("name", "summary")}
    digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:4]
    name = f"{recipe.name[:40]}-s{recipe.fit.seed}-{digest}"
    taken = _taken()
    return next(each for each in (name, *(f"{name}-{i}" for i in range(2, 10_000))) if each.lower() not in taken)


def _taken() -> set[str]:
    """Names of all runs, finished or not, and of all trainings, in lower case."""
    folder = jobs_folder()
    trainings = {entry.name.lower() for entry in folder.iterdir()} if folder.is_dir() else set()
    return taken_names() | trainings
