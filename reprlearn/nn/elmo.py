"""Two recurrent language models, one reading forward and one backward, over words made of their characters.

Peters et al. 2018, ELMo (arXiv 1802.05365), whose word encoder is that of Kim et al. 2016 (arXiv 1508.06615): a convolution over
the characters of a word, the maximum of each filter, highway layers, a projection. Each direction has its own LSTM layers, each
adding to what it was given; both score words with one output embedding.

    x = project(highway(max over places of relu(filters * characters)))
    forward   h_t = LSTM(x_1 ... x_t) predicts word t + 1
    backward  g_t = LSTM(x_T ... x_t) predicts word t - 1

=======  ==================  =================
symbol   here                shape
=======  ==================  =================
x        word_vectors(...)   (n, D)
W        output.weight       (V, D), the softmax both directions share
b        output.bias         (V,)
h, g     forward's two       (batch, time, D)
=======  ==================  =================

NOTE[DIFF] Smaller throughout, without a projection inside the LSTMs, and with bytes for characters, as in their program.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn import functional as F

from reprlearn.nn.config import ELMoConfig

PADDING, BEGIN, END = 256, 257, 258  # beside the 256 bytes
N_CHARACTERS = 259

State = tuple[Float[Tensor, "1 batch _"], ...]
"""Hidden and cell state of each forward layer in turn."""


class ELMo(nn.Module):
    """Words -> states that predict the next word, and states that predict the one before.

    Capabilities: `Embeds`, `Predicts` (its forward half) and `Contextual`.

    Shape: ids (batch, time) -> forward (batch, time, width), backward (batch, time, width)
    """

    def __init__(self, config: ELMoConfig, words: Sequence[str], generator: torch.Generator) -> None:
        super().__init__()
        self.config = config
        self.spelling: Tensor
        self.register_buffer("spelling", spell(words, config.longest_word), persistent=False)
        self.encoder = WordEncoder(config)
        self.forward_layers, self.backward_layers = (
            nn.ModuleList(nn.LSTM(config.width, config.width, batch_first=True) for _ in range(config.n_layers))
            for _ in range(2)
        )
        self.output = nn.Linear(config.width, len(words))
        self._draw_weights(generator)
        # No parameter, but stored with them: whoever looks at the words needs no model to make their vectors.
        self.vectors: Tensor
        self.register_buffer("vectors", torch.zeros(len(words), config.width))
        self._brings_vectors_up_to_date = self.register_state_dict_pre_hook(lambda module, *_: module.input_embedding())

    @torch.no_grad()
    def _draw_weights(self, generator: torch.Generator) -> None:
        self.encoder.draw_weights(generator)
        reach = self.config.width**-0.5
        for layers in (self.forward_layers, self.backward_layers):
            for parameter in layers.parameters():
                parameter.uniform_(-reach, reach, generator=generator)
        self.output.bias.zero_()
        self.output.weight.uniform_(-0.1, 0.1, generator=generator)

    def without_words(self) -> ELMo:
        """This model, for `text_states` and `text_layers` alone: without the softmax and the table of word vectors, which they
        make no use of.
        """
        self._brings_vectors_up_to_date.remove()
        del self.output, self.vectors
        return self

    @torch.no_grad()
    def input_embedding(self) -> Float[Tensor, "vocabulary width"]:
        """The vectors of all words by themselves, as the encoder makes them now."""
        if self.vectors.dtype == torch.float32:  # a copy in half precision keeps those it was given
            self.vectors.copy_(self.encoder(self.spelling))
        return self.vectors

    def output_embedding(self) -> Float[Tensor, "vocabulary width"]:
        return self.output.weight

    def output_bias(self) -> Float[Tensor, " vocabulary"]:
        return self.output.bias

    def initial_state(self, batch_size: int) -> State:
        """The forward half's state before anything was read: zeros."""
        zeros = self.encoder.projection.weight.new_zeros(1, batch_size, self.config.width)
        return tuple(zeros for _ in range(2 * self.config.n_layers))

    def word_vectors(self, ids: Int[Tensor, " *shape"]) -> Float[Tensor, "*shape width"]:
        """The vectors of words by themselves, each distinct word made once."""
        distinct, of_word = ids.unique(return_inverse=True)
        return self.encoder(self.spelling[distinct])[of_word]

    def forward(
        self, ids: Int[Tensor, "batch time"], state: State | None = None
    ) -> tuple[Float[Tensor, "batch time width"], Float[Tensor, "batch time width"], State]:
        """States that predict the word after each of `ids`, those that predict the one before, and the state to carry on with.

        The backward half begins anew at the end of `ids`.
        """
        x = self.word_vectors(ids)
        ahead, _, after = self._read(self.forward_layers, x, state or self.initial_state(len(ids)))
        back, _, _ = self._read(self.backward_layers, x.flip(1), self.initial_state(len(ids)))
        return ahead, back.flip(1), after

    def ahead(
        self, ids: Int[Tensor, "batch time"], state: State | None = None
    ) -> tuple[Float[Tensor, "batch time width"], State]:
        """What `forward` says of the words to come, and the state to carry on with: the forward half alone."""
        hidden, _, after = self._read(
            self.forward_layers, self.word_vectors(ids), state or self.initial_state(len(ids))
        )
        return hidden, after

    def next_token_logits(self, ids: Int[Tensor, "batch time"]) -> Float[Tensor, "batch time vocabulary"]:
        """Scores of every word as the one after each position, by the forward half alone."""
        return self.output(self.ahead(ids)[0])

    def text_states(
        self, ids: Int[Tensor, "batch time"], lengths: Int[Tensor, " batch"]
    ) -> Float[Tensor, "batch time twice_width"]:
        """The last layer's states of texts of these lengths, padded behind them, both directions side by side."""
        x, start = self.word_vectors(ids), self.initial_state(len(ids))
        ahead, _, _ = self._read(self.forward_layers, x, start)
        back, _, _ = self._read(self.backward_layers, turned(x, lengths), start)
        return torch.cat([ahead, turned(back, lengths)], dim=2)

    def text_layers(
        self, ids: Int[Tensor, "batch time"], lengths: Int[Tensor, " batch"]
    ) -> Float[Tensor, "layers batch time twice_width"]:
        """`layer_states` of texts of these lengths, padded behind them."""
        x, start = self.word_vectors(ids), self.initial_state(len(ids))
        _, ahead, _ = self._read(self.forward_layers, x, start)
        _, back, _ = self._read(self.backward_layers, turned(x, lengths), start)
        pairs = [(x, x), *((a, turned(b, lengths)) for a, b in zip(ahead, back, strict=True))]
        return torch.stack([torch.cat(pair, dim=2) for pair in pairs])

    def layer_states(self, ids: Int[Tensor, " time"]) -> Float[Tensor, "layers time twice_width"]:
        """The words by themselves (twice, as in the paper), then the states of both directions after each layer, side by side."""
        return self.text_layers(ids[None], torch.tensor([len(ids)], device=ids.device))[:, 0]

    def _read(
        self, layers: nn.ModuleList, x: Float[Tensor, "batch time width"], state: State
    ) -> tuple[Float[Tensor, "batch time width"], list[Tensor], State]:
        """What comes out of the last layer (dropped), out of each (whole), and the layers' states after the last word."""
        x = self._drop(x)
        states, after = [], []
        for i, layer in enumerate(layers):
            made, of_layer = layer(x, (state[2 * i], state[2 * i + 1]))
            made = made if i == 0 else made + x
            states.append(made)
            after += of_layer
            x = self._drop(made)
        return x, states, tuple(after)

    def _drop(self, x: Float[Tensor, "batch time width"]) -> Float[Tensor, "batch time width"]:
        if not (self.training and self.config.dropout):
            return x
        kept = 1 - self.config.dropout
        return x * (torch.empty_like(x[:, :1]).bernoulli_(kept) / kept)


