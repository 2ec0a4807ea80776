"""The live curve, and what its title may say of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from reprlearn.jobs import Job
from reprlearn.jobs.watching import Moment, folder_of, thinned
from reprlearn.objectives.config import WITH_PERPLEXITY
from reprlearn.ui import widgets
from reprlearn.ui.text import t
from reprlearn.ui.train import reading
from reprlearn.viz import style
from reprlearn.viz.live_curve import live_curve

if TYPE_CHECKING:
    import pandas as pd


def has_perplexity(job: Job) -> bool:
    return job.recipe["objective"]["kind"] in WITH_PERPLEXITY


def show(job: Job, now: Moment, frame: pd.DataFrame) -> None:
    """The losses so far."""
    epochs = int(job.recipe["fit"]["epochs"])
    said = title(frame, has_perplexity(job), now)
    running = job.status == "running" and now.loss is not None
    found = reading.neighbourhoods(folder_of(job)) if has_perplexity(job) else None
    level = None
    if found is not None and math.isfinite(found.frequency_loss):
        level = found.frequency_loss, t("train.curve.level")
    figure = live_curve(
        thinned(frame),
        epochs=epochs,
        title=said,
        axis_titles=(
            t("train.curve.epochs"), t("train.curve.loss"), t("train.curve.right") if has_perplexity(job) else None
        ),
        trace_names=(t("train.curve.validation"), t("train.curve.training")),
        role=style.role(job.recipe["model"].get("tied")),
        level=level,
        now=(now.share, now.loss) if running and now.loss is not None else None,
        theme=widgets.theme(),
    )  # fmt: skip
    widgets.show(figure, "live_curve", alt=t("train.curve.alt", title=said))


def title(frame: pd.DataFrame, perplexity: bool, now: Moment | None = None) -> str:
    """What the losses so far say: of the last validation against the first, or the training loss where there is none yet."""
    if not len(frame):
        if now is None or now.loss is None:
            return t("train.curve.waiting")
        return t("train.curve.started", loss=f"{now.loss:.2f}", share=f"{now.share:.0%}")
    valid = frame.dropna(subset=["valid_loss"])
    if valid.empty:
        last = frame.iloc[-1]
        share = f"{last['step'] / last['total_steps']:.0%}"
        return t("train.curve.started", loss=f"{last['train_loss']:.2f}", share=share)
    losses, epochs = valid["valid_loss"].to_numpy(np.float64), valid["epoch"].astype(int).tolist()

    def shown(loss: float) -> str:
        return f"{math.exp(min(loss, 700)):,.1f}" if perplexity else f"{loss:.3f}"

    value, last, first = shown(losses.min()), shown(losses[-1]), shown(losses[0])
    if len(losses) == 1:
        if perplexity:
            return t("train.curve.perplexity", value=value, epoch=epochs[0])
        return t("train.curve.validated", loss=value, epoch=epochs[0])
    if last == value and value != first:
        said = {"first": first, "value": value, "epochs": epochs[-1]}
        return t("train.curve.fell", **said) if perplexity else t("train.curve.loss_fell", **said)
    said = {"value": value, "best": epochs[int(losses.argmin())], "last": last, "epoch": epochs[-1]}
    return t("train.curve.rose", **said) if perplexity else t("train.curve.loss_rose", **said)
