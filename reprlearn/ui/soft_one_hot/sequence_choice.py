"""Choosing an event: a sequence of the test split, searched by its id, and a place in it, shown on a time line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.ui import widgets
from reprlearn.ui.soft_one_hot import answers
from reprlearn.ui.text import as_text, small, t

if TYPE_CHECKING:
    import pandas as pd

    from reprlearn.ui.soft_one_hot.controls import View

MOST_LISTED = 2_000  # ids sent to the browser to choose from; any other can be typed
FIRST_POSITION = 10


@dataclass(frozen=True)
class Event:
    """An event of a test sequence, position from 0."""

    sequence_id: str
    position: int


def choose(view: View) -> Event | None:
    """Draw the choice and the time line; None, with what is wrong said, where there is no such sequence or no log."""
    from reprlearn.analysis.event_sequences import sequence_events
    from reprlearn.viz.events_timeline import timeline

    try:
        with st.spinner(t("soft_one_hot.log.reading")):
            log, table = answers.event_log(view.run), answers.sequence_table(view.run)
    except ValueError as error:
        st.warning(t("soft_one_hot.log.gone", reason=as_text(error)), icon=":material/link_off:")
        return None
    sequence_place, position_place = st.columns([1, 2.2], gap="medium", vertical_alignment="bottom")
    with sequence_place:
        name = _sequence(table)
    try:
        events = sequence_events(log, "test", name)
    except ValueError as error:
        st.warning(as_text(error), icon=":material/search_off:")
        return None
    with position_place:
        position = _position(len(events))
    figure = timeline(events, position, theme=widgets.theme())
    widgets.show(
        figure, "timeline", alt=t("soft_one_hot.timeline.alt", sequence=name, n=len(events), position=position + 1)
    )
    if position == len(events) - 1:
        st.markdown(small(t("soft_one_hot.last")))
    return Event(name, position)


def _sequence(table: pd.DataFrame) -> str:
    names = table["sequence_id"].tolist()
    listed = names[:MOST_LISTED]
    chosen = st.selectbox(
        t("soft_one_hot.sequence"), listed, key="sequence", bind="query-params", accept_new_options=True,
        help=t("soft_one_hot.sequence.help", n=f"{len(names):,}"),
    )  # fmt: skip
    return str(chosen or names[0])


def _position(n_events: int) -> int:
    """The place of the event, from 0; visitors count from 1."""
    if n_events == 1:
        return 0
    number = st.slider(
        t("soft_one_hot.position", n=f"{n_events:,}"), 1, n_events, min(FIRST_POSITION, n_events - 1), key="position",
        bind="query-params",
    )  # fmt: skip
    return min(max(int(number), 1), n_events) - 1
