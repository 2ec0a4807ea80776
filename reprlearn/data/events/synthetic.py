"""The synthetic log: sequences drawn from the ground truth, in which the best loss there is can be computed."""

from __future__ import annotations

import numpy as np

from reprlearn.data.event_config import EventData, ScalarColumn
from reprlearn.data.events.flights import chosen_scalars
from reprlearn.data.events.ground_truth import SEED, TYPES, GroundTruth
from reprlearn.data.events.log import RawLog
from reprlearn.data.events.sequences import Sequences

N_SEQUENCES = 5000
LENGTHS = (20, 40)
"""Events of a sequence, at least and at most; every length between is as likely."""
MEAN_PAUSE_HOURS = 0.5
"""Between the end of an event and the start of the next; drawn from an exponential distribution."""

SCALARS = (ScalarColumn(name="duration", column="duration", unit="min", transform="asinh"),)
"""How long an event lasts: known when it is over, and drives what comes next."""


def generate(
    truth: GroundTruth, config: EventData | None = None, n_sequences: int = N_SEQUENCES, seed: int = SEED + 1
) -> RawLog:
    """Sequences of events drawn from `truth`, which depend on nothing but it and the seed. Raises DataError."""
    columns = chosen_scalars(() if config is None else config.all_scalars, SCALARS, "synthetic")
    uniform = np.random.Generator(np.random.PCG64(seed)).random
    shortest, longest = LENGTHS
    lengths = shortest + (uniform(n_sequences) * (longest - shortest + 1)).astype(np.int64)
    types = np.empty((n_sequences, longest), dtype=np.int32)
    minutes = np.empty((n_sequences, longest))
    # All sequences are drawn to full length, one event of each at a time, and then cut.
    chances = np.broadcast_to(truth.start, (n_sequences, len(TYPES)))
    for step in range(longest):
        types[:, step] = _choose(chances, uniform(n_sequences))
        # Rounded at once, so that what a model is given is what the next type was drawn from.
        minutes[:, step] = truth.durations(types[:, step], uniform(n_sequences)).astype(np.float32)
        chances = truth.next_type(types[:, step], minutes[:, step])
    pauses = -MEAN_PAUSE_HOURS * np.log1p(-uniform((n_sequences, longest)))
    ends = np.cumsum(minutes / 60 + pauses, axis=1)
    # Rounded, because the last bits of a logarithm differ between machines and the content hash may not.
    times = np.round(np.concatenate([np.zeros((n_sequences, 1)), ends[:, :-1]], axis=1), 6)
    kept = np.arange(longest) < lengths[:, None]
    return RawLog(
        name="synthetic",
        source=f"drawn by reprlearn from a known distribution, seed {seed}",
        licence="none needed: made by the program itself",
        sequences=Sequences(
            names=tuple(f"sequence-{i}" for i in range(n_sequences)),
            offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            type_ids=types[kept],
            times=times[kept],
            scalars=np.repeat(minutes[kept].astype(np.float32)[:, None], len(columns), axis=1),
        ),
        type_names=TYPES,
        columns=columns,
        labels={name: f"{name} (group {name[0]})" for name in TYPES},
        places=None,
        n_dropped=0,
        dated=False,
        # The oracle knows all types, so none may go out of vocabulary however little is trained on.
        min_count=0,
    )


def _choose(chances: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """(n,) one index a row of the (n, V) chances."""
    below = np.cumsum(chances, axis=1) < uniform[:, None]
    # The last sum may be a rounding error short of one.
    return np.minimum(below.sum(axis=1), chances.shape[1] - 1)
