"""The ways in which labelled texts are told apart, which `benchmarks.downstream` compares and the Transfer page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Use = Literal["counts", "features", "mix", "fine-tuned", "random"]
"""How a model is put to use: word counts (no model), its states as features, a learned mix of its layers as features, all of its
weights trained on; or, for comparison, the same network from random weights."""


@dataclass(frozen=True)
class Way:
    """A way of use of a model.

    model: "tf-idf", or what kind of model reads the texts.
    """

    model: str
    use: Use

    @property
    def name(self) -> str:
        """What it is called in tables: "bert-fine-tuned", "tf-idf".

        >>> Way("bert", "fine-tuned").name, Way("tf-idf", "counts").name
        ('bert-fine-tuned', 'tf-idf')
        """
        return self.model if self.use == "counts" else f"{self.model}-{self.use}"

    @property
    def pretrained(self) -> bool:
        """Whether it makes use of what a model learned before."""
        return self.use in ("features", "mix", "fine-tuned")

    @property
    def trains_the_network(self) -> bool:
        """Whether all weights are trained, and not a head alone."""
        return self.use in ("fine-tuned", "random")


READERS = ("elmo", "gpt", "bert")
"""Kinds of models that can be fine-tuned."""

WAYS = (
    Way("tf-idf", "counts"),
    Way("word2vec", "features"),
    Way("elmo", "features"),
    Way("elmo", "mix"),
    *(Way(model, "features") for model in ("gpt", "bert")),
    *(Way(model, "fine-tuned") for model in READERS),
    *(Way(model, "random") for model in READERS),
)
BY_NAME = {way.name: way for way in WAYS}
