"""RMTPP of the package easy-tpp, trained by that package's own runner: one side of `benchmarks.event_training`.

    PEER_PYTHON -m benchmarks.peers.rmtpp FOLDER

FOLDER holds `settings.json` (see `Settings`) and `train.npz`, `valid.npz`, `test.npz`, each with offsets (n + 1,),
type_ids (N,) and times (N,) hours. Orders come in on the standard input, a line each; a line of JSON answers each.

    epoch       train for one epoch  -> seconds, events (those predicted), losses (nats an event, its type and time)
    test FILE   score the test split -> accuracy as the package has it; FILE (.npz) takes predictions told the time

Model, collator, loss and step are the package's, with the settings of its example configuration for RMTPP but for those
in `Settings`. As its runner does, it keeps the weights of the epoch with the best validation likelihood.
"""

from __future__ import annotations

import copy
import itertools
import json
import os
import pickle
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

EVALUATION_SEQUENCES = 4
"""Thinning holds 500 candidate times for every event and type at once."""


@dataclass(frozen=True)
class Settings:
    """What is set to be like the other side, or chosen for this one."""

    n_types: int
    width: int
    batch_size: int
    learning_rate: float
    hours: float
    """What the package is told to take as the unit of time."""
    seed: int
    n_threads: int
    by_length: bool
    """Sequences in the order of their lengths, so that batches hold little padding; else shuffled, padded as they come."""


def write_splits(folder: Path, settings: Settings) -> dict[str, str]:
    """Write the splits as the package reads them, a pickle of lists each, and return the paths by its names."""
    paths = {}
    for name, split in (("train", "train"), ("dev", "valid"), ("test", "test")):
        with np.load(folder / f"{split}.npz") as arrays:
            offsets, type_ids, times = (arrays[key] for key in ("offsets", "type_ids", "times"))
        sequences = []
        for first, end in itertools.pairwise(offsets):
            since_start = times[first:end] - times[first]
            gaps = np.diff(since_start, prepend=0.0)
            sequences.append([
                {"time_since_start": start, "time_since_last_event": gap, "type_event": type_id}
                for start, gap, type_id in zip(since_start.tolist(), gaps.tolist(), type_ids[first:end].tolist(), strict=True)
            ])  # fmt: skip
        if settings.by_length and name == "train":
            sequences.sort(key=len)
        path = folder / f"{name}.pkl"
        with path.open("wb") as file:
            pickle.dump({"dim_process": settings.n_types, name: sequences}, file)
        paths[name] = str(path)
    return paths


def make_runner(folder: Path, settings: Settings) -> Any:
    """The package's runner with a fresh model."""
    from easy_tpp.config_factory import RunnerConfig  # pyright: ignore[reportMissingImports]
    from easy_tpp.runner import Runner  # pyright: ignore[reportMissingImports]

    paths = write_splits(folder, settings)
    specs = {
        "num_event_types": settings.n_types,
        "pad_token_id": settings.n_types,
        "padding_side": "right",
        "rescale_time": True,
        "time_scale": settings.hours,
    }
    thinning = {
        "num_seq": 10, "num_sample": 1, "num_exp": 500, "look_ahead_time": 10, "patience_counter": 5,
        "over_sample_rate": 5, "num_samples_boundary": 5, "dtime_max": 5,
    }  # fmt: skip
    config = {
        "data_config": {
            "data_format": "pkl", "train_dir": paths["train"], "valid_dir": paths["dev"], "test_dir": paths["test"],
            "data_specs": specs,
        },
        "base_config": {
            "stage": "train", "backend": "torch", "dataset_id": "events", "runner_id": "std_tpp", "model_id": "RMTPP",
            "base_dir": str(folder / "runs"),
        },
        "trainer_config": {
            "batch_size": settings.batch_size, "shuffle": not settings.by_length, "optimizer": "adam",
            "learning_rate": settings.learning_rate, "seed": settings.seed, "gpu": -1, "metrics": ["acc"],
        },
        "model_config": {
            "hidden_size": settings.width, "loss_integral_num_sample_per_step": 20, "thinning": thinning,
        },
    }  # fmt: skip
    return Runner.build_from_config(RunnerConfig.parse_from_yaml_config(config, direct_parse=True))


