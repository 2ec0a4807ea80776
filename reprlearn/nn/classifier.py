"""A text model with a head that tells texts apart: the mean of its states over the words of a text, a linear layer, a softmax.

Radford et al. 2018 (GPT) and Devlin et al. 2018 (BERT, arXiv 1810.04805) train the whole model on a task after it has learned to
predict words. Where its weights come from is the recipe's matter; here is what it computes.

    P(class | text) = softmax(W mean_t h_t + b)

NOTE[DIFF] GPT takes the last word's state and BERT that of a word put before the text; the mean serves all models alike.
"""

from __future__ import annotations

from typing import cast

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn import functional as F

from reprlearn.nn.capabilities import ReadsTexts
from reprlearn.nn.config import ClassifierConfig


class Classifier(nn.Module):
    """Texts -> scores of their classes.

    Capability: `Classifies`.

    Shape: ids (batch, time) padded behind the texts, lengths (batch,) -> (batch, classes)
    """

    def __init__(self, config: ClassifierConfig, body: nn.Module, n_classes: int, generator: torch.Generator) -> None:
        super().__init__()
        self.config, self.body = config, body
        self.head = nn.Linear(config.states_width, n_classes)
        with torch.no_grad():
            self.head.weight.normal_(0, 0.02, generator=generator)
            self.head.bias.zero_()

    def forward(self, ids: Int[Tensor, "batch time"], lengths: Int[Tensor, " batch"]) -> Float[Tensor, "batch classes"]:
        states = cast(ReadsTexts, self.body).text_states(ids, lengths)
        words = (torch.arange(ids.shape[1], device=ids.device) < lengths[:, None])[..., None]
        mean = (states * words).sum(1) / lengths[:, None]
        return self.head(F.dropout(mean, self.config.dropout, self.training))

    def class_log_probabilities(
        self, ids: Int[Tensor, "batch time"], lengths: Int[Tensor, " batch"]
    ) -> Float[Tensor, "batch classes"]:
        """Log-probability of each class of each text, nats."""
        return self(ids, lengths).float().log_softmax(1)
