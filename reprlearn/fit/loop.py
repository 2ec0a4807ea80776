"""`fit`: one loop for every model and objective, on one process or several.

The model is wrapped by accelerate, which picks the device and, under `torchrun`, sums the gradients of the processes.
Each process reads its share of a batch's columns, so the global batch is the recipe's whatever their number.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from pathlib import Path

from accelerate import Accelerator

from reprlearn.fit.folder import claimed, complete
from reprlearn.fit.resume import restore, save
from reprlearn.fit.training import Training
from reprlearn.progress import Progress
from reprlearn.recipes import Recipe

SECONDS_BETWEEN_STATES = 60.0


def fit(
    recipe: Recipe, out: Path, *, resume: bool = False, seconds_between_states: float = SECONDS_BETWEEN_STATES
) -> Generator[Progress, None, None]:
    """Train `recipe` and leave the run in the folder `out`, yielding a record every few steps.

    Until it is complete everything is kept in `out` + ".partial", with the full state of the training, from which
    `resume` goes on. `ValueError` when `out` exists, is being made by another training, or was begun and `resume` is not
    set.
    """
    accelerator = Accelerator(mixed_precision="no")
    corpus = recipe.data.load()
    with claimed(out, resume, main=accelerator.is_main_process) as folder:
        accelerator.wait_for_everyone()
        training = Training(recipe, corpus, accelerator, folder)
        if resume:
            restore(training)
        yield from training.run(partial(save, training), seconds_between_states)
        if accelerator.is_main_process:
            training.write()
            complete(folder, out)
        accelerator.wait_for_everyone()
    accelerator.end_training()
