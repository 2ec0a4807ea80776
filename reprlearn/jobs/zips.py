"""A zip of train.txt, valid.txt and perhaps test.txt, opened without trusting a word of it.

No name in the archive becomes a path: the three texts are taken out by what their last part says, and everything else is
refused. Sizes are counted while unpacking, whatever the archive claims.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib

from reprlearn.data.folders import SPLITS
from reprlearn.jobs.rights import JobError

MOST_ENTRIES = 50
MOST_UNPACKED_BYTES = 80 << 20
_WANTED = {f"{split}.txt": split for split in SPLITS}
_IGNORED = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")
_CHUNK = 1 << 20


def texts_of(content: bytes, name: str) -> dict[str, bytes]:
    """{split: content of its file}. JobError, about the zip of this name: broken, hostile, or something else in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = _entries(archive, name)
            texts: dict[str, bytes] = {}
            for split, entry in entries.items():
                room = MOST_UNPACKED_BYTES - sum(map(len, texts.values()))
                texts[split] = _unpack(archive, entry, room, name)
            return texts
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OverflowError, OSError) as error:
        if isinstance(error, JobError):
            raise
        raise JobError(f"{name} is no sound zip: broken, or cut off on the way; send it again") from None
    except (NotImplementedError, RuntimeError):
        raise JobError(f"{name} is packed in a way that is not read here: zip it anew, without a password") from None


def _entries(archive: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    """{split: its entry}, in the order of the splits."""
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES:
        raise JobError(f"{name} holds {len(infos):,} files; expected are train.txt, valid.txt and perhaps test.txt")
    found: dict[str, zipfile.ZipInfo] = {}
    folders = set()
    for info in infos:
        path = info.filename
        shown = repr(path[:80])
        parts = path.split("/")
        if "\\" in path or "\0" in path or path.startswith("/") or ":" in path or ".." in parts:
            raise JobError(f"{name} holds {shown}, which points out of the zip: it is not opened")
        if info.is_dir() or any(part.lower().startswith(_IGNORED) for part in parts):
            continue
        if stat.S_ISLNK(info.external_attr >> 16):
            raise JobError(f"{name} holds a link, {shown}: it is not followed; put the text itself into the zip")
        split = _WANTED.get(parts[-1].lower())
        if split is None:
            raise JobError(
                f"{name} holds {shown}; expected are train.txt, valid.txt and perhaps test.txt, and nothing else"
            )
        if split in found:
            raise JobError(f"{name} holds {parts[-1]} twice: which of them is meant?")
        found[split] = info
        folders.add("/".join(parts[:-1]))
    for split in SPLITS[:2]:
        if split not in found:
            raise JobError(f"{name} has no {split}.txt; expected are train.txt, valid.txt and perhaps test.txt")
    if len(folders) > 1:
        raise JobError(f"the files of {name} lie in several folders: put train.txt and valid.txt side by side")
    return {split: found[split] for split in SPLITS if split in found}


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int, name: str) -> bytes:
    content = bytearray()
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            content += chunk
            if len(content) > room:
                raise JobError(
                    f"{name} unpacks to more than {MOST_UNPACKED_BYTES >> 20} MB, which is the most that is taken here"
                )
    return bytes(content)
