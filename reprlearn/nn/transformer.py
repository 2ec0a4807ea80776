"""A word-level transformer language model that looks back only, with untied or tied embeddings.

Radford et al. 2019 (GPT-2): layer norm before each part of a layer and after the last one, learned positions, GELU,
and the initial draws of that model. The layers are those of `attention`, each word attending to those up to its own.

=======  ==================  =================
symbol   here                shape
=======  ==================  =================
L        embedding.weight    (V, D), rows are words
W        output.weight       (V, D), the same tensor as L when tied
b        output.bias         (V,)
h        hidden              (batch, time, D)
=======  ==================  =================

NOTE[DIFF] GPT-2 is tied and has no output bias. Here tied and untied models both have one, as the LSTMs do, so that the
two of a pair differ in the one thing that is compared.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn import functional as F

from reprlearn.nn.attention import Layer, attention_of, draw_weights, states_of
from reprlearn.nn.config import GPTConfig

WINDOWS_AT_ONCE = 16  # of a long text; the hidden states of 16 x 128 words take 2 MB a layer


class GPTLanguageModel(nn.Module):
    """Words read so far -> hidden states -> a distribution over the next word.

    Capabilities: `Embeds`, `Predicts`, `Contextual` and `Attends`.

    Shape: ids (batch, time) -> hidden (batch, time, width) -> logits (batch, time, vocabulary), time <= context_length
    """

    def __init__(self, config: GPTConfig, vocabulary_size: int, generator: torch.Generator) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(vocabulary_size, config.width)
        self.positions = nn.Embedding(config.context_length, config.width)
        self.layers = nn.ModuleList(
            Layer(config.width, config.n_heads, config.dropout, causal=True) for _ in range(config.n_layers)
        )
        self.norm = nn.LayerNorm(config.width)
        self.output = nn.Linear(config.width, vocabulary_size)
        # The output matrix is drawn last, so that twins with the same seed start from the same values elsewhere.
        drawn = [self.embedding, self.positions, *self.layers.modules(), self.output]
        draw_weights(drawn, self.layers, generator)
        if config.tied:
            self.output.weight = self.embedding.weight

    @property
    def context_length(self) -> int:
        """Words the model looks back on at most, the one it reads included."""
        return self.config.context_length

    def input_embedding(self) -> Float[Tensor, "vocabulary width"]:
        return self.embedding.weight

    def output_embedding(self) -> Float[Tensor, "vocabulary width"]:
        return self.output.weight

    def output_bias(self) -> Float[Tensor, " vocabulary"]:
        return self.output.bias

    def forward(
        self, ids: Int[Tensor, "batch time"], state: object = None
    ) -> tuple[Float[Tensor, "batch time width"], tuple[Tensor, ...]]:
        """Hidden states that predict the word after each of `ids`; nothing is carried from one call to the next."""
        n_words = ids.shape[1]
        if n_words > self.context_length:
            raise ValueError(
                f"{n_words} words are more than model.context_length, {self.context_length}: use shorter sequences"
                " (objective.sequence_length), or `read` for a long text"
            )
        x = self._start(ids)
        for layer in self.layers:
            x = layer(x)
        return self.norm(x), ()

    def text_states(
        self, ids: Int[Tensor, "batch time"], lengths: Int[Tensor, " batch"]
    ) -> Float[Tensor, "batch time width"]:
        """The states of texts of these lengths, padded behind them: no word looks there."""
        return self(ids)[0]

    def layer_states(self, ids: Int[Tensor, " time"]) -> Float[Tensor, "layers time width"]:
        """Of a text no longer than the context, what goes into the first layer and comes out of each, the last one normed."""
        return self.text_layers(ids[None], torch.tensor([len(ids)], device=ids.device))[:, 0]

    def text_layers(
        self, ids: Int[Tensor, "batch time"], lengths: Int[Tensor, " batch"]
    ) -> Float[Tensor, "layers batch time width"]:
        """`layer_states` of texts of these lengths, padded behind them: no word looks there."""
        *states, last = states_of(self.layers, self._start(ids))
        return torch.stack([*states, self.norm(last)])

    def attention(self, ids: Int[Tensor, " time"]) -> Float[Tensor, "layers heads time time"]:
        """How much each word (third axis) attends to each (last axis)."""
        return attention_of(self.layers, self._start(ids[None]))

    def next_token_logits(self, ids: Int[Tensor, "batch time"]) -> Float[Tensor, "batch time vocabulary"]:
        """Scores of every word as the one after each position."""
        return self.output(self(ids)[0])

    def read(self, ids: Int[Tensor, " time"]) -> Iterator[Float[Tensor, "piece width"]]:
        """Hidden states after each word of a text of any length, in pieces, in order.

        The text is read in windows of `context_length` words, each half a window after the one before it; of each but
        the first only the words not yet covered count. So every state is made from at least half a window of words (or
        all there are before it), the last one from a whole one, and none depends on how many are computed at once.
        """
        n, length = len(ids), self.context_length
        if n <= length:
            yield self(ids[None])[0][0]
            return
        stride = length // 2
        starts = [*range(0, n - length, stride), n - length]
        done = 0
        for first in range(0, len(starts), WINDOWS_AT_ONCE):
            chosen = starts[first : first + WINDOWS_AT_ONCE]
            hidden, _ = self(torch.stack([ids[start : start + length] for start in chosen]))
            pieces = []
            for start, states in zip(chosen, hidden, strict=True):
                pieces.append(states[done - start :])
                done = start + length
            yield torch.cat(pieces)

    def _start(self, ids: Int[Tensor, "batch time"]) -> Float[Tensor, "batch time width"]:
        return self._drop(self.embedding(ids) + self.positions.weight[: ids.shape[1]])

    def _drop(self, x: Float[Tensor, "batch time width"]) -> Float[Tensor, "batch time width"]:
        return F.dropout(x, self.config.dropout, self.training)
