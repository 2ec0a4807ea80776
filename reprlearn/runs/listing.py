"""One look at a root behind a URL: which runs are there, in which version, and their cards.

fsspec speaks to the store behind the URL (`s3://bucket/prefix`, `memory://runs`, ...), and is imported when the first URL asks
for it. A listing costs one walk over the root's files and one read for each card that is new.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from reprlearn.runs.card import FILE_NAME, Card, RunError, parse_card
from reprlearn.runs.weights import FILE_NAME as WEIGHTS

MOST_CARD_BYTES = 4 * 2**20
MOST_FILES = 10_000
_SECRET = re.compile(r"(?<=://)[^/@\s]+@")
_QUERY = re.compile(r"\?[^\s\"']*")
# What no file of a run is called: fsspec reads the first ones as patterns, a Windows disk takes none of them.
_UNFIT = re.compile(r'[*?\[\]\\:"<>|\x00-\x1f\x7f]')
# What stores call the version of a file's content, and, where they say nothing of it, of its last writing.
_CONTENT = ("ETag", "etag", "md5", "md5Hash", "checksum", "sha256")
_WRITTEN = ("LastModified", "last_modified", "mtime", "updated", "modified", "created")


@dataclass(frozen=True, order=True)
class RemoteFile:
    """A file of a run: its path within the run's folder, its size, and what tells this content from another."""

    path: str
    n_bytes: int
    version: str


@dataclass(frozen=True)
class Found:
    """A folder with a card in it. Either `card` is set, or `reason` says why this is no run that can be opened."""

    name: str
    folder: str
    files: tuple[RemoteFile, ...]
    card: Card | None
    reason: str = ""

    @cached_property
    def digest(self) -> str:
        """Address of this content, 32 hex digits."""
        return digest(self.folder, self.files)

    @property
    def n_bytes(self) -> int:
        return sum(file.n_bytes for file in self.files)


def connect(url: str) -> tuple[Any, str]:
    """The file system behind a URL, and the path in it. Raises whatever fsspec and the store's driver raise."""
    from fsspec.core import url_to_fs

    filesystem, path = url_to_fs(url)
    return filesystem, path.rstrip("/")


def look(url: str, known: Mapping[str, Found]) -> dict[str, Found]:
    """The folders under `url` that hold a card, by name. Hidden ones, and folders without a card, are no runs: among them
    what is being published this moment. `known`: an earlier look, whose cards are not read again.

    Raises whatever fsspec and the store's driver raise; `reason` puts that into words.
    """
    filesystem, base = connect(url)
    found: dict[str, Found] = {}
    unread: dict[str, str] = {}  # path of a card -> name
    for name, files in _folders(filesystem, base).items():
        folder = f"{base}/{name}"
        if name in known and known[name].card and known[name].files == files:
            found[name] = known[name]
        elif problem := _problem(name, files):
            found[name] = Found(name, folder, files, None, problem)
        else:
            found[name] = Found(name, folder, files, None)
            unread[f"{folder}/{FILE_NAME}"] = name
    cards = filesystem.cat(list(unread), on_error="return") if unread else {}
    for path, name in unread.items():
        found[name] = _with_card(found[name], cards.get(path))
    return found


def digest(folder: str, files: Iterable[RemoteFile]) -> str:
    """Address of the content of a run's folder: a hash of where it is, and the names, sizes and versions of its files."""
    listed = [folder, *((file.path, file.n_bytes, file.version) for file in sorted(files))]
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()[:32]


def files_of(filesystem: Any, folder: str) -> list[RemoteFile]:
    """The files under a folder as they are now, hidden ones left out."""
    filesystem.invalidate_cache()
    files = []
    for path, info in filesystem.find(folder, detail=True).items():
        inner = path.removeprefix(folder).lstrip("/")
        hidden = any(part.startswith(".") and part != ".." for part in inner.split("/"))
        if info["type"] == "file" and inner and not hidden:
            files.append(RemoteFile(inner, int(info["size"] or 0), _version(info)))
    return files


def shown(url: str) -> str:
    """A URL as it may be shown: without the password or key that may stand in it."""
    return _QUERY.sub("", _SECRET.sub("", url))


def reason(error: BaseException, url: str) -> str:
    """Why a store could not be read or written, on one line and without secrets."""
    text = " ".join(str(error).split())[:2000]
    for secret in _SECRET.findall(url):
        text = text.replace(secret, "…@")
    text = _QUERY.sub("", text)
    if isinstance(error, FileNotFoundError):
        return "it does not exist"
    if isinstance(error, PermissionError):
        return f"access is denied ({text[:200] or 'no reason given'})"
    if isinstance(error, TimeoutError):
        return text[:200] or "it does not answer"
    return text[:200] or type(error).__name__


def check_name(name: str) -> None:
    """`RunError` for a name or path that no file of a run may have here: one that could leave its folder, for instance."""
    if _UNFIT.search(name) or len(name) > 250 or any(part in ("", ".", "..") for part in name.split("/")):
        raise RunError(
            f"{name[:80]!r} is no name for a run or a file of it: letters, digits, '-', '_' and '.' are safe"
        )


def _folders(filesystem: Any, base: str) -> dict[str, tuple[RemoteFile, ...]]:
    folders: dict[str, list[RemoteFile]] = defaultdict(list)
    for file in files_of(filesystem, base):
        name, _, inner = file.path.partition("/")
        if inner:
            folders[name].append(RemoteFile(inner, file.n_bytes, file.version))
    with_card = {name: files for name, files in folders.items() if any(file.path == FILE_NAME for file in files)}
    return {name: tuple(sorted(files)) for name, files in sorted(with_card.items())}


def _problem(name: str, files: tuple[RemoteFile, ...]) -> str:
    """What the listing alone says against a folder; empty where nothing does."""
    sizes = {file.path: file.n_bytes for file in files}
    if len(files) > MOST_FILES or sizes[FILE_NAME] > MOST_CARD_BYTES:
        return f"{name}: with {len(files):,} files and a card of {sizes[FILE_NAME]:,} bytes this is not a run"
    try:
        for path in (name, *sizes):
            check_name(path)
    except RunError as error:
        return str(error)
    return "" if WEIGHTS in sizes else f"{name}: {WEIGHTS} is missing"


def _with_card(found: Found, content: bytes | Exception | None) -> Found:
    if not isinstance(content, bytes):
        why = reason(content, found.folder) if content else "it went away"
        return replace(found, reason=f"{found.name}: {FILE_NAME} cannot be read ({why})")
    try:
        return replace(found, card=parse_card(content, found.name))
    except RunError as error:
        return replace(found, reason=str(error))


def _version(info: Mapping[str, Any]) -> str:
    for names in (_CONTENT, _WRITTEN):
        known = [str(info[name]) for name in names if info.get(name) is not None]
        if known:
            return " ".join(known)
    return ""
