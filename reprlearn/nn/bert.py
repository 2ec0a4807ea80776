"""A word-level transformer that reads a text from both sides and fills in words that were taken out.

Devlin, Chang, Lee & Toutanova 2018, BERT (arXiv 1810.04805): attention to all words, and over the last layer
a dense layer, GELU and a norm before the scores of the words. What is taken out says the objective (`objectives.masked`).

=======  ==================  =================
symbol   here                shape
=======  ==================  =================
L        embedding.weight    (V, D), rows are words
W        output.weight       (V, D), the same tensor as L when tied, as in the paper
b        output.bias         (V,)
h        hidden              (batch, time, D)
=======  ==================  =================

NOTE[DIFF] The norm stands before each part of a layer and once after the last, as in GPT-2 (the paper: after each part), which
trains without a long warm-up.
NOTE[DIFF] Places are told by rotary attention (the paper: a learned vector for each, added to the words). With learned ones a
training on 1.5 million tokens stayed at the frequencies of words (6.25 nats for 4.77): each place must learn anew which one
comes next.
NOTE[DIFF] One text at a time: no next-sentence task, no segments, no [CLS] and [SEP]; the mean over the words stands for a text.
A word taken out is the id `MASK`, which no vocabulary holds, and has a vector of its own: all models share one vocabulary.
"""

from __future__ import annotations

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor, nn
from torch.nn import functional as F

from reprlearn.nn.attention import Layer, attention_of, draw_weights, states_of
from reprlearn.nn.config import BERTConfig

MASK = -1
"""The id of a word that was taken out."""


class BERT(nn.Module):
    """Words, some taken out -> hidden states -> a distribution over the word in each place.

    Capabilities: `Embeds`, `FillsBlanks`, `Contextual` and `Attends`.

    Shape: ids (batch, time) -> hidden (batch, time, width), time <= context_length
    """

    def __init__(self, config: BERTConfig, vocabulary_size: int, generator: torch.Generator) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(vocabulary_size, config.width)
        self.mask = nn.Parameter(torch.zeros(config.width))
        self.layers = nn.ModuleList(
            Layer(config.width, config.n_heads, config.dropout, causal=False, rotary=True)
            for _ in range(config.n_layers)
        )
        self.norm = nn.LayerNorm(config.width)
        self.dense = nn.Linear(config.width, config.width)
        self.dense_norm = nn.LayerNorm(config.width)
        self.output = nn.Linear(config.width, vocabulary_size)
        drawn = [self.embedding, *self.layers.modules(), self.dense, self.output]
        draw_weights(drawn, self.layers, generator)
        if config.tied:
            self.output.weight = self.embedding.weight

    @property
    def context_length(self) -> int:
        """Words a text may have at most."""
        return self.config.context_length

    def input_embedding(self) -> Float[Tensor, "vocabulary width"]:
        return self.embedding.weight

    def output_embedding(self) -> Float[Tensor, "vocabulary width"]:
        return self.output.weight

    def output_bias(self) -> Float[Tensor, " vocabulary"]:
        return self.output.bias

    def forward(
        self, ids: Int[Tensor, "batch time"], seen: Bool[Tensor, "batch time"] | None = None
    ) -> Float[Tensor, "batch time width"]:
        """The last layer's states, normed. seen: which places are words, where some are padding."""
        if ids.shape[1] > self.context_length:
            raise ValueError(f"{ids.shape[1]} words are more than model.context_length, {self.context_length}")
        x = self._start(ids)
        for layer in self.layers:
            x = layer(x, seen)
        return self.norm(x)

    def text_states(
        self, ids: Int[Tensor, "batch time"], lengths: Int[Tensor, " batch"]
    ) -> Float[Tensor, "batch time width"]:
        """The states of texts of these lengths, padded behind them."""
        return self(ids, torch.arange(ids.shape[1], device=ids.device) < lengths[:, None])

    def predicting(self, hidden: Float[Tensor, "n width"]) -> Float[Tensor, "n width"]:
        """What the output embedding scores, of states that `forward` gave."""
        return self.dense_norm(F.gelu(self.dense(hidden)))

    def fill(self, ids: Int[Tensor, " time"], position: int) -> Float[Tensor, " vocabulary"]:
        """Scores of every word in the place `position` of a text; what stands there now does not count."""
        blank = ids.clone()
        blank[position] = MASK
        return self.output(self.predicting(self(blank[None])[0, [position]]))[0]

    def layer_states(self, ids: Int[Tensor, " time"]) -> Float[Tensor, "layers time width"]:
        """What goes into the first layer and comes out of each, the last one normed."""
        return self.text_layers(ids[None], torch.tensor([len(ids)], device=ids.device))[:, 0]

    def text_layers(
        self, ids: Int[Tensor, "batch time"], lengths: Int[Tensor, " batch"]
    ) -> Float[Tensor, "layers batch time width"]:
        """`layer_states` of texts of these lengths, padded behind them."""
        seen = torch.arange(ids.shape[1], device=ids.device) < lengths[:, None]
        *states, last = states_of(self.layers, self._start(ids), seen)
        return torch.stack([*states, self.norm(last)])

    def attention(self, ids: Int[Tensor, " time"]) -> Float[Tensor, "layers heads time time"]:
        """How much each word (third axis) attends to each (last axis)."""
        return attention_of(self.layers, self._start(ids[None]))

    def _start(self, ids: Int[Tensor, "batch time"]) -> Float[Tensor, "batch time width"]:
        words = torch.where(ids[..., None] == MASK, self.mask, self.embedding(ids.clamp_min(0)))
        return F.dropout(words, self.config.dropout, self.training)
