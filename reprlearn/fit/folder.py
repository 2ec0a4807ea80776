"""The folder of a run while it is being made: complete or not there at all."""

from __future__ import annotations

import os
from pathlib import Path

from reprlearn.fit import state
from reprlearn.runs.store import PARTIAL_SUFFIX


def claim(out: Path, resume: bool, *, main: bool) -> Path:
    """The partial folder for a run to be left in `out`; `ValueError` when that would overwrite something."""
    folder = out.with_name(out.name + PARTIAL_SUFFIX)
    if out.exists():
        raise ValueError(f"{out} exists already; choose another --out, or remove it")
    if main:
        if (folder / state.FILE_NAME).exists() and not resume:
            raise ValueError(f"{folder} holds an unfinished training; go on with --resume, or remove it")
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def complete(folder: Path, out: Path) -> None:
    """Turn the partial folder into the run. The training's state goes last: killed between, the run is there."""
    os.rename(folder, out)
    (out / state.FILE_NAME).unlink(missing_ok=True)