def turned(x: Float[Tensor, "batch time width"], lengths: Int[Tensor, " batch"]) -> Float[Tensor, "batch time width"]:
    """Each text read from its end, the padding left where it is."""
    places = torch.arange(x.shape[1], device=x.device)
    back = torch.where(places < lengths[:, None], lengths[:, None] - 1 - places, places)
    return x.gather(1, back[..., None].expand_as(x))


class WordEncoder(nn.Module):
    """The characters of words -> their vectors.

    Shape: characters (n, length) -> (n, width)
    """

    def __init__(self, config: ELMoConfig) -> None:
        super().__init__()
        self.characters = nn.Embedding(N_CHARACTERS, config.character_width)
        self.filters = nn.ModuleList(nn.Conv1d(config.character_width, n, span) for span, n in config.filters)
        width = sum(n for _, n in config.filters)
        self.highways = nn.ModuleList(nn.Linear(width, 2 * width) for _ in range(config.n_highways))
        self.projection = nn.Linear(width, config.width)

    @torch.no_grad()
    def draw_weights(self, generator: torch.Generator) -> None:
        self.characters.weight.uniform_(-0.5, 0.5, generator=generator)
        for module in (*self.filters, *self.highways, self.projection):
            assert isinstance(module, nn.Conv1d | nn.Linear) and module.bias is not None
            fan_in = module.weight[0].numel()
            module.weight.uniform_(-(fan_in**-0.5), fan_in**-0.5, generator=generator)
            module.bias.zero_()
            if module in self.highways:
                module.bias[len(module.bias) // 2 :] = 1.0  # at first most is passed on as it is

    def forward(self, characters: Int[Tensor, "n length"]) -> Float[Tensor, "n width"]:
        letters = self.characters(characters).transpose(1, 2)  # (n, character width, length)
        x = torch.cat([F.relu(convolve(letters)).amax(2) for convolve in self.filters], dim=1)
        for highway in self.highways:
            made, gate = highway(x).chunk(2, dim=1)
            gate = gate.sigmoid()
            x = gate * x + (1 - gate) * F.relu(made)
        return self.projection(x)


def spell(words: Sequence[str], longest: int) -> Int[Tensor, "n length"]:
    """The bytes of words between a mark for the beginning and one for the end, padded to `longest` + 2."""
    rows = torch.full((len(words), longest + 2), PADDING)
    for i, word in enumerate(words):
        letters = [BEGIN, *word.encode("utf-8")[:longest], END]
        rows[i, : len(letters)] = torch.tensor(letters)
    return rows
