"""Contextual vectors: the fast measures agree with naive ones, and near means near in the layer's own space."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import torch

from reprlearn.analysis import context_vectors
from reprlearn.analysis.context_pairs import apart, shared_words
from reprlearn.analysis.context_vectors import (
    agreement,
    all_alike,
    by_similarity,
    correlation,
    layer_similarity,
    map_points,
    occurrence_vectors,
    pair_cosines,
    self_similarity,
)
from reprlearn.analysis.occurrences import find_occurrences, words_read
from reprlearn.analysis.texts import read_texts
from reprlearn.analysis.typed import read_typed
from reprlearn.runs import Run
from tests.contextual_runs import BERT, CONTEXT_LENGTH, ELMO, GPT

VECTORS = np.random.default_rng(0).normal(size=(9, 5)) + 0.5


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def naive(vectors: np.ndarray) -> float:
    return float(np.mean([cosine(a, b) for a, b in combinations(vectors, 2)]))


def test_self_similarity_is_the_mean_cosine_of_all_pairs() -> None:
    found = self_similarity(VECTORS)
    assert found.self_similarity == pytest.approx(naive(VECTORS), abs=1e-6) and found.n == 9
    assert pair_cosines(VECTORS).mean() == pytest.approx(naive(VECTORS), abs=1e-6)
    assert len(pair_cosines(VECTORS)) == 36
    assert self_similarity(np.ones((4, 3))).self_similarity == pytest.approx(1.0)


def test_its_error_is_the_jackknife_s() -> None:
    without = np.array([naive(np.delete(VECTORS, i, axis=0)) for i in range(9)])
    expected = np.sqrt(8 / 9 * np.square(without - without.mean()).sum())
    assert self_similarity(VECTORS).standard_error == pytest.approx(expected, rel=1e-5)


def test_one_occurrence_has_no_pairs_and_two_have_no_error() -> None:
    assert np.isnan(self_similarity(VECTORS[:1]).self_similarity)
    two = self_similarity(VECTORS[:2])
    assert two.self_similarity == pytest.approx(cosine(*VECTORS[:2]), abs=1e-6) and np.isnan(two.standard_error)


def test_vectors_that_differ_by_rounding_alone_are_one_point() -> None:
    same = (
        np.full((6, 4), 0.3, dtype=np.float32) + np.random.default_rng(0).normal(size=(6, 4)).astype(np.float32) * 1e-7
    )
    assert all_alike(same) and not all_alike(VECTORS)
    points, explained = map_points(same)
    assert not points.to_numpy().any() and explained == (0.0, 0.0)
    points, explained = map_points(VECTORS)
    assert points["x"].to_numpy().var() > points["y"].to_numpy().var() > 0 and 0 < explained[1] <= explained[0] < 1


def test_the_nearest_occurrences_are_those_of_the_largest_cosine() -> None:
    found = by_similarity(VECTORS, 3)
    expected = sorted((i for i in range(9) if i != 3), key=lambda i: -cosine(VECTORS[3], VECTORS[i]))
    assert found["occurrence"].tolist() == expected
    assert found["cosine"].tolist() == pytest.approx([cosine(VECTORS[3], VECTORS[i]) for i in expected], abs=1e-5)


def test_agreement_counts_nearest_ones_of_other_texts_alone() -> None:
    centres = np.eye(3)[[0, 0, 0, 1, 1, 1]]
    vectors = centres + 0.01 * np.random.default_rng(0).normal(size=(6, 3))
    words, texts = list("aaabbb"), [0, 1, 2, 3, 4, 5]
    found = agreement(vectors, words, texts)
    assert found is not None and (found.share, found.n) == (1.0, 6) and found.high == pytest.approx(1.0)
    assert found.chance == pytest.approx(2 / 5) and found.low > found.chance
    alone = agreement(vectors, words, [0, 0, 0, 1, 1, 1])
    assert alone is not None and (alone.share, alone.chance) == (0.0, 0.0), "within a text nothing is compared"
    assert agreement(vectors, words, [0] * 6) is None and agreement(vectors[:1], words[:1], [0]) is None


def test_occurrences_of_one_text_make_it_no_surer() -> None:
    draw = np.random.default_rng(4)
    vectors, values, turn = draw.normal(size=(60, 3)), draw.integers(2, size=60), draw.uniform(size=60)
    widths = []
    for texts in (range(60), np.arange(60) // 6):
        alike, held = agreement(vectors, values, texts), correlation(vectors, turn, texts)
        assert alike is not None and held is not None
        widths.append((alike.high - alike.low, held.high - held.low))
    assert all(few > 1.5 * many for many, few in zip(*widths, strict=True))


def test_agreement_of_what_has_nothing_to_do_with_the_vectors_is_chance() -> None:
    draw = np.random.default_rng(1)
    found = agreement(draw.normal(size=(300, 10)), draw.integers(3, size=300), range(300))
    assert found is not None and found.low < found.chance < found.high


def test_a_number_the_vectors_hold_correlates_and_another_does_not() -> None:
    draw = np.random.default_rng(2)
    turn = draw.uniform(0, np.pi, 200)
    vectors = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    held = correlation(vectors, turn, range(200))
    other = correlation(vectors, draw.uniform(size=200), range(200))
    assert held is not None and held.low > 0.95 and held.low < held.rho < held.high
    assert other is not None and other.low < 0 < other.high
    assert (
        correlation(vectors, [1.0] * 200, range(200)) is None and correlation(vectors[:3], turn[:3], range(3)) is None
    )
    assert correlation(vectors, turn, np.arange(200) % 3) is None, "of three texts nothing can be said"


@pytest.mark.parametrize("name", [ELMO, BERT, GPT])
def test_an_occurrence_s_vector_is_the_model_s_state_in_its_place(
    contextual_runs: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context_vectors, "TEXTS_AT_ONCE", 2)
    run = Run(contextual_runs / name)
    found = find_occurrences(read_texts(run, "valid"), run.vocabulary.id("film"), words_read(run))
    vectors = occurrence_vectors(run, found)
    assert vectors.shape[:2] == (run.recipe.model.n_layers + 1, len(found))  # type: ignore[union-attr]
    assert len({len(ids) for ids in found.ids}) > 1 and len(found) == 3, "several lengths, several batches"
    for i, (ids, place) in enumerate(zip(found.ids, found.table["position"], strict=True)):
        expected = run.model.layer_states(torch.from_numpy(ids))[:, place].numpy()
        assert vectors[:, i] == pytest.approx(expected, abs=1e-5)
    table = layer_similarity(vectors)
    assert table["self_similarity"].tolist() == pytest.approx([naive(layer) for layer in vectors], abs=1e-5)
    if name == ELMO:
        assert table["self_similarity"].iloc[0] == pytest.approx(1.0), (
            "before any context a word is the same everywhere"
        )


def test_no_occurrence_has_no_vectors(contextual_runs: Path) -> None:
    run = Run(contextual_runs / GPT)
    with pytest.raises(ValueError, match=r"^no occurrence"):
        occurrence_vectors(run, find_occurrences(read_texts(run, "valid"), run.vocabulary.end_id))


def test_a_typed_sentence_is_cut_where_the_model_ends_and_unknown_words_are_named(contextual_runs: Path) -> None:
    run = Run(contextual_runs / GPT)
    typed = read_typed(run, "The film zyx " * 10)
    assert len(typed) == CONTEXT_LENGTH and typed.n_cut == 30 - CONTEXT_LENGTH
    assert typed.tokens[:3] == ("the", "film", "zyx") and typed.unknown == ("zyx",)
    assert len(read_typed(run, "The film is", most=2)) == 2 and not len(read_typed(run, " "))


def test_the_rarest_shared_word_comes_first(contextual_runs: Path) -> None:
    run = Run(contextual_runs / GPT)
    counts = np.asarray(run.vocabulary.counts)
    a, b = (read_typed(run, text) for text in ("this film is moving zyx .", "the moving film was empty zyx ."))
    shared = shared_words(a, b, counts)
    assert {word for word, _ in shared} == {"film", "moving", "."}
    assert [counts[i] for _, i in shared] == sorted(counts[i] for _, i in shared)


@pytest.mark.parametrize("name", [ELMO, BERT, GPT])
def test_a_word_is_nowhere_apart_in_one_sentence_twice(contextual_runs: Path, name: str) -> None:
    run = Run(contextual_runs / name)
    a, b = read_typed(run, "this film is moving"), read_typed(run, "the story is moving")
    word_id = run.vocabulary.id("moving")
    assert apart(run, a, a, word_id)["cosine"].tolist() == pytest.approx([1.0] * (run.recipe.model.n_layers + 1))  # type: ignore[union-attr]
    other = apart(run, a, b, word_id)["cosine"]
    assert other.iloc[0] == pytest.approx(1.0) and other.iloc[-1] < 1 - 1e-6
    with pytest.raises(ValueError, match=r"^'film' does not stand in both sentences$"):
        apart(run, a, b, run.vocabulary.id("film"))


def test_gpt_tells_two_sentences_apart_by_what_stands_before_alone(contextual_runs: Path) -> None:
    run = Run(contextual_runs / GPT)
    a, b = read_typed(run, "this film is moving"), read_typed(run, "this film was empty and i hated it")
    assert apart(run, a, b, run.vocabulary.id("film"))["cosine"].tolist() == pytest.approx([1.0] * 3)
    bert = Run(contextual_runs / BERT)
    assert apart(bert, a, b, bert.vocabulary.id("film"))["cosine"].iloc[-1] < 1 - 1e-6
