"""The other end of `benchmarks.peers.rmtpp`: starts it, gives it its data and asks it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.peers.rmtpp import Settings

if TYPE_CHECKING:
    from reprlearn.data.events.log import EventLog


class PeerProcess:
    """A process that trains RMTPP; `stop` ends it."""

    def __init__(self, python: Path, folder: Path, log: EventLog, settings: Settings) -> None:
        folder.mkdir()
        for split, part in log.splits.items():
            np.savez(folder / f"{split}.npz", offsets=part.offsets, type_ids=part.type_ids, times=part.times)
        (folder / "settings.json").write_text(json.dumps(asdict(settings)))
        self._folder = folder
        with (folder / "messages.txt").open("w") as messages:
            self._process = subprocess.Popen(
                [str(python), "-m", "benchmarks.peers.rmtpp", str(folder)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=messages, text=True,
            )  # fmt: skip
        self._answer()

    def epochs(self) -> Iterator[float]:
        """Events/s of each epoch, without end."""
        while True:
            answer = self._ask("epoch")
            yield answer["events"] / answer["seconds"]

    def accuracies(self, log: EventLog) -> dict[str, float]:
        """Of the best epoch on the test events: as the package predicts, and told the time of the event."""
        file = self._folder / "predicted.npz"
        own = self._ask(f"test {file}")["accuracy"]
        test = log.splits["test"]
        with np.load(file) as arrays:
            predicted, targets = arrays["predicted"], arrays["targets"]
        assert np.array_equal(targets, test.type_ids[1:][test.has_target[:-1]]), "these are not the test events"
        return {"as the package predicts": own, "told the time": float((predicted == targets).mean())}

    def stop(self) -> None:
        self._process.communicate()  # the end of its input ends it

    def _ask(self, order: str) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"the peer stopped:\n{(self._folder / 'messages.txt').read_text()[-2000:]}")
        return json.loads(line)
