"""One training as it goes: how far it is, its curve, the words it sorts, its log; and where to go when it is done."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

import streamlit as st

from reprlearn import jobs
from reprlearn.jobs import Job
from reprlearn.jobs.rights import full_disk
from reprlearn.jobs.watching import Moment, moment
from reprlearn.ui import loaders
from reprlearn.ui.frame import PAGES, RUN_KEY, link
from reprlearn.ui.text import as_text, t
from reprlearn.ui.text.numbers import decimal, duration
from reprlearn.ui.train import asked, curve, reading, words

if TYPE_CHECKING:
    import pandas as pd

SILENT_SECONDS = 30.0
LOG_LINES = 14


def show(job: Job) -> None:
    """All of it, by what there is."""
    now = moment(job)
    frame = reading.records(job)
    _outcome(job)
    if job.status in jobs.ACTIVE:
        _progress(job, now)
    if len(frame) or job.status in ("running", "mapping", "done"):
        _metrics(job, now, frame)
        left, right = st.columns([1.45, 1], gap="medium")
        with left:
            curve.show(job, now, frame)
        with right:
            words.show(job)
    with st.expander(t("train.log"), expanded=job.status == "failed", key=f"log_{job.status == 'failed'}"):
        lines = jobs.log_lines(job, LOG_LINES)
        st.code("\n".join(lines) if lines else t("train.log.none"), language=None, wrap_lines=True)
    asked.show(job)


def _outcome(job: Job) -> None:
    if job.status == "failed":
        st.error(t("train.failed", reason=as_text(job.reason or "")), icon=":material/error:")
    elif job.status == "stopped":
        stopped = t("train.stopped.reason", reason=as_text(job.reason)) if job.reason else t("train.stopped")
        st.markdown(stopped)
    elif job.status in ("mapping", "done"):
        _links(job)


def _links(job: Job) -> None:
    """The pages that show the run."""
    run = next((run for run in loaders.runs()[0] if run.name == job.name), None)
    if run is None:
        st.warning(t("train.done.gone"))
        return
    perplexity = run.card.metrics.get("test", {}).get("perplexity")
    said = t("train.done") if perplexity is None else t("train.done.test", value=decimal(perplexity))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(said, width="content")
        for page in PAGES:
            if page.needs in run.card.capabilities:
                link(page, {RUN_KEY: run.name})


def _progress(job: Job, now: Moment) -> None:
    if job.status == "queued":
        before = [other for other in jobs.read_all()[0] if other.status in jobs.ACTIVE and other.queued < job.queued]
        st.progress(0.0, t("train.stage.queued", n=len(before)) if before else t("train.stage.next"))
        if (full := full_disk(job.folder)) is not None:
            st.warning(as_text(full), icon=":material/hard_drive:")
    elif job.status == "mapping":
        st.progress(1.0, t("train.stage.mapping"))
    elif now.stage == "steps" and now.step is not None and now.total_steps:
        epochs = int(job.recipe["fit"]["epochs"])
        epoch = min(epochs, 1 + (now.step - 1) * epochs // now.total_steps)
        steps = t("train.stage.steps", step=f"{now.step:,}", total=f"{now.total_steps:,}", epoch=epoch, epochs=epochs)
        left = now.seconds_left
        st.progress(now.share, steps if left is None else t("train.stage.left", steps=steps, left=duration(left)))
    else:
        st.progress(
            1.0 if now.stage == "finish" else 0.0, t(f"train.stage.{'finish' if now.stage == 'finish' else 'data'}")
        )
    if job.status == "running" and now.stage == "steps" and now.seconds_ago > SILENT_SECONDS:
        st.markdown(t("train.stage.silent", time=duration(now.seconds_ago)))


def _metrics(job: Job, now: Moment, frame: pd.DataFrame) -> None:
    last: dict[str, Any] = frame.to_dict("records")[-1] if len(frame) else {}
    loss, valid, speed, elapsed = st.columns(4)
    loss.metric(t("train.metric.loss"), decimal(last.get("train_loss", now.loss), 3), help=t("train.metric.loss.help"))
    best = min((each for each in frame["valid_loss"].tolist() if math.isfinite(each)), default=None)
    if curve.has_perplexity(job):
        perplexity = None if best is None else math.exp(min(best, 700))
        valid.metric(t("train.metric.valid"), decimal(perplexity), help=t("train.metric.valid.help"))
    else:
        valid.metric(t("train.metric.valid_loss"), decimal(best, 3), help=t("train.metric.valid_loss.help"))
    events = job.recipe["data"]["kind"] == "events"
    rate = now.tokens_per_second or last.get("tokens_per_second")
    speed.metric(t("train.metric.speed.events") if events else t("train.metric.speed"), decimal(rate, 0))
    elapsed.metric(t("train.metric.elapsed"), duration(_elapsed(job, last)))


def _elapsed(job: Job, last: dict[str, Any]) -> float:
    """Seconds of training: of the records, and of what goes on since the present start where there are none yet."""
    if last:
        return float(last["elapsed_seconds"])
    return max(0.0, time.time() - job.started) if job.status == "running" and job.started else 0.0
