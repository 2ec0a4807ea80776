from __future__ import annotations

import dataclasses
import pickle
from typing import Any, get_args

import numpy as np
import pytest
import torch

from reprlearn.analysis import what_if
from reprlearn.analysis.what_if import read_prefix
from reprlearn.data.events.log import EventLog
from reprlearn.nn.event_config import Encoding
from tests.made_events import made_log, made_run

# The types of pandas do not know what a column holds.
next_types: Any = what_if.next_types
next_types_after: Any = what_if.next_types_after
sweep_after: Any = what_if.sweep_after
LOG = made_log()
PART = LOG.splits["train"]
NAME = PART.names[int(PART.lengths.argmax())]
ROWS = PART.events_of(PART.names.index(NAME))
N = ROWS.stop - ROWS.start
every_model = pytest.mark.parametrize(
    "fields",
    [*({"encoding": encoding} for encoding in get_args(Encoding)), {"cell": "gru", "n_layers": 2}, {"n_layers": 3}],
    ids=lambda fields: "-".join(map(str, fields.values())),
)


def whole_sequence(run: Any, position: int, feature: int | None = None, value: float = 0.0) -> np.ndarray:
    """(V,) probabilities after the event at `position`, read out of a pass over all events."""
    types, scalars = torch.tensor(PART.type_ids[ROWS]).long(), torch.tensor(PART.scalars[ROWS])
    if feature is not None:
        scalars[position, feature] = value
    return run.model.next_event_logits(types[None], scalars[None])[0, position].softmax(-1).numpy()


def by_id(frame: Any, column: str) -> np.ndarray:
    return frame.sort_values("type_id")[column].to_numpy()


@every_model
@pytest.mark.parametrize("position", [0, 1, 17, N - 1])
def test_as_it_was_is_what_the_model_says_of_the_whole_sequence(fields, position) -> None:
    run = made_run(LOG, **fields)
    frame = next_types(run, LOG, "train", NAME, position)
    expected = whole_sequence(run, position)
    np.testing.assert_allclose(by_id(frame, "probability"), expected, atol=1e-6)
    np.testing.assert_allclose(by_id(frame, "moved_probability"), expected, atol=1e-6)
    assert frame["probability"].is_monotonic_decreasing and frame["rank"].tolist() == list(range(1, len(LOG.types) + 1))


@every_model
def test_a_moved_scalar_is_the_same_event_with_another_value(fields) -> None:
    run, position = made_run(LOG, **fields), 9
    frame = next_types(run, LOG, "train", NAME, position, {"delay": -60.0})
    np.testing.assert_allclose(by_id(frame, "probability"), whole_sequence(run, position), atol=1e-6)
    np.testing.assert_allclose(by_id(frame, "moved_probability"), whole_sequence(run, position, 1, -60.0), atol=1e-6)
    blind = fields.get("encoding") == "none"
    assert frame["moved_probability"].equals(frame["probability"]) == blind


def test_moving_a_scalar_changes_nothing_before_its_event() -> None:
    """`Prefix` holds all that a what-if takes from the events before, and no scalar of the event itself is in it."""
    run, position = made_run(LOG), 9
    changed = PART.scalars.copy()
    changed[ROWS.start + position] = [3.0, 500.0, 2.0]
    other = dataclasses.replace(LOG, splits={**LOG.splits, "train": dataclasses.replace(PART, scalars=changed)})
    before, same = (read_prefix(run, log, "train", NAME, position) for log in (LOG, other))
    assert before.state is not None and same.state is not None
    for a, b in zip(before.state, same.state, strict=True):
        np.testing.assert_array_equal(a, b)
    for earlier in range(position):
        np.testing.assert_array_equal(
            next_types(run, LOG, "train", NAME, earlier)["probability"],
            next_types(run, other, "train", NAME, earlier)["probability"],
        )
    moved = next_types(run, other, "train", NAME, position, {"delay": -20.0})
    assert (moved["moved_probability"] - moved["probability"]).abs().max() > 1e-2


def test_missing_is_a_value_of_its_own_and_may_be_said_in_two_ways() -> None:
    run, position = made_run(LOG), 9
    none = next_types(run, LOG, "train", NAME, position, {"delay": None})
    nan = next_types(run, LOG, "train", NAME, position, {"delay": float("nan")})
    np.testing.assert_array_equal(none["moved_probability"], nan["moved_probability"])
    np.testing.assert_allclose(by_id(none, "moved_probability"), whole_sequence(run, position, 1, np.nan), atol=1e-6)


def test_several_scalars_move_at_once() -> None:
    run, position = made_run(LOG), 9
    both = next_types(run, LOG, "train", NAME, position, {"delay": 5.0, "next hour": 3.0})
    types, scalars = torch.tensor(PART.type_ids[ROWS]).long(), torch.tensor(PART.scalars[ROWS])
    scalars[position, :2] = torch.tensor([3.0, 5.0])
    expected = run.model.next_event_logits(types[None], scalars[None])[0, position].softmax(-1).numpy()
    np.testing.assert_allclose(by_id(both, "moved_probability"), expected, atol=1e-6)


