from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pytest
import torch

from reprlearn.analysis import partial_dependence as module
from reprlearn.analysis import what_if
from reprlearn.analysis.partial_dependence import draw_events, states_before
from reprlearn.nn.event_config import Encoding
from tests.made_events import made_log, made_run

# The types of pandas do not know what a column holds.
partial_dependence: Any = module.partial_dependence
next_types: Any = what_if.next_types
LOG = made_log()
VALUES = [-30.0, 0.0, 4.0, 200.0]


@pytest.mark.parametrize("encoding", get_args(Encoding))
def test_the_dependence_is_the_mean_of_asking_each_sequence_by_itself(encoding) -> None:
    run = made_run(LOG, encoding)
    found = partial_dependence(run, LOG, "delay", VALUES, type_ids=[4, 1], n_sequences=7, split="train")
    lines = found.lines.pivot(index="sequence_id", columns=["type_id", "value"], values="probability")
    events = found.lines.drop_duplicates("sequence_id").set_index("sequence_id")["position"]
    assert len(lines) == found.n_sequences == 7
    for name, position in events.items():
        for value in VALUES:
            alone = next_types(run, LOG, "train", str(name), int(position), {"delay": value}).set_index("type_id")
            for type_id in (4, 1):
                expected = alone.loc[type_id, "moved_probability"]
                assert lines.loc[name, (type_id, value)] == pytest.approx(expected, abs=1e-6)
    summary = found.summary.set_index(["type_id", "value"])
    assert list(dict.fromkeys(found.summary["type_id"])) == [4, 1]
    for key in summary.index:
        np.testing.assert_allclose(summary.loc[key, "mean"], lines[key].mean(), rtol=1e-6)
        np.testing.assert_allclose(summary.loc[key, ["low", "high"]].to_list(), np.quantile(lines[key], [0.1, 0.9]))


@pytest.mark.parametrize("fields", [{}, {"cell": "gru"}, {"n_layers": 2}], ids=str)
@pytest.mark.parametrize("piece", [512, 3])
def test_states_of_a_shrinking_batch_are_those_of_the_sequences_one_by_one(fields, piece, monkeypatch) -> None:
    monkeypatch.setattr(module, "_PIECE", piece)
    run, part = made_run(LOG, **fields), LOG.splits["train"]
    chosen = np.arange(len(part))[::-1].copy()
    positions = (part.lengths[chosen] * 7) % part.lengths[chosen]
    positions[:4] = part.lengths[chosen][:4] - 1
    assert (positions == 0).any()
    state = states_before(run.model, part, chosen, positions)
    assert state is not None
    for k, (sequence, position) in enumerate(zip(chosen, positions, strict=True)):
        rows = slice(part.offsets[sequence], part.offsets[sequence] + position)
        types, scalars = torch.tensor(part.type_ids[rows]).long(), torch.tensor(part.scalars[rows])
        if position:
            _, expected = run.model(types[None], scalars[None])
        else:
            expected = [torch.zeros(run.model.config.n_layers, 1, 8)] * len(state)
        for whole, alone in zip(state, expected, strict=True):
            np.testing.assert_allclose(whole[:, k], alone[:, 0].numpy(), atol=1e-6)


def test_sequences_at_their_very_first_event_have_no_state() -> None:
    run, part = made_run(LOG), LOG.splits["train"]
    assert states_before(run.model, part, np.arange(3), np.zeros(3, dtype=np.int64)) is None


def test_one_event_is_drawn_of_each_sequence_and_never_its_last() -> None:
    part = LOG.splits["train"]
    chosen, positions = draw_events(part, 10_000, seed=0)
    assert len(chosen) == len(set(chosen)) == (part.lengths > 1).sum()
    assert (positions >= 0).all() and (positions < part.lengths[chosen] - 1).all()
    few, _ = draw_events(part, 5, seed=1)
    assert len(few) == 5
    assert draw_events(part, 5, seed=1)[1].tolist() == draw_events(part, 5, seed=1)[1].tolist()


def test_types_that_depend_most_are_found_by_themselves() -> None:
    run = made_run(LOG)
    every = partial_dependence(run, LOG, "delay", VALUES, type_ids=range(len(LOG.types)), split="train").summary
    spans = every.groupby("type_id")["mean"].agg(np.ptp).sort_values(ascending=False)
    found = partial_dependence(run, LOG, "delay", VALUES, split="train", n_types=3).summary
    assert list(dict.fromkeys(found["type_id"])) == spans.index[:3].tolist()


def test_pieces_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    run = made_run(LOG)
    whole = partial_dependence(run, LOG, "delay", VALUES, split="train").lines
    monkeypatch.setattr(module, "_MOST_PROBABILITIES", 1)
    np.testing.assert_allclose(
        partial_dependence(run, LOG, "delay", VALUES, split="train").lines["probability"],
        whole["probability"],
        atol=1e-6,
    )


def test_a_blind_model_depends_on_nothing_and_another_does() -> None:
    for encoding in ("none", "soft-one-hot"):
        summary = partial_dependence(made_run(LOG, encoding), LOG, "delay", VALUES, split="train").summary
        flat = summary.groupby("type_id")["mean"].agg(np.ptp).max() < 1e-6
        assert flat == (encoding == "none")


def test_types_and_scalars_that_are_not_there_are_refused() -> None:
    run = made_run(LOG)
    with pytest.raises(ValueError, match=r"0 to 6, however: \[7\]"):
        partial_dependence(run, LOG, "delay", VALUES, type_ids=[7])
    with pytest.raises(ValueError, match="no scalar 'gap'"):
        partial_dependence(run, LOG, "gap", VALUES)
