"""A matrix in NumPy's .npy format. Objects, which only pickle could read, are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from reprlearn.data.config import DataError
from reprlearn.data.vectors.blocks import check_size


def open_npy(path: Path) -> np.ndarray:
    """The matrix (V, D), mapped and not read. DataError for anything that is not a matrix of floating-point numbers."""
    try:
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError, SyntaxError, MemoryError, OverflowError, RecursionError) as error:
        reason = " ".join(str(error).split())[:160]
        if "llow_pickle" in reason or "ython objects" in reason:
            reason = "it holds Python objects, which may run code; save it as float32"
        raise DataError(f"{path.name}: cannot be read as an .npy file ({reason})") from None
    if not isinstance(array, np.ndarray) or array.ndim != 2:
        raise DataError(
            f"{path.name}: a matrix (words, width) is needed, however: its shape is {getattr(array, 'shape', None)}"
        )
    if array.dtype.kind != "f":
        raise DataError(f"{path.name}: numbers of type {array.dtype}, however: float16, float32 or float64 are needed")
    check_size(path.name, *array.shape)
    return array
