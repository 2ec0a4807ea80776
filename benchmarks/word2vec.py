"""word2vec against gensim: how well the vectors agree with people, and how many words a second are read.

    python -m benchmarks.word2vec [--forms skip-gram cbow] [--seeds 5] [--epochs 5] [--threads 2] [--results DIR]

Both are trained on the training text of `reviews-full` without unknown words, with the same vocabulary, width, window, negatives,
subsampling and number of epochs, in turns, seed by seed; everything else is their own. Spearman's correlation with WordSim-353 and
SimLex-999 is a mean over the seeds; the 95 % interval of the difference to gensim's is over pairs of words (a bootstrap) and seeds.
Each finished training is written at once, and skipped when the command is run again, unless its settings have changed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from scipy.stats import rankdata

from benchmarks.cells import add, claimed, digest_of, read, recipe_digest
from reprlearn.analysis import similarity
from reprlearn.analysis.neighbours import unit_rows
from reprlearn.analysis.paired_interval import two_way_interval
from reprlearn.data.corpora import Corpus
from reprlearn.fit import fit
from reprlearn.nn.config import Word2VecConfig
from reprlearn.objectives.config import Word2VecObjectiveConfig
from reprlearn.objectives.skip_gram import usable
from reprlearn.recipes import RECIPES, Recipe
from reprlearn.runs import load

RESULTS = Path(__file__).parent / "results"
CELLS, COSINES = "word2vec.csv", "word2vec_cosines.parquet"
PEER = "gensim"
N_RESAMPLES = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--forms", nargs="+", default=["skip-gram", "cbow"])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    for seed in range(options.seeds):
        for form in options.forms:
            recipe = RECIPES[form]
            epochs = options.epochs or recipe.fit.epochs
            recipe = replace(recipe, fit=replace(recipe.fit, seed=seed, epochs=epochs, snapshot_words=0))
            for who, train in (("reprlearn", train_own), (PEER, train_peer)):
                finish(who, recipe, train, options.threads, options.results)
    show(options.results)


def finish(
    who: str,
    recipe: Recipe,
    train: Callable[[Recipe, Corpus, int], tuple[np.ndarray, float]],
    threads: int,
    results: Path,
) -> None:
    """Train the cell, unless it is there, and add it to the results."""
    corpus = recipe.data.load()
    assert isinstance(corpus, Corpus)
    key = {"form": recipe.name, "who": who, "seed": recipe.fit.seed}
    digest = _digest(recipe, corpus, who, threads)
    with claimed(results, CELLS, digest) as wanted:
        if not wanted:
            return
        vectors, seconds = train(recipe, corpus, threads)
        n_words = len(usable(corpus, "train")[0]) * recipe.fit.epochs
        cosines, measured = judge(unit_rows(vectors), corpus)
        row = {
            **key,
            "threads": threads,
            "words_per_second": n_words / seconds,
            "seconds": seconds,
            **measured,
            "hash": digest,
        }
        add(results, key, {COSINES: cosines.assign(**key), CELLS: pd.DataFrame([row])})
    said = ", ".join(f"{name} {value:.3f}" for name, value in measured.items())
    print(f"{who} {recipe.name} seed {recipe.fit.seed}: {n_words / seconds:,.0f} words/s, {said}", flush=True)


def train_own(recipe: Recipe, corpus: Corpus, threads: int) -> tuple[np.ndarray, float]:
    """The word vectors (V, width), and the seconds that the training steps took, without the scoring between them."""
    seconds, tokens = 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        for record in fit(recipe, Path(folder) / recipe.name, seconds_between_states=1e9):
            seconds += (record.tokens - tokens) / record.tokens_per_second
            tokens = record.tokens
        return load(Path(folder) / recipe.name).matrix("input").copy(), seconds


def train_peer(recipe: Recipe, corpus: Corpus, threads: int) -> tuple[np.ndarray, float]:
    """The same by gensim; words that it does not know have zeros."""
    from gensim.models import Word2Vec

    objective, model = recipe.objective, recipe.model
    assert isinstance(objective, Word2VecObjectiveConfig) and isinstance(model, Word2VecConfig)
    words = corpus.vocabulary.words
    stream, texts = usable(corpus, "train")
    starts = np.flatnonzero(np.diff(texts, prepend=-1))
    sentences = [[words[i] for i in part] for part in np.split(stream, starts[1:])]
    peer = Word2Vec(
        vector_size=model.width, window=objective.window, negative=objective.n_negatives, sample=objective.threshold,
        sg=int(objective.form == "skip-gram"), min_count=1, workers=threads, seed=recipe.fit.seed,
    )  # fmt: skip
    peer.build_vocab(sentences)
    began = time.perf_counter()
    peer.train(sentences, total_examples=len(sentences), epochs=recipe.fit.epochs)
    seconds = time.perf_counter() - began
    vectors = np.zeros((len(words), model.width), np.float32)
    for i, word in enumerate(words):
        if word in peer.wv:
            vectors[i] = peer.wv[word]
    return vectors, seconds


def judge(vectors: np.ndarray, corpus: Corpus) -> tuple[pd.DataFrame, dict[str, float]]:
    """set, pair, judgement and cosine of every known pair of words, and the measures of each set.

    vectors: (V, width), unit rows.
    """
    folder, vocabulary = similarity.judgements_folder(), corpus.vocabulary
    known = {word: i for i, word in enumerate(vocabulary.words) if vocabulary.counts[i] and np.any(vectors[i])}
    frames, measured = [], {}
    for name, file in similarity.PAIR_SETS.items():
        pairs = similarity.read_pairs(folder / file)
        ids = [
            (known.get(a.lower(), -1), known.get(b.lower(), -1))
            for a, b in zip(pairs["first"], pairs["second"], strict=True)
        ]
        there = np.array([min(pair) >= 0 for pair in ids])
        first, second = np.array(ids)[there].T
        cosines = np.einsum("nd,nd->n", vectors[first], vectors[second])
        judgements = pairs["judgement"].to_numpy(np.float64)[there]
        frames.append(
            pd.DataFrame({"set": name, "pair": np.flatnonzero(there), "judgement": judgements, "cosine": cosines})
        )
        measured[name] = spearman(cosines, judgements)
    questions = similarity.read_questions(folder / similarity.ANALOGY_FILE)
    measured["analogies"] = similarity.score_questions(vectors, known, questions).get("accuracy", np.nan)
    return pd.concat(frames), measured


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    """Spearman's correlation; ties share their mean rank."""
    return float(np.corrcoef(rankdata(a), rankdata(b))[0, 1])


