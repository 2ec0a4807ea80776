"""Where runs are, and how they are found. A broken folder is reported, and never stops the rest."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from reprlearn.runs.card import FILE_NAME, RunError
from reprlearn.runs.run import Run

SHIPPED = Path(__file__).resolve().parents[2] / "checkpoints"
PARTIAL_SUFFIX = ".partial"  # of the folder of a run that is still being trained, or was stopped


@dataclass(frozen=True)
class BrokenRun:
    """A folder among the runs that cannot be read as one."""

    path: Path
    name: str
    reason: str


def own_runs() -> Path:
    """The folder new runs go to: `$REPRLEARN_RUNS`, else `runs` in the working directory."""
    return Path(os.environ.get("REPRLEARN_RUNS") or "runs")


def roots() -> tuple[Path, ...]:
    """Folders searched for runs: the shipped ones first."""
    return SHIPPED, own_runs()


def find_runs() -> tuple[list[Run], list[BrokenRun]]:
    """All runs under the roots, and the folders that are none, with the reason. Reads cards only."""
    runs: list[Run] = []
    broken: list[BrokenRun] = []
    names: set[str] = set()
    for root in roots():
        if not root.is_dir():
            continue
        for folder in sorted(entry for entry in root.iterdir() if _is_candidate(entry)):
            try:
                if folder.name.endswith(PARTIAL_SUFFIX):
                    raise RunError(
                        f"{folder.name}: not finished; it is being trained, or goes on with `train --resume`"
                    )
                run = Run(folder)
                if run.name in names:
                    raise RunError(f"{run.name}: a shipped run has this name; rename the folder {folder}")
            except RunError as error:
                broken.append(BrokenRun(folder, folder.name, str(error)))
            else:
                names.add(run.name)
                runs.append(run)
    return runs, broken


def load(name_or_path: str | Path) -> Run:
    """Open a run by its name among the roots, or by its folder; `RunError` says in one line why it cannot be.

    >>> load("no such run")
    Traceback (most recent call last):
    reprlearn.runs.card.RunError: there is no run 'no such run'; `python -m reprlearn list` shows the ones there are
    """
    name = str(name_or_path)
    if name and Path(name).name == name and name not in {".", ".."}:
        for root in roots():
            if os.path.isdir(root / name):  # unlike Path.is_dir, false for a name no file system takes
                return Run(root / name)
    folder = Path(name_or_path)
    if os.path.isfile(folder / FILE_NAME):
        return Run(folder)
    raise RunError(f"there is no run {name[:80]!r}; `python -m reprlearn list` shows the ones there are")


def _is_candidate(entry: Path) -> bool:
    return entry.is_dir() and not entry.name.startswith(".")
