"""Several models after one prompt: rows are the same word, ranks are compared with the first model's."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprlearn.analysis.prediction_comparison import aligned_top_k, divergences, jensen_shannon_bits


def frame(**probabilities: float) -> pd.DataFrame:
    """As `next_tokens` gives it: sorted, with ranks."""
    ranked = sorted(probabilities.items(), key=lambda item: -item[1])
    words, shares = [word for word, _ in ranked], [share for _, share in ranked]
    ranks = range(1, len(ranked) + 1)
    return pd.DataFrame({"word": words, "rank": ranks, "probability": shares, "sampling_probability": shares})


A = frame(film=0.5, movie=0.3, plot=0.15, end=0.05)
B = frame(movie=0.6, film=0.2, end=0.15, plot=0.05)
SMALL = frame(end=0.7, film=0.3)


def of(table: pd.DataFrame, run: str) -> pd.DataFrame:
    return table.loc[table["run"] == run].reset_index(drop=True)


def test_a_row_is_one_word_for_all_models() -> None:
    table = aligned_top_k({"a": A, "b": B}, k=2)
    assert of(table, "a")["word"].tolist() == of(table, "b")["word"].tolist() == ["movie", "film"]
    assert of(table, "b")["probability"].tolist() == [0.6, 0.2]
    assert np.isnan(of(table, "a")["rank_difference"].to_numpy()).all(), (
        "the first is what the others are compared with"
    )
    # "movie" stands first with b and second with a: one place up; "film" one down.
    assert of(table, "b")["rank_difference"].tolist() == [1, -1]


def test_each_model_sees_its_first_guess_however_unsure_it_is() -> None:
    unsure = frame(end=0.26, plot=0.25, film=0.25, movie=0.24)
    table = aligned_top_k({"a": A, "b": B, "c": unsure}, k=2)
    assert of(table, "c")["word"].tolist() == ["movie", "film", "end"]


def test_a_word_a_model_does_not_know_has_neither_rank_nor_probability() -> None:
    table = of(aligned_top_k({"a": A, "small": SMALL}, k=4), "small").set_index("word")
    assert table["known"].to_dict() == {"end": True, "film": True, "movie": False, "plot": False}
    assert all(np.isnan(table[name]["movie"]) for name in ("probability", "rank", "rank_difference"))
    assert table.loc["end", "rank_difference"] == 3


def test_lists_of_their_own() -> None:
    table = aligned_top_k({"a": A, "b": B}, k=2, aligned=False)
    assert of(table, "a")["word"].tolist() == ["film", "movie"] and of(table, "b")["word"].tolist() == ["movie", "film"]
    assert of(table, "b")["rank_difference"].tolist() == [1, -1]


@pytest.mark.parametrize("aligned", [True, False])
def test_a_chosen_word_comes_last_once_and_only_if_somebody_knows_it(aligned: bool) -> None:
    frames = {"a": A, "small": SMALL}
    words = of(aligned_top_k(frames, k=1, chosen="plot", aligned=aligned), "a")["word"].tolist()
    assert words[-1] == "plot" and words.count("plot") == 1
    assert of(aligned_top_k(frames, k=1, chosen="plot", aligned=aligned), "small")["known"].iloc[-1] == np.False_
    assert "zzz" not in aligned_top_k(frames, k=1, chosen="zzz", aligned=aligned)["word"].tolist()
    assert of(aligned_top_k(frames, k=2, chosen="film", aligned=aligned), "a")["word"].tolist().count("film") == 1


def test_divergence_by_hand() -> None:
    assert jensen_shannon_bits(np.array([1, 0]), np.array([0, 1])) == 1
    assert jensen_shannon_bits(np.array([0.3, 0.7]), np.array([0.3, 0.7])) == 0
    # (1, 0) and (.5, .5): H(.75, .25) - (0 + 1) / 2
    assert jensen_shannon_bits(np.array([1, 0]), np.array([0.5, 0.5])) == pytest.approx(0.8112781 - 0.5)
    with pytest.raises(ValueError, match="same words"):
        jensen_shannon_bits(np.ones(1), np.full(2, 0.5))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=8))
def test_divergence_is_symmetric_and_within_its_bounds(counts: list[tuple[int, int]]) -> None:
    p, q = (np.array(each, dtype=float) + (sum(each) == 0) for each in zip(*counts, strict=True))
    p, q = p / p.sum(), q / q.sum()
    bits = jensen_shannon_bits(p, q)
    middle = (p + q) / 2
    naive = sum(0.5 * x * np.log2(x / m) for own in (p, q) for x, m in zip(own, middle, strict=True) if x > 0)
    assert (
        0 <= bits <= 1 and bits == pytest.approx(jensen_shannon_bits(q, p)) and bits == pytest.approx(naive, abs=1e-9)
    )


def test_pairs_are_joined_by_word_farthest_first() -> None:
    table = divergences({"a": A, "b": B, "small": SMALL})
    assert list(table["bits"]) == sorted(table["bits"], reverse=True) and len(table) == 3
    pair = table.set_index(["run_a", "run_b"])["bits"]
    words = ["film", "movie", "plot", "end"]
    p, q = (
        [dict(zip(each["word"], each["probability"], strict=True)).get(w, 0.0) for w in words] for each in (A, SMALL)
    )
    assert float(pair.to_numpy()[list(pair.index).index(("a", "small"))]) == pytest.approx(
        jensen_shannon_bits(np.array(p), np.array(q))
    )
    assert divergences({"a": A}).empty
