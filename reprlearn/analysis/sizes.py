"""How many parameters a language model has, and how many of them tying saves: a closed form in vocabulary size and width.

Per word an untied model has two rows of width D and a bias, a tied one row and a bias; what stands between them does not
know the vocabulary. A parameter shared by tying counts once, as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from reprlearn.nn.config import GPTConfig, LSTMConfig

if TYPE_CHECKING:
    from reprlearn.runs import Run

BYTES_PER_PARAMETER = 2  # runs are stored in half precision


@dataclass(frozen=True)
class Size:
    """Unique parameters of a model.

    embeddings: of the word matrices, one or two.  bias: one a word.  body: of all that stands between.
    """

    embeddings: int
    bias: int
    body: int

    @property
    def total(self) -> int:
        return self.embeddings + self.bias + self.body

    @property
    def n_bytes(self) -> int:
        """As it is stored."""
        return BYTES_PER_PARAMETER * self.total


def size_of(model: LSTMConfig | GPTConfig, n_words: int) -> Size:
    """The parameters of a model of `n_words` words. ValueError for a model whose form is not known here."""
    if isinstance(model, LSTMConfig):
        body = lstm_body(model)
    elif isinstance(model, GPTConfig):
        body = gpt_body(model)
    else:
        raise ValueError(f"the size of a model of kind {getattr(model, 'kind', model)!r} is known when it is built")
    return Size(embeddings=(1 if model.tied else 2) * n_words * model.width, bias=n_words, body=body)


def is_known(model: object) -> bool:
    """Whether the parameters of such a model are counted here without building it."""
    return isinstance(model, LSTMConfig | GPTConfig)


def lstm_body(model: LSTMConfig) -> int:
    """Four gates a layer, each with a matrix for input and one for state and (as cuDNN has them) two biases."""
    layers = sum(4 * n_out * (n_in + n_out + 2) for n_in, n_out in pairwise(model.layer_widths))
    return layers + (model.width**2 if model.projection else 0)


def gpt_body(model: GPTConfig) -> int:
    """12 D² + 13 D a layer (attention 4 D² + 4 D, feed-forward 8 D² + 5 D, two norms 4 D), positions, and the last norm."""
    width = model.width
    return model.context_length * width + model.n_layers * (12 * width**2 + 13 * width) + 2 * width


def at_width(model: LSTMConfig | GPTConfig, width: int) -> LSTMConfig | GPTConfig:
    """The same model of another width; the nearest its heads can share out evenly."""
    if isinstance(model, GPTConfig):
        width = max(1, round(width / model.n_heads)) * model.n_heads
    return replace(model, width=width)


def sizes(model: LSTMConfig | GPTConfig, vocabulary_sizes: Sequence[int], widths: Sequence[int]) -> pd.DataFrame:
    """Every vocabulary size with every width, untied and tied: n_words, width, tied, n_parameters, n_embedding, n_bytes."""
    rows = []
    for n_words in vocabulary_sizes:
        for width in widths:
            for tied in (False, True):
                twin = replace(at_width(model, width), tied=tied)
                size = size_of(twin, n_words)
                rows.append((n_words, twin.width, tied, size.total, size.embeddings, size.n_bytes))
    return pd.DataFrame(rows, columns=["n_words", "width", "tied", "n_parameters", "n_embedding", "n_bytes"])


def saved_shares(table: pd.DataFrame) -> pd.DataFrame:
    """width, share: the share of an untied model's parameters that its tied twin does without. `table` as of `sizes`."""
    both = table.pivot_table(index="width", columns="tied", values="n_parameters")
    share = 1 - both[True].to_numpy() / both[False].to_numpy()
    return pd.DataFrame({"width": both.index.to_numpy(), "share": share})


def run_sizes(runs: Sequence[Run]) -> pd.DataFrame:
    """run, tied, n_words, width, n_parameters, n_bytes of trained runs, as their cards say."""
    rows = [
        (run.name, run.card.tied, run.card.corpus.n_words, run.card.width, run.card.n_parameters, run.card.n_bytes)
        for run in runs
    ]
    return pd.DataFrame(rows, columns=["run", "tied", "n_words", "width", "n_parameters", "n_bytes"])
