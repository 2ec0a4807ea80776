"""The process that measures how large a training is and how long it would take; one at a time, and for so long at most."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from filelock import FileLock, Timeout

from reprlearn.cache import write_atomically
from reprlearn.jobs.places import RECIPE, without_paths
from reprlearn.jobs.processes import environment

FOUND = "found.json"
SECONDS, MOST_SECONDS = 6, 180


def measure(folder: Path) -> None:
    """Read the recipe in a folder, and write {"estimate": {...}} or {"error": one line} beside it."""
    try:
        with FileLock(folder.parent / ".lock", timeout=MOST_SECONDS):
            found = _measured(folder)
    except Timeout:
        found = {"error": "others are being measured; try again in a moment"}
    write_atomically(folder / FOUND, json.dumps(found).encode())


def _measured(folder: Path) -> dict[str, object]:
    command = [sys.executable, "-m", "reprlearn", "estimate", str(folder / RECIPE), "--json", "--seconds", str(SECONDS)]
    try:
        done = subprocess.run(command, capture_output=True, env=environment(), timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return {
            "error": f"a few steps take longer than {MOST_SECONDS} seconds here: this training is too large, or others run"
        }
    if done.returncode == 0:
        return {"estimate": json.loads(done.stdout)}
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"it ended with status {done.returncode}"]
    line = next((line.removeprefix("error: ") for line in lines if line.startswith("error: ")), lines[-1][:300])
    return {"error": without_paths(line)}
