"""weights.safetensors: one copy of every tensor, read without torch where numbers are all that is wanted."""

from __future__ import annotations

import json
import os
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reprlearn.cache import make_readable
from reprlearn.runs.card import Card, RunError

if TYPE_CHECKING:
    import numpy as np
    from torch import nn

FILE_NAME = "weights.safetensors"
MAPPED_BYTES = 64 << 20


def check(folder: Path, card: Card) -> None:
    """Raise `RunError` when the file is missing, cut short, or lacks a matrix the card names. Reads the header only."""
    path = folder / FILE_NAME
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            header: dict[str, Any] = json.loads(file.read(length)) if length < size else {}
        header.pop("__metadata__", None)
        n_bytes = 8 + length + max(int(entry["data_offsets"][1]) for entry in header.values())
        n_rows = {name: int(entry["shape"][0]) for name, entry in header.items() if entry["shape"]}
    except FileNotFoundError:
        raise RunError(f"{folder.name}: {FILE_NAME} is missing") from None
    except OSError as error:
        raise RunError(f"{folder.name}: {FILE_NAME} cannot be read ({error.strerror})") from None
    except (struct.error, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise RunError(f"{folder.name}: {FILE_NAME} is not a safetensors file, or its header is cut off") from None
    if size < n_bytes:
        raise RunError(f"{folder.name}: {FILE_NAME} is truncated ({size:,} of {n_bytes:,} bytes)")
    for tensor in card.matrices.values():
        if tensor not in header:
            raise RunError(f"{folder.name}: {FILE_NAME} has no tensor {tensor!r}, which the card names")
        if n_rows.get(tensor) != card.corpus.n_words:
            raise RunError(
                f"{folder.name}: {tensor!r} has {n_rows.get(tensor)} rows, the card names {card.corpus.n_words} words"
            )


def read_matrix(folder: Path, tensor: str) -> np.ndarray:
    """One tensor as a read-only float32 array. A large one stays in its file and is mapped: the system shares its pages among all
    who look at it, and takes them back when memory is short.
    """
    import numpy as np

    from reprlearn.data.config import DataError
    from reprlearn.data.vectors.tensors import open_tensors

    try:
        stored = open_tensors(folder / FILE_NAME)[tensor]
        matrix = stored.floats()
        if stored.n_bytes < MAPPED_BYTES:
            matrix = np.array(matrix, dtype=np.float32, order="C")
    except (OSError, KeyError, ValueError, DataError) as error:
        raise RunError(f"{folder.name}: {FILE_NAME} cannot be read ({error})") from None
    matrix.flags.writeable = False
    return matrix


def matrix_hash(matrix: np.ndarray) -> str:
    """SHA-256 (hex) of the matrix's float32 bytes, row after row."""
    import hashlib

    import numpy as np

    return hashlib.sha256(np.ascontiguousarray(matrix, dtype=np.float32).data).hexdigest()


def write(folder: Path, model: nn.Module, *, half: bool) -> None:
    """Save every stored tensor once; names of a shared one are kept in the file's metadata by safetensors."""
    from safetensors.torch import save_model

    if half:
        model.state_dict()  # a model may bring what it stores up to date when it is asked for it, in single precision
        model = _rounded(model)
    with writing(folder / FILE_NAME):
        save_model(model, str(folder / FILE_NAME))
    make_readable(folder / FILE_NAME)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Around a call of safetensors that writes `path`: what the system refuses, such as a full disk, is an OSError as elsewhere."""
    from safetensors import SafetensorError

    try:
        yield
    except SafetensorError as error:
        if (found := re.search(r"os error (\d+)", str(error))) is None:
            raise
        code = int(found[1])
        raise OSError(code, os.strerror(code), str(path)) from None


def read_into(folder: Path, model: nn.Module) -> None:
    """Load the weights into `model`, whose shared parameters stay shared."""
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_model

    try:
        load_model(model, folder / FILE_NAME)
    except (OSError, SafetensorError, RuntimeError) as error:
        raise RunError(f"{folder.name}: {FILE_NAME} does not fit its recipe ({str(error).splitlines()[0]})") from None
    model.to(torch.float32).eval()


def _rounded(model: nn.Module) -> nn.Module:
    """A copy of `model` in half precision, with the same parameters shared."""
    import copy

    return copy.deepcopy(model).half()
