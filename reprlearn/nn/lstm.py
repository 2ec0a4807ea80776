"""A word-level LSTM language model with untied or tied embeddings.

Zaremba, Sutskever & Vinyals 2014 (arXiv 1409.2329) with the variational dropout of Gal & Ghahramani 2016 (arXiv
1512.05287) and, as options, the weight drop of Merity, Keskar & Socher 2017 (arXiv 1708.02182) and their wider layers
between narrow embeddings. Tying follows Inan, Khosravi & Socher 2016 (arXiv 1611.01462), their "reuse embedding" (RE).

=======  ==================  =================
symbol   here                shape
=======  ==================  =================
L        embedding.weight    (V, D), rows are words
W        output.weight       (V, D), the same tensor as L when tied
b        output.bias         (V,)
h        hidden              (batch, time, D)
P        projection.weight   (D, D), before W where configured (Press & Wolf 2016, arXiv 1608.05859)
=======  ==================  =================

NOTE[DIFF] The paper's RE sets b = 0. Here tied and untied models both keep the bias, so that the two of a pair differ
in the one thing that is compared.
NOTE[DIFF] Gal & Ghahramani mask the recurrent state too, with one mask a sequence. That forbids the fused LSTM kernel;
`recurrent_dropout` drops hidden-to-hidden weights instead, which leaves the kernel whole.
"""

from __future__ import annotations

from itertools import pairwise

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn import functional as F

from reprlearn.nn.config import LSTMConfig

State = tuple[Float[Tensor, "1 batch _"], ...]
"""Hidden and cell state of each layer in turn: h_1, c_1, h_2, c_2, ..."""


class LSTMLanguageModel(nn.Module):
    """Words read so far -> hidden states -> a distribution over the next word.

    Capabilities: `Embeds` and `Predicts`.

    Shape: ids (batch, time) -> hidden (batch, time, width) -> logits (batch, time, vocabulary)
    """

    def __init__(self, config: LSTMConfig, vocabulary_size: int, generator: torch.Generator) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(vocabulary_size, config.width)
        widths = config.layer_widths
        self.layers = nn.ModuleList(nn.LSTM(n_in, n_out, batch_first=True) for n_in, n_out in pairwise(widths))
        self.output = nn.Linear(config.width, vocabulary_size)
        self._draw_weights(generator)
        self.projection = nn.Linear(config.width, config.width, bias=False) if config.projection else None
        if self.projection is not None:
            nn.init.eye_(self.projection.weight)  # so that the model starts as the one without
        if config.tied:
            self.output.weight = self.embedding.weight

    @torch.no_grad()
    def _draw_weights(self, generator: torch.Generator) -> None:
        # The output matrix is drawn last, so that twins with the same seed start from the same values elsewhere.
        self.embedding.weight.uniform_(-0.1, 0.1, generator=generator)
        for layer, n_out in zip(self.layers, self.config.layer_widths[1:], strict=True):
            for parameter in layer.parameters():
                parameter.uniform_(-(n_out**-0.5), n_out**-0.5, generator=generator)
        self.output.bias.zero_()
        self.output.weight.uniform_(-0.1, 0.1, generator=generator)

    def input_embedding(self) -> Float[Tensor, "vocabulary width"]:
        return self.embedding.weight

    def output_embedding(self) -> Float[Tensor, "vocabulary width"]:
        return self.output.weight

    def output_bias(self) -> Float[Tensor, " vocabulary"]:
        return self.output.bias

    def initial_state(self, batch_size: int) -> State:
        """The state before anything was read: zeros."""
        weight = self.embedding.weight
        return tuple(weight.new_zeros(1, batch_size, n) for n in self.config.layer_widths[1:] for _ in "hc")

    def forward(
        self, ids: Int[Tensor, "batch time"], state: State | None = None
    ) -> tuple[Float[Tensor, "batch time width"], State]:
        """Hidden states that predict the word after each of `ids`, and the state to carry on with."""
        before = state if state is not None else self.initial_state(len(ids))
        x = self._drop(self._read(ids))
        after: list[Tensor] = []
        for i, layer in enumerate(self.layers):
            x, of_layer = self._run(layer, x, before[2 * i], before[2 * i + 1])
            x = self._drop(x)
            after += of_layer
        if self.projection is not None:
            x = self.projection(x)
        return x, tuple(after)

    def next_token_logits(self, ids: Int[Tensor, "batch time"]) -> Float[Tensor, "batch time vocabulary"]:
        """Scores of every word as the one after each position."""
        return self.output(self(ids)[0])

    def _read(self, ids: Int[Tensor, "batch time"]) -> Float[Tensor, "batch time width"]:
        x, dropped = self.embedding(ids), self.config.word_dropout
        if not (self.training and dropped):
            return x
        # Whole words are dropped, the same ones wherever they stand in the batch.
        kept = torch.empty(self.embedding.num_embeddings, 1, device=x.device).bernoulli_(1 - dropped) / (1 - dropped)
        return x * kept[ids]

    def _run(self, layer: nn.Module, x: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        if not (self.training and self.config.recurrent_dropout):
            return layer(x, (h, c))
        weights: dict[str, Tensor] = dict(layer.named_parameters())
        weights["weight_hh_l0"] = F.dropout(weights["weight_hh_l0"], self.config.recurrent_dropout)
        return torch.func.functional_call(layer, weights, (x, (h, c)))

    def _drop(self, x: Float[Tensor, "batch time width"]) -> Float[Tensor, "batch time width"]:
        if not (self.training and self.config.dropout):
            return x
        kept = 1 - self.config.dropout
        mask = torch.empty_like(x[:, :1]).bernoulli_(kept) / kept  # (batch, 1, width): one mask for the whole sequence
        return x * mask
