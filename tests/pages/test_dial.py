"""The augmented-loss dial on the Tied vs untied page: live, in the link, and with titles that follow the numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.analysis.augmented_target import losses, soft_target
from reprlearn.analysis.prediction import read_prompt
from reprlearn.runs import load
from reprlearn.ui.next_token.candidate import loss_title
from reprlearn.ui.text import as_text, t
from reprlearn.ui.tied_vs_untied.dial import target_title
from tests.pages.test_next_token import _numbers

SCRIPT = """
from reprlearn.ui import loaders
from reprlearn.ui.tied_vs_untied import dial
from reprlearn.ui.tied_vs_untied.controls import View
runs = tuple(loaders.run(name) for name in ("tiny-untied", "tiny-tied"))
dial.show(View(runs, runs[0], {"tiny-untied": "untied", "tiny-tied": "tied"}, "words"))
"""


def dial(**query: str) -> AppTest:
    at = AppTest.from_string(SCRIPT, default_timeout=60)
    for key, value in {"dial_context": "the story is", "dial_word": "great", **query}.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def figure(at: AppTest, which: int) -> dict:
    return json.loads(at.get("plotly_chart")[which].proto.spec)


def test_the_dials_move_the_target_and_its_loss(only_tiny_runs: Path) -> None:
    at = dial(dial_tau="5", dial_gain="1.0")
    run = load(only_tiny_runs / "tiny-untied")
    soft = soft_target(run.matrix("input"), run.vocabulary.id("great"), 5.0)
    assert sorted(_numbers(figure(at, 0)["data"][1]["x"])) == pytest.approx(sorted(soft)[-10:], rel=1e-4)
    runs = {name: load(only_tiny_runs / name) for name in ("tiny-untied", "tiny-tied")}
    readings = {name: read_prompt(each, "the story is") for name, each in runs.items()}
    table = losses(runs, readings, "great", 5.0, 1.0)
    assert [each.value for each in at.markdown].count(f"**{loss_title(table, 'great')}**") == 1
    parts = [trace for trace in figure(at, 1)["data"] if trace.get("showlegend") is False]
    assert [_numbers(each["x"])[0] for each in parts] == pytest.approx([*table["plain"], *table["augmented"]], rel=1e-3)
    at.select_slider(key="dial_tau").set_value(0.5).run()
    assert max(_numbers(figure(at, 0)["data"][1]["x"])) > soft.max()
    at.slider(key="dial_gain").set_value(0.0).run()
    assert not at.exception and t("dial.loss.off") in "".join(each.value for each in at.markdown)


@pytest.mark.parametrize("word", ["", "zzz", "<b>&*", "x" * 200])
def test_a_word_nobody_knows_is_said_and_nothing_else_is_drawn(only_tiny_runs: Path, word: str) -> None:
    at = dial()
    at.text_input(key="dial_word").set_value(word).run()
    assert not at.exception
    assert [each.value for each in at.warning] == [t("dial.none", word=as_text(word[:60]))]
    assert not at.get("plotly_chart")


def table(*shares: float) -> pd.DataFrame:
    words = ["great", "good", "end"][: len(shares)]
    frame = pd.DataFrame({"word": words, "soft": shares})
    return frame.sort_values("soft", ascending=False, ignore_index=True)


def test_the_title_of_a_target_says_who_has_most_of_it() -> None:
    own = target_title(table(0.5, 0.2, 0.1), "great", 2.0, 10)
    assert "50%" in own and "“good”" in own and "5.0 times" in own
    other = target_title(table(0.2, 0.5, 0.1), "great", 2.0, 10)
    assert other == t("dial.target.other", tau="2", word="great", share="20%", top="good", top_share="50%") != own
    assert target_title(table(0.9999, 0.0001), "great", 0.1, 10) == t("dial.target.alone", tau="0.1", word="great")


def test_the_title_of_a_loss_flips_with_the_numbers() -> None:
    frame = pd.DataFrame({"run": ["a", "b"], "total": [2.0, 3.0]})
    flipped = frame.assign(total=[3.0, 2.0])
    assert loss_title(frame, "w") == t("loss.title", word="w", least="a", low="2.00", most="b", high="3.00")
    assert "b least" in loss_title(flipped, "w") and "a most" in loss_title(flipped, "w")
    assert loss_title(frame.assign(total=2.0), "w") == t("loss.title.same", word="w", low="2.00")
    assert loss_title(frame.head(1), "w") == t("loss.title.one", word="w", least="a", low="2.00")
