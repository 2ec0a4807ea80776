"""How much the vectors of each word spread with its context, in each layer: measured once, and stored with the run.

The measures are those of `context_vectors` (Ethayarajh 2019), over occurrences each of which stands in another text: texts are
read in a seeded random order, and of each word the first `N_EACH` texts it stands in count, one random sentence of each. So no
word is likened to itself within one review. Beside them stands the mean vector of each word, which is all that is left of its
contexts: what a model of one vector a word could have, and what an occurrence can be held against.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reprlearn.analysis.context_vectors import pair_cosines, self_similarity, states_at, states_of
from reprlearn.analysis.neighbours import nearest
from reprlearn.analysis.occurrences import SEED, occurrences_at, read_sentences, words_read
from reprlearn.analysis.stored import made_from
from reprlearn.analysis.texts import Texts, read_texts
from reprlearn.cache import whole_file

if TYPE_CHECKING:
    from reprlearn.runs import Run

FILE, FORMAT, SPLIT = "context.parquet", 1, "train"
N_WORDS, N_EACH, FEWEST = 1_000, 30, 10
"""Words that are measured (the most frequent ones), occurrences of each, and how many it takes to be measured at all."""
N_BASELINE = 1_000
"""Random occurrences of any words, whose pairs make the baseline."""
BAND = (0.1, 0.9)
_KEY = b"reprlearn"


@dataclass(frozen=True)
class StoredSpread:
    """What was measured.

    table:     word_id, word, count, layer, n, self_similarity, standard_error, corrected (less the layer's baseline), low, high
               (the middle 80 % of the cosines of pairs); a row a word and layer
    baseline:  (layers,) mean cosine of two occurrences of any words
    split:     the texts they were found in.  n_each: occurrences of a word at most
    """

    table: pd.DataFrame
    baseline: np.ndarray
    split: str
    n_each: int

    @property
    def n_layers(self) -> int:
        return len(self.baseline)

    def by_layer(self) -> pd.DataFrame:
        """layer, self_similarity (the mean over the words) and baseline."""
        layers = range(self.n_layers)
        own = [float(self.of_layer(layer)["self_similarity"].to_numpy().mean()) for layer in layers]
        return pd.DataFrame({"layer": layers, "self_similarity": own, "baseline": self.baseline})

    def of_layer(self, layer: int) -> pd.DataFrame:
        """The words in one layer, those that spread most first."""
        rows = self.table.loc[self.table["layer"] == layer]
        return rows.sort_values(["corrected", "word_id"], kind="stable", ignore_index=True)


def store_spread(
    run: Run,
    n_words: int = N_WORDS,
    n_each: int = N_EACH,
    n_baseline: int = N_BASELINE,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> Path:
    """Measure a run whose model is `Contextual`, and keep the result with it; returns the file. A few minutes.

    on_progress(words measured, words there are to measure).  ValueError where the run or its texts do not allow it.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if "Contextual" not in run.card.capabilities:
        raise ValueError(
            f"{run.name} has no vectors that hang on context: it needs a model such as elmo, bert or gpt-tied"
        )
    texts = read_texts(run, SPLIT)
    baseline = _baseline(run, texts, n_baseline)
    wanted = _frequent(texts, n_words)
    rows: list[dict] = []
    for word_id, vectors in word_vectors(run, texts, wanted, n_each):
        for layer, of_layer in enumerate(vectors):
            rows.append({"word_id": word_id, "layer": layer, **_measured(of_layer)})
        on_progress(len(rows) // len(baseline), len(wanted))
    if not rows:
        raise ValueError(f"no word of {run.name} stands in {FEWEST} of the {SPLIT} texts")
    frame = pd.DataFrame(rows).sort_values(["word_id", "layer"], kind="stable", ignore_index=True)
    means = np.stack(frame.pop("mean").tolist()).astype(np.float16)
    table = pa.Table.from_pandas(frame, preserve_index=False)
    table = table.append_column("mean", pa.FixedSizeListArray.from_arrays(pa.array(means.ravel()), means.shape[1]))
    made = {"made_from": made_from(run, FORMAT), "baseline": baseline.tolist(), "split": SPLIT, "n_each": n_each}
    path = run.path / FILE
    with whole_file(path) as temporary:
        pq.write_table(table.replace_schema_metadata({_KEY: json.dumps(made)}), temporary, compression="zstd")
    return path


def stored_spread(run: Run) -> StoredSpread | None:
    """What `store_spread` kept; None where nothing was kept, or for other weights or another text."""
    found = _read(run, ["word_id", "layer", "n", "self_similarity", "standard_error", "low", "high"])
    if found is None:
        return None
    arrow, made = found
    frame, baseline = arrow.to_pandas(), np.array(made["baseline"])
    ids = frame["word_id"].to_numpy()
    frame.insert(1, "word", np.array(run.vocabulary.words, dtype=object)[ids])
    frame.insert(2, "count", np.asarray(run.vocabulary.counts)[ids])
    frame["corrected"] = frame["self_similarity"] - baseline[frame["layer"].to_numpy()]
    return StoredSpread(frame, baseline, made["split"], made["n_each"])


def stored_means(run: Run) -> tuple[np.ndarray, np.ndarray] | None:
    """(word_ids (n,), means (layers, n, width) float32): of each measured word its mean vector; None as for `stored_spread`."""
    found = _read(run, ["word_id", "layer", "mean"])
    if found is None:
        return None
    arrow, made = found
    ids, n_layers = arrow["word_id"].to_numpy(), len(made["baseline"])
    means = arrow["mean"].combine_chunks().flatten().to_numpy().astype(np.float32)
    by_word = means.reshape(len(ids) // n_layers, n_layers, -1)
    return ids[::n_layers], np.ascontiguousarray(by_word.transpose(1, 0, 2))


def nearest_words(
    word_ids: np.ndarray, means: np.ndarray, vector: np.ndarray, k: int, without: int | None = None
) -> pd.DataFrame:
    """The k words whose means (n, width) are nearest to a vector (width,) of the same layer: word_id, cosine; `without` one word."""
    kept = np.flatnonzero(word_ids != without) if without is not None else np.arange(len(word_ids))
    found = nearest(np.vstack([vector[None], means[kept]]), k, queries=np.array([0]))
    return pd.DataFrame({"word_id": word_ids[kept][found.ids[0] - 1], "cosine": found.cosines[0]})


def word_vectors(
    run: Run, texts: Texts, wanted: np.ndarray, n_each: int, seed: int = SEED
) -> Iterator[tuple[int, np.ndarray]]:
    """(word id, vectors (layers, n, width)) of each wanted word, as soon as there are `n_each`; at the end those with `FEWEST`."""
    draw, most = np.random.default_rng(seed), words_read(run)
    missing = {int(word): [] for word in wanted}
    for text in draw.permutation(len(texts)):
        ids = texts.ids(int(text))
        here = {word for word in np.unique(ids).tolist() if word in missing}
        if not here:
            continue
        firsts = read_sentences(texts, int(text)).firsts
        for sentence in draw.permutation(len(firsts) - 1):
            read = ids[firsts[sentence] : firsts[sentence + 1]][:most].astype(np.int64)
            found = here.intersection(read.tolist())
            if not found:
                continue
            here -= found
            states = states_of(run, read)
            for word in sorted(found):
                missing[word].append(states[:, int(np.flatnonzero(read == word)[0])])
                if len(missing[word]) == n_each:
                    yield word, np.stack(missing.pop(word), axis=1)
        if not missing:
            return
    for word, vectors in missing.items():
        if len(vectors) >= FEWEST:
            yield word, np.stack(vectors, axis=1)


def _frequent(texts: Texts, n_words: int) -> np.ndarray:
    """Ids of the most frequent words of the texts that are words."""
    vocabulary = texts.vocabulary
    counts = np.bincount(texts.stream, minlength=len(vocabulary))
    counts[[vocabulary.unknown_id, vocabulary.end_id, *vocabulary.reserved_ids]] = 0
    ranked = np.argsort(-counts, kind="stable")[:n_words]
    return ranked[counts[ranked] >= FEWEST]


def _baseline(run: Run, texts: Texts, n: int) -> np.ndarray:
    """(layers,) mean cosine of all pairs of n occurrences drawn from all there are."""
    words = np.flatnonzero(texts.stream != texts.vocabulary.end_id)
    chosen = np.sort(np.random.default_rng(SEED).choice(words, min(n, len(words)), replace=False))
    found = occurrences_at(texts, chosen, words_read(run), n_found=len(words))
    vectors = states_at(run, found.ids, found.table["position"].tolist())
    return np.array([self_similarity(layer).self_similarity for layer in vectors])


def _measured(vectors: np.ndarray) -> dict[str, Any]:
    spread = self_similarity(vectors)
    low, high = np.quantile(pair_cosines(vectors), BAND)
    mean = vectors.mean(axis=0)
    return {**spread._asdict(), "low": float(low), "high": float(high), "mean": mean}


def _read(run: Run, columns: list[str]) -> tuple[Any, dict[str, Any]] | None:
    import pyarrow.parquet as pq

    with suppress(OSError, KeyError, TypeError, ValueError):  # pyarrow's errors are kinds of the first and the last
        table = pq.read_table(run.path / FILE, columns=columns, memory_map=False)
        made = json.loads((table.schema.metadata or {})[_KEY])
        return (table, made) if made["made_from"] == made_from(run, FORMAT) else None
    return None
