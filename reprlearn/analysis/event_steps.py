"""An event model step by step: the state that a sequence leaves behind, and what is expected after one event more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reprlearn.analysis.event_sequences import vocabulary_of

if TYPE_CHECKING:
    from reprlearn.data.events.log import EventLog
    from reprlearn.runs import Run

State = tuple[np.ndarray, ...] | None
"""What a model carries along, (layers, batch, width) each; None before the first event."""


def check_log(run: Run, log: EventLog) -> None:
    """ValueError unless the log has the types and scalars the run was trained on."""
    own = vocabulary_of(run)
    if own.types != log.types:
        raise ValueError(f"the log {log.name} has other event types than the run was trained on")
    names, there = ([scalar.name for scalar in part.scalars] for part in (own, log))
    if names != there:
        raise ValueError(f"the log {log.name} has the scalars {there}, but the run was trained with {names}")


def carry(model: Any, state: State, type_ids: np.ndarray, scalars: np.ndarray) -> State:
    """The state after reading `type_ids` (batch, time) and `scalars` (batch, time, S); as it was when there are none."""
    # torch takes seconds to import, and a page may have its answers cached.
    import torch

    if not type_ids.size:
        return state
    with torch.inference_mode():
        _, after = model(torch.tensor(type_ids, dtype=torch.long), torch.tensor(scalars), _tensors(state))
    return tuple(part.numpy() for part in after)


def step(model: Any, state: State, type_ids: np.ndarray, scalars: np.ndarray) -> np.ndarray:
    """(batch, V) float32 probabilities of the type that follows one more event, `type_ids` (batch,) and `scalars`
    (batch, S), after `state` (of a batch of that size, or of one sequence for all).
    """
    import torch

    n = len(type_ids)
    before = _tensors(state)
    if before is not None:
        before = tuple(part.expand(-1, n, -1).contiguous() for part in before)
    with torch.inference_mode():
        hidden, _ = model(torch.tensor(type_ids, dtype=torch.long)[:, None], torch.tensor(scalars)[:, None], before)
        return model.output(hidden[:, 0]).float().softmax(dim=-1).numpy()


def _tensors(state: State) -> Any:
    """The state as a model takes it."""
    import torch

    return None if state is None else tuple(torch.tensor(part) for part in state)
