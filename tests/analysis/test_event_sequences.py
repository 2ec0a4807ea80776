from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis import event_sequences as module
from reprlearn.analysis.event_sequences import check_position, scalar_index, vocabulary_of
from reprlearn.data.events.log import EventLog
from tests.analysis.conftest import MadeRun
from tests.made_events import made_log

# The types of pandas do not know what a column holds.
sequence_events: Any = module.sequence_events
sequence_table: Any = module.sequence_table


@pytest.fixture(scope="module")
def log() -> EventLog:
    return made_log()


def test_the_table_of_sequences_agrees_with_a_plain_count(log: EventLog) -> None:
    table = sequence_table(log, "train")
    part = log.splits["train"]
    assert table["sequence_id"].tolist() == list(part.names)
    for row in table.itertuples():
        events = sequence_events(log, "train", str(row.sequence_id))
        assert row.n_events == len(events)
        assert (row.first, row.last) == (events["time"].iloc[0], events["time"].iloc[-1])
        counts = Counter(events["type_id"])
        best = min(counts, key=lambda type_id: (-counts[type_id], type_id))
        assert row.most_common_type == log.types[best]


def test_events_are_those_of_the_log_in_order_with_dates(log: EventLog) -> None:
    part = log.splits["test"]
    name = part.names[int(part.lengths.argmax())]
    events = sequence_events(log, "test", name)
    rows = part.events_of(part.names.index(name))
    assert events["position"].tolist() == list(range(rows.stop - rows.start))
    assert events["type_id"].tolist() == part.type_ids[rows].tolist()
    assert events["type"].tolist() == [log.types[i] for i in part.type_ids[rows]]
    assert set(events["word"]) <= set(log.vocabulary.words)
    np.testing.assert_array_equal(events["delay"], part.scalars[rows, 1])
    hours = (events["time"] - pd.Timestamp("1970-01-01")) / pd.Timedelta(hours=1)
    np.testing.assert_allclose(hours, part.times[rows], atol=1 / 3600)


def test_a_scalar_called_like_a_column_does_not_replace_it(log: EventLog) -> None:
    name = log.splits["test"].names[0]
    events = sequence_events(log, "test", name)
    assert events.columns.is_unique
    assert events["type"].isin(log.types).all()
    assert events["type (scalar)"].dtype == np.float32


def test_a_known_ahead_scalar_is_about_the_event_in_the_next_row(log: EventLog) -> None:
    name = next(name for name, n in zip(log.splits["test"].names, log.splits["test"].lengths, strict=True) if n > 2)
    events = sequence_events(log, "test", name)
    hour = events["time"].dt.hour + events["time"].dt.minute / 60 + events["time"].dt.second / 3600
    np.testing.assert_allclose(events["next hour"].iloc[:-1], hour.iloc[1:], atol=0.01)
    assert np.isnan(events["next hour"].iloc[-1]), "nothing comes after the last event"


def test_what_is_not_there_is_refused_with_what_is(log: EventLog) -> None:
    name = log.splits["test"].names[0]
    with pytest.raises(ValueError, match=f"no sequence '{name}x'.*did you mean.*'{name}'"):
        sequence_events(log, "test", name + "x")
    with pytest.raises(ValueError, match=r"no sequence '§§' among these 4$"):
        sequence_events(log, "test", "§§")
    with pytest.raises(ValueError, match="no split 'dev'; there are: train, valid, test"):
        sequence_table(log, "dev")
    for position in (-1, 10):
        with pytest.raises(ValueError, match=f"events 0 to 9, however: position={position}"):
            check_position(slice(5, 15), position)
    with pytest.raises(ValueError, match="no scalar 'gap'; there are: next hour, delay, type"):
        scalar_index(log.scalars, "gap")
    with pytest.raises(ValueError, match="the log has none"):
        scalar_index((), "gap")


def test_a_run_that_reads_text_has_no_types(made: MadeRun) -> None:
    with pytest.raises(ValueError, match="reads text, not events"):
        vocabulary_of(made)
