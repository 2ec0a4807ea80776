"""A table that somebody sent is looked into by a process that may use so much memory and time, and that may die of it."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from reprlearn.jobs.processes import environment
from reprlearn.jobs.rights import JobError

SECONDS, BYTES = 60, 4 << 30


def described(path: Path) -> dict[str, Any]:
    """What `describe_table` says of a file. JobError, which calls it by its name alone: it is no table, or too large."""
    command = [sys.executable, "-m", "reprlearn.jobs", "table", path.name]
    variables = {**environment(), "ARROW_DEFAULT_MEMORY_POOL": "system"}  # others reserve more than they use
    try:
        done = subprocess.run(
            command, capture_output=True, cwd=path.parent, env=variables, timeout=SECONDS, check=False
        )  # fmt: skip
        found = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise JobError(f"{path.name} takes too long to read: more than {SECONDS} seconds") from None
    except ValueError:
        raise JobError(f"{path.name} cannot be read: it is broken, or too large when it is unpacked") from None
    if "error" in found:
        raise JobError(found["error"])
    return found


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def describe(file: str) -> None:
    """Print what `describe_table` says of a file in the working directory, or {"error": one line}."""
    _limit_memory()
    from reprlearn.data.config import DataError
    from reprlearn.data.events.describing import describe_table

    try:
        found = describe_table(Path(file))
    except DataError as error:
        found = {"error": str(error)}
    except MemoryError:
        found = {"error": f"{file} is too large when it is unpacked"}
    print(json.dumps(found))