class Peer:
    """A training that goes on by one epoch at a time."""

    def __init__(self, folder: Path) -> None:
        settings = Settings(**json.loads((folder / "settings.json").read_text()))
        torch.set_num_threads(settings.n_threads)
        self.runner = make_runner(folder, settings)
        self.loaders = {split: self.loader(split, settings.batch_size) for split in ("dev", "test")}
        self.train_loader = self.runner._data_loader.train_loader()
        self.best = -np.inf
        self.best_weights: dict[str, torch.Tensor] = {}

    def loader(self, split: str, batch_size: int) -> Any:
        from easy_tpp.preprocess import TPPDataLoader  # pyright: ignore[reportMissingImports]

        maker = TPPDataLoader(self.runner.runner_config.data_config, backend="torch", batch_size=batch_size)
        return maker.get_loader(split)

    def epoch(self) -> dict[str, float]:
        from easy_tpp.utils import RunnerPhase  # pyright: ignore[reportMissingImports]

        start = time.perf_counter()
        metrics = self.runner.run_one_epoch(self.train_loader, RunnerPhase.TRAIN)
        seconds = time.perf_counter() - start
        valid = self.log_likelihood("dev")
        if valid > self.best:
            self.best, self.best_weights = valid, copy.deepcopy(self.runner.model.state_dict())
        return {"seconds": seconds, "events": metrics["num_events"], "loss": -metrics["loglike"], "valid_loss": -valid}

    @torch.no_grad()
    def log_likelihood(self, split: str) -> float:
        """Mean log-likelihood of an event's type and time."""
        loss, n_events = 0.0, 0
        for batch in self.loaders[split]:
            of_batch, n_of_batch = self.runner.model.loglike_loss(**batch)
            loss, n_events = loss + of_batch.item(), n_events + n_of_batch
        return -loss / n_events

    def test(self, file: str) -> dict[str, float]:
        """`accuracy` is that of the package's own prediction, which draws the time of the event by thinning.

        The file has `predicted`, the type of the highest intensity at the time the event really had, which is what the
        model says when it is told that time, and `targets`.
        """
        from easy_tpp.utils import RunnerPhase  # pyright: ignore[reportMissingImports]

        self.runner.model.load_state_dict(self.best_weights)
        own = self.runner.run_one_epoch(self.loader("test", EVALUATION_SEQUENCES), RunnerPhase.VALIDATE)
        predicted, targets = [], []
        with torch.no_grad():
            for batch in self.loaders["test"]:
                inputs = batch["time_seqs"], batch["time_delta_seqs"], batch["type_seqs"], None, None
                kept = batch["seq_non_pad_mask"][:, 1:]
                predicted.append(self.runner.model(inputs)[0].argmax(-1)[kept])
                targets.append(batch["type_seqs"][:, 1:][kept])
        np.savez(file, predicted=torch.cat(predicted).numpy(), targets=torch.cat(targets).numpy())
        return {"accuracy": float(own["acc"]), "loss": -float(own["loglike"])}


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what the package prints must not come between the answers
    peer = Peer(Path(sys.argv[1]))
    n_parameters = sum(p.numel() for p in peer.runner.model.parameters())
    print(json.dumps({"ready": True, "parameters": n_parameters, "torch": torch.__version__}), file=answers)
    for line in sys.stdin:
        order, *arguments = line.split(maxsplit=1)
        answer = peer.epoch() if order == "epoch" else peer.test(arguments[0].strip())
        print(json.dumps(answer), file=answers)


if __name__ == "__main__":
    main()
