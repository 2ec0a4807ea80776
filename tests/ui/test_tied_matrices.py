"""Titles of the figures about matrices: they say what the data says, and the opposite when the data is the opposite."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reprlearn.analysis.agreement import IDENTICAL
from reprlearn.ui.tied_vs_untied import matrices, norms, placed, spectrum, subspace, tiedness, updates

MEASURES = ("knn_overlap", "procrustes_cosine", "cka")


def epochs(measure: str, values: list[float], chance: float = 0.01) -> pd.DataFrame:
    return pd.DataFrame({"epoch": range(len(values)), measure: values, f"chance_{measure}": chance})


def tied(measure: str) -> pd.DataFrame:
    return epochs(measure, [IDENTICAL[measure]] * 2, np.nan)


@pytest.mark.parametrize("measure", MEASURES)
def test_one_untied_run_drew_closer_or_apart_or_neither(measure: str) -> None:
    def title(*values: float) -> str:
        return tiedness.title({"u": epochs(measure, list(values)), "t": tied(measure)}, measure)

    assert "drew closer in 1 epochs" in title(0.1, 0.4) and "drew apart" in title(0.4, 0.1)
    assert "no closer" in title(0.4, 0.4) and "no more alike than by chance" in title(0.4, 0.011)
    number = "40.0%" if measure == "knn_overlap" else "0.40"
    assert number in title(0.1, 0.4)


def test_a_smaller_distance_is_closer() -> None:
    frames = {"u": epochs("subspace_distance", [0.9, 0.2], 0.95)}
    assert "drew closer" in tiedness.title(frames, "subspace_distance")
    assert "drew apart" in tiedness.title({"u": epochs("subspace_distance", [0.2, 0.9], 0.99)}, "subspace_distance")


def test_what_is_by_chance_at_first_is_not_taken_for_agreement() -> None:
    frame = epochs("cka", [0.30, 0.28]).assign(chance_cka=[0.30, 0.02])
    assert "drew closer" in tiedness.title({"u": frame}, "cka")


def test_of_several_untied_runs_the_most_tied_comes_first_and_swapping_them_swaps_the_title() -> None:
    low, high = epochs("cka", [0.1, 0.2]), epochs("cka", [0.1, 0.6])
    assert tiedness.title({"a": low, "b": high}, "cka").endswith("b 0.60, a 0.20")
    assert tiedness.title({"a": high, "b": low}, "cka").endswith("a 0.60, b 0.20")
    distances = {name: epochs("subspace_distance", [0.9, end], 0.95) for name, end in (("a", 0.8), ("b", 0.3))}
    assert tiedness.title(distances, "subspace_distance").endswith("b 0.30, a 0.80")
    assert "No untied model came closer" in tiedness.title({"a": low, "b": low}, "cka")
    assert tiedness.title({"t": tied("cka"), "s": tied("cka")}, "cka").startswith("All 2 models here are tied")


def pairs(**values: tuple[float, float]) -> pd.DataFrame:
    rows = [
        {"tied": "t", "untied": name, "matrix": matrix, "cka": value}
        for name, both in values.items()
        for matrix, value in zip(("input", "output"), both, strict=True)
    ]
    return pd.DataFrame(rows)


def test_the_tied_matrix_is_like_the_output_or_the_input_or_both() -> None:
    assert "more like the output matrix of u (CKA 0.70) than its input matrix (0.20)" in tiedness.between_title(
        pairs(u=(0.2, 0.7)), "cka"
    )
    assert "more like the input matrix of u (CKA 0.70)" in tiedness.between_title(pairs(u=(0.7, 0.2)), "cka")
    assert "as much like" in tiedness.between_title(pairs(u=(0.5, 0.501)), "cka")
    several = tiedness.between_title(pairs(u=(0.2, 0.7), v=(0.3, 0.1), w=(0.3, 0.3)), "cka")
    assert "Of 3 pairs" in several and "output matrix in 1," in several and several.endswith("input matrix in 1")
    distances = pairs(u=(0.2, 0.7)).rename(columns={"cka": "subspace_distance"})
    assert "more like the input" in tiedness.between_title(distances, "subspace_distance")


def summaries(a: float, b: float) -> dict[str, pd.DataFrame]:
    def table(value: float) -> pd.DataFrame:
        columns = {name: value for name in ("effective_rank", "effective_rank_centred")}
        return pd.DataFrame(
            [{"matrix": "input", "width": 200, "mean_cosine": value / 200, "mean_cosine_centred": -0.001, **columns}]
        )

    return {"a": table(a), "b": table(b)}


NAMES = {("a", "input"): "a", ("b", "input"): "b"}


def test_ranks_and_cosines_name_the_highest_and_the_lowest() -> None:
    assert spectrum.title(summaries(170, 90), NAMES, True).startswith("a uses most directions, 170 of 200")
    assert spectrum.title(summaries(90, 170), NAMES, False).startswith("b uses most directions, 170 of 200")
    assert "as many directions: 90" in spectrum.title(summaries(90, 90), NAMES, False)
    assert "0.80 in a and 0.10 in b" in spectrum.cosine_title(summaries(160, 20), NAMES)
    assert "0.80 in b and 0.10 in a" in spectrum.cosine_title(summaries(20, 160), NAMES)
    assert "the same mean cosine in all matrices, 0.10" in spectrum.cosine_title(summaries(20, 20), NAMES)
    assert "−0" not in spectrum.cosine_title(summaries(160, 20), NAMES)


def test_ranks_over_epochs_name_the_largest_loss_first() -> None:
    def shape(first: float, last: float) -> pd.DataFrame:
        return pd.DataFrame({"epoch": [0, 1], "matrix": "input", "effective_rank": [first, last]})

    assert spectrum.rank_title({"a": shape(195, 150), "b": shape(195, 190)}, NAMES, "effective_rank").endswith(
        "a 195 → 150, b 195 → 190"
    )
    assert spectrum.rank_title({"a": shape(195, 190), "b": shape(195, 150)}, NAMES, "effective_rank").endswith(
        "b 195 → 150, a 195 → 190"
    )
    assert spectrum.rank_title({"a": shape(195, 195)}, NAMES, "effective_rank").startswith("Training leaves")


def test_norm_trends_are_said_with_their_sign() -> None:
    rising = pd.DataFrame({"count": [1, 2, 3, 4], "norm": [1.0, 2, 3, 4]})
    falling, flat = rising.assign(norm=[4.0, 3, 2, 1]), rising.assign(norm=1.0)
    a, b = NAMES
    first = norms.title({a: rising, b: falling}, NAMES)
    assert "rare words are longer in b (−1.00)" in first and "frequent words are longer in a (+1.00)" in first
    swapped = norms.title({a: falling, b: rising}, NAMES)
    assert "rare words are longer in a (−1.00)" in swapped and "frequent words are longer in b (+1.00)" in swapped
    assert norms.title({a: flat}, NAMES).endswith("no trend in a (+0.00)")


def test_words_are_placed_alike_or_not_or_by_chance() -> None:
    def title(median: float) -> str:
        return placed.title(pd.DataFrame({"cosine": [median - 0.1, median, median + 0.1]}), 0.1, ("a", "b"))

    assert "median word has cosine 0.60 (0.10 by chance), and 0%" in title(0.6)
    assert "less alike than by chance" in title(-0.2) and "100%" in title(-0.2)
    assert "no more alike than by chance" in title(0.11)


def test_which_side_pulls_harder_follows_the_data() -> None:
    def frame(ratio: float) -> pd.DataFrame:
        return pd.DataFrame({"input": [9.0, 1, 1], "output": [9.0, ratio, ratio]})

    assert updates.gradient_title({"a": frame(2), "b": frame(3)}).endswith("b 3.00×, a 2.00×")
    assert updates.gradient_title({"a": frame(2)}).startswith("Predicting pulls harder")
    assert updates.gradient_title({"a": frame(0.5)}).startswith("Reading pulls harder")
    assert "pull alike" in updates.gradient_title({"a": frame(1.01)})
    assert "differs" in updates.gradient_title({"a": frame(2), "b": frame(0.5)})


def test_the_rows_a_step_reads_are_counted_from_the_frame() -> None:
    frame = pd.DataFrame({"count": [90, 10], "reach": [1.0, 0.25]})
    said = updates.reach_title(frame, 35, 4)
    assert "35 words reads about 1 of 4 rows (31.2%)" in said and "seen 10 times, one step in 4" in said


def test_under_trained_words_are_rare_or_not() -> None:
    def said(distances: list[float]) -> str:
        return updates.under_trained_said(
            pd.DataFrame({"word": list("abcd"), "count": [1, 2, 3, 4], "distance": distances}), "m"
        )

    assert "The rarer a word, the closer" in said([0.1, 0.2, 0.3, 0.4])
    assert "The more frequent a word, the closer" in said([0.4, 0.3, 0.2, 0.1])
    assert "says little" in said([0.2, 0.4, 0.1, 0.3])


def test_the_papers_check_falls_rises_or_stays() -> None:
    def title(first: float, last: float) -> str:
        cells = pd.DataFrame(
            {"tau": [10.0, 10, 1], "beta": [0.0, 1, 0], "distance": [first, last, 0.5], "random_distance": 0.954}
        )
        return subspace.title(cells)

    assert "falls from 0.95 at β = 0 to 0.06 at β = 1 (random spans: 0.95)" in title(0.95, 0.06)
    assert "rises from 0.06" in title(0.06, 0.95)
    assert "is the same" in title(0.9, 0.905)


def test_numbers_have_true_minus_signs_and_no_negative_zero() -> None:
    assert (
        matrices.number(-0.004) == "0.00"
        and matrices.number(-0.5) == "−0.50"
        and matrices.number(0.5, sign=True) == "+0.50"
    )
