from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.viz import events_timeline as module
from reprlearn.viz import style

# Plotly's types do not know what a trace or an axis holds.
timeline: Any = module.timeline


def sequence(n: int, dated: bool = True, names: tuple[str, ...] = ("LAX", "BOS", "<i>")) -> pd.DataFrame:
    hours = np.cumsum(np.random.default_rng(0).gamma(1, 20, n))
    types = [names[i % len(names)] for i in range(n)]
    time = pd.Timestamp("2013-01-05") + pd.to_timedelta(np.round(hours), unit="h") if dated else hours
    return pd.DataFrame({"position": np.arange(n), "time": time, "type": types, "word": [f"Town {t}" for t in types]})


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("n", [1, 2, 5, 11, 12, 575])
def test_sequences_of_any_length_at_any_place(n: int, dated: bool) -> None:
    for position in {0, n // 2, n - 1}:
        figure = timeline(sequence(n, dated), position)
        shown = list(figure.layout.xaxis.tickvals)
        assert len(shown) == min(n, 11) and position in shown
        assert shown == list(range(shown[0], shown[0] + len(shown)))
        strip = next(trace for trace in figure.data if trace.name == "sequence")
        assert len(strip.x) <= 1001 + 1 and min(strip.x) >= 0 and max(strip.x) <= 1


def test_a_long_sequence_sends_no_more_ticks_than_can_be_seen() -> None:
    strip = next(trace for trace in timeline(sequence(60_000), 30_000).data if trace.name == "sequence")
    assert len(strip.x) <= 1002


def test_what_the_model_has_read_is_filled_and_what_came_later_is_hollow() -> None:
    figure = timeline(sequence(30), 12)
    events = next(trace for trace in figure.data if trace.name == "events")
    filled = [symbol == "circle" for symbol in events.marker.symbol]
    assert filled == [position <= 12 for position in events.x]
    bright = [
        position
        for position, colour in zip(events.x, events.marker.color, strict=True)
        if colour == style.ROLES["highlight"]
    ]
    assert bright == [12, 13]
    captions = {note.text: note.x for note in figure.layout.annotations if note.name == "caption"}
    assert captions == {"this event": 12, "came next": 13}


def test_nothing_comes_after_the_last_event() -> None:
    figure = timeline(sequence(30), 29)
    assert [note.text for note in figure.layout.annotations if note.name == "caption"] == ["this event"]
    assert figure.layout.title.subtitle.text == "the last one: nothing came next"


def test_the_title_says_where_in_the_whole_the_event_is() -> None:
    title = timeline(sequence(30), 12).layout.title
    assert (title.text, title.subtitle.text) == ("Event 13 of 30: Town LAX", "Town BOS came next")


def test_no_type_is_read_as_html_and_long_ones_make_room() -> None:
    figure = timeline(sequence(9), 4)
    names = [note.text for note in figure.layout.annotations if note.name == "type"]
    assert names.count("&lt;i&gt;") == 2 and names[5] == "<b>&lt;i&gt;</b>"
    assert all(note.textangle is None for note in figure.layout.annotations)
    long = timeline(sequence(9, names=("checkout_page_view", "login")), 4)
    assert {note.textangle for note in long.layout.annotations if note.name == "type"} == {-40}
    assert max(len(note.text) for note in long.layout.annotations if note.name == "type") <= 12 + len("<b></b>")


def test_the_time_between_events_is_written_in_the_unit_that_fits() -> None:
    assert [module._gap(hours) for hours in (0, 0.005, 0.5, 1, 9.8, 25, 47.9, 48, 240, 24 * 400)] == [
        "0", "18 s", "30 min", "1 h", "9.8 h", "25 h", "48 h", "2 d", "10 d", "1.1 y"
    ]  # fmt: skip
    gaps = next(trace for trace in timeline(sequence(5), 2).data if trace.name == "gaps")
    assert len(gaps.text) == 4 and list(gaps.x) == [0.5, 1.5, 2.5, 3.5]


def test_the_day_is_written_where_it_changes() -> None:
    times = pd.to_datetime(["2013-01-05 08:00", "2013-01-05 20:30", "2013-01-06 01:00"])
    events = sequence(3).assign(time=times)
    assert list(timeline(events, 0).layout.xaxis.ticktext) == ["08:00<br>5 Jan", "20:30", "01:00<br>6 Jan"]
    assert "UTC" in timeline(events, 0).layout.xaxis.title.text
    assert "hours" in timeline(sequence(3, dated=False), 0).layout.xaxis.title.text


@pytest.mark.parametrize("position", [-1, 5])
def test_an_event_that_is_not_there_is_refused(position: int) -> None:
    with pytest.raises(ValueError, match=f"0 to 4, however: position={position}"):
        timeline(sequence(5), position)
