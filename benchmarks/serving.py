"""A dashboard and a training as processes of their own, for measuring: started, watched, ended."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 120
TRAINING = ("train", "quick-demo", "--fit.epochs", "1000")  # longer than any measurement; ended by us
_STEPS = re.compile(rb"(\d+)/\d+ \[")


class Process:
    """A process whose output goes to a file in `folder`; ended when the block is left."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str], folder: Path) -> None:
        self.log = folder / f"{name}.log"
        self._command, self._environment = [sys.executable, *command], {**os.environ, **environment}
        self._file: IO[bytes] | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.peak_gb = 0.0

    def start(self) -> None:
        self._file = self.log.open("wb")
        self.process = subprocess.Popen(
            self._command, cwd=ROOT, env=self._environment, stdout=self._file, stderr=subprocess.STDOUT
        )

    def alive(self) -> bool:
        assert self.process, "not started"
        return self.process.poll() is None

    def end(self) -> None:
        """Stop the process, and note its largest resident set, in 10^9 bytes."""
        assert self.process and self._file, "not started"
        if self.process.returncode is None:
            self.process.terminate()
            deadline = time.monotonic() + 10
            pid, status, usage = os.wait4(self.process.pid, os.WNOHANG)
            while not pid:
                if time.monotonic() > deadline:
                    self.process.kill()
                time.sleep(0.05)
                pid, status, usage = os.wait4(self.process.pid, os.WNOHANG)
            self.process.returncode = os.waitstatus_to_exitcode(status)
            self.peak_gb = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e9
        self._file.close()

    def tail(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:]


class Server(Process):
    """The dashboard of this checkout on a free port of this machine."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        command = ["-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1",
                   "--server.headless", "true", "--client.showErrorDetails", "full",
                   "--logger.enableRich", "false"]  # fmt: skip
        super().__init__("server", command, {}, folder)

    def __enter__(self) -> Server:
        self.start()
        deadline = time.monotonic() + START_SECONDS
        while self.alive() and time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5):
                    return self
            except OSError:
                time.sleep(0.2)
        self.end()
        raise SystemExit(f"the server did not start:\n{self.tail()}")

    def __exit__(self, *_: object) -> None:
        self.end()

    def complaints(self) -> str:
        """The last line of the first traceback in the server's log; empty where there is none."""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        _, found, after = text.partition("Traceback (most recent call last)")
        return next((line for line in after.splitlines()[1:] if line and not line.startswith(" ")), "") if found else ""


class Training(Process):
    """`python -m reprlearn train quick-demo`, on all cores but one, as the dashboard would start it."""

    def __init__(self, folder: Path) -> None:
        threads = str(max(1, (os.cpu_count() or 2) - 1))
        super().__init__(
            "training", ["-m", "reprlearn", *TRAINING, "--out", str(folder / "run")],
            {"OMP_NUM_THREADS": threads, "OMP_WAIT_POLICY": "PASSIVE"}, folder,
        )  # fmt: skip

    def __enter__(self) -> Training:
        """Started, and past reading its corpus: it takes steps."""
        self.start()
        deadline = time.monotonic() + START_SECONDS
        while self.alive() and time.monotonic() < deadline:
            if self.n_steps():
                return self
            time.sleep(0.2)
        self.end()
        raise SystemExit(f"the training did not start:\n{self.tail()}")

    def __exit__(self, *_: object) -> None:
        self.end()

    def n_steps(self) -> int:
        """Training steps so far, by its progress bar; 0 once it has ended, so that a dead one is not taken for a load."""
        steps = _STEPS.findall(self.log.read_bytes())
        return int(steps[-1]) if steps and self.alive() else 0
