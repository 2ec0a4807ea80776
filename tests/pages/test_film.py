"""The film part of Tied vs untied: what is said is what the snapshots hold, and every choice counts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from reprlearn.analysis import film as films
from reprlearn.runs import load
from reprlearn.ui.text import t
from reprlearn.ui.tied_vs_untied import film
from tests.pages.test_soft_one_hot import figure
from tests.pages.test_tied_matrices import visit


def settled(half: float) -> pd.DataFrame:
    return pd.DataFrame({"epoch": [0.0, half, 3.0], "shared": [0.1, 0.5, 1.0]})


def test_the_title_names_the_sooner_one_first_whichever_it_is():
    titles = [film.title({"a": settled(a), "b": settled(b)}) for a, b in ((1.0, 2.0), (2.0, 1.0), (1.0, 1.0))]
    assert "epoch 1 of 3 in a, by 2 in b" in titles[0]
    assert "epoch 1 of 3 in b, by 2 in a" in titles[1]
    assert "in a as in b" in titles[2]


def test_a_tied_run_is_put_beside_an_untied_one(only_tiny_runs: Path) -> None:
    at = visit(part="film", film_map="pca")
    drawn = figure(at, "film_figure")
    assert [note["text"] for note in drawn["layout"]["annotations"]][:2] == ["tiny-untied, input", "tiny-tied"]
    assert len(drawn["frames"]) == len(load(only_tiny_runs / "tiny-untied").snapshots)
    found = {
        name: films.settled(load(only_tiny_runs / run), "input")
        for name, run in (("tiny-untied, input", "tiny-untied"), ("tiny-tied", "tiny-tied"))
    }
    assert drawn["layout"]["title"]["text"].replace("<br>", " ") == film.title(found)


@pytest.mark.parametrize(("key", "value", "shown"), [("film", "tiny-untied-output", 2), ("beside", "none", 1)])
def test_other_films_are_chosen(only_tiny_runs: Path, key: str, value: str, shown: int) -> None:
    drawn = figure(visit(part="film", film_map="pca", **{key: value}), "film_figure")
    names = [note["text"] for note in drawn["layout"]["annotations"]]
    assert len(names) == shown
    assert names[0] == ("tiny-untied, output" if key == "film" else "tiny-untied, input")


def test_words_to_follow_are_named_on_the_map(only_tiny_runs: Path) -> None:
    at = visit(part="film", film_map="pca")
    box = next(each for each in at.multiselect if each.label == t("tied.film.named"))
    word = next(option for option in box.options if option not in box.value and option.isalpha())
    box.set_value([word]).run()
    assert not at.exception
    assert figure(at, "film_figure")["data"][1]["text"] == [word]


def test_runs_without_snapshots_say_so(only_tiny_runs: Path) -> None:
    for name in ("tiny-untied", "tiny-tied"):
        shutil.rmtree(only_tiny_runs / name / "snapshots")
    assert [each.value for each in visit(part="film").info] == [t("tied.film.none")]
