"""What visitors bring: a text, or a table of events. Kept by its content, found by whoever holds its key, needed or swept away.

A key is OWNER.HASH: the owner is a number drawn for each visitor, which only their own pages (and the links they share) name, the
hash that of the content. An upload is written whole or not at all. A training takes the data along, so that its run can be scored
for as long as it is there; what no training needed is removed after `DAYS`.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reprlearn.cache import new_folder
from reprlearn.data.config import DataError, TextData
from reprlearn.data.event_config import EventData
from reprlearn.data.folders import SPLITS, lines_of, text_of
from reprlearn.data.paragraphs import paragraphs, split_paragraphs
from reprlearn.jobs.places import DATA, uploads_folder
from reprlearn.jobs.rights import JobError, require_room, require_writable, writing
from reprlearn.jobs.tables import described
from reprlearn.jobs.zips import texts_of
from reprlearn.recipes import Recipe

MOST_BYTES = 20 << 20
MOST_STORED_BYTES, DAYS = 1 << 30, 3
TEXT_ENDINGS, TABLE_ENDINGS = ("txt", "zip"), ("csv", "parquet")
_KEY = re.compile(r"([0-9a-f]{16})\.([0-9a-f]{32})")
_FILE = "upload.json"
_SHOWN_LINES, _SHOWN_CHARACTERS = 3, 300


@dataclass(frozen=True)
class Upload:
    """Data somebody brought.

    name:       of the file, as it was sent; to be escaped wherever it is shown
    data:       the folder of text, or the table
    text:       of a text, {"split" (whether it was split here), "sizes": {split: {"paragraphs", "words"}}, "first": [first lines]}
    table:      of a table, what `describe_table` says of it
    """

    key: str
    name: str
    data: Path
    text: dict[str, Any] | None = None
    table: dict[str, Any] | None = None

    def in_recipe(self, recipe: Recipe, place: Path | None = None) -> Recipe:
        """The recipe on these data (moved to `place`), of its own kind; the columns of a table are named already."""
        where = place or self.data
        if isinstance(recipe.data, EventData) and self.table is not None:
            return replace(recipe, data=replace(recipe.data, table=where))
        if isinstance(recipe.data, TextData) and self.text is not None:
            return replace(recipe, data=replace(recipe.data, folder=where))
        raise JobError(f"{recipe.name} is trained on {recipe.data.kind}, and {self.name} holds none")


def new_owner() -> str:
    """A number for a visitor whose uploads shall be found again by nobody else."""
    return secrets.token_hex(8)


def receive(owner: str, name: str, content: bytes) -> Upload:
    """Take in a file. JobError, one line: what it is, or is called, cannot be used."""
    require_writable()
    ending = _check(name, content)
    key = f"{owner}.{hashlib.sha256(content).hexdigest()[:32]}"
    with suppress(JobError):
        return find(key)
    folder = _folder(key)
    uploads_folder().mkdir(parents=True, exist_ok=True)
    sweep()
    require_room(uploads_folder())
    with writing(name), new_folder(folder) as made:
        place = made / DATA / safe_name(name, keep_ending=ending in TABLE_ENDINGS)
        place.parent.mkdir()
        if ending in TABLE_ENDINGS:
            place.write_bytes(content)
            about = {"table": described(place)}
        else:
            place.mkdir()
            about = {"text": _keep_text(place, name, content, zipped=ending == "zip")}
        about |= {"name": name, "place": place.name}
        (made / _FILE).write_text(json.dumps(about), encoding="utf-8")
    return find(key)


def find(key: str) -> Upload:
    """The upload of this key. JobError: there is none (any more)."""
    try:
        folder = _folder(key)
        about = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        place = about.pop("place")
        return Upload(key=key, data=folder / DATA / place, **about)
    except (OSError, ValueError, TypeError, KeyError):
        raise JobError("that upload is not here (any more): send the file again") from None


def forget(key: str) -> None:
    """Remove an upload; trainings keep the data they took along."""
    require_writable()
    shutil.rmtree(_folder(key), ignore_errors=True)


def sweep() -> None:
    """Remove uploads that no training needed for `DAYS`, and where they still take too much room, refuse more: JobError."""
    total = 0
    for folder in uploads_folder().glob("*/*"):
        with suppress(OSError):
            size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
            if time.time() - folder.stat().st_mtime > DAYS * 86_400:
                shutil.rmtree(folder)
            else:
                total += size
    if total > MOST_STORED_BYTES:
        raise JobError("the room for uploads is full for now: remove one of yours, or try again tomorrow")


def safe_name(name: str, *, keep_ending: bool) -> str:
    """A name for the file system that reminds of a file's own: letters, digits, '-' and '_'."""
    stem, _, ending = name.rpartition(".")
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-")[:40].lower() or "data"
    return f"{stem}.{ending.lower()}" if keep_ending else stem


def _folder(key: str) -> Path:
    found = _KEY.fullmatch(key)
    if found is None:
        raise JobError("that upload is not here (any more): send the file again")
    return uploads_folder() / found[1] / found[2]


def _check(name: str, content: bytes) -> str:
    """The ending of a file that may be taken in."""
    shown = repr(name[:80])
    if len(name) > 150 or re.search(r"[/\\\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", name):
        raise JobError(f"a file called {shown} is not taken: rename it to letters, digits, '-' and '_', 150 at most")
    ending = name.rpartition(".")[2].lower()
    if "." not in name or ending not in (*TEXT_ENDINGS, *TABLE_ENDINGS):
        raise JobError(f"{shown} is none of {', '.join('.' + each for each in (*TEXT_ENDINGS, *TABLE_ENDINGS))}")
    if len(content) > MOST_BYTES:
        raise JobError(f"{shown} has {len(content) / 2**20:.1f} MB; {MOST_BYTES >> 20} MB are the most that are taken")
    if not content.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise JobError(f"{shown} is empty: did it get cut off on the way?")
    return ending


def _keep_text(folder: Path, name: str, content: bytes, *, zipped: bool) -> dict[str, Any]:
    """Write train.txt, valid.txt and test.txt, one paragraph a line; returns what is to be said of them."""
    try:
        if zipped:
            files = {split: part for split, part in texts_of(content, name).items()}
            texts = {split: [line for _, line in lines_of(Path(f"{split}.txt"), part)] for split, part in files.items()}
        else:
            texts = split_paragraphs(paragraphs(text_of(Path(name), content)), name)
    except DataError as error:
        raise JobError(f"{name}: {error}" if zipped else str(error)) from None
    for split, lines in texts.items():
        (folder / f"{split}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sizes = {
        split: {"paragraphs": len(texts[split]), "words": sum(len(line.split()) for line in texts[split])}
        for split in SPLITS
        if split in texts
    }
    first = [line[:_SHOWN_CHARACTERS] for line in texts["train"][:_SHOWN_LINES]]
    return {"split": not zipped, "sizes": sizes, "first": first}
