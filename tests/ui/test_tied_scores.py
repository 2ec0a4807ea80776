"""Titles of the figures about scored tokens: they say what the data says, and the opposite when the data is the opposite."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis import neighbour_mass as nm
from reprlearn.analysis.frequency_bands import band_differences
from reprlearn.runs import load
from reprlearn.ui.tied_vs_untied import bands, calibration, curves, neighbours, twin_table
from reprlearn.ui.tied_vs_untied.scored import Scored, by_verdict

COUNTS = np.array([500, 90, 5, 5, 300, 20_000])
WORDS = np.random.default_rng(0).integers(2, 6, 6_000)
NOISE = np.random.default_rng(1).normal(0, 0.1, len(WORDS))


def scores(loss: Any = 2.0, near: Any = 0.1, sure: float = 0.5, right: float = 0.5) -> pd.DataFrame:
    n = len(WORDS)
    hit = np.random.default_rng(2).uniform(0, 1, n) < right
    return pd.DataFrame(
        {"position": np.arange(n), "word_id": WORDS, "log_probability": -np.broadcast_to(loss, n), "rank": 1,
         "top_probability": sure, "hit": hit, "neighbour_probability": np.broadcast_to(near, n), "neighbour_rank": 9.0}
    )  # fmt: skip


def bands_title(reference: str, **runs: pd.DataFrame) -> str:
    base = runs.pop(reference)
    return bands.title({name: band_differences(each, base, COUNTS) for name, each in runs.items()}, reference)


def test_the_bands_title_flips_with_the_data_and_says_when_there_is_no_difference() -> None:
    low, high = scores(1.8 + NOISE), scores(2.0)
    assert "tied predicts the rarest words (below 20 training uses) better than plain" in bands_title(
        "plain", tied=low, plain=high
    )
    assert "tied predicts the rarest words (below 20 training uses) worse than plain" in bands_title(
        "plain", tied=high, plain=low
    )
    assert "cannot be told" in bands_title("plain", tied=high, plain=high)
    assert "−18." in bands_title("plain", tied=low, plain=high), "20 % of a nat less is 18 % less perplexity"


def test_it_is_the_rarest_words_that_the_bands_title_is_about() -> None:
    rare = np.isin(WORDS, [2, 3])
    worse_but_for_rare = scores(np.where(rare, 1.5, 2.5) + NOISE)
    assert "better" in bands_title("plain", tied=worse_but_for_rare, plain=scores(2.0))


def test_of_several_runs_each_stands_under_its_own_verdict() -> None:
    said = bands_title("plain", a=scores(1.8 + NOISE), b=scores(2.2 + NOISE), c=scores(2.0), plain=scores(2.0))
    assert (
        said.index("better than plain: a (") < said.index("worse than plain: b (") < said.index("that can be told: c")
    )


def neighbours_title(reference: str, **runs: pd.DataFrame) -> str:
    unigram = np.full(6, 0.05)
    return neighbours.title(nm.against(runs, reference), nm.neighbour_mass(runs, unigram), reference)


def test_the_neighbours_title_flips_with_the_data_and_says_when_there_is_no_difference() -> None:
    more, less = scores(near=0.121 * np.exp(NOISE)), scores(near=0.10)
    assert "more than plain does: 1.2" in neighbours_title("plain", tied=more, plain=less)
    assert "less than plain does: 0.8" in neighbours_title("plain", tied=less, plain=more)
    assert "neither more nor less" in neighbours_title("plain", tied=less, plain=less)
    said = neighbours_title("plain", a=more, b=less, plain=less)
    assert "more than plain gives: a (" in said and "as much as plain gives, as far as can be told: b (" in said
    assert neighbours_title("plain", plain=less).endswith("2.00\u00a0× what their frequency gives them")


def test_the_means_of_the_neighbours_are_told_when_they_say_otherwise_than_the_title() -> None:
    rare = np.arange(len(WORDS)) % 10 == 0
    a, b = scores(near=np.where(rare, 0.4, 0.011)), scores(near=np.where(rare, 0.8, 0.009))
    against = nm.against({"a": a, "b": b}, "b")
    assert "more than b" in neighbours.title(against, pd.DataFrame(), "b") and "less than b" in neighbours.means(
        against, "b"
    )


def calibration_title(**runs: pd.DataFrame) -> str:
    run = load("lstm-tied")  # every run of one text stands for any of them

    class Named:
        def __init__(self, name: str) -> None:
            self.name, self.card = name, run.card

    listed: Any = tuple(Named(name) for name in runs)
    return calibration.title(calibration.errors_of(Scored(listed, listed[0], runs)))


def test_the_calibration_title_flips_with_the_data_and_says_when_there_is_no_difference() -> None:
    good, bad = scores(sure=0.5), scores(sure=0.8)
    assert calibration_title(a=good, b=bad).startswith("a (off by")
    assert calibration_title(a=bad, b=good).startswith("b (off by")
    assert calibration_title(a=good, b=good).startswith("None knows better")
    three = calibration_title(a=good, b=bad, c=good)
    assert three.index("a (") < three.index("know best") < three.index("b (") and three.index("c (") < three.index(
        "know best"
    )


def test_the_curves_title_flips_with_the_data_and_says_when_there_is_no_difference() -> None:
    def ended(**best: float) -> dict[str, float]:
        frames = {name: pd.DataFrame({"valid_loss": [np.nan, np.log(value)]}) for name, value in best.items()}
        return curves.best_perplexities(frames)

    assert curves.title(ended(u=100, t=90)) == "t ends at a validation perplexity of 90.0, 10.0% below u (100.0)"
    assert curves.title(ended(u=90, t=100)) == "u ends at a validation perplexity of 90.0, 10.0% below t (100.0)"
    assert "same validation perplexity" in curves.title(ended(u=90, t=90.01))
    assert "below" not in curves.title(ended(u=100, t=90), comparable=False)
    assert curves.title(ended(a=3, b=1, c=2)).endswith("b 1.0, c 2.0, a 3.0")
    assert curves.title({}) and curves.title(ended(a=np.nan, b=1)).endswith("b 1.0")


def row(parameters: float, perplexity: float) -> dict[str, Any]:
    return {"run": "t", "parameters_share": parameters, "test_perplexity_share": perplexity}


@pytest.mark.parametrize(
    ("parameters", "perplexity", "said"),
    [
        (-0.43, -0.018, ("43% fewer", "1.8% lower")),
        (0.75, 0.02, ("75% more", "2.0% higher")),
        (0.0, 0.0, ("as many parameters as", "the same test perplexity")),
        (-0.43, np.nan, ("43% fewer", "does not compare")),
    ],
)
def test_the_headline_of_the_twins_says_what_their_cards_say(
    parameters: float, perplexity: float, said: tuple[str, str]
) -> None:
    headline = twin_table.headline(row(parameters, perplexity), "u").replace("\\", "")
    assert all(each in headline for each in said)


def test_perplexities_of_different_texts_are_not_held_against_each_other() -> None:
    assert "does not compare" in twin_table.headline(row(-0.43, -0.9), "u", comparable=False)


def test_names_are_shown_as_they_stand() -> None:
    assert "<b>" not in bands_title("plain", **{"<b>x": scores(1.0 + NOISE), "plain": scores()})
    assert "<b>" not in neighbours_title("<b>r", **{"x": scores(), "<b>r": scores()})
    assert "<b>" not in curves.title({"<b>x": 1.0, "y": 2.0})


def test_verdicts_without_a_run_are_left_out() -> None:
    assert by_verdict([{"verdict": "more"}]) == {"more": [{"verdict": "more"}]}
