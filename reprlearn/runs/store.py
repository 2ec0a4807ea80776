"""Where runs are, and how they are found. What is broken, or out of reach, is reported and never stops the rest.

Runs are found in the shipped folder, then under the roots that `$REPRLEARN_RUNS` names, then under `runs` in the working
directory where it names no local folder. A root is a folder (`/data/runs`, `file:///data/runs`) or any URL that fsspec can
read (`s3://bucket/prefix`); several stand between vertical bars, which no URL may contain.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from reprlearn.runs.card import FILE_NAME, RunError
from reprlearn.runs.run import Run

if TYPE_CHECKING:
    from reprlearn.runs.remote import RemoteRoot

SHIPPED = Path(__file__).resolve().parents[2] / "checkpoints"
PARTIAL_SUFFIX = ".partial"  # of the folder of a run that is still being trained, or was stopped
VARIABLE, SEPARATOR = "REPRLEARN_RUNS", "|"


@dataclass(frozen=True)
class BrokenRun:
    """A folder among the runs that cannot be read as one (`path`: where it is on this disk), or a root out of reach."""

    path: Path | None
    name: str
    reason: str
    is_root: bool = False


def own_runs() -> Path:
    """The folder new runs go to: the first local one that `$REPRLEARN_RUNS` names, else `runs` in the working directory."""
    return next((root for root in _named_roots() if isinstance(root, Path)), Path("runs"))


def roots() -> tuple[Path | RemoteRoot, ...]:
    """Roots searched for runs: the shipped ones first. Where two have a run of one name, the first root wins."""
    found: dict[object, Path | RemoteRoot] = {}
    for root in (SHIPPED, *_named_roots(), own_runs()):
        found.setdefault(root.resolve() if isinstance(root, Path) else root, root)
    return tuple(found.values())


def root_of(text: str) -> Path | RemoteRoot:
    """The root that a folder or URL names. Only a URL that is not of this disk loads fsspec."""
    if "://" not in text:
        return Path(text).expanduser()
    parts = urlsplit(text)
    if parts.scheme in ("file", "local") and "::" not in text:
        from urllib.request import url2pathname  # brings http and ssl along, which a start does without

        return Path(url2pathname(unquote(parts.netloc.removeprefix("localhost") + parts.path)))
    from reprlearn.runs.remote import remote_root

    bare = text.rstrip("/")
    return remote_root(f"{bare}//" if bare.endswith(":") else bare)


def find_runs() -> tuple[list[Run], list[BrokenRun]]:
    """All runs under the roots, and what is none or cannot be reached, with the reason. Reads cards only."""
    runs: list[Run] = []
    broken: list[BrokenRun] = []
    owner: dict[str, Path | RemoteRoot] = {}
    for root in _begun(roots()):
        for name, opened, path in _entries(root):
            if isinstance(opened, RunError):
                broken.append(BrokenRun(path, name, str(opened)))
            elif name in owner:
                first = "a shipped run" if owner[name] == SHIPPED else f"a run in {owner[name]}"
                clash = f"{name}: {first} has this name and is shown; rename the one in {root}"
                broken.append(BrokenRun(path, name, clash))
            else:
                owner[name] = root
                runs.append(opened)
        if problem := _problem(root):
            broken.append(BrokenRun(None, str(root), problem, is_root=True))
    return runs, broken


def state(watch: Callable[[Path], Hashable]) -> tuple[Hashable, ...]:
    """Another value whenever `find_runs` may answer otherwise.

    watch: what changes with a local run, asked of its folder
    """
    return tuple(
        (_problem(root), *(watch(folder) for folder in _folders(root)))
        if isinstance(root, Path)
        else (str(root), root.look().state)
        for root in _begun(roots())
    )


def load(name_or_path: str | Path) -> Run:
    """Open a run by its name among the roots, or by its folder or URL; `RunError` says in one line why it cannot be.

    >>> load("no such run")
    Traceback (most recent call last):
    reprlearn.runs.card.RunError: there is no run 'no such run'; `python -m reprlearn list` shows the ones there are
    """
    name = str(name_or_path)
    problems = []
    if name and Path(name).name == name and name not in {".", ".."}:
        for root in roots():
            if isinstance(root, Path):
                if os.path.isdir(root / name):  # unlike Path.is_dir, false for a name no file system takes
                    return Run(root / name)
            elif run := root.run(name):
                return run
            elif problem := root.look().problem:
                problems.append(f"; {problem}")
    if "://" in name:
        from reprlearn.runs.remote import open_url

        where = root_of(name)
        found = Run(where) if isinstance(where, Path) else open_url(name)
        if found:
            return found
    elif os.path.isfile(Path(name_or_path) / FILE_NAME):
        return Run(Path(name_or_path))
    raise RunError(
        f"there is no run {name[:80]!r}; `python -m reprlearn list` shows the ones there are{''.join(problems)}"
    )


def taken_names() -> set[str]:
    """Names of all that lies under the roots, finished runs or not, in lower case: some file systems know no other."""
    names: set[str] = set()
    for root in _begun(roots()):
        found = [entry.name for entry in _folders(root)] if isinstance(root, Path) else root.look().found
        names.update(name.lower().removesuffix(PARTIAL_SUFFIX) for name in found)
    return names


def is_taken(name: str) -> bool:
    """Whether a new run of this name would hide another, or be hidden."""
    return name.lower() in taken_names()


def _named_roots() -> list[Path | RemoteRoot]:
    named = (text.strip() for text in os.environ.get(VARIABLE, "").split(SEPARATOR))
    return [root_of(text) for text in named if text]


def _begun(found: tuple[Path | RemoteRoot, ...]) -> tuple[Path | RemoteRoot, ...]:
    """The roots, the remote ones all being looked at by now: each takes its time, and none the time of the others."""
    for root in found:
        if not isinstance(root, Path):
            root.begin()
    return found


def _entries(root: Path | RemoteRoot) -> list[tuple[str, Run | RunError, Path | None]]:
    """The folders of a root: name, the run or the reason why it is none, and where it is on this disk."""
    if isinstance(root, Path):
        return [(folder.name, _opened(partial(_open, folder)), folder) for folder in _folders(root)]
    return [(name, _opened(partial(root.open, found)), None) for name, found in root.look().found.items()]


def _opened(opening: Callable[[], Run]) -> Run | RunError:
    try:
        return opening()
    except RunError as error:
        return error


def _open(folder: Path) -> Run:
    if folder.name.endswith(PARTIAL_SUFFIX):
        raise RunError(f"{folder.name}: not finished; it is being trained, or goes on with `train --resume`")
    return Run(folder)


def _folders(root: Path) -> list[Path]:
    """Folders of a local root that may be runs; none where it cannot be read."""
    try:
        return sorted(entry for entry in root.iterdir() if entry.is_dir() and not entry.name.startswith("."))
    except OSError:
        return []


def _problem(root: Path | RemoteRoot) -> str:
    """Why a root is out of reach, on one line; empty where it is not. A folder that is not there yet is no problem."""
    if not isinstance(root, Path):
        return root.look().problem
    try:
        with os.scandir(root):
            return ""
    except FileNotFoundError:
        return ""
    except OSError as error:
        return f"{root}: it cannot be read ({error.strerror or error})"
