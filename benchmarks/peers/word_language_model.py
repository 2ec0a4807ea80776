"""The language model of PyTorch's examples (`word_language_model`), written from its description, as a peer to train against.

Two LSTM layers of width 200 with tied embeddings; dropout after the embedding, between the layers and after the last one,
a new mask at each position; logits of the whole batch at once, their log-softmax, the negative log-likelihood. Plain SGD at
rate 20, gradients clipped at 0.25; the rate is divided by 4 after an epoch whose validation loss is not the best so far.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from reprlearn.objectives.causal import CausalObjective
from reprlearn.objectives.config import CausalConfig

WIDTH, N_LAYERS, DROPOUT = 200, 2, 0.2
BATCH_SIZE, SEQUENCE_LENGTH = 20, 35
LEARNING_RATE, ANNEALED_BY, CLIP_NORM = 20.0, 4.0, 0.25

State = tuple[Tensor, Tensor]


class WordLanguageModel(nn.Module):
    """ids (batch, time) -> hidden (batch, time, width), which predict the word after each."""

    def __init__(self, vocabulary_size: int) -> None:
        super().__init__()
        self.dropout = nn.Dropout(DROPOUT)
        self.embedding = nn.Embedding(vocabulary_size, WIDTH)
        self.lstm = nn.LSTM(WIDTH, WIDTH, N_LAYERS, dropout=DROPOUT, batch_first=True)
        self.output = nn.Linear(WIDTH, vocabulary_size)
        self.output.weight = self.embedding.weight
        nn.init.uniform_(self.embedding.weight, -0.1, 0.1)
        nn.init.zeros_(self.output.bias)

    def output_embedding(self) -> Tensor:
        return self.output.weight

    def output_bias(self) -> Tensor:
        return self.output.bias

    def forward(self, ids: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        # Columns stand side by side in (layers, batch, width), as the evaluation expects of every part of a state.
        hidden, after = self.lstm(self.dropout(self.embedding(ids)), state)
        return self.dropout(hidden), after


@dataclass(frozen=True)
class Epoch:
    """What stands after an epoch; seconds of training alone, since the beginning."""

    tokens: int
    seconds: float
    valid_perplexity: float


class Peer:
    """The model and its training."""

    def __init__(self, corpus, seed: int = 0) -> None:
        torch.manual_seed(seed)
        self.corpus = corpus
        self.model = WordLanguageModel(len(corpus.vocabulary))
        # The same reading of the text, and the same scoring of the validation split, as the recipes have.
        self._objective = CausalObjective(CausalConfig(sequence_length=SEQUENCE_LENGTH))
        self._rate, self._state = LEARNING_RATE, None

    def step(self, ids: Tensor, targets: Tensor) -> None:
        """One step on (batch, time) words and the words that followed."""
        hidden, state = self.model(ids, self._state)
        self._state = tuple(part.detach() for part in state)
        log_p = F.log_softmax(self.model.output(hidden).flatten(0, 1), dim=1)
        loss = F.nll_loss(log_p, targets.flatten())
        self.model.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), CLIP_NORM)
        with torch.no_grad():
            for parameter in self.model.parameters():
                if parameter.grad is not None:
                    parameter.add_(parameter.grad, alpha=-self._rate)

    def epochs(self, n: int) -> Iterator[Epoch]:
        """Train for n epochs."""
        seconds, tokens, best = 0.0, 0, math.inf
        for _ in range(n):
            self._state, began = None, time.perf_counter()
            self.model.train()
            for batch in self._objective.batches(self.corpus, BATCH_SIZE):
                self.step(batch.ids, batch.targets)
                tokens += batch.targets.numel()
            seconds += time.perf_counter() - began
            found = self._objective.evaluate(self.model, self.corpus, "valid")  # type: ignore[arg-type]
            if found["loss"] < best:
                best = found["loss"]
            else:
                self._rate /= ANNEALED_BY
            yield Epoch(tokens, seconds, found["perplexity"])
