"""How many floating-point operations a language model's training takes a token: a closed form of its matrix products.

Every weight of a product is multiplied and added once a token going forward, and twice going back (for what came in, and for
the weight itself): six operations. What is not a matrix product (gates, norms, the softmax itself) is left out, and so is what
an augmented loss adds; dropping and penalties cost nothing here.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from reprlearn.nn.config import GPTConfig, LSTMConfig

if TYPE_CHECKING:
    from reprlearn.runs import Run

OPERATIONS_PER_WEIGHT = 6


def operations_per_token(model: LSTMConfig | GPTConfig, n_words: int) -> int:
    """Operations to train a model of `n_words` words on one token. ValueError for a model whose form is not known here."""
    if isinstance(model, LSTMConfig):
        body = sum(4 * n_out * (n_in + n_out) for n_in, n_out in pairwise(model.layer_widths))
        body += model.width**2 if model.projection else 0
    elif isinstance(model, GPTConfig):
        # Attention: 4 D² of weights, and for each token half a context of keys and as many values, D numbers each.
        body = model.n_layers * (12 * model.width**2 + model.width * model.context_length)
    else:
        raise ValueError(f"the operations of a model of kind {getattr(model, 'kind', model)!r} are not known")
    return OPERATIONS_PER_WEIGHT * (body + n_words * model.width)


def training_costs(run: Run) -> pd.DataFrame:
    """The run's curves with what they cost so far: minutes, and teraoperations (10^12) where the model's form is known (else NaN)."""
    curves = run.curves
    try:
        per_token = operations_per_token(run.recipe.model, run.card.corpus.n_words)  # type: ignore[arg-type]
    except ValueError:
        per_token = float("nan")
    return curves.assign(minutes=curves["elapsed_seconds"] / 60, teraoperations=curves["tokens"] * (per_token / 1e12))
