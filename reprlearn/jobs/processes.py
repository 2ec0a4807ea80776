"""Processes that outlive the one that starts them, known by more than a number that the system gives again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from reprlearn.jobs.places import CHECKOUT, runs_folder
from reprlearn.runs.store import SEPARATOR, VARIABLE

Process = subprocess.Popen[bytes]
_BOOT = Path("/proc/sys/kernel/random/boot_id")


def n_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def environment(n_processes: int = 1) -> dict[str, str]:
    """For a process that computes: this package, these runs, and threads that leave the dashboard a core.

    Threads that wait for work by spinning would take the dashboard's core all the same; passive ones cost a training 18 % on a
    quiet machine and gain it 25 % beside one busy core (measured on two).
    """
    threads = max(1, (n_cores() - 1) // max(1, n_processes))
    path = os.pathsep.join(filter(None, (str(CHECKOUT), os.environ.get("PYTHONPATH"))))
    # The folder of new runs, which may be relative, comes first; a model may begin with a run of any other root.
    runs = SEPARATOR.join(filter(None, (str(runs_folder()), os.environ.get(VARIABLE))))
    return {
        **os.environ,
        "PYTHONPATH": path,
        "PYTHONUNBUFFERED": "1",
        VARIABLE: runs,
        "OMP_NUM_THREADS": str(threads),
        "OMP_WAIT_POLICY": "PASSIVE",
    }


def start(module: str, *arguments: str, log: Path, variables: Mapping[str, str] | None = None) -> Process:
    """`python -m module ...` in a session of its own, its output appended to `log`. It is reaped when it ends."""
    command = [sys.executable, "-m", module, *arguments]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=dict(variables or environment()),
            start_new_session=True,
        )
    threading.Thread(target=process.wait, daemon=True).start()
    return process


def identity(pid: int) -> str | None:
    """What tells this process from an earlier or later one of the same number; None where none is running."""
    with suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        state, ticks = fields[0], fields[19]
        return None if state in "ZX" else f"{_BOOT.read_text().strip()} {ticks}"
    if Path("/proc/self/stat").exists():
        return None
    return _identity_by_ps(pid)


def _identity_by_ps(pid: int) -> str | None:
    """Where there is no /proc: the state and the time of its start, as ps tells them."""
    command: Sequence[str] = ("ps", "-o", "stat=,lstart=", "-p", str(pid))
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split(maxsplit=1)
    return None if len(found) < 2 or found[0].startswith("Z") else found[1].strip()


def alive(pid: int | None, known: str | None) -> bool:
    """Whether the process that was known by this identity is running."""
    return pid is not None and known is not None and identity(pid) == known


def end(pid: int | None, known: str | None, *, at_once: bool = False) -> None:
    """Ask a process, by its identity, to end; or end it, with what it started, at once. One that is gone is left in peace."""
    if pid is None or not alive(pid, known):
        return
    with suppress(ProcessLookupError):
        if at_once:
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGTERM)
