"""A training on several machines, as the README starts it: here two torchruns, each in a folder of its own."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from reprlearn.fit import loop
from reprlearn.recipes import Recipe
from reprlearn.runs import load
from tests.conftest import write_sentences

ROOT = Path(__file__).parents[2]
COMMANDS = re.findall(r"^torchrun (--nnodes .*)$", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)


@pytest.mark.slow
def test_two_machines_leave_one_run_on_the_first(tmp_path: Path) -> None:
    corpus = write_sentences(tmp_path / "corpus")
    tiny = (
        f"--data.folder {corpus} --data.n-words 60 --model.width 8 --model.n-layers 1 --fit.epochs 1 --fit.batch-size 4"
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ACCELERATE_USE_CPU": "true", "OMP_NUM_THREADS": "1",
                   "REPRLEARN_CACHE": str(tmp_path / "cache")}  # fmt: skip
    assert len(COMMANDS) == 2
    processes = []
    for command in COMMANDS:
        machine = tmp_path / f"machine-{len(processes)}"
        machine.mkdir()
        words = shlex.split(f"{command} {tiny}".replace("first-machine", "127.0.0.1"))
        words = [str(port) if word == "29500" else word for word in words]
        processes.append(
            subprocess.Popen(
                [sys.executable, "-m", "torch.distributed.run", *words], cwd=machine, env=environment,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            )
        )  # fmt: skip
    try:
        outputs = [process.communicate(timeout=240)[0] for process in processes]
    finally:
        for process in processes:  # torchrun ends its own when it is told to
            process.terminate()
            process.wait()
    assert [process.returncode for process in processes] == [0, 0], outputs
    run = load(tmp_path / "machine-0" / "runs" / "wide")
    assert "2 processes" in run.card.trained.machine and len(run.curves) > 0
    assert not list((tmp_path / "machine-1").iterdir()), "the second machine is left as it was"


@pytest.mark.parametrize(("another", "steps"), [("hash", 7), ("other", 7), ("hash", 0)])
def test_machines_that_differ_in_data_or_state_are_stopped(tiny: Recipe, another: str, steps: int) -> None:
    said: list[torch.Tensor] = []

    def training(content_hash: str, step: int) -> SimpleNamespace:
        def gather(own: torch.Tensor) -> torch.Tensor:
            said.append(own)
            return torch.cat(said)

        accelerator = SimpleNamespace(device=torch.device("cpu"), gather=gather)
        corpus, tally = SimpleNamespace(content_hash=content_hash), SimpleNamespace(step=step)
        return SimpleNamespace(recipe=tiny, corpus=corpus, tally=tally, accelerator=accelerator, folder=Path("x"))

    loop._check_agreement(training("hash", 7))  # type: ignore[arg-type]
    if (another, steps) == ("hash", 7):
        loop._check_agreement(training(another, steps))  # type: ignore[arg-type]
    else:
        with pytest.raises(ValueError, match="differ in recipe, data or saved state"):
            loop._check_agreement(training(another, steps))  # type: ignore[arg-type]
