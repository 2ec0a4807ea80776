"""Which rows a training step moves, how strongly either side pulls, and which words were hardly trained.

Of an input matrix a step reaches only the rows of the words read. With N training tokens, c_w of them the word w, and n
tokens a step, as if drawn one by one:

    P(w is read in a step) = 1 - (1 - c_w / N)^n
    rows reached a step    = sum_w P(w is read in a step)

Text is not drawn one by one: a rare word that stands once stands again soon. So a real step reaches fewer rows, which
`measured_rows` counts. Of an output matrix every row is reached at every step, through the softmax; of a tied one too.
(Press & Wolf 2016, arXiv 1608.05859.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from reprlearn.analysis.neighbours import unit_rows

if TYPE_CHECKING:
    from reprlearn.data.corpora import Corpus
    from reprlearn.runs import Run

N_MEASURED = 200
COHERENT = 0.5


def step_tokens(run: Run) -> int:
    """Tokens a training step reads: columns of text times the words of each. ValueError for a run that reads no text so."""
    length = getattr(run.recipe.objective, "sequence_length", None)
    if length is None:
        raise ValueError(f"{run.name} was not trained on a stream of text")
    return run.recipe.fit.batch_size * length


def reach(counts: np.ndarray, n_tokens: int) -> np.ndarray:
    """P(the word is among `n_tokens` tokens drawn as the counts say), (V,); 0 for a word that never occurs.

    ValueError for negative or no counts at all, or no tokens.
    """
    counts = np.asarray(counts, dtype=np.float64)
    if counts.ndim != 1 or (counts < 0).any() or not counts.sum() > 0 or n_tokens < 1:
        raise ValueError(f"counts and a number of tokens are needed, however: {counts.shape=}, {n_tokens=}")
    with np.errstate(divide="ignore"):  # a word that is the whole text is surely read
        return -np.expm1(n_tokens * np.log1p(-counts / counts.sum()))


def measured_rows(run: Run, n_steps: int = N_MEASURED) -> np.ndarray:
    """Distinct words read in each of `n_steps` training steps spread evenly over an epoch, (n_steps,).

    Reads the corpus: DataError where it is not there any more; ValueError for a run that reads no text.
    """
    from reprlearn.objectives.causal import CausalObjective

    config: Any = run.recipe.objective
    step_tokens(run)  # says where a run reads no text
    batch_size, corpus = run.recipe.fit.batch_size, cast("Corpus", run.recipe.data.load())
    stream = corpus.splits["train"]
    columns = stream[: (len(stream) - 1) // batch_size * batch_size].reshape(batch_size, -1)
    length = config.sequence_length
    n = CausalObjective(config).n_batches(corpus, batch_size)
    steps = np.unique(np.linspace(0, n - 1, min(n_steps, n)).astype(int))
    return np.array([len(np.unique(columns[:, step * length : (step + 1) * length])) for step in steps])


def row_updates(run: Run) -> pd.DataFrame:
    """One row a word that occurs: word_id, word, count, and reach, the share of the steps at which its row of the input
    matrix gets a gradient through reading it (in expectation); most frequent first.
    """
    counts = np.asarray(run.vocabulary.counts)
    frame = pd.DataFrame(
        {
            "word_id": np.arange(len(counts), dtype=np.int32),
            "word": np.array(run.vocabulary.words, dtype=object),
            "count": counts,
            "reach": reach(counts, step_tokens(run)),
        }
    )
    return frame.loc[frame["count"] > 0].sort_values("count", ascending=False, kind="stable", ignore_index=True)


def gradient_norms(run: Run) -> pd.DataFrame:
    """Lengths of the gradient that reached the embedding through the words read (input) and through the words predicted
    (output), before clipping, over the training: step, tokens, input, output. Of a tied run the two parts of one gradient.

    No rows where they were not recorded.
    """
    curves = run.curves
    names = {"input_gradient_norm": "input", "output_gradient_norm": "output"}
    if not set(names) <= set(curves.columns):
        return pd.DataFrame(columns=["step", "tokens", "input", "output"])
    frame = curves[["step", "tokens"]].assign(
        **{short: curves[name].astype(np.float64) for name, short in names.items()}
    )
    return frame.dropna().reset_index(drop=True)


def under_trained(run: Run, which: str) -> pd.DataFrame:
    """The words of a matrix by how close they are to those that were never trained, closest first (Land & Bartolo 2024,
    arXiv 2405.05417): word_id, word, count, distance.

    distance: 1 - cos(e_w, mean row of the reserved words), which stand in no text. Words that occur only.
    attrs: "coherence", the mean cosine of the reserved rows with each other. Below `COHERENT` nothing moved them alike (of an
    untied input matrix they stay as they were drawn), so that their mean is no direction and the distances say nothing.
    ValueError where the vocabulary has fewer than two reserved words, or the run no such matrix.
    """
    vocabulary = run.vocabulary
    reserved = list(getattr(vocabulary, "reserved_ids", ()))
    if len(reserved) < 2:
        raise ValueError(f"{run.name} has {len(reserved)} reserved words; two are needed to see what not training does")
    units = unit_rows(run.matrix(which))
    mean = run.matrix(which)[reserved].mean(axis=0, keepdims=True)
    together = units[reserved].sum(axis=0, dtype=np.float64)
    counts = np.asarray(vocabulary.counts)
    frame = pd.DataFrame(
        {
            "word_id": np.arange(len(counts), dtype=np.int32),
            "word": np.array(vocabulary.words, dtype=object),
            "count": counts,
            "distance": 1 - (units @ unit_rows(mean)[0]).astype(np.float64),
        }
    )
    frame = frame.loc[frame["count"] > 0].sort_values(
        ["distance", "count"], ascending=[True, False], kind="stable", ignore_index=True
    )
    n = len(reserved)
    frame.attrs["coherence"] = float((together @ together - np.square(units[reserved]).sum()) / (n * (n - 1)))
    return frame
