"""Publishing a finished run to a root, for everybody who reads that root. A run is there whole, or not at all.

To a folder it goes by a rename. To a URL, where nothing can be renamed, it is uploaded under a hidden name first; the store then
copies it to its place, the card last, and without a card there is no run.
"""

from __future__ import annotations

import shutil
import uuid
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reprlearn.cache import make_readable, new_folder
from reprlearn.runs.card import FILE_NAME
from reprlearn.runs.run import Run
from reprlearn.runs.store import root_of

if TYPE_CHECKING:
    from reprlearn.runs.remote import RemoteRoot


def publish(run: Run, root: str, *, replace: bool = False) -> str:
    """Copy a run to a root, a folder or a URL, under its own name; returns where it is now.

    `ValueError` when a run of this name is there already (and `replace` is not set), when the root cannot be written, or when
    the run holds what nobody should publish: links to other places of this disk.
    """
    target = root_of(root)
    source = run.path  # fetched now, if it has to be
    files = _files(run.name, source)
    if isinstance(target, Path):
        return _to_folder(source, files, target / run.name, replace)
    return _to_url(run.name, source, files, target, replace)


def _files(name: str, source: Path) -> list[str]:
    """Paths of the run's files within its folder, the card last; hidden ones are nobody else's business."""
    found = []
    for path in sorted(source.rglob("*")):
        inner = path.relative_to(source)
        if any(part.startswith(".") for part in inner.parts):
            continue
        if path.is_symlink():
            raise ValueError(f"{name}: {inner} is a link; publish a run whose files are its own")
        if path.is_file():
            found.append(inner.as_posix())
    return sorted(found, key=lambda inner: inner == FILE_NAME)


def _to_folder(source: Path, files: list[str], target: Path, replace: bool) -> str:
    if target.exists() and not replace:
        raise ValueError(_taken(target.name, str(target.parent)))
    with new_folder(target) as folder:
        for inner in files:
            (folder / inner).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / inner, folder / inner)
        make_readable(folder)
    return str(target)


def _to_url(name: str, source: Path, files: list[str], root: RemoteRoot, replace: bool) -> str:
    from reprlearn.runs.listing import check_name, connect, files_of, reason

    for path in (name, *files):
        check_name(path)
    sizes = {inner: (source / inner).stat().st_size for inner in files}
    there: dict[str, int] | None = None
    try:
        filesystem, base = connect(root.url)
        place = f"{base}/{name}"
        before = {file.path for file in files_of(filesystem, place)}
        if replace or FILE_NAME not in before:
            _upload(filesystem, source, files, place, before)
            there = {file.path: file.n_bytes for file in files_of(filesystem, place)}
    except Exception as error:  # every driver has errors of its own
        raise ValueError(f"{name} cannot be published to {root}: {reason(error, root.url)}") from None
    finally:
        root.expire()
    if there is None:
        raise ValueError(_taken(name, str(root)))
    if there != sizes:
        raise ValueError(f"{name}: somebody else published it to {root} meanwhile; publish it again with --replace")
    return f"{root}/{name}"


def _upload(filesystem: Any, source: Path, files: list[str], place: str, before: set[str]) -> None:
    """Put the files where they belong, in place of those that were there `before`."""
    parent, _, name = place.rpartition("/")
    hidden = f"{parent}/.{name}.{uuid.uuid4().hex[:12]}"
    try:
        filesystem.put([str(source / inner) for inner in files], [f"{hidden}/{inner}" for inner in files])
        if FILE_NAME in before:  # from here on there is no run of this name, until there is the new one
            filesystem.rm_file(f"{place}/{FILE_NAME}")
        for inner in before - {FILE_NAME, *files}:
            filesystem.rm_file(f"{place}/{inner}")
        for folder in sorted({f"{place}/{inner}".rpartition("/")[0] for inner in files}):
            filesystem.makedirs(folder, exist_ok=True)
        others = [inner for inner in files if inner != FILE_NAME]
        filesystem.copy([f"{hidden}/{inner}" for inner in others], [f"{place}/{inner}" for inner in others])
        filesystem.cp_file(f"{hidden}/{FILE_NAME}", f"{place}/{FILE_NAME}")
    finally:
        with suppress(Exception):  # what is left is hidden, and what went wrong is being said already
            filesystem.rm(hidden, recursive=True)


def _taken(name: str, root: str) -> str:
    return f"{root} has a run {name!r} already; rename yours, or take its place with --replace"
