"""Reading a text of any length once: the hidden state that predicts each of its tokens, with what came before as context.

A recurrent model reads the text in columns side by side, each behind a warm-up of the tokens before it; a model of limited
context reads it in its own way (its `read`). The same reading as the evaluation's, which keeps one number a token of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import torch
from jaxtyping import Float, Int
from torch import Tensor

from reprlearn.nn.capabilities import ReadsInWindows, forward_reader

if TYPE_CHECKING:
    from reprlearn.nn.lstm import LSTMLanguageModel
    from reprlearn.nn.transformer import GPTLanguageModel

WARM_UP = 256  # tokens read before a column that does not begin where the text does
PIECE = 128  # tokens of a column read at a time


@torch.no_grad()
def hidden_states(
    model: LSTMLanguageModel | GPTLanguageModel, stream: Int[Tensor, " n"], end_id: int, n_columns: int = 8
) -> Iterator[tuple[Int[Tensor, " piece"], Float[Tensor, "piece width"]]]:
    """(positions, hidden) piece by piece: hidden[i] predicts token positions[i] of `stream`, having seen those before it.

    Every position comes exactly once, the first one after `<eos>`. The model is to be in evaluation mode.
    """
    if not len(stream):
        return
    if isinstance(model, ReadsInWindows):
        done = 0
        for hidden in model.read(torch.cat([stream.new_tensor([end_id]), stream[:-1]])):
            yield torch.arange(done, done + len(hidden)), hidden
            done += len(hidden)
    else:
        yield from _in_columns(model, stream, end_id, n_columns)


def _in_columns(
    model: LSTMLanguageModel, stream: Int[Tensor, " n"], end_id: int, n_columns: int
) -> Iterator[tuple[Int[Tensor, " piece"], Float[Tensor, "piece width"]]]:
    n = len(stream)
    n_columns = max(1, min(n_columns, n // (4 * WARM_UP)))
    column_length = math.ceil(n / n_columns)
    read = stream.new_full((WARM_UP + n_columns * column_length,), end_id)
    read[WARM_UP : WARM_UP + n] = stream
    columns = read.unfold(0, WARM_UP + column_length, column_length)
    read_on = forward_reader(model)
    _, state = read_on(columns[:, : WARM_UP - 1])
    for part in state:
        part[:, 0] = 0  # the first column has no past: <eos> alone
    first = torch.arange(n_columns)[:, None] * column_length
    for start in range(0, column_length, PIECE):
        stop = min(start + PIECE, column_length)
        hidden, state = read_on(columns[:, WARM_UP - 1 + start : WARM_UP - 1 + stop], state)
        positions = (first + torch.arange(start, stop)).flatten()
        inside = positions < n  # the last column may end in padding
        yield positions[inside], hidden.flatten(0, 1)[inside]
