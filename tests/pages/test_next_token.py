"""Next token: what the page shows is what the analysis says, and moving a slider asks no model."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.analysis import prediction
from reprlearn.runs import load
from reprlearn.ui.text import as_text, t

APP = str(Path(__file__).parents[2] / "app.py")
PROMPT = "the story is slow but the director"


def next_token(**query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60).run()
    at.switch_page("pages/next_token.py")
    for key, value in {"run": "tiny-untied", "other": "tiny-tied", "prompt": PROMPT, **query}.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def bars(at: AppTest, which: int) -> dict[str, float]:
    """Word to probability, as the figure of a model holds them."""
    figure = json.loads(at.get("plotly_chart")[which].proto.spec)
    labels = [label.removeprefix("<b>").removesuffix("</b>") for label in figure["layout"]["yaxis"]["ticktext"]]
    return dict(zip(labels, _numbers(figure["data"][0]["x"]), strict=True))


def _numbers(values: object) -> list[float]:
    if isinstance(values, dict):
        import base64

        import numpy as np

        return np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]).tolist()
    assert isinstance(values, list)
    return values


def said(at: AppTest, text: str) -> int:
    return [each.value for each in at.markdown].count(text)


def test_each_model_shows_its_own_expectation(only_tiny_runs: Path) -> None:
    at = next_token(shown="5")
    for i, name in enumerate(("tiny-untied", "tiny-tied")):
        expected = prediction.next_tokens(load(only_tiny_runs / name), PROMPT).head(5)
        shown = bars(at, i)
        assert [word.replace("&lt;", "<").replace("&gt;", ">") for word in shown] == list(expected["word"])
        assert list(shown.values()) == pytest.approx(list(expected["probability"]), rel=1e-4)


def test_sliders_change_the_bars_and_run_no_model(only_tiny_runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = next_token()
    before = bars(at, 0)
    monkeypatch.setattr(prediction, "read_prompt", lambda *_: pytest.fail("a model was asked again"))
    at.slider(key="temperature").set_value(0.2).run()
    assert not at.exception
    assert max(bars(at, 0).values()) > max(before.values())
    at.select_slider(key="top_k").set_value("1").run()
    assert not at.exception
    assert max(bars(at, 0).values()) == pytest.approx(1.0)
    assert said(at, t("next_token.entropy", bits="0.00", words="1.0")) == 2


def test_a_chosen_word_has_its_probability_and_rank(only_tiny_runs: Path) -> None:
    at = next_token(chosen="Wonderful")
    for name in ("tiny-untied", "tiny-tied"):
        frame = prediction.next_tokens(load(only_tiny_runs / name), PROMPT)
        row = frame.loc[frame["word"] == "wonderful"].iloc[0]
        share = as_text(f"{row['probability']:.1%}")
        assert said(at, t("next_token.chosen.found", word="wonderful", share=share, rank=row["rank"], n=len(frame)))
    at.text_input(key="chosen").set_value("*zzz*").run()
    assert not at.exception
    assert all(as_text("*zzz*") in warning.value for warning in at.warning) and len(at.warning) == 2


def test_unknown_words_of_the_prompt_are_marked(only_tiny_runs: Path) -> None:
    at = next_token(prompt="the zebra is *great* zebra")
    lines = [each.value for each in at.markdown if "zebra" in each.value]
    assert len(lines) == 1 and lines[0].count("zebra") == 1, "once, for both models together"
    at.text_area(key="prompt").set_value(PROMPT).run()
    assert not [each.value for each in at.markdown if "zebra" in each.value]


def test_the_surprise_of_a_word_stands_over_that_word(only_tiny_runs: Path) -> None:
    at = next_token()
    figure = json.loads(at.get("plotly_chart")[2].proto.spec)
    expected = prediction.surprisal(load(only_tiny_runs / "tiny-untied"), PROMPT)
    assert figure["layout"]["xaxis"]["ticktext"] == list(expected["token"])
    assert _numbers(figure["data"][0]["y"]) == pytest.approx(list(expected["surprisal_bits"]), rel=1e-3)


@pytest.mark.parametrize("prompt", ["", "   ", "?!", "word " * 600, "日本 🦈 <b>", "a\tb\nc"])
def test_any_prompt_is_answered(only_tiny_runs: Path, prompt: str) -> None:
    at = next_token()
    at.text_area(key="prompt").set_value(prompt).run()
    assert not at.exception
    assert len(at.get("plotly_chart")) >= 2


def test_a_link_that_asks_for_too_much_is_answered_and_says_so(only_tiny_runs: Path) -> None:
    at = next_token(prompt="word " * 600, temperature="99", top_k="-3", shown="x")
    warnings = [each.value for each in at.warning]
    assert t("next_token.prompt.cut", n=2000) in warnings
    assert t("link.ignored", values=as_text("temperature=99, top_k=-3, shown=x")) in warnings
    assert at.slider(key="temperature").value == 1.0


def test_an_empty_prompt_is_not_said_to_surprise(only_tiny_runs: Path) -> None:
    at = next_token()
    at.text_area(key="prompt").set_value("").run()
    assert said(at, t("next_token.surprise.empty")) == 1
    assert sum(t("next_token.empty") in each.value for each in at.markdown) == 1


def test_two_runs_of_one_kind_are_told_apart(only_tiny_runs: Path) -> None:
    shutil.copytree(only_tiny_runs / "tiny-tied", only_tiny_runs / "tiny-tied-again")
    at = next_token(run="tiny-tied", other="tiny-tied-again")
    figures = [json.loads(chart.proto.spec) for chart in at.get("plotly_chart")]
    colours = [figure["data"][0]["marker"]["color"] for figure in figures[:2]]
    assert colours[0] != colours[1]
    assert [trace["marker"]["color"] for trace in figures[2]["data"][:2]] == colours, "and by the same in the strip"


def test_a_run_that_cannot_be_read_is_said_and_stops_nothing_else(only_tiny_runs: Path) -> None:
    weights = only_tiny_runs / "tiny-untied" / "words.parquet"
    weights.write_bytes(b"not a table")
    at = next_token()
    assert len(at.error) == 1 and "tiny" in at.error[0].value


def test_without_a_model_that_predicts_the_page_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REPRLEARN_RUNS", str(tmp_path / "none yet"))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    at = next_token()
    assert [code.value for code in at.code] == ["python -m reprlearn train quick-demo"]
