"""The objectives of word2vec: tell the words that stand near a word from words drawn at random.

Mikolov, Sutskever, Chen, Corrado & Dean 2013 (arXiv 1310.4546), equation 4, and Mikolov, Chen, Corrado & Dean 2013 (arXiv
1301.3781) for CBOW. For a word w with a word c in its window, and k words n drawn from a noise distribution P:

    skip-gram   J = -log sigmoid(v_w . u_c) - sum_n log sigmoid(-v_w . u_n)
    CBOW        J = -log sigmoid(m . u_w) - sum_n log sigmoid(-m . u_n),   m = mean of v_c over the window
    noise       P(n) ~ count(n)^(3/4)
    window      reaches 1 to `window` words to both sides, drawn anew for each word
    subsampling keeps a word of frequency f with probability min(1, sqrt(t / f) + t / f)

=======  ===================  =============================
symbol   here                 shape
=======  ===================  =============================
v, u     words, contexts      (rows, row + margins, width)
n        noise                (n_noise, width)
k        n_negatives
t        threshold
=======  ===================  =============================

The text is cut into rows of words with margins of a window's width. Within a row every word meets every other in one matrix
product, of which the window keeps a band: no vector is fetched twice, where word2vec fetches two for each pair.

NOTE[DIFF] The words drawn at random are shared by all words of a batch, and their terms weighted by k over their number, so that
in the mean the loss is the paper's. One of them may be a word that does stand there; word2vec would pass it over.
NOTE[DIFF] The subsampling is that of the word2vec program, which the paper's formula only resembles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor
from torch.nn import functional as F

from reprlearn.objectives.config import Word2VecObjectiveConfig

if TYPE_CHECKING:
    from reprlearn.data.corpora import Corpus
    from reprlearn.data.vocabulary import Vocabulary
    from reprlearn.nn.word2vec import Word2Vec
    from reprlearn.objectives.base import Carried

WORDS_PER_ROW = 32
NOISE_POWER = 0.75
EVALUATION_ROWS, EVALUATION_NOISE = 256, 1024


class WindowBatch(NamedTuple):
    """Rows of words with margins to both sides, and what each may look at.

    ids:    (rows, row + 2 window), -1 where there is no word
    texts:  the same shape, the number of the text each word stands in: windows end where a text does
    reach:  (rows, row), how far to both sides the window of each word between the margins reaches; 0: padding
    noise:  (n_noise,) ids drawn at random
    """

    ids: Int[Tensor, "rows time"]
    texts: Int[Tensor, "rows time"]
    reach: Int[Tensor, "rows row"]
    noise: Int[Tensor, " n"]

    @property
    def n_targets(self) -> int:
        return int((self.reach > 0).sum())


class SkipGramObjective:
    """Mean loss of a pair (skip-gram) or of a word (CBOW), in nats."""

    def __init__(self, config: Word2VecObjectiveConfig) -> None:
        self.config = config

    def n_batches(self, corpus: Corpus, batch_size: int) -> int:
        """Training steps in an epoch: of as many rows as subsampling surely leaves, whatever it draws."""
        stream, _ = usable(corpus, "train")
        kept = keep_probabilities(corpus.vocabulary, self.config.threshold)[stream]
        surely = kept.sum() - 4 * np.sqrt((kept * (1 - kept)).sum())
        n_rows = int(surely // WORDS_PER_ROW)
        if n_rows < batch_size:
            raise ValueError(
                f"the training text leaves {max(0, int(surely)):,} words after subsampling, too few for a batch of {batch_size} rows"
                f" of {WORDS_PER_ROW}"
            )
        return n_rows // batch_size

    def batches(
        self,
        corpus: Corpus,
        batch_size: int,
        *,
        first: int = 0,
        rank: int = 0,
        n_ranks: int = 1,
        epoch: int = 0,
        seed: int = 0,
    ) -> Iterator[WindowBatch]:
        """The training batches of an epoch from number `first` on: other words, windows and noise in each epoch."""
        if batch_size % n_ranks:
            raise ValueError(f"a batch size of {batch_size} does not split over {n_ranks} processes")
        draw = np.random.default_rng([seed, epoch])
        stream, texts = usable(corpus, "train")
        kept = draw.random(len(stream)) < keep_probabilities(corpus.vocabulary, self.config.threshold)[stream]
        # Begun anywhere, so that the few words over that make no whole batch are others each time.
        turn = int(draw.integers(max(1, int(kept.sum()))))
        ids, places = (self._rows(np.roll(part[kept], -turn), fill) for part, fill in ((stream, -1), (texts, -1)))
        order = draw.permutation(len(ids))[: self.n_batches(corpus, batch_size) * batch_size]
        noise = noise_cumulative(corpus.vocabulary)
        mine = slice(rank * batch_size // n_ranks, (rank + 1) * batch_size // n_ranks)
        for number, start in enumerate(range(0, len(order), batch_size)):
            of_batch = np.random.default_rng([seed, epoch, number])
            rows = order[start : start + batch_size]
            reach = of_batch.integers(1, self.config.window + 1, (batch_size, WORDS_PER_ROW))
            drawn = np.searchsorted(noise, of_batch.random(self.config.n_noise))
            if number >= first:
                yield _batch(ids[rows][mine], places[rows][mine], reach[mine], drawn, self.config.window)

    def _rows(self, stream: np.ndarray, fill: int) -> np.ndarray:
        """(rows, row + 2 window): consecutive rows of the stream, each with what stands before and after it."""
        margin = self.config.window
        n_rows = len(stream) // WORDS_PER_ROW
        padded = np.concatenate(
            [np.full(margin, fill), stream[: n_rows * WORDS_PER_ROW + margin], np.full(margin, fill)]
        )
        return np.lib.stride_tricks.sliding_window_view(padded, WORDS_PER_ROW + 2 * margin)[::WORDS_PER_ROW][:n_rows]

    def loss(
        self, model: Word2Vec, batch: WindowBatch, state: Carried | None, forward: Callable[..., Any] | None = None
    ) -> tuple[Float[Tensor, ""], Carried]:
        """The mean loss of a batch; nothing is carried."""
        words, contexts, noise = (forward or model)(batch.ids.clamp_min(0), batch.noise)
        return self._loss(batch, words, contexts, noise), ()

    def _loss(self, batch: WindowBatch, words: Tensor, contexts: Tensor, noise: Tensor) -> Float[Tensor, ""]:
        window = self.config.window
        inside = slice(window, window + batch.reach.shape[1])
        seen = counted(batch, window)  # (rows, row, time)
        n_seen = seen.sum(2)
        if self.config.form == "cbow":
            share = seen / n_seen.clamp_min(1)[..., None]
            made = share.to(words.dtype) @ words  # (rows, row, width), the mean of each window
            weight = (n_seen > 0).to(words.dtype)
            right = (F.softplus(-(made * contexts[:, inside]).sum(2).float()) * weight).sum()
        else:
            made = words[:, inside]
            weight = n_seen.to(words.dtype)
            right = (F.softplus(-(made @ contexts.transpose(1, 2)).float()) * seen).sum()
        # -log sigmoid(x) = softplus(-x), in single precision whatever the products are in.
        wrong = (F.softplus((made @ noise.T).float()).sum(2) * weight).sum() * (self.config.n_negatives / len(noise))
        return (right + wrong) / weight.sum().clamp_min(1)

    @torch.no_grad()
    def evaluate(self, model: Word2Vec, corpus: Corpus, split: str) -> dict[str, float]:
        """The mean loss on a split, all of its words in whole windows, against the same words drawn at random each time."""
        stream, texts = usable(corpus, split)
        ids, places = (self._rows(_padded(part), -1) for part in (stream, texts))
        drawn = np.searchsorted(noise_cumulative(corpus.vocabulary), np.random.default_rng(0).random(EVALUATION_NOISE))
        total, n = 0.0, 0
        device = model.input_embedding().device
        for start in range(0, len(ids), EVALUATION_ROWS):
            block = slice(start, start + EVALUATION_ROWS)
            reach = np.where(ids[block][:, self.config.window : -self.config.window] >= 0, self.config.window, 0)
            batch = _batch(ids[block], places[block], reach, drawn, self.config.window)
            batch = WindowBatch(*(part.to(device) for part in batch))
            seen = counted(batch, self.config.window).sum(2)
            weight = int((seen > 0).sum() if self.config.form == "cbow" else seen.sum())
            total += self.loss(model, batch, None)[0].item() * weight
            n += weight
        return {"loss": total / max(1, n), "pairs": float(n), "tokens": float(len(stream))}

    def references(self, corpus: Corpus, split: str) -> dict[str, float]:
        """The loss of a model that tells nothing apart: every score 0."""
        return {"blind_loss": (1 + self.config.n_negatives) * float(np.log(2))}


def counted(batch: WindowBatch, window: int) -> Bool[Tensor, "rows row time"]:
    """Which words each word between the margins has in its window: near enough, in the same text, and not itself."""
    _rows, n_words = batch.reach.shape
    offset = torch.arange(batch.ids.shape[1], device=batch.ids.device) - window
    offset = offset - torch.arange(n_words, device=batch.ids.device)[:, None]  # (row, time)
    near = (offset.abs() <= batch.reach[..., None]) & (offset != 0)
    inside = batch.texts[:, window : window + n_words]
    return near & (inside[..., None] == batch.texts[:, None]) & (batch.ids >= 0)[:, None]


def usable(corpus: Corpus, split: str) -> tuple[np.ndarray, np.ndarray]:
    """The words of a split without unknown ones and ends of texts, and the number of the text each stands in: both (n,)."""
    stream, vocabulary = corpus.splits[split], corpus.vocabulary
    texts = np.cumsum(stream == vocabulary.end_id)
    known = (stream != vocabulary.end_id) & (stream != vocabulary.unknown_id)
    return stream[known].astype(np.int64), texts[known]


def keep_probabilities(vocabulary: Vocabulary, threshold: float) -> np.ndarray:
    """(V,) the share of each word's occurrences that subsampling leaves; a threshold of 0 leaves all."""
    counts = _counts(vocabulary)
    frequency = counts / counts.sum()
    if not threshold:
        return np.ones(len(counts))
    with np.errstate(divide="ignore"):
        kept = np.sqrt(threshold / frequency) + threshold / frequency
    return np.minimum(1.0, kept)


def noise_cumulative(vocabulary: Vocabulary) -> np.ndarray:
    """(V,) the noise distribution summed up to each word: `np.searchsorted` of a uniform number is a word drawn from it."""
    weights = _counts(vocabulary) ** NOISE_POWER
    cumulative = np.cumsum(weights)
    return cumulative / cumulative[-1]


def _counts(vocabulary: Vocabulary) -> np.ndarray:
    """The training counts (V,) float64, none for the words that `usable` leaves out."""
    counts = vocabulary.counts.astype(np.float64)
    counts[[vocabulary.end_id, vocabulary.unknown_id]] = 0
    return counts


def _padded(stream: np.ndarray) -> np.ndarray:
    """The stream with -1 at its end, up to whole rows."""
    return np.concatenate([stream, np.full(-len(stream) % WORDS_PER_ROW, -1)])


def _batch(ids: np.ndarray, texts: np.ndarray, reach: np.ndarray, noise: np.ndarray, window: int) -> WindowBatch:
    return WindowBatch(
        *(torch.from_numpy(np.ascontiguousarray(part, dtype=np.int64)) for part in (ids, texts, reach, noise))
    )
