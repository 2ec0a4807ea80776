"""The trainings there are: one of them chosen, watched, stopped, resumed, deleted. Everybody's, whoever started them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from reprlearn import jobs
from reprlearn.jobs import Job, JobError
from reprlearn.ui.links import in_link
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.train import live, parts

POLL_SECONDS, NAME_PX = 2.0, 420
SEEN, PROBLEM = "train_seen_jobs", "train_problem"
BADGES = {
    "queued": ("gray", ":material/schedule:"),
    "running": ("green", ":material/play_arrow:"),
    "mapping": ("green", ":material/map:"),
    "done": ("green", ":material/check:"),
    "stopped": ("gray", ":material/pause:"),
    "failed": ("red", ":material/error:"),
}


def show() -> None:
    """The whole part."""
    if jobs.readonly():
        st.info(t("train.readonly"), icon=":material/lock:")
    found, broken = jobs.read_all()
    if not found and not broken:
        _nothing()
        return
    st.session_state[SEEN] = _seen(found, broken)
    active = any(job.status in jobs.ACTIVE for job in found)
    st.fragment(_panel, run_every=POLL_SECONDS if active else None)()


def _seen(found: list[Job], broken: list[str]) -> list[tuple[str, str]]:
    """What the rest of the page hangs on: when it changes, all of it is drawn anew."""
    return [*((job.name, job.status) for job in found), *((name, "broken") for name in broken)]


def _panel() -> None:
    """Redrawn every few seconds while something goes on."""
    jobs.tend()
    found, broken = jobs.read_all()
    if _seen(found, broken) != st.session_state.get(SEEN):
        st.rerun()
    by_name = {job.name: job for job in found}
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            name, gone = _chosen(found, broken)
            job = by_name.get(name)
            if job is not None:
                colour, icon = BADGES[job.status]
                st.badge(t(f"train.status.{_status(job)}"), color=colour, icon=icon)  # type: ignore[arg-type]
        if not jobs.readonly():
            with st.container(horizontal=True, gap="small", width="content"):
                _delete_button(name) if job is None else _buttons(job)
    if gone:
        st.warning(t("train.job.gone", name=as_text(gone[:80])), icon=":material/link_off:")
    _say_problem()
    _queue(found)
    if job is None:
        st.error(t("train.broken", name=as_text(name)), icon=":material/broken_image:")
    else:
        live.show(job)


def _nothing() -> None:
    with st.container(border=True):
        st.subheader(t("train.none"), anchor=False)
        st.markdown(t("train.none.help"))
        if not jobs.readonly():
            st.button(t("train.part.new"), on_click=parts.new, key="to_new", type="primary", icon=":material/add:")


def _chosen(found: list[Job], broken: list[str]) -> tuple[str, str | None]:
    """The training that is looked at, the one the link names, else the one that runs, else the latest; and the one that a link
    asks for in vain. It is in the link even where nobody chose it: another one may run when the link is followed.
    """
    names = [*(job.name for job in found), *broken]
    start = next((job.name for job in found if job.status in ("running", "mapping")), names[0])
    held, asked = st.session_state.get(parts.JOB), st.query_params.get(parts.JOB)

    def draw() -> str | None:
        if st.session_state[parts.JOB] not in names:
            st.session_state[parts.JOB] = start
        return st.selectbox(t("train.job"), names, key=parts.JOB, label_visibility="collapsed", width=NAME_PX)

    # The first option, which nobody can choose, is what a link without a training says.
    chosen = in_link(parts.JOB, {"": "", **{name: name for name in names}}, draw)
    gone = next((name for name in (held, asked) if name and name not in names), None)
    return chosen or start, gone


def _queue(found: list[Job]) -> None:
    waiting = sorted((job for job in found if job.status == "queued"), key=lambda job: job.queued)
    if len(waiting) > 1:
        st.markdown(small(t("train.queue", names=", ".join(as_text(job.name) for job in waiting))))


def _status(job: Job) -> str:
    return "stopping" if job.stopping else job.status


def _buttons(job: Job) -> None:
    if job.status in jobs.ACTIVE and not job.stopping:
        _button("stop", jobs.stop, job.name, ":material/pause:", help=t("train.stop.help"))
    if job.status == "running" and job.stopping:
        _button(
            "stop.now",
            lambda name: jobs.stop(name, at_once=True),
            job.name,
            ":material/stop:",
            help=t("train.stop.now.help"),
        )
    if job.can_resume:
        _button("resume", jobs.resume, job.name, ":material/play_arrow:", type="primary")
    if job.status not in ("running", "mapping"):
        _delete_button(job.name)


def _button(action: str, do: Callable[[str], None], name: str, icon: str, **options: Any) -> None:
    st.button(t(f"train.{action}"), on_click=_try, args=(do, name), key=f"job_{action}", icon=icon, **options)


def _delete_button(name: str) -> None:
    with st.popover(t("train.delete"), icon=":material/delete:"):
        st.markdown(t("train.delete.sure", name=as_text(name)))
        st.button(t("train.delete.yes"), on_click=_try, args=(jobs.delete, name), key="job_delete", type="primary")


def _try(do: Callable[[str], None], name: str) -> None:
    """For callbacks: what is refused is said beneath the buttons."""
    try:
        do(name)
    except JobError as error:
        st.session_state[PROBLEM] = str(error)


def _say_problem() -> None:
    if problem := st.session_state.pop(PROBLEM, None):
        st.error(as_text(problem), icon=":material/block:")
