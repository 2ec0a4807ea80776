"""Where computed things are kept between runs of the program, and how files get there whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def cache_folder(name: str) -> Path:
    """The folder `name` in the user's cache, not created: ``$REPRLEARN_CACHE``, else the platform's usual place."""
    root = os.environ.get("REPRLEARN_CACHE")
    if root:
        return Path(root).expanduser() / name
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "reprlearn" / name


def write_atomically(path: Path, content: bytes) -> None:
    """Write `content` to `path`; a reader sees the old file or the new one, never a part."""
    with whole_file(path) as temporary:
        temporary.write_bytes(content)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a temporary file that becomes `path` when the block ends well, readable for whoever new files are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        make_readable(temporary)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def make_readable(path: Path) -> None:
    """Give a file or folder the permissions of any new one; temporary ones are made for their owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod((0o777 if path.is_dir() else 0o666) & ~mask)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Yield a temporary folder that becomes `path` when the block ends well, in place of whatever stood there.

    When two processes make the same folder, the one that comes last gives way, and its work is thrown away.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    try:
        yield temporary
        if path.exists():
            # A folder cannot replace a folder that is not empty: put the old one aside under a name of its own first.
            old = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
            try:
                os.replace(path, old / "old")
            finally:
                shutil.rmtree(old, ignore_errors=True)
        try:
            os.replace(temporary, path)
        except OSError:
            if not path.is_dir():
                raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
