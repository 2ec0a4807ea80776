"""`fit`: one loop for every model and objective, on one process or several.

The model is wrapped by accelerate, which picks the device and, under `torchrun`, sums the gradients of the processes.
Each process reads its share of a batch's columns, so the global batch is the recipe's whatever their number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator
from functools import partial
from pathlib import Path

import torch
from accelerate import Accelerator

from reprlearn.fit.folder import claimed, complete
from reprlearn.fit.resume import restore, save
from reprlearn.fit.training import OnStep, Training
from reprlearn.progress import Progress
from reprlearn.recipes import Recipe

SECONDS_BETWEEN_STATES = 60.0


def fit(
    recipe: Recipe,
    out: Path,
    *,
    resume: bool = False,
    seconds_between_states: float = SECONDS_BETWEEN_STATES,
    on_step: OnStep | None = None,
) -> Generator[Progress, None, None]:
    """Train `recipe` and leave the run in the folder `out`, yielding a record every few steps.

    Until it is complete everything is kept in `out` + ".partial", with the full state of the training, from which
    `resume` goes on. `on_step` is told of every step, and may end the training with a KeyboardInterrupt that costs none of
    them. `ValueError` when `out` exists, is being made by another training, or was begun and `resume` is not
    set.
    """
    accelerator = Accelerator(mixed_precision="no")
    corpus = recipe.data.load()
    with claimed(out, resume, main=accelerator.is_main_process) as folder:
        accelerator.wait_for_everyone()
        training = Training(recipe, corpus, accelerator, folder, on_step)
        if resume:
            restore(training)
        _check_agreement(training)
        if accelerator.is_main_process and training.tally.step == 0:
            corpus.vocabulary.save(folder)  # snapshots name their words by number, and may be looked at meanwhile
        yield from training.run(partial(save, training), seconds_between_states)
        if accelerator.is_main_process:
            training.write()
            complete(folder, out)
        accelerator.wait_for_everyone()
    accelerator.end_training()


def _check_agreement(training: Training) -> None:
    """`ValueError` unless all processes train one recipe on the same data from the same step.

    On several machines one may lack the saved state, or hold another text; they would wait for each other forever, or average
    gradients of different things.
    """
    recipe = {name: part for name, part in training.recipe.to_dict().items() if name != "data"}  # a path may differ
    said = json.dumps([recipe, training.corpus.content_hash, training.tally.step], sort_keys=True)
    own = int(hashlib.sha256(said.encode()).hexdigest()[:15], 16)
    everybody = training.accelerator.gather(torch.tensor([own], device=training.accelerator.device))
    assert isinstance(everybody, torch.Tensor)
    if bool((everybody != own).any()):
        raise ValueError(
            "the processes of this training differ in recipe, data or saved state: start all with the same options and texts,"
            f" and to resume give each of them the folder {training.folder}"
        )
