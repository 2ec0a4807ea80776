"""One training: its model, its optimisers, where it stands, and the steps it takes."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import torch
from accelerate import Accelerator
from accelerate.utils import set_seed
from torch import Tensor, nn

from reprlearn.fit import state as training_state
from reprlearn.fit.finish import write_run, write_snapshot
from reprlearn.fit.gradients import GradientProbe
from reprlearn.fit.optimisers import make_optimisers, set_rates
from reprlearn.fit.starting import take_weights
from reprlearn.objectives.base import Carried, Objective
from reprlearn.progress import Progress
from reprlearn.recipes import Recipe

STEPS_PER_RECORD = 50
MOST_LOSS = 100.0  # nats a token; guessing blindly among a million words costs 14

OnStep = Callable[["Tally", int, Tensor], bool]
"""Told of every step taken: where the training stands, how many steps there are, the step's loss. True: stop here."""


class TrainingError(RuntimeError):
    """A training that cannot go on; the message says why and what to change."""


@dataclass
class Tally:
    """Where a training stands, apart from its tensors."""

    step: int = 0
    tokens: int = 0
    elapsed_seconds: float = 0.0
    best_loss: float = math.inf
    best_epoch: int = 0
    records: list[Progress] = field(default_factory=list)


class Training:
    """The moving parts of one training."""

    def __init__(
        self, recipe: Recipe, corpus: Any, accelerator: Accelerator, folder: Path, on_step: OnStep | None = None
    ) -> None:
        self.recipe, self.corpus, self.accelerator, self.folder = recipe, corpus, accelerator, folder
        self.on_step = on_step
        seed = recipe.fit.seed
        set_seed(seed + 1_000_003 * accelerator.process_index)  # each process drops other units
        self.model: nn.Module = recipe.build_model(corpus.vocabulary, torch.Generator().manual_seed(seed))
        take_weights(self.model, recipe, corpus.vocabulary)
        self.objective: Objective = recipe.objective.build()
        self.probe = GradientProbe(
            self.model, mean=lambda part: cast(Tensor, accelerator.reduce(part, reduction="mean"))
        )
        self.wrapped, *self.optimisers = accelerator.prepare(self.model, *make_optimisers(recipe.fit, self.model))
        self.steps_per_epoch = self.objective.n_batches(corpus, recipe.fit.batch_size)
        self.total_steps = self.steps_per_epoch * recipe.fit.epochs
        n = recipe.fit.snapshots_per_epoch
        self.kept_within = {
            round(self.steps_per_epoch * i / n): i / n for i in range(1, n)
        }  # after a step: share of the epoch
        self.tally = Tally()
        self.rate = 0.0  # of the step taken last
        self.best = training_state.parameters_of(self.model)
        self.carried: Carried | None = None

    def run(self, save: Callable[[], None], seconds_between_states: float) -> Iterator[Progress]:
        """Train to the end from where it stands, calling `save` every so often and after each epoch.

        KeyboardInterrupt, with the state saved, where `on_step` asks for it.
        """
        tally, fit_config = self.tally, self.recipe.fit
        if tally.step == 0:
            self._snapshot(0)
        saved = time.perf_counter()
        began = saved - tally.elapsed_seconds
        while tally.step < self.total_steps and not self._out_of_patience():
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
                epoch=epoch,
                seed=fit_config.seed,
            ):
                if not losses:
                    self.probe.arm()
                losses.append(self._step(batch))
                tally.step += 1
                tally.tokens += round(batch.n_targets * self.accelerator.num_processes)
                within = tally.step % self.steps_per_epoch
                ends_epoch = within == 0
                if within in self.kept_within and not ends_epoch:
                    self._snapshot(epoch + self.kept_within[within])
                tally.elapsed_seconds = time.perf_counter() - began
                stops = self._stops(losses[-1])
                if len(losses) < STEPS_PER_RECORD and not ends_epoch and not stops:
                    continue
                speed = (tally.tokens - mark[1]) / (time.perf_counter() - mark[0])
                train_loss = self._mean(losses)
                valid_loss = self._validate(epoch + 1) if ends_epoch else None
                tally.elapsed_seconds = time.perf_counter() - began
                record = self._record(epoch + 1, train_loss, speed, valid_loss)
                tally.records.append(record)
                losses = []
                if ends_epoch or stops or time.perf_counter() - saved > seconds_between_states:
                    save()
                    saved = time.perf_counter()
                yield record
                if stops:
                    raise KeyboardInterrupt
                mark = time.perf_counter(), tally.tokens

    def _out_of_patience(self) -> bool:
        """Whether too many epochs went by since the best one."""
        patience, done = self.recipe.fit.patience, self.tally.step // self.steps_per_epoch
        return patience is not None and done - self.tally.best_epoch >= patience

    def _stops(self, loss: Tensor) -> bool:
        """Whether whoever is told of the steps wants no more of them. After the last one there is nothing left to stop."""
        wanted = self.on_step is not None and self.on_step(self.tally, self.total_steps, loss)
        # One process alone must not leave the others waiting for it.
        return wanted and self.tally.step < self.total_steps and self.accelerator.num_processes == 1

    def _step(self, batch: Any) -> Tensor:
        fit_config, tally = self.recipe.fit, self.tally
        self.rate = set_rates(fit_config, self.optimisers, tally.step, self.total_steps)
        half = fit_config.precision == "bf16"
        with torch.autocast(self.accelerator.device.type, dtype=torch.bfloat16, enabled=half):
            batch = type(batch)(*(part.to(self.accelerator.device) for part in batch))
            loss, self.carried = self.objective.loss(self.model, batch, self.carried, forward=self.wrapped)
        for optimiser in self.optimisers:
            optimiser.zero_grad(set_to_none=True)
        self.accelerator.backward(loss)
        self.probe.collect()
        self.accelerator.clip_grad_norm_(self.model.parameters(), fit_config.clip_norm)
        for optimiser in self.optimisers:
            optimiser.step()
        # Of a loss with more in it, the curves show the part that compares with others.
        shown = getattr(self.objective, "cross_entropy", None)
        return loss.detach() if shown is None else shown

    def _mean(self, losses: list[Tensor]) -> float:
        """Mean training loss over steps and processes; `TrainingError` when the training has diverged."""
        mean = self.accelerator.reduce(torch.stack(losses).mean(), reduction="mean")
        assert isinstance(mean, Tensor)
        if not mean.item() < MOST_LOSS:
            raise TrainingError(
                f"the loss became {mean.item():g} by step {self.tally.step}; remove {self.folder} and try a lower"
                f" --fit.learning-rate than {self.recipe.fit.learning_rate:g}"
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
            learning_rate=self.rate,
            tokens_per_second=speed,
            elapsed_seconds=self.tally.elapsed_seconds,
            input_gradient_norm=input_norm,
            output_gradient_norm=output_norm,
        )

    def _validate(self, epoch: int) -> float:
        # Every process scores the whole split: they hold the same weights, and so agree on the best without a word.
        loss = self.objective.evaluate(self.model, self.corpus, "valid")["loss"]
        if not math.isfinite(loss):
            raise TrainingError(
                f"the validation loss became {loss} after epoch {epoch}; remove {self.folder} and begin anew"
            )
        if loss < self.tally.best_loss:
            self.tally.best_loss, self.tally.best_epoch = loss, epoch
            self.best = training_state.parameters_of(self.model)
        self._snapshot(epoch)
        return loss

    def _snapshot(self, epoch: float) -> None:
        if self.accelerator.is_main_process:
            write_snapshot(self.folder, self.model, epoch, self.recipe.fit.snapshot_words, self.corpus)

    def write(self) -> None:
        """Write the run with the best weights."""
        training_state.put_parameters(self.model, self.best)
        write_run(
            self.folder, self.recipe, self.model, self.objective, self.corpus, self.tally.records, self.tally.best_epoch
        )
