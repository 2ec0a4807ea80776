"""What a model is told of a scalar, fitted to values the way a run fits it to its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from reprlearn.data.events.vocabulary import OOV, EventVocabulary
from reprlearn.recipes.recipe import log_facts
from tests.bucket_runs import make_scalar

if TYPE_CHECKING:
    from reprlearn.nn.event_config import ScalarFacts, TransformKind


def fit_scalar(
    name: str, values: torch.Tensor, transform: TransformKind = "standardise", *, period: float | None = None
) -> ScalarFacts:
    """The facts of a scalar whose training values these are, of any shape; NaN where missing. DataError: none at all."""
    scalar = make_scalar(values.flatten().numpy(), name, transform, period)
    (facts,) = log_facts(EventVocabulary((OOV,), (0,), (OOV,), None, (scalar,))).scalars
    return facts
