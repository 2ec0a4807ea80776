"""The training loop: one loop for every model and objective, on one process or several.

The model is wrapped by accelerate, which picks the device and, under `torchrun`, sums the gradients of the processes.
Each process reads its share of a batch's columns, so the global batch is the recipe's whatever their number.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from accelerate.utils import set_seed
from torch import Tensor, nn

from reprlearn.fit import state as training_state
from reprlearn.fit.finish import write_run, write_snapshot
from reprlearn.fit.folder import claim, complete
from reprlearn.fit.gradients import GradientProbe
from reprlearn.fit.optimisers import learning_rate, make_optimiser
from reprlearn.objectives.base import Carried, Objective
from reprlearn.progress import Progress
from reprlearn.recipes import Recipe

STEPS_PER_RECORD = 50
SECONDS_BETWEEN_STATES = 60.0
MOST_LOSS = 100.0  # nats a token; guessing blindly among a million words costs 14


class TrainingError(RuntimeError):
    """A training that cannot go on; the message says why and what to change."""


@dataclass
class _Tally:
    """Where a training stands, apart from its tensors."""

    step: int = 0
    tokens: int = 0
    elapsed_seconds: float = 0.0
    best_loss: float = math.inf
    best_epoch: int = 0
    records: list[Progress] = field(default_factory=list)


def fit(
    recipe: Recipe, out: Path, *, resume: bool = False, seconds_between_states: float = SECONDS_BETWEEN_STATES
) -> Generator[Progress, None, None]:
    """Train `recipe` and leave the run in the folder `out`, yielding a record every few steps.

    Until it is complete everything is kept in `out` + ".partial", with the full state of the training, from which
    `resume` goes on. `ValueError` when `out` exists, or a partial one and `resume` is not set.
    """
    accelerator = Accelerator(mixed_precision="no")
    folder = claim(out, resume, main=accelerator.is_main_process)
    accelerator.wait_for_everyone()
    corpus = recipe.data.load()
    training = _Training(recipe, corpus, accelerator, folder)
    if resume:
        training.restore()
    yield from training.run(seconds_between_states)
    if accelerator.is_main_process:
        training.write()
        complete(folder, out)
    accelerator.wait_for_everyone()
    accelerator.end_training()


class _Training:
    """The moving parts of one training."""

    def __init__(self, recipe: Recipe, corpus: Any, accelerator: Accelerator, folder: Path) -> None:
        self.recipe, self.corpus, self.accelerator, self.folder = recipe, corpus, accelerator, folder
        seed = recipe.fit.seed
        set_seed(seed + 1_000_003 * accelerator.process_index)  # each process drops other units
        self.model: nn.Module = recipe.model.build(len(corpus.vocabulary), torch.Generator().manual_seed(seed))
        self.objective: Objective = recipe.objective.build()
        self.probe = GradientProbe(self.model)
        self.optimiser: Any
        self.wrapped, self.optimiser = accelerator.prepare(
            self.model, make_optimiser(recipe.fit, self.model.parameters())
        )
        self.steps_per_epoch = self.objective.n_batches(corpus, recipe.fit.batch_size)
        self.total_steps = self.steps_per_epoch * recipe.fit.epochs
        self.tally = _Tally()
        self.best = training_state.parameters_of(self.model)
        self.carried: Carried | None = None

    def run(self, seconds_between_states: float) -> Iterator[Progress]:
        """Train to the end from where it stands."""
        tally, fit_config = self.tally, self.recipe.fit
        if tally.step == 0:
            self._snapshot(0)
        saved = time.perf_counter()
        began = saved - tally.elapsed_seconds
        while tally.step < self.total_steps:
            epoch, first = divmod(tally.step, self.steps_per_epoch)
            if first == 0:
                self.carried = None
            losses: list[Tensor] = []
            mark = time.perf_counter(), tally.tokens
            for batch in self.objective.batches(
                self.corpus,
                fit_config.batch_size,
                first=first,
                rank=self.accelerator.process_index,
                n_ranks=self.accelerator.num_processes,
            ):
                if not losses:
                    self.probe.arm()
                losses.append(self._step(batch))
                tally.step += 1
                tally.tokens += batch.n_targets * self.accelerator.num_processes
                ends_epoch = tally.step % self.steps_per_epoch == 0
                if len(losses) < STEPS_PER_RECORD and not ends_epoch:
                    continue
                speed = (tally.tokens - mark[1]) / (time.perf_counter() - mark[0])
                train_loss = self._mean(losses)
                valid_loss = self._validate(epoch + 1) if ends_epoch else None
                tally.elapsed_seconds = time.perf_counter() - began
                record = self._record(epoch + 1, train_loss, speed, valid_loss)
                tally.records.append(record)
                losses = []
                if ends_epoch or time.perf_counter() - saved > seconds_between_states:
                    self.save()
                    saved = time.perf_counter()
                yield record
                mark = time.perf_counter(), tally.tokens

    def _step(self, batch: Any) -> Tensor:
        fit_config, tally = self.recipe.fit, self.tally
        rate = learning_rate(fit_config, tally.step, self.total_steps)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        half = fit_config.precision == "bf16"
        with torch.autocast(self.accelerator.device.type, dtype=torch.bfloat16, enabled=half):
            batch = type(batch)(*(part.to(self.accelerator.device) for part in batch))
            loss, self.carried = self.objective.loss(self.model, batch, self.carried, forward=self.wrapped)
        self.optimiser.zero_grad(set_to_none=True)
        self.accelerator.backward(loss)
        self.probe.collect()
        self.accelerator.clip_grad_norm_(self.model.parameters(), fit_config.clip_norm)
        self.optimiser.step()
        return loss.detach()

    def _mean(self, losses: list[Tensor]) -> float:
        """Mean training loss over steps and processes; `TrainingError` when the training has diverged."""
        mean = self.accelerator.reduce(torch.stack(losses).mean(), reduction="mean")
        assert isinstance(mean, Tensor)
        if not mean.item() < MOST_LOSS:
            raise TrainingError(
                f"the loss became {mean.item():g} by step {self.tally.step}; a lower --fit.learning-rate"
                f" than {self.recipe.fit.learning_rate:g} may help"
            )
        return mean.item()

    def _record(self, epoch: int, train_loss: float, speed: float, valid_loss: float | None) -> Progress:
        input_norm, output_norm = self.probe.read()
        return Progress(
            step=self.tally.step,
            total_steps=self.total_steps,
            epoch=epoch,
            tokens=self.tally.tokens,
            train_loss=train_loss,
            valid_loss=valid_loss,
            learning_rate=self.optimiser.param_groups[0]["lr"],
            tokens_per_second=speed,
            elapsed_seconds=self.tally.elapsed_seconds,
            input_gradient_norm=input_norm,
            output_gradient_norm=output_norm,
        )

    def _validate(self, epoch: int) -> float:
        # Every process scores the whole split: they hold the same weights, and so agree on the best without a word.
        loss = self.objective.evaluate(self.model, self.corpus, "valid")["loss"]
        if loss < self.tally.best_loss:
            self.tally.best_loss, self.tally.best_epoch = loss, epoch
            self.best = training_state.parameters_of(self.model)
        self._snapshot(epoch)
        return loss

    def _snapshot(self, epoch: int) -> None:
        if self.accelerator.is_main_process:
            write_snapshot(self.folder, self.model, epoch, self.recipe.fit.snapshot_words, self.corpus)

    def save(self) -> None:
        """Save the full state; the draws and the carried state of all processes are gathered into one file."""
        private = {"random": torch.get_rng_state()}
        if self.carried is not None:
            private |= {f"carried-{i}": part for i, part in enumerate(self.carried)}
        gathered: dict[str, Any] = {
            name: self.accelerator.gather(part[None].contiguous()) for name, part in private.items()
        }
        if not self.accelerator.is_main_process:
            return
        tally = {**vars(self.tally), "records": [asdict(record) for record in self.tally.records]}
        training_state.save(
            self.folder,
            {
                "model": training_state.parameters_of(self.model),
                "best": self.best,
                "optimiser": training_state.optimiser_tensors(self.optimiser.optimizer),
                "private": gathered,
            },
            {
                "recipe": self.recipe.to_dict(),
                "n_processes": self.accelerator.num_processes,
                "tally": tally,
                "corpus": self.corpus.content_hash,
            },
        )

    def restore(self) -> None:
        """Go on from the saved state, if there is one; `ValueError` when it belongs to another training."""
        found = training_state.load(self.folder)
        if found is None:
            return
        tensors, facts = found
        expected = {
            "recipe": self.recipe.to_dict(),
            "n_processes": self.accelerator.num_processes,
            "corpus": self.corpus.content_hash,
        }
        for name, value in expected.items():
            if facts[name] != value:
                raise ValueError(
                    f"{self.folder} was begun with another {name.replace('n_', 'number of ')}; resume it as it was begun"
                )
        training_state.put_parameters(self.model, tensors["model"])
        training_state.put_optimiser_tensors(self.optimiser.optimizer, tensors.get("optimiser", {}))
        self.best = tensors["best"]
        private = {name: part[self.accelerator.process_index] for name, part in tensors["private"].items()}
        torch.set_rng_state(private.pop("random"))
        self.carried = tuple(private[f"carried-{i}"] for i in range(len(private))) or None
        records = [Progress(**record) for record in facts["tally"].pop("records")]
        self.tally = _Tally(**facts["tally"], records=records)

    def write(self) -> None:
        """Write the run with the best weights."""
        training_state.put_parameters(self.model, self.best)
        write_run(
            self.folder, self.recipe, self.model, self.objective, self.corpus, self.tally.records, self.tally.best_epoch
        )
