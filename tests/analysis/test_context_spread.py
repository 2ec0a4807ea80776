"""The spread of words: what is stored is what a naive reading of the same sentences gives, and it is kept with its weights."""

from __future__ import annotations

import json
import shutil
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from reprlearn.__main__ import main
from reprlearn.analysis.context_spread import (
    FEWEST,
    FILE,
    nearest_words,
    store_spread,
    stored_means,
    stored_spread,
    word_vectors,
)
from reprlearn.analysis.texts import read_texts
from reprlearn.runs import Run
from reprlearn.runs.weights import FILE_NAME as WEIGHTS
from tests.contextual_runs import ELMO, GPT, WORD2VEC


@pytest.fixture
def gpt(contextual_runs: Path, tmp_path: Path) -> Run:
    """A copy of the GPT, whose words' spread is stored with it."""
    shutil.copytree(contextual_runs / GPT, tmp_path / GPT)
    return Run(tmp_path / GPT)


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_sentences_are_drawn_by_a_seed(gpt: Run) -> None:
    texts, word = read_texts(gpt, "train"), gpt.vocabulary.id("and")
    found, again, other = (dict(word_vectors(gpt, texts, np.array([word]), 15, seed))[word] for seed in (0, 0, 1))
    assert found.shape == (3, 15, 8)
    assert np.array_equal(found, again) and not np.array_equal(found, other)


def test_each_text_counts_once_and_a_word_of_few_texts_is_left_out(contextual_runs: Path) -> None:
    run = Run(contextual_runs / GPT)
    texts = read_texts(run, "valid")
    holding = [sum(word in texts.ids(text) for text in range(len(texts))) for word in range(len(run.vocabulary))]
    found = dict(word_vectors(run, texts, np.arange(len(run.vocabulary)), 10**6))
    expected = {word: n for word, n in enumerate(holding) if n >= FEWEST and word != run.vocabulary.end_id}
    assert {word: vectors.shape[1] for word, vectors in found.items()} == expected


def test_what_is_stored_is_what_the_vectors_say(gpt: Run) -> None:
    stored = stored_spread(gpt)
    assert stored is not None and stored.n_layers == 3 and (stored.split, stored.n_each) == ("train", 12)
    word = gpt.vocabulary.id("and")
    ids = np.unique(stored.table["word_id"].to_numpy())
    vectors = dict(word_vectors(gpt, read_texts(gpt, "train"), ids, 12))[word]
    means = stored_means(gpt)
    assert means is not None and means[0].tolist() == ids.tolist() and means[1].shape == (3, len(ids), 8)
    for layer in range(3):
        cosines = [cosine(a, b) for a, b in combinations(vectors[layer], 2)]
        row = stored.of_layer(layer).set_index("word").loc["and"]
        assert row["self_similarity"] == pytest.approx(np.mean(cosines), abs=1e-5)
        assert row["corrected"] == pytest.approx(np.mean(cosines) - stored.baseline[layer], abs=1e-5)
        assert (row["low"], row["high"]) == pytest.approx(tuple(np.quantile(cosines, (0.1, 0.9))), abs=1e-5)
        mean = means[1][layer, list(means[0]).index(word)]
        assert mean == pytest.approx(vectors[layer].mean(axis=0), abs=2e-3)
    assert stored.by_layer()["baseline"].tolist() == stored.baseline.tolist()


def test_words_are_ranked_from_those_that_spread_most_and_none_is_a_special_one(gpt: Run) -> None:
    stored = stored_spread(gpt)
    assert stored is not None
    for layer in range(3):
        corrected = stored.of_layer(layer)["corrected"].tolist()
        assert corrected == sorted(corrected) and len(corrected) == 20
    assert not {"<unk>", "<eos>"} & set(stored.table["word"])
    counts = np.asarray(gpt.vocabulary.counts)
    assert min(stored.table["count"]) >= np.sort(counts[2:])[::-1][19], "the most frequent ones"


def test_any_two_words_are_less_alike_than_a_word_is_to_itself(contextual_runs: Path) -> None:
    stored = stored_spread(Run(contextual_runs / GPT))
    assert stored is not None
    layers = stored.by_layer()
    assert (layers["self_similarity"].to_numpy() > layers["baseline"].to_numpy()).all()


def test_what_other_weights_gave_counts_as_absent(gpt: Run) -> None:
    assert stored_spread(gpt) is not None
    content = bytearray((gpt.path / WEIGHTS).read_bytes())
    content[-1] ^= 1
    (gpt.path / WEIGHTS).write_bytes(content)
    assert stored_spread(gpt) is None and stored_means(gpt) is None


def test_a_damaged_file_counts_as_absent(gpt: Run) -> None:
    (gpt.path / FILE).write_bytes((gpt.path / FILE).read_bytes()[:200])
    assert stored_spread(gpt) is None and stored_means(gpt) is None
    (gpt.path / FILE).unlink()
    assert stored_spread(gpt) is None


def test_the_nearest_words_of_a_mean_are_those_of_the_largest_cosine() -> None:
    draw = np.random.default_rng(0)
    ids, means, vector = np.array([7, 3, 9, 5]), draw.normal(size=(4, 6)), draw.normal(size=6)
    expected = sorted((0, 1, 3), key=lambda i: -cosine(means[i], vector))
    found = nearest_words(ids, means, vector, 3, without=9)
    assert found["word_id"].tolist() == ids[expected].tolist()
    assert found["cosine"].tolist() == pytest.approx([cosine(means[i], vector) for i in expected], abs=1e-5)
    assert len(nearest_words(ids, means, vector, 10)) == 4


def test_a_run_without_contextual_vectors_is_refused(contextual_runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match=r"^tinyword2vec has no vectors that hang on context"):
        store_spread(Run(contextual_runs / WORD2VEC))
    assert main(["context", str(contextual_runs / WORD2VEC)]) == 2
    assert capsys.readouterr().err.startswith("error: tinyword2vec has no vectors")


def test_the_command_stores_and_says_what_it_found(
    contextual_runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(contextual_runs / ELMO, tmp_path / ELMO)
    folder = tmp_path / ELMO
    monkeypatch.setattr("reprlearn.analysis.context_spread.store_spread.__defaults__", (5, 10, 40, lambda *_: None))
    assert main(["context", str(folder), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    stored = stored_spread(Run(folder))
    assert stored is not None and said["words"] == 5 == stored.table["word_id"].nunique()
    assert [layer["baseline"] for layer in said["layers"]] == pytest.approx(stored.baseline.tolist())
    assert said["layers"][0]["self_similarity"] == pytest.approx(1.0), "ELMo's words before any context"
    assert main(["context", str(folder)]) == 0
    assert "spread most in the last layer: " + stored.of_layer(1)["word"].iloc[0] in capsys.readouterr().out
