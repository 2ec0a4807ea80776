"""Agreement with people: hand-made vectors whose answer is known, a naive loop, and gensim on the same vectors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis import similarity as measured
from reprlearn.runs import Card, Run
from tests.analysis.conftest import MadeRun

KINDS = ["king", "queen", "man", "woman", "prince", "princess"]


def judged(pairs: list[tuple[str, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["first", "second", "judgement"])


def on_a_circle(degrees: list[float]) -> np.ndarray:
    angles = np.deg2rad(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def people_agree(sign: float) -> pd.DataFrame:
    """Twelve pairs of "hub" and spokes at growing angles, judged in the order of their cosines, or against it."""
    return judged([("hub", f"spoke{i}", sign * -i) for i in range(1, 13)] + [("hub", "nobody knows", 5.0)])


@pytest.fixture
def circle() -> tuple[np.ndarray, dict[str, int]]:
    return on_a_circle([0, *range(10, 130, 10)]), {"hub": 0, **{f"spoke{i}": i for i in range(1, 13)}}


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_order_of_the_cosines_is_what_counts(circle: tuple[np.ndarray, dict[str, int]], sign: float) -> None:
    measures = measured.score_pairs(*circle, people_agree(sign))
    assert measures["spearman"] == pytest.approx(sign)
    assert (measures["n"], measures["coverage"]) == (12, pytest.approx(12 / 13))


def test_a_few_pairs_are_no_correlation(circle: tuple[np.ndarray, dict[str, int]]) -> None:
    assert measured.score_pairs(*circle, people_agree(1).head(measured.FEWEST_PAIRS - 1)).keys() == {"n", "coverage"}
    # All cosines alike: there is no order to correlate, and no warning either.
    same = np.ones_like(circle[0]) / np.sqrt(2)
    assert "spearman" not in measured.score_pairs(same.astype(np.float32), circle[1], people_agree(1))


def parallelogram() -> tuple[np.ndarray, dict[str, int]]:
    """Axes: royal, female, young. queen - king is woman - man exactly."""
    royal_female_young = [(1, 0, 0), (1, 1, 0), (0, 0, 0), (0, 1, 0), (1, 0, 1), (1, 1, 1)]
    base = np.array([(*row, 1.0) for row in royal_female_young], dtype=np.float32)
    return measured.unit_rows(base), {word: i for i, word in enumerate(KINDS)}


def test_an_analogy_is_answered_by_none_of_its_own_words() -> None:
    vectors, words = parallelogram()
    right = np.array([("man", "woman", "king", "queen"), ("king", "queen", "prince", "princess")], dtype=object)
    assert measured.score_questions(vectors, words, right)["accuracy"] == 1
    # b - a + c lies nearest to c itself, which is no answer.
    itself = np.array([("man", "man", "king", "king")], dtype=object)
    assert measured.score_questions(vectors, words, itself)["accuracy"] == 0
    unknown = np.array([("man", "woman", "king", "empress"), *right], dtype=object)
    measures = measured.score_questions(vectors, words, unknown)
    assert (measures["n"], measures["coverage"]) == (2, pytest.approx(2 / 3))
    assert measured.score_questions(vectors, words, unknown[:1]).keys() == {"n", "coverage"}


def test_analogies_agree_with_a_loop_over_questions_and_words() -> None:
    draw = np.random.default_rng(0)
    vectors = measured.unit_rows(draw.normal(size=(40, 5)).astype(np.float32))
    words = {f"w{i}": i for i in range(3, 40)}  # rows 0 to 2 are no words one may answer with
    questions = np.array(
        [[f"w{i}" for i in draw.choice(range(3, 40), 4, replace=False)] for _ in range(600)], dtype=object
    )
    right = 0
    for question in questions:
        a, b, c, d = (words[word] for word in question)
        target = vectors[b] - vectors[a] + vectors[c]
        right += max((i for i in words.values() if i not in (a, b, c)), key=lambda i: float(target @ vectors[i])) == d
    assert right > 3
    assert measured.score_questions(vectors, words, questions)["accuracy"] == pytest.approx(right / 600)


def run_of_words(tmp_path: Path, words: list[str], seed: int = 0) -> MadeRun:
    draw = np.random.default_rng(seed)
    words = ["<unk>", "<eos>", *dict.fromkeys(words), "rare1", "rare2", "rare3"]
    matrices = {name: draw.normal(size=(len(words), 20)).astype(np.float32) for name in ("input", "output")}
    return MadeRun(matrices, tmp_path, words)


def test_gensim_measures_the_same(tmp_path: Path) -> None:
    models = pytest.importorskip("gensim.models", reason="gensim is for development: requirements-dev.txt")
    folder = measured.judgements_folder()
    pairs = measured.read_pairs(folder / measured.PAIR_SETS["wordsim353"])
    questions = measured.read_questions(folder / measured.ANALOGY_FILE)
    sample = questions[:: len(questions) // 150]
    run = run_of_words(
        tmp_path, [w.lower() for w in [*pairs["first"], *pairs["second"], *sample.ravel().tolist()]][:900]
    )
    found = measured.similarity(run)["input"]
    peer = models.KeyedVectors(20)
    usable = [i for i, count in enumerate(run.vocabulary.counts) if count and i > 1]
    peer.add_vectors([run.vocabulary.words[i] for i in usable], run.matrix("input")[usable])
    correlation, n = peer.evaluate_word_pairs(folder / "wordsim353.tsv")[1:]
    assert found["wordsim353"]["spearman"] == pytest.approx(float(correlation[0]), abs=1e-6)
    assert found["wordsim353"]["coverage"] == pytest.approx(1 - n / 100)
    accuracy, sections = peer.evaluate_word_analogies(folder / measured.ANALOGY_FILE)
    assert found["analogies"]["n"] == len(sections[-1]["correct"]) + len(sections[-1]["incorrect"]) > 300
    assert found["analogies"]["accuracy"] == pytest.approx(accuracy)


def test_a_run_of_other_words_is_told_so(tmp_path: Path) -> None:
    pytest.importorskip("gensim", reason="gensim is for development: requirements-dev.txt")
    with pytest.raises(ValueError, match="knows none of the words"):
        measured.similarity(run_of_words(tmp_path, ["JFK airport", "LGA airport"]))


def test_without_gensim_one_line_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r"gensim is not installed.*pip install gensim"):
        measured.similarity(run_of_words(tmp_path, ["tiger", "cat"]))


@pytest.mark.parametrize("value", [-0.4, 0.0, 0.15, 0.8])
def test_the_interval_of_a_correlation_holds_95_of_100_samples(value: float) -> None:
    """Spearman's correlation of normal pairs, drawn again and again: the interval around each holds the true one."""
    from scipy.stats import spearmanr

    draw = np.random.default_rng(1)
    pearson = 2 * np.sin(np.pi / 6 * value)  # of normal pairs whose rank correlation is `value`
    held = []
    for _ in range(400):
        x, y = draw.multivariate_normal([0, 0], [[1, pearson], [pearson, 1]], 211).T
        drawn: Any = spearmanr(x, y)
        low, high = measured.correlation_interval(float(drawn.statistic), 211)
        held.append(low <= value <= high)
    assert 0.91 < np.mean(held) < 0.985