def test_the_true_type_is_that_of_the_next_event_and_the_last_has_none() -> None:
    run = made_run(LOG)
    for position in (0, 9, N - 2):
        frame = next_types(run, LOG, "train", NAME, position)
        assert frame.loc[frame["is_true"], "type_id"].tolist() == [PART.type_ids[ROWS.start + position + 1]]
    last = read_prefix(run, LOG, "train", NAME, N - 1)
    assert last.true_id is None and not next_types_after(run, last)["is_true"].any()
    assert not sweep_after(run, last, "delay", [1.0])["is_true"].any()


def test_moved_ranks_are_the_places_in_the_moved_distribution() -> None:
    frame = next_types(made_run(LOG), LOG, "train", NAME, 9, {"delay": -60.0})
    moved = frame["moved_probability"].to_numpy()
    assert (frame["moved_rank"] != frame["rank"]).any()
    assert frame["moved_rank"].tolist() == [1 + int((moved > p).sum()) for p in moved]


@every_model
def test_a_sweep_agrees_with_asking_value_by_value(fields) -> None:
    run, position = made_run(LOG, **fields), 9
    values = [-40.0, 0.0, 3.0, np.nan, 800.0]
    frame = sweep_after(
        run, read_prefix(run, LOG, "train", NAME, position), "delay", values, n_types=None, moved={"next hour": 4.0}
    )
    assert len(frame) == len(values) * len(LOG.types)
    table = frame.pivot(index="type_id", columns="value", values="probability")
    np.testing.assert_allclose(frame.groupby("value", dropna=False)["probability"].sum(), 1, atol=1e-5)
    for value in values:
        if not np.isnan(value):
            alone = next_types(run, LOG, "train", NAME, position, {"delay": value, "next hour": 4.0})
            np.testing.assert_allclose(table[value], by_id(alone, "moved_probability"), atol=1e-6)


def test_a_sweep_at_the_value_there_is_gives_what_the_model_says_now() -> None:
    run, position = made_run(LOG), 9
    present = float(PART.scalars[ROWS.start + position, 1])
    frame = sweep_after(run, read_prefix(run, LOG, "train", NAME, position), "delay", [present], n_types=None)
    np.testing.assert_allclose(by_id(frame, "probability"), whole_sequence(run, position), atol=1e-6)


def test_a_sweep_shows_the_types_that_are_probable_somewhere_and_the_true_one() -> None:
    run = made_run(LOG)
    values = np.linspace(-50, 300, 31)
    everything = sweep_after(run, read_prefix(run, LOG, "train", NAME, 9), "delay", values, n_types=None)
    highest = everything.groupby("type_id")["probability"].max().sort_values(ascending=False)
    true_id = PART.type_ids[ROWS.start + 10]
    for n_types in (1, 2, 6):
        shown = list(
            dict.fromkeys(
                sweep_after(run, read_prefix(run, LOG, "train", NAME, 9), "delay", values, n_types)["type_id"]
            )
        )
        expected = highest.index[:n_types].tolist()
        assert shown == expected + ([] if true_id in expected else [true_id])


def test_one_pass_over_the_events_before_serves_all_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    run = made_run(LOG)
    prefix = pickle.loads(pickle.dumps(read_prefix(run, LOG, "train", NAME, 20)))
    monkeypatch.setattr(what_if, "carry", lambda *_: pytest.fail("read the events before once more"))
    np.testing.assert_allclose(by_id(next_types_after(run, prefix), "probability"), whole_sequence(run, 20), atol=1e-6)
    assert len(sweep_after(run, prefix, "delay", np.arange(50.0), n_types=None)) == 50 * len(LOG.types)


def test_the_log_is_not_changed_by_what_is_asked() -> None:
    before = PART.scalars.copy()
    next_types(made_run(LOG), LOG, "train", NAME, 9, {"delay": 9.0})
    np.testing.assert_array_equal(before, PART.scalars)


def test_questions_that_make_no_sense_are_refused() -> None:
    run = made_run(LOG)
    with pytest.raises(ValueError, match="no scalar 'gap'; there are: next hour, delay, type"):
        next_types(run, LOG, "train", NAME, 0, {"gap": 1.0})
    with pytest.raises(ValueError, match=r"'delay' must be a number.*inf"):
        next_types(run, LOG, "train", NAME, 0, {"delay": float("inf")})
    with pytest.raises(ValueError, match=f"position={N}"):
        read_prefix(run, LOG, "train", NAME, N)
    other: EventLog = dataclasses.replace(LOG, vocabulary=dataclasses.replace(LOG.vocabulary, scalars=LOG.scalars[:1]))
    with pytest.raises(ValueError, match="scalars"):
        read_prefix(run, other, "train", NAME, 0)
    types = ("<oov>", *reversed(LOG.types[1:]))
    other = dataclasses.replace(LOG, vocabulary=dataclasses.replace(LOG.vocabulary, types=types))
    with pytest.raises(ValueError, match="other event types"):
        read_prefix(run, other, "train", NAME, 0)
