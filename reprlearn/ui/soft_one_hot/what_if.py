"""What if an event had been another: a sequence, one of its events, a scalar moved, and what the model then expects next."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from reprlearn.analysis import buckets
from reprlearn.ui import widgets
from reprlearn.ui.presenting import px
from reprlearn.ui.soft_one_hot import answers, panels, sequence_choice
from reprlearn.ui.soft_one_hot.value_control import outside, spoken, value_control
from reprlearn.ui.text import as_text, small, t

if TYPE_CHECKING:
    from reprlearn.analysis.what_if import Prefix
    from reprlearn.ui.soft_one_hot.controls import View

N_VALUES, N_TYPES = 121, 6


@st.fragment
def what_if(view: View) -> None:
    """The whole section; nothing outside it runs when an event is chosen or a scalar moved."""
    event = sequence_choice.choose(view)
    if event is None:
        return
    prefix = answers.prefix(view.run, event.sequence_id, event.position)
    own = _own_value(view, prefix)
    moved = value_control(
        view.scalar, "moved", own, (*view.about, event.sequence_id, event.position),
        t("soft_one_hot.move", name=as_text(view.scalar.name), own=as_text(spoken(view.scalar, own))),
    )  # fmt: skip
    if outside(view.scalar, moved):
        st.markdown(small(t("soft_one_hot.outside")))
    _shift(view, prefix, own, moved)
    _sweep(view, event, own, moved)
    _dependence(view, event, own, prefix)


def _own_value(view: View, prefix: Prefix) -> float | None:
    value = float(prefix.scalars[_column(view)])
    return None if np.isnan(value) else round(value, 6)


def _shift(view: View, prefix: Prefix, own: float | None, moved: float | None) -> None:
    """The types expected next, as it was and moved, and the scalar's buckets beside them."""
    from reprlearn.analysis.what_if import next_types_after
    from reprlearn.viz.buckets import held_by
    from reprlearn.viz.events import next_type_bars

    frame = next_types_after(view.run, prefix, {view.scalar.name: moved} if moved != own else None)
    left, right = st.columns([1.4, 1], gap="medium") if view.soft else (st.container(), None)
    with left:
        figure = next_type_bars(frame, k=N_TYPES, theme=widgets.theme())
        widgets.show(figure, "next_types", alt=t("soft_one_hot.next_types.alt", words=", ".join(frame["word"].head(3))))
    if right is None:
        return
    with right:
        before, after = (buckets.read_value(view.run, view.scalar.name, value).weights for value in (own, moved))
        title = held_by(after, view.scalar, float("nan") if moved is None else moved)
        panels.bars(view, after, moved, "moved_weights", title=title, before=before if moved != own else None)


def _sweep(view: View, event: sequence_choice.Event, own: float | None, moved: float | None) -> None:
    from reprlearn.viz.events_sweep import sweep_lines

    frame = answers.event_sweep(view.run, event.sequence_id, event.position, view.scalar.name, N_VALUES)
    figure = sweep_lines(frame, view.scalar, present=own, moved=moved, theme=widgets.theme())
    widgets.show(figure, "sweep", alt=t("soft_one_hot.sweep.alt", name=view.scalar.name))


def _dependence(view: View, event: sequence_choice.Event, own: float | None, prefix: Prefix) -> None:
    """Over many sequences; asked of the model when the visitor wants to see it."""
    if not st.toggle(t("soft_one_hot.many"), key="many", bind="query-params", help=t("soft_one_hot.many.help")):
        return
    from reprlearn.viz.events_sweep import partial_dependence_figure

    with st.spinner(t("soft_one_hot.many.running")):
        found = answers.dependence(view.run, view.scalar.name, N_VALUES // 3)
        sweep = answers.event_sweep(view.run, event.sequence_id, event.position, view.scalar.name, N_VALUES)
    types = dict(zip(found.summary["word"], found.summary["type_id"], strict=True))
    word = st.selectbox(t("soft_one_hot.type"), list(types), key="type", bind="query-params", width=px(420))
    type_id = int(types[word] if word in types else next(iter(types.values())))
    st.markdown(small(t("soft_one_hot.many.n", n=found.n_sequences)))
    mine = sweep.loc[sweep["type_id"] == type_id]
    figure = partial_dependence_figure(
        found.summary, found.lines, view.scalar, type_id=type_id, own=mine if len(mine) else None, present=own,
        theme=widgets.theme(),
    )  # fmt: skip
    widgets.show(
        figure, "dependence", alt=t("soft_one_hot.many.alt", name=view.scalar.name, word=html.escape(str(word)))
    )


def _column(view: View) -> int:
    scalars: tuple[Any, ...] = view.run.vocabulary.scalars
    return [scalar.name for scalar in scalars].index(view.scalar.name)