def test_the_interval_of_a_share_stays_within_0_and_1_and_narrows() -> None:
    for share in (0.0, 0.1, 1.0):
        wide, narrow = measured.share_interval(share, 20), measured.share_interval(share, 2000)
        assert 0 <= wide[0] <= share + 1e-12 and share - 1e-12 <= wide[1] <= 1
        assert narrow[1] - narrow[0] < (wide[1] - wide[0]) / 3
    # Newcombe 1998, table I: 81 of 263.
    assert measured.share_interval(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)


def test_stored_measures_are_read_from_the_card(only_tiny_runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {
        "input": {
            "wordsim353": {"n": 211.0, "coverage": 0.6, "spearman": 0.2},
            "simlex999": {"n": 3.0, "coverage": 0.0},
        }
    }
    monkeypatch.setattr(measured, "similarity", lambda run: found)
    run = Run(only_tiny_runs / "tiny-untied")
    assert not run.card.similarity and not len(measured.similarity_table({run.name: run.card}))
    before = run.card.model_dump(exclude={"similarity"})
    measured.store_similarity(run)
    again = Run(run.path).card
    assert again.similarity == found and again.model_dump(exclude={"similarity"}) == before
    table = measured.similarity_table({"a": again, "b": again}).set_index(["run", "set"])
    assert table.loc[("b", "wordsim353"), "low"] < 0.2 < table.loc[("b", "wordsim353"), "high"]
    assert np.isnan(table.loc[("a", "simlex999"), "value"]) and table.loc[("a", "simlex999"), "n"] == 3


def test_cards_written_before_the_measure_existed_are_read(only_tiny_runs: Path) -> None:
    import json

    path = only_tiny_runs / "tiny-tied" / "card.json"
    fields = json.loads(path.read_text())
    del fields["similarity"]
    path.write_text(json.dumps(fields))
    card: Card = Run(path.parent).card
    assert card.similarity == {}


def test_the_matrices_that_lead_are_those_of_the_best_ranks_and_of_the_best_in_a_set():
    values = {"a": (0.5, 0.5), "b": (0.4, 0.4), "c": (0.3, 0.3), "d": (0.1, 0.9), "e": (float("nan"), float("nan"))}
    rows = [
        (run, "input", name, value) for run, of in values.items() for name, value in zip(("x", "y"), of, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["run", "matrix", "set", "value"])
    assert measured.leading_matrices(table, 9) == [(run, "input") for run in "abdc"], "of e nothing is known"
    assert measured.leading_matrices(table, 2) == [("a", "input"), ("d", "input")]
    assert measured.leading_matrices(table.head(0), 3) == []
