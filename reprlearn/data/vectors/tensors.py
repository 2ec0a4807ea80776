"""Tensors of safetensors files, mapped and not read; and such files written, row by row or copied together.

8 bytes, little-endian: length n of the header | n bytes of JSON: {name: {dtype, shape, data_offsets}} | the data
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from reprlearn.data.config import DataError
from reprlearn.data.vectors.blocks import Block, check_size, rows_in_blocks

# bfloat16 is the upper half of a float32, and numpy has no name for it.
DTYPES = {"F32": "<f4", "F16": "<f2", "F64": "<f8", "BF16": "<u2"}
HEADER_BYTES = 4_096


@dataclass(frozen=True)
class Tensor:
    """Where a tensor lies in its file; `start` and `n_bytes` in bytes."""

    path: Path
    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int
    n_bytes: int

    @property
    def n_numbers(self) -> int:
        return int(np.prod(self.shape, dtype=np.int64))

    def mapped(self) -> np.ndarray:
        """The tensor as it lies in the file, to read only; bfloat16 as the 16-bit numbers of its bits.

        ValueError for numbers of another type.
        """
        if self.dtype not in DTYPES:
            raise ValueError(
                f"tensor {self.name!r} has numbers of type {self.dtype}, however: {', '.join(DTYPES)} are read"
            )
        if not self.n_numbers:
            return np.zeros(self.shape, dtype=DTYPES[self.dtype])
        return np.memmap(self.path, dtype=DTYPES[self.dtype], mode="r", offset=self.start, shape=self.shape)

    def floats(self, rows: slice = slice(None)) -> np.ndarray:
        """The tensor, or some of its rows, in single precision; without a copy where it is that already."""
        stored = np.asarray(self.mapped())[rows]
        if self.dtype == "BF16":
            return (stored.astype(np.uint32) << np.uint32(16)).view(np.float32)
        return np.asarray(stored, dtype=np.float32)


def open_tensors(path: Path) -> dict[str, Tensor]:
    """The tensors of a file, in the order of their data. DataError for a file that is none, or is not whole."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:  # checks the header, the offsets and the length of the file
            file.keys()
        with path.open("rb") as raw:
            length = int.from_bytes(raw.read(8), "little")
            header: dict[str, Any] = json.loads(raw.read(length))
    except (OSError, ValueError, SafetensorError, RecursionError) as error:
        raise DataError(f"{path.name}: not a whole safetensors file ({' '.join(str(error).split())[:160]})") from None
    header.pop("__metadata__", None)
    tensors = [
        Tensor(path, name, entry["dtype"], tuple(entry["shape"]), 8 + length + begin, end - begin)
        for name, entry in header.items()
        for begin, end in [entry["data_offsets"]]
    ]
    return {tensor.name: tensor for tensor in sorted(tensors, key=lambda tensor: (tensor.start, tensor.name))}


def read_tensor(tensor: Tensor) -> Iterator[Block]:
    """The blocks of a matrix, without words."""
    name = f"{tensor.path.name}, tensor {tensor.name!r}"
    if len(tensor.shape) != 2 or tensor.dtype not in DTYPES:
        raise DataError(f"{name}: a matrix of {', '.join(DTYPES)} is needed, however: {tensor.dtype} {tensor.shape}")
    check_size(name, *tensor.shape)
    if tensor.dtype != "BF16":
        yield from rows_in_blocks(tensor.mapped(), name)
        return
    n = max(1, (1 << 21) // tensor.shape[1])
    for start in range(0, tensor.shape[0], n):
        yield from rows_in_blocks(tensor.floats(slice(start, start + n)), name)


class TensorWriter:
    """Writes a safetensors file of float32 matrices row by row; how many rows each has is known only in the end."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write(bytes(HEADER_BYTES))
        self._header: dict[str, Any] = {}
        self._written = 0

    def append(self, name: str, rows: np.ndarray) -> None:
        """Rows (n, D) float32 of the matrix `name`; the matrices come one after the other."""
        if name not in self._header:
            assert not self._header or self._written, "the one before is written"
            self._header[name] = {
                "dtype": "F32",
                "shape": [0, rows.shape[1]],
                "data_offsets": [self._written, self._written],
            }
        entry = self._header[name]
        assert next(reversed(self._header)) == name and entry["shape"][1] == rows.shape[1], (
            "one after the other, all as wide"
        )
        self._file.write(np.ascontiguousarray(rows, dtype="<f4").data)
        self._written += rows.size * 4
        entry["shape"][0] += len(rows)
        entry["data_offsets"][1] = self._written

    def close(self) -> None:
        """Write the header, padded with spaces as the format allows, and close the file."""
        header = json.dumps(self._header).encode().ljust(HEADER_BYTES - 8)
        assert len(header) == HEADER_BYTES - 8, "a few matrices with short names"
        self._file.seek(0)
        self._file.write((HEADER_BYTES - 8).to_bytes(8, "little") + header)
        self._file.close()

    def abandon(self) -> None:
        """Close the file as it is."""
        self._file.close()


def copy_tensors(tensors: Sequence[Tensor], path: Path, metadata: Mapping[str, str]) -> None:
    """One file of the tensors, which may come from several, bit by bit as they are."""
    header: dict[str, Any] = {"__metadata__": dict(metadata)}
    # The widest numbers first, so that each tensor begins at a multiple of its numbers' size.
    ordered = sorted(tensors, key=lambda tensor: -(tensor.n_bytes // max(1, tensor.n_numbers)))
    at = 0
    for tensor in ordered:
        header[tensor.name] = {
            "dtype": tensor.dtype,
            "shape": list(tensor.shape),
            "data_offsets": [at, at + tensor.n_bytes],
        }
        at += tensor.n_bytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for tensor in ordered:
            with tensor.path.open("rb") as source:
                source.seek(tensor.start)
                _copy(source, file, tensor.n_bytes)
        file.flush()
        os.fsync(file.fileno())


def _copy(source: Any, target: Any, n_bytes: int) -> None:
    while n_bytes:
        chunk = source.read(min(n_bytes, 1 << 22))
        if not chunk:
            raise DataError(f"{Path(source.name).name}: it was cut off while it was read")
        target.write(chunk)
        n_bytes -= len(chunk)
