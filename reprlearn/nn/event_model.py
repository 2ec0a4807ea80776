"""Recurrent models of event sequences: which event comes next, and when.

Li, Du & Bengio 2017 (arXiv 1708.00065): the embedding of an event's type is joined by its scalars (see
`scalar_encodings`), a recurrent layer reads the sequence, a linear layer predicts.

=========  ===================  ===========================================================
symbol     here                 shape
=========  ===================  ===========================================================
x          embedding.weight     (V, D), a row for each event type, row 0 for `<oov>`
h          hidden               (batch, time, D), after each event
W, b       output               (V, D), (V,), scores of the type of the next event
w, c       duration             (1, D), (1,), log of the time until it, standardised
=========  ===================  ===========================================================

Sequences of a batch are padded at their end, with any type and any scalars: a recurrent layer has no way back from
there to the events before. A loss leaves the padded positions out.
"""

from __future__ import annotations

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from reprlearn.nn.event_config import EventModelConfig, LogFacts
from reprlearn.nn.scalar_encodings import linear
from reprlearn.nn.scalar_join import make_join
from reprlearn.nn.soft_one_hot import SoftOneHot

State = tuple[Float[Tensor, "layers batch width"], ...]
"""What a model carries along a sequence: (h, c) of an LSTM, (h,) of a GRU."""


class EventModel(nn.Module):
    """Events so far, with their scalars -> hidden states -> type of the next event, and time until it.

    Capabilities: `Embeds`, `PredictsEvents`; the classes below add those of the scalars.

    Shape: types (batch, time), scalars (batch, time, n_scalars) in raw units -> hidden (batch, time, width)
    """

    def __init__(self, config: EventModelConfig, facts: LogFacts, generator: torch.Generator) -> None:
        super().__init__()
        self.config, self.facts = config, facts
        width = config.width
        # The weights of an encoding are drawn last, so that twins with the same seed start from the same draws elsewhere.
        self.embedding = nn.Embedding(
            facts.n_types, width, _weight=torch.randn(facts.n_types, width, generator=generator)
        )
        cell = {"lstm": nn.LSTM, "gru": nn.GRU}[config.cell]
        self.layers = nn.ModuleList(cell(width, width, batch_first=True) for _ in range(config.n_layers))
        for parameter in self.layers.parameters():
            nn.init.uniform_(parameter, -(width**-0.5), width**-0.5, generator=generator)
        self.output = linear(width, facts.n_types, generator)
        self.duration = linear(width, 1, generator)
        self.join = make_join(config, facts.scalars, generator)
        with torch.no_grad():
            self.embedding.weight.mul_(self.join.shrinks)

    def input_embedding(self) -> Float[Tensor, "types width"]:
        return self.embedding.weight

    def output_embedding(self) -> Float[Tensor, "types width"]:
        return self.output.weight

    def output_bias(self) -> Float[Tensor, " types"]:
        return self.output.bias

    def forward(
        self, types: Int[Tensor, "batch time"], scalars: Float[Tensor, "batch time n"], state: State | None = None
    ) -> tuple[Float[Tensor, "batch time width"], State]:
        """Hidden states after each event, and the state to carry on with."""
        x = self._drop(self.join(self.embedding(types), scalars))
        after = []
        for i, layer in enumerate(self.layers):
            before = None if state is None else tuple(part[i : i + 1] for part in state)
            x, end = layer(x, before[0] if before and self.config.cell == "gru" else before)
            after.append((end,) if self.config.cell == "gru" else end)
            x = self._drop(x)
        return x, tuple(torch.cat(parts) for parts in zip(*after, strict=True))

    def next_event_logits(
        self, types: Int[Tensor, "batch time"], scalars: Float[Tensor, "batch time n"]
    ) -> Float[Tensor, "batch time types"]:
        """Scores of every type as that of the event after each position."""
        return self.output(self(types, scalars)[0])

    def log_durations(self, hidden: Float[Tensor, "*batch width"]) -> Float[Tensor, "*batch"]:
        """Natural logarithm of the time until the next event, in the unit of the log's times.

        An auxiliary output: where that time is an input known ahead, predicting it means nothing.
        """
        standardised = self.duration(hidden).squeeze(-1).float()
        return self.facts.log_duration_mean + self.facts.log_duration_scale * standardised

    def _drop(self, x: Float[Tensor, "batch time width"]) -> Float[Tensor, "batch time width"]:
        if not (self.training and self.config.dropout):
            return x
        kept = 1 - self.config.dropout
        return x * (torch.empty_like(x[:, :1]).bernoulli_(kept) / kept)  # (batch, 1, width): one mask a sequence


class ScalarEventModel(EventModel):
    """An event model that reads scalars. Capabilities: those of `EventModel`, and `EncodesScalars`."""

    def encode(self, feature: str, values: Float[Tensor, " n"]) -> Float[Tensor, "n width"]:
        """What the scalar `feature` brings in at raw `values`: its vector g, its mask m, or what concat adds to x."""
        return self.join.encode(self.scalar_index(feature), values)

    def scalar_index(self, feature: str) -> int:
        """Column of the scalar called `feature`; `ValueError` names those there are."""
        names = [scalar.name for scalar in self.facts.scalars]
        if feature not in names:
            raise ValueError(f"there is no scalar {feature!r}; there are: {', '.join(names)}")
        return names.index(feature)


class BucketEventModel(ScalarEventModel):
    """An event model with soft one-hot scalars. Capabilities: those of `ScalarEventModel`, and `Buckets`."""

    def soft_one_hot(self, feature: str) -> SoftOneHot:
        """The layer that reads the scalar called `feature`."""
        layer = self.get_submodule(f"join.encoders.{self.scalar_index(feature)}")
        assert isinstance(layer, SoftOneHot)
        return layer

    def encode(
        self, feature: str, values: Float[Tensor, " n"], temperature: float | None = None
    ) -> Float[Tensor, "n width"]:
        """The vectors g of raw `values`, at the model's own temperature or another."""
        return self.soft_one_hot(feature)(values, temperature)

    def bucket_weights(
        self, feature: str, values: Float[Tensor, " n"], temperature: float | None = None
    ) -> Float[Tensor, "n buckets"]:
        """The bucket weights s of raw `values`, at the model's own temperature or another."""
        return self.soft_one_hot(feature).bucket_weights(values, temperature)
