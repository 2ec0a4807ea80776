"""What a visitor asks to see: a run, one of its scalars, and the part of the page. Every choice is a query parameter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.analysis.bucket_axis import scalar_of
from reprlearn.ui import loaders, widgets
from reprlearn.ui.frame import RUN_KEY
from reprlearn.ui.links import buttons
from reprlearn.ui.soft_one_hot.value_control import spoken
from reprlearn.ui.text import as_text, small, t

if TYPE_CHECKING:
    from reprlearn.data.events.scalars import Scalar
    from reprlearn.runs import Run

CAPABILITY = "EncodesScalars"
PARTS = ("buckets", "two", "what_if", "proof")
SCALAR = "scalar"
FIRST_CHOICE = "flights-soft-one-hot"


@dataclass(frozen=True)
class View:
    """A run, one of its scalars, and whether the run's buckets are soft ones that can be looked into."""

    run: Run
    scalar: Scalar

    @property
    def soft(self) -> bool:
        return "Buckets" in self.run.card.capabilities

    @property
    def about(self) -> tuple[str, str]:
        """Of what a chosen value is a value: equal for runs that read the same scalar of the same log."""
        return self.run.card.corpus.content_hash, self.scalar.name


def part(available: tuple[str, ...]) -> str:
    """Which part of the page is open."""

    return buttons("part", available, "soft_one_hot.part")


def choose() -> View:
    """The run and the scalar; `FIRST_CHOICE` or else the first soft one-hot there is, where the link asks for none."""
    run_place, scalar_place, about_place = st.columns([1.1, 1, 2.2], gap="medium", vertical_alignment="bottom")
    soft = [run.name for run in loaders.runs_with("Buckets")]
    start = FIRST_CHOICE if FIRST_CHOICE in soft else next(iter(soft), None)
    with run_place:
        run = widgets.run_picker(CAPABILITY, RUN_KEY, default=start)
    with widgets.opening(run):
        names = [scalar.name for scalar in run.vocabulary.scalars]
    with scalar_place:
        name = st.selectbox(t("soft_one_hot.scalar"), names, key=SCALAR, bind="query-params")
    scalar = scalar_of(run, str(name) if name in names else names[0])
    with about_place:
        describe(run, scalar)
    return View(run, scalar)


def describe(run: Run, scalar: Scalar) -> None:
    """What the scalar is, when it is known, and what its training values are."""
    try:
        own = t(f"soft_one_hot.about.{run.card.corpus.name}.{scalar.name.replace(' ', '_')}")
    except KeyError:  # a scalar of a log of one's own: its name has to say it
        own = ""
    known = t("soft_one_hot.ahead") if scalar.known_ahead else t("soft_one_hot.observed")
    lower, upper = (as_text(spoken(scalar, scalar.quantiles[level])) for level in (25, 75))
    middle = t("soft_one_hot.half", low=lower, high=upper)
    missing = t("soft_one_hot.share_missing", share=f"{scalar.missing_share:.1%}") if scalar.missing_share else ""
    st.markdown(small(" ".join(filter(None, (own, known, middle, missing)))))
