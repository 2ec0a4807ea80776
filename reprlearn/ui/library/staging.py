"""Uploaded files, put on disk once under names of their own, so that the readers of files read them like any others.

The browser's limits are checked again here: a client may send anything.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import streamlit as st

from reprlearn.data.vectors.recognise import MAX_FILES, Source, recognise
from reprlearn.runs import uploads
from reprlearn.ui.text import t
from reprlearn.ui.visitor import visitor

MAX_FILE_MB = 200
"""What `server.maxUploadSize` in .streamlit/config.toml lets through."""
MAX_TOTAL_MB = 2 * MAX_FILE_MB
MAX_NAME_BYTES = 200
KEY = "library_staged"


@dataclass(frozen=True)
class Staged:
    """Files that lie on disk, and what they are; or why they are nothing, in a line."""

    ids: tuple[str, ...]
    folder: Path
    source: Source | None = None
    problem: str = ""


def staged(files: Sequence[Any]) -> Staged:
    """What the uploaded files are together. They are written when they change, not at every rerun."""
    ids = tuple(file.file_id for file in files)
    kept: Staged | None = st.session_state.get(KEY)
    if kept is not None and kept.ids == ids and (kept.folder.is_dir() or kept.problem):
        return kept
    drop()
    folder = uploads.folder_of(visitor()) / ".staged" / secrets.token_hex(8) / "model"
    try:
        found = Staged(ids, folder, recognise(_write(files, folder)))
    except (OSError, ValueError) as error:
        found = Staged(ids, folder, problem=error.strerror or str(error) if isinstance(error, OSError) else str(error))
        _remove(folder)
    st.session_state[KEY] = found
    return found


def drop() -> None:
    """Take the files from the disk again."""
    kept: Staged | None = st.session_state.pop(KEY, None)
    if kept is not None:
        _remove(kept.folder)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder.parent, ignore_errors=True)


def _write(files: Sequence[Any], folder: Path) -> list[Path]:
    """Write the files; ValueError for names and sizes that may not be."""
    if len(files) > MAX_FILES:
        raise ValueError(t("library.too_many", n=len(files), most=MAX_FILES))
    for file in files:
        if file.size > MAX_FILE_MB << 20:
            raise ValueError(t("library.too_large", name=file.name[:80], n=MAX_FILE_MB))
    if sum(file.size for file in files) > MAX_TOTAL_MB << 20:
        raise ValueError(t("library.too_large.all", n=MAX_TOTAL_MB))
    names = [safe_name(file.name) for file in files]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ValueError(t("library.twice", name=twice))
    folder.mkdir(parents=True)
    paths = [folder / name for name in names]
    for file, path in zip(files, paths, strict=True):
        with path.open("xb") as target:
            target.write(file.getbuffer())
    return paths


def safe_name(name: str) -> str:
    """The last part of a file's name as the browser sent it; ValueError for one that no file should have."""
    last = PurePosixPath(name.replace("\\", "/")).name
    if (
        not last
        or last in (".", "..")
        or not last.isprintable()
        or len(last.encode("utf-8", "replace")) > MAX_NAME_BYTES
    ):
        raise ValueError(t("library.bad_name", name=ascii(name[:80])))
    return last
