"""Bands, calibration and neighbours of scored tokens, on hand-made cases whose answer is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis import calibration as cal
from reprlearn.analysis import neighbour_mass as nm
from reprlearn.analysis import paired
from reprlearn.analysis.frequency_bands import UNKNOWN, band_differences, band_of, by_band

COUNTS = np.array([500, 90, 0, 5, 19, 20, 300, 5_000, 20_000])  # <unk>, <eos>, a reserved word, and six words


def made(word_ids: Any, loss: Any = 1.0, **columns: Any) -> pd.DataFrame:
    n = len(word_ids)
    base = {
        "position": np.arange(n), "word_id": np.asarray(word_ids), "log_probability": -np.broadcast_to(loss, n),
        "rank": 1, "top_probability": 0.5, "hit": True, "neighbour_probability": 0.1, "neighbour_rank": 4.0,
    }  # fmt: skip
    return pd.DataFrame(base | columns)


def long_text(n: int = 5_000, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(3, 9, n)


def test_bands_hold_the_words_between_their_edges_and_unk_has_its_own() -> None:
    assert band_of(COUNTS, unknown_id=0).tolist() == [UNKNOWN, 2, 0, 0, 0, 1, 3, 4, 5]
    assert band_of(COUNTS)[0] == 3
    with pytest.raises(ValueError, match="edges must rise"):
        band_of(COUNTS, edges=(5, 5))


def test_each_band_has_the_perplexity_of_its_tokens() -> None:
    table = by_band(made([3, 4, 5, 8, 0], loss=[1.0, 3.0, 5.0, 0.5, 7.0]), COUNTS, unknown_id=0)
    assert table["n_tokens"].tolist() == [2, 1, 1, 1]
    assert table["n_words"].tolist() == [2, 1, 1, 1], "the reserved word occurs in no training text"
    np.testing.assert_allclose(table["perplexity"], np.exp([2.0, 5.0, 0.5, 7.0]))
    assert (table["low"].tolist()[:3], table["high"].tolist()[:2]) == ([0, 20, 10_000], [19, 49])
    assert np.isnan(table["high"][2]) and np.isnan(table["low"][3])


def test_a_difference_of_one_band_is_found_there_and_nowhere_else() -> None:
    words = long_text()
    rare = np.isin(words, [3, 4])
    noise = np.random.default_rng(1).normal(0, 0.1, len(words))
    table = band_differences(made(words, 2.0 - 0.3 * rare + noise), made(words, 2.0), COUNTS).set_index("band")
    assert table.loc[0, "verdict"] == "less" and table.loc[0, "difference"] == pytest.approx(-0.3, abs=0.02)
    assert set(table.loc[1:, "verdict"]) <= {"none"}
    lower, middle, upper = (table[name].to_numpy() for name in ("lower", "difference", "upper"))
    assert (lower < middle).all() and (middle < upper).all()


def test_swapping_two_runs_turns_every_difference_round() -> None:
    words = long_text()
    a, b = made(words, np.random.default_rng(1).gamma(2, 1, len(words))), made(words, 1.8)
    one, other = band_differences(a, b, COUNTS), band_differences(b, a, COUNTS)
    np.testing.assert_allclose(one["difference"], -other["difference"])
    np.testing.assert_allclose(one["lower"], -other["upper"])


def test_equal_runs_differ_by_nothing() -> None:
    scores = made(long_text())
    assert set(band_differences(scores, scores, COUNTS)["verdict"]) == {"none"}
    assert paired.against({"a": scores, "b": scores}, "a")["verdict"].tolist() == ["none"]
    assert cal.error_difference(scores, scores).verdict == "none"
    assert nm.mass_ratio(scores, scores).verdict == "none"


def test_tokens_of_two_texts_are_not_paired() -> None:
    with pytest.raises(ValueError, match="same tokens"):
        band_differences(made([3, 4]), made([3, 5]), COUNTS)


def test_an_interval_holds_the_true_difference_about_as_often_as_it_says() -> None:
    draw, held = np.random.default_rng(0), 0
    for _ in range(100):
        found = paired.mean_difference(draw.normal(0.05, 1, 20_000))
        held += found.lower <= 0.05 <= found.upper
    assert 85 <= held <= 100


def test_tokens_that_hang_together_make_the_interval_wider() -> None:
    draw = np.random.default_rng(0)
    alone = draw.normal(0, 1, 20_000)
    together = np.repeat(draw.normal(0, 1, 200), 100)
    widths = [found.upper - found.lower for found in map(paired.mean_difference, (alone, together))]
    assert widths[1] > 4 * widths[0]


def test_a_band_of_few_blocks_has_a_difference_and_no_interval() -> None:
    found = paired.mean_difference(np.ones(1_000))
    assert found.difference == 1 and np.isnan(found.lower) and found.verdict == "none"


def test_a_model_that_is_right_as_often_as_it_is_sure_is_calibrated() -> None:
    hit = np.tile([True, False, False, False], 1_000)
    scores = made(np.full(4_000, 3), hit=hit, top_probability=0.25)
    assert cal.calibration_error(scores) == pytest.approx(0)
    surer = scores.assign(top_probability=0.65)
    assert cal.calibration_error(surer) == pytest.approx(0.4)
    assert cal.error_difference(scores, surer).verdict == "less"
    assert cal.error_difference(surer, scores).verdict == "more"


def test_bins_hold_what_a_loop_puts_into_them() -> None:
    draw = np.random.default_rng(0)
    top, hit = draw.uniform(0, 1, 500), draw.uniform(0, 1, 500) < 0.3
    table = cal.calibration(made(np.full(500, 3), top_probability=top, hit=hit), n_bins=4)
    for row in table.to_dict("records"):
        own = (top >= row["bin"] / 4) & (top < (row["bin"] + 1) / 4)
        found = row["n"], row["confidence"], row["accuracy"]
        assert found == pytest.approx((own.sum(), top[own].mean(), hit[own].mean()))
    whole = cal.calibration(made([3, 3], top_probability=[1.0, 0.0], hit=[True, False]))
    assert whole["bin"].tolist() == [0, 9], "a guess that is certain belongs to the last bin"


def test_unigram_mass_is_the_neighbours_share_of_the_text() -> None:
    near = np.array([[1, 2], [0, -1], [-1, -1]])
    np.testing.assert_allclose(nm.unigram_mass(near, np.array([1, 3, 6])), [0.9, 0.1, np.nan])


def test_lift_compares_with_frequency_token_by_token() -> None:
    unigram = np.array([np.nan, 0.1, 0.01])
    scores = made([1, 2, 0], neighbour_probability=[0.2, 0.08, np.nan], neighbour_rank=[3.0, 9.0, np.nan])
    row = nm.neighbour_mass({"a": scores}, unigram).iloc[0]
    assert row["n_tokens"] == 2
    assert (row["probability"], row["unigram"], row["ratio"]) == pytest.approx((0.14, 0.055, 0.14 / 0.055))
    assert (row["lift"], row["median_rank"]) == pytest.approx((4.0, 6.0))  # the geometric mean of 2 and 8


def test_more_for_neighbours_on_most_tokens_and_less_in_the_mean_are_both_told() -> None:
    words = long_text()
    rare = np.arange(len(words)) % 10 == 0
    a = made(words, neighbour_probability=np.where(rare, 0.4, 0.011), neighbour_rank=2.0)
    b = made(words, neighbour_probability=np.where(rare, 0.8, 0.009), neighbour_rank=4.0)
    row = nm.against({"a": a, "b": b}, "b").iloc[0]
    assert (row["verdict"], row["mean_verdict"], row["rank_verdict"]) == ("more", "less", "less")
    assert row["rank_factor"] == pytest.approx(0.5)
    turned = nm.against({"a": b, "b": a}, "b").iloc[0]
    assert (turned["verdict"], turned["mean_verdict"]) == ("less", "more")
    assert turned["factor"] == pytest.approx(1 / row["factor"])