def difference(
    own: np.ndarray, peer: np.ndarray, judgements: np.ndarray, n_resamples: int = N_RESAMPLES
) -> tuple[float, float, float]:
    """Mean Spearman of `own` less that of `peer` over the seeds, and its 95 % interval over pairs, which are drawn again, and seeds.

    own, peer:   (pairs, seeds) cosines
    judgements:  (pairs,)
    """
    draw = np.random.default_rng(0)

    def by_seed(rows: np.ndarray) -> np.ndarray:
        return np.array(
            [
                spearman(own[rows, seed], judgements[rows]) - spearman(peer[rows, seed], judgements[rows])
                for seed in range(own.shape[1])
            ]
        )

    n = len(judgements)
    found = by_seed(np.arange(n))
    resampled = [by_seed(draw.integers(0, n, n)).mean() for _ in range(n_resamples)]
    mean = float(found.mean())
    return mean, *two_way_interval(mean, float(np.var(resampled)), n, found)


def _digest(recipe: Recipe, corpus: Corpus, who: str, threads: int) -> str:
    if who != PEER:
        return recipe_digest(recipe, digest_of(corpus.content_hash, threads))
    model, objective, fit_config = (
        recipe.model,
        recipe.objective,
        recipe.fit,
    )  # the peer takes these of ours, and no more
    taken = asdict(model), asdict(objective), fit_config.seed, fit_config.epochs
    return digest_of(*taken, corpus.content_hash, threads, PEER)


def show(results: Path) -> None:
    """Print both columns for each form."""
    table, cosines = read(results / CELLS, ["form"]), read(results / COSINES, ["form"])
    for form in dict.fromkeys(table["form"]):
        own, peer = (table.loc[(table["form"] == form) & (table["who"] == who)] for who in ("reprlearn", PEER))
        n_seeds = len(set(own["seed"]) & set(peer["seed"]))
        print(f"\n{form}, {n_seeds} seeds{'reprlearn':>26}{PEER:>12}")
        for name in ("words_per_second", *similarity.PAIR_SETS, "analogies"):
            values = [float(part[name].to_numpy(np.float64).mean()) for part in (own, peer)]
            digits = 0 if name == "words_per_second" else 3
            line = f"{name:<24}" + "".join(f"{value:>12,.{digits}f}" for value in values)
            print(line + _beside(cosines.loc[cosines["form"] == form], name, values))


def _beside(cosines: pd.DataFrame, name: str, values: list[float]) -> str:
    if name == "words_per_second":
        return f"   {values[0] / values[1]:.2f}x"
    if name not in similarity.PAIR_SETS:
        return ""
    wide = cosines.loc[cosines["set"] == name].pivot_table(
        index=["pair", "judgement"], columns=["who", "seed"], values="cosine"
    )
    seeds = [seed for seed in wide["reprlearn"].columns if seed in wide[PEER].columns]
    judgements = wide.index.get_level_values("judgement").to_numpy(np.float64)
    mean, low, high = difference(
        *(wide[who][seeds].to_numpy(np.float64) for who in ("reprlearn", PEER)), judgements=judgements
    )
    return f"   {mean:+.3f} [{low:+.3f}, {high:+.3f}]"


if __name__ == "__main__":
    main()
