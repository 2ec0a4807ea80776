"""word2vec: a vector for each word as one reads it, and one for each as it stands beside others.

Mikolov, Sutskever, Chen, Corrado & Dean 2013 (arXiv 1310.4546). A word w and a word c near it score v_w . u_c; what is made of
the score, and which words are near, says the objective (`objectives.skip_gram`).

=======  ====================  =================
symbol   here                  shape
=======  ====================  =================
v        embedding.weight      (V, D), the word vectors
u        output.weight         (V, D), the context vectors; the same tensor when tied
=======  ====================  =================

NOTE[DIFF] Tied is not in the paper: then every word is scored high beside itself, which no text bears out (Press & Wolf 2016,
arXiv 1608.05859, find that it hurts).
"""

from __future__ import annotations

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from reprlearn.nn.config import Word2VecConfig


class Word2Vec(nn.Module):
    """Words -> their vectors as words, and as contexts.

    Capability: `Embeds`.

    Shape: ids (batch, time), noise (n,) -> words (batch, time, width), contexts (batch, time, width), noise (n, width)
    """

    def __init__(self, config: Word2VecConfig, vocabulary_size: int, generator: torch.Generator) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(vocabulary_size, config.width)
        self.output = nn.Embedding(vocabulary_size, config.width)
        with torch.no_grad():
            reach = 0.5 / config.width
            self.embedding.weight.uniform_(-reach, reach, generator=generator)
            self.output.weight.zero_()  # as in word2vec: the first steps move the word vectors apart, not the contexts
        if config.tied:
            self.output.weight = self.embedding.weight

    def input_embedding(self) -> Float[Tensor, "vocabulary width"]:
        return self.embedding.weight

    def output_embedding(self) -> Float[Tensor, "vocabulary width"]:
        return self.output.weight

    def output_bias(self) -> Float[Tensor, " vocabulary"]:
        """Zeros: a score has no bias here."""
        return self.output.weight.new_zeros(len(self.output.weight))

    def forward(
        self, ids: Int[Tensor, "batch time"], noise: Int[Tensor, " n"]
    ) -> tuple[Float[Tensor, "batch time width"], Float[Tensor, "batch time width"], Float[Tensor, "n width"]]:
        return self.embedding(ids), self.output(ids), self.output(noise)
