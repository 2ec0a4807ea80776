"""The matrices part of Tied vs untied, on two tiny trained runs: what is drawn is what the analysis says, and choices count."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.analysis import subspace
from reprlearn.analysis.agreement import placed_differently
from reprlearn.analysis.tiedness import tiedness_by_epoch
from reprlearn.analysis.updates import measured_rows
from reprlearn.runs import load
from tests.pages.opening import opened
from tests.pages.test_next_token import _numbers as numbers
from tests.pages.test_soft_one_hot import figure, said


def visit(**query: str | list[str]) -> AppTest:
    return opened("tied_vs_untied", **{"part": "matrices", "runs": ["tiny-untied", "tiny-tied"], **query})


def ranked_words(at: AppTest) -> list[str]:
    """The words of the table of how differently they are placed."""
    table: Any = next(each.value for each in at.dataframe if "Cosine" in each.value)
    return table["Word"].tolist()


DRAWN = {
    "tiedness": ("tiedness", "between"),
    "spectrum": ("spectrum", "cosines", "ranks"),
    "norms": ("norms",),
    "placed": ("placed",),
    "updates": ("reach", "gradients"),
}


@pytest.mark.parametrize("look", DRAWN)
def test_every_view_is_drawn_for_runs_of_ones_own(only_tiny_runs: Path, look: str) -> None:
    at = visit(look=look)
    for key in DRAWN[look]:
        assert figure(at, key)["layout"]["title"]["text"], key


def test_the_epochs_drawn_are_those_of_the_snapshots(only_tiny_runs: Path) -> None:
    frame = tiedness_by_epoch(load(only_tiny_runs / "tiny-untied"), measures=["knn_overlap"])
    assert numbers(figure(visit(), "tiedness")["data"][0]["y"]) == pytest.approx(frame["knn_overlap"].tolist())


def test_the_measure_and_centring_come_from_the_link(only_tiny_runs: Path) -> None:
    assert visit(look="spectrum", centred="true").toggle(key="centred").value is True
    at = visit(agreement="cka")
    frame = tiedness_by_epoch(load(only_tiny_runs / "tiny-untied"), measures=["cka"])
    assert numbers(figure(at, "tiedness")["data"][0]["y"]) == pytest.approx(frame["cka"].tolist())
    at = visit(agreement="<script>")
    assert numbers(figure(at, "tiedness")["data"][0]["y"]) != pytest.approx(frame["cka"].tolist())


def test_words_are_ranked_both_ways_and_only_those_that_occur_often(only_tiny_runs: Path) -> None:
    run = load(only_tiny_runs / "tiny-untied")
    frame = placed_differently(run, "input", run, "output")
    at = visit(look="placed", fewest="20")
    expected = frame.loc[frame["count"] >= 20, "word"].tolist()
    assert ranked_words(at) == expected
    at = visit(look="placed", fewest="20", order="alike")
    assert ranked_words(at) == expected[::-1]
    pair = "tiny-untied-output~tiny-tied-input"
    at = visit(look="placed", pair=pair, fewest="1")
    other = placed_differently(run, "output", load(only_tiny_runs / "tiny-tied"), "input")
    assert ranked_words(at) == other["word"].tolist()


def test_rows_are_counted_in_the_text_when_asked(only_tiny_runs: Path) -> None:
    at = visit(look="updates")
    mean = measured_rows(load(only_tiny_runs / "tiny-untied")).mean()
    assert f"**{mean:,.0f}** rows a step" not in said(at)
    at.button(key="count_rows").click().run()
    assert f"**{mean:,.0f}** rows a step" in said(at)


def test_words_of_the_matrix_that_was_asked_for_are_drawn(only_tiny_runs: Path) -> None:
    at = visit(look="norms", points="tiny-untied-output")
    points = next(trace for trace in figure(at, "norms")["data"] if trace["type"] == "scattergl")
    assert points["marker"]["color"] == "#B5400B"


def test_a_run_without_snapshots_is_said_and_the_others_shown(only_tiny_runs: Path) -> None:
    shutil.rmtree(only_tiny_runs / "tiny-untied" / "snapshots")
    at = visit()
    assert "no snapshots" in said(at)
    assert [trace["name"] for trace in figure(at, "tiedness")["data"]] == ["tiny-tied"]


def test_the_papers_check_is_silent_without_results_and_drawn_with_them(
    only_tiny_runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subspace, "RESULTS", tmp_path)
    assert "own check" not in said(visit(part="seeds"))
    rows = [
        {"data": "text", "n_tokens": 9, "width": 3, "epochs": 1, "learning_rate": 1, "tau": 10, "beta": beta, "seed": 0,
         "distance": distance, "random_distance": 0.95}
        for beta, distance in ((0, 0.94), (1, 0.05))
    ]  # fmt: skip
    pd.DataFrame(rows).to_csv(tmp_path / subspace.CELLS, index=False)
    drawn = figure(visit(part="seeds"), "subspace")
    assert "falls from 0.94 at β = 0 to 0.05" in drawn["layout"]["title"]["text"].replace("<br>", " ")
