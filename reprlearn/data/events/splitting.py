"""Which sequence belongs to which split: whole, 8:1:1, and the same wherever it is read."""

from __future__ import annotations

import hashlib

import numpy as np

from reprlearn.data.config import DataError

LEAST_SEQUENCES = 10
"""Below this there is no 8:1:1."""


def split_sequences(names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Split -> positions of its sequences, 8:1:1, in the order of the SHA-256 of their names.

    Neither the order of the file nor a random state decides. Raises DataError: fewer than `LEAST_SEQUENCES`.
    """
    n = len(names)
    if n < LEAST_SEQUENCES:
        raise DataError(too_few(n))
    order = np.array(sorted(range(n), key=lambda i: hashlib.sha256(names[i].encode()).digest()), dtype=np.int64)
    held = n // 10
    return {"train": order[2 * held :], "valid": order[:held], "test": order[held : 2 * held]}


def too_few(n: int) -> str:
    """What is wrong with so few sequences."""
    return (
        f"{n} sequence{'' if n == 1 else 's'} of two events or more; to split them 8:1:1 into train, valid and test, "
        f"there must be at least {LEAST_SEQUENCES}"
    )
