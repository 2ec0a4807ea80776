"""What a training would be: its name, where it goes, how large it is, how long it takes; and the button that starts it."""

from __future__ import annotations

import math

import streamlit as st

from reprlearn import jobs
from reprlearn.jobs import JobError, estimates
from reprlearn.jobs.names import MOST_CHARACTERS
from reprlearn.recipes import Recipe
from reprlearn.runs.store import own_runs
from reprlearn.ui.text import as_text, small, t
from reprlearn.ui.text.numbers import compact, duration
from reprlearn.ui.train import parts
from reprlearn.ui.train.data import Data

NAME, MAPS, ASKED = "train_name", "train_maps", "train_asked"
POLL_SECONDS = 1.0
FEW_STEPS = 300


def offer(recipe: Recipe | None, data: Data) -> None:
    """The card at the right of the form."""
    if recipe is None:
        st.markdown(t("train.upload.none") if data.own and data.upload is None else t("train.start.unmeasured"))
        st.button(t("train.start.go"), key="start", type="primary", disabled=True, width="stretch")
        return
    default = jobs.default_name(recipe)
    typed = st.text_input(
        t("train.start.name"), key=NAME, placeholder=default, max_chars=MOST_CHARACTERS, help=t("train.start.name.help")
    )
    name = (typed or "").strip() or default
    problem = _problem(name)
    if problem:
        st.error(as_text(problem), icon=":material/label:")
    st.markdown(small(t("train.start.where", path=f"{own_runs()}/{name}" if not problem else f"{own_runs()}/…")))
    _size(recipe)
    _few_steps(recipe, data)
    maps = st.checkbox(t("train.start.maps"), True, key=MAPS, help=t("train.start.maps.help"))
    _waiting()
    if st.button(
        t("train.start.go"),
        key="start",
        type="primary",
        icon=":material/play_arrow:",
        disabled=bool(problem),
        width="stretch",
    ):
        try:
            job = jobs.submit(recipe, name, upload=data.upload, maps=bool(maps))
        except JobError as error:
            st.error(as_text(error), icon=":material/block:")
        else:
            parts.watch(job.name)
            st.rerun()


def _problem(name: str) -> str | None:
    try:
        jobs.check_name(name)
    except JobError as error:
        return str(error)
    return None


def _size(recipe: Recipe) -> None:
    """Measured, being measured, or the button to have it measured."""
    found = estimates.estimate(recipe)
    waits = found is not None and found.pending
    st.fragment(_measured, run_every=POLL_SECONDS if waits else None)(recipe)


def _measured(recipe: Recipe) -> None:
    found = estimates.estimate(recipe)
    if found is not None and found.pending:
        st.markdown(small(f":material/hourglass_empty: {t('train.start.measuring')}"))
        st.session_state[ASKED] = True
        return
    if st.session_state.pop(ASKED, False):
        st.rerun()  # the whole page, which polls no more
    if found is not None and found.error is None:
        steps = recipe.fit.epochs * (found.steps_per_epoch or 0)
        st.markdown(t("train.start.size", parameters=compact(found.n_parameters or 0), steps=f"{steps:,}"))
        st.markdown(t("train.start.time", duration=duration(found.seconds or 0.0)))
        return
    if found is not None and found.error:
        st.warning(as_text(found.error), icon=":material/speed:")
    if st.button(t("train.start.measure"), key="measure", icon=":material/speed:", help=t("train.start.measure.help")):
        try:
            estimates.ask(recipe)
        except JobError as error:
            st.error(as_text(error), icon=":material/block:")
        else:
            st.session_state[ASKED] = True
            st.rerun()


def _few_steps(recipe: Recipe, data: Data) -> None:
    """A short text gives few steps, and a model that took few steps has learned little."""
    length = getattr(recipe.objective, "sequence_length", None)
    if data.upload is None or data.upload.text is None or length is None:
        return
    words = data.upload.text["sizes"]["train"]["words"]
    n = recipe.fit.epochs * math.ceil(words / (recipe.fit.batch_size * length))
    if n < FEW_STEPS:
        st.markdown(small(t("train.start.few", n=n)))


def _waiting() -> None:
    n = sum(job.status in jobs.ACTIVE for job in jobs.read_all()[0])
    if n:
        st.markdown(small(t("train.start.one_waiting") if n == 1 else t("train.start.waiting", n=n)))
