"""Next token: what the page shows is what the analysis says, and moving a slider asks no model."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.analysis import prediction
from reprlearn.analysis.augmented_target import loss_parts, soft_target
from reprlearn.analysis.continuation import continue_prompt
from reprlearn.analysis.neighbours import neighbours_of
from reprlearn.analysis.prediction_comparison import jensen_shannon_bits
from reprlearn.runs import load
from reprlearn.ui.text import as_text, t
from tests.pages.opening import opened

PROMPT = "the story is slow but the director"


def next_token(**query: str | list[str]) -> AppTest:
    return opened("next_token", **{"run": "tiny-untied", "other": "tiny-tied", "prompt": PROMPT, **query})


def figure_of(at: AppTest, which: int) -> dict:
    return json.loads(at.get("plotly_chart")[which].proto.spec)


def bars(at: AppTest) -> dict[str, dict[str, float]]:
    """Of each model, word to probability, as the figure holds them."""
    found = {}
    for trace in figure_of(at, 0)["data"]:
        if "text" in trace:  # the others are what is clicked
            found[trace["name"]] = dict(
                zip([data[0] for data in trace["customdata"]], _numbers(trace["x"]), strict=True)
            )
    return found


def column_titles(at: AppTest) -> dict[str, str]:
    return {each["name"]: each["text"] for each in figure_of(at, 0)["layout"]["annotations"]}


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
    at = next_token(shown="5", order="own")
    shown = bars(at)
    assert list(shown) == ["tiny-untied", "tiny-tied"]
    for name, found in shown.items():
        expected = prediction.next_tokens(load(only_tiny_runs / name), PROMPT).head(5)
        assert list(found) == list(expected["word"])
        assert list(found.values()) == pytest.approx(list(expected["probability"]), rel=1e-4)


def test_aligned_each_row_is_one_word_and_the_models_are_compared(only_tiny_runs: Path) -> None:
    at = next_token(shown="5")
    shown = bars(at)
    assert list(shown["tiny-untied"]) == list(shown["tiny-tied"])
    frames = {name: prediction.next_tokens(load(only_tiny_runs / name), PROMPT) for name in shown}
    for name, found in shown.items():
        own = frames[name].set_index("word")["probability"]
        assert list(found.values()) == pytest.approx([own[word] for word in found], rel=1e-4)
    p, q = (frame.sort_values("word_id")["probability"].to_numpy() for frame in frames.values())
    titles = column_titles(at)
    assert t("next_token.apart", bits=f"{jensen_shannon_bits(p, q):.3f}") in titles["tiny-tied"]
    assert "apart" not in titles["tiny-untied"]


def test_the_title_is_what_the_models_say_and_follows_their_order(only_tiny_runs: Path) -> None:
    first = {}
    for name in ("tiny-untied", "tiny-tied"):
        row = prediction.next_tokens(load(only_tiny_runs / name), "the").iloc[0]
        share = f"{row['probability']:.1%}"
        first[name] = (row["word"], f"{as_text(name)} {as_text(share)}")
    for order in (["tiny-untied", "tiny-tied"], ["tiny-tied", "tiny-untied"]):
        at = next_token(runs=order, prompt="the")
        by_word: dict[str, list[str]] = {}
        for name in order:
            by_word.setdefault(first[name][0], []).append(first[name][1])
        said_first = [t("next_token.first", word=as_text(w), runs=", ".join(each)) for w, each in by_word.items()]
        assert said(at, f"**{' · '.join(said_first)}**") == 1


def test_sliders_change_the_bars_and_run_no_model(only_tiny_runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = next_token()
    before = bars(at)["tiny-untied"]
    monkeypatch.setattr(prediction, "read_prompt", lambda *_: pytest.fail("a model was asked again"))
    at.slider(key="temperature").set_value(0.2).run()
    assert not at.exception
    assert max(bars(at)["tiny-untied"].values()) > max(before.values())
    at.select_slider(key="top_k").set_value(1).run()
    assert not at.exception
    assert all(max(found.values()) == pytest.approx(1.0) for found in bars(at).values())
    assert all(t("next_token.entropy", bits="0.00", words="1.0") in title for title in column_titles(at).values())


def test_a_chosen_word_has_its_probability_rank_and_place(only_tiny_runs: Path) -> None:
    at = next_token(chosen="Wonderful")
    for name in ("tiny-untied", "tiny-tied"):
        frame = prediction.next_tokens(load(only_tiny_runs / name), PROMPT)
        row = frame.loc[frame["word"] == "wonderful"].iloc[0]
        share = as_text(f"{row['probability']:.1%}")
        found = t("next_token.chosen.found", share=share, rank=row["rank"], n=len(frame))
        assert [found in each.value and name in each.value.replace("\\", "") for each in at.markdown].count(True) == 1
    # The tiny runs have no stored maps: the closest words are named instead, of both matrices of the untied one.
    nearest = neighbours_of(load(only_tiny_runs / "tiny-untied"), "output", "wonderful", 6)["word"]
    text = t("next_token.maps.none", words=as_text(", ".join(nearest)))
    assert sum(text in each.value for each in at.markdown) == 1
    at.text_input(key="chosen").set_value("*zzz*").run()
    assert not at.exception
    assert all(as_text("*zzz*") in warning.value for warning in at.warning) and len(at.warning) == 2


def test_the_loss_of_a_candidate_is_split_with_each_models_own_setting_or_the_given_one(only_tiny_runs: Path) -> None:
    at = next_token(chosen="wonderful")
    parts = [trace for trace in figure_of(at, 1)["data"] if trace.get("showlegend") is False]
    plain = [
        -np.log(
            prediction.next_tokens(load(only_tiny_runs / name), PROMPT).set_index("word")["probability"]["wonderful"]
        )
        for name in ("tiny-untied", "tiny-tied")
    ]
    assert [_numbers(each["x"])[0] for each in parts] == pytest.approx([*plain, 0, 0], rel=1e-3)
    at = next_token(chosen="wonderful", tau="5", gain="0.5")
    assert at.select_slider(key="tau").value == 5.0 and at.select_slider(key="gain").value == 0.5
    parts = [trace for trace in figure_of(at, 1)["data"] if trace.get("showlegend") is False]
    run = load(only_tiny_runs / "tiny-untied")
    soft = soft_target(run.matrix("input"), run.vocabulary.id("wonderful"), 5.0)
    log_p = prediction.read_prompt(run, PROMPT).next_log_probabilities
    expected = loss_parts(log_p, soft, run.vocabulary.id("wonderful"), 5.0, 0.5)
    assert _numbers(parts[2]["x"])[0] == pytest.approx(expected.augmented, rel=1e-3) and expected.augmented > 0


def test_any_number_of_models(only_tiny_runs: Path) -> None:
    names = ["tiny-untied", "tiny-tied"]
    for i in range(3):
        shutil.copytree(only_tiny_runs / "tiny-tied", only_tiny_runs / f"tied-{i}")
        names.append(f"tied-{i}")
    at = next_token(runs=names, chosen="great", length="2")
    assert list(bars(at)) == names
    markers = [json.dumps(trace["marker"]) for trace in figure_of(at, 0)["data"] if "text" in trace]
    assert len(set(markers)) == len(names), "all are told apart"
    at.multiselect(key="runs").set_value(["tied-1"]).run()
    assert not at.exception
    assert list(bars(at)) == ["tied-1"]


def test_of_a_link_the_models_that_are_there_are_shown_and_the_others_named(only_tiny_runs: Path) -> None:
    at = next_token(runs=["<b>gone</b>", "tiny-tied"])
    assert list(bars(at)) == ["tiny-tied"]
    assert [each.value for each in at.warning] == [
        t("run.gone", name=as_text("<b>gone</b>"), shown=as_text("tiny-tied"))
    ]
    at = next_token(run="nobody", other="tiny-tied")
    assert list(bars(at)) == ["tiny-tied", "tiny-untied"]
    assert len(at.warning) == 1


def test_a_link_with_one_model_and_another_is_followed_within_the_session(only_tiny_runs: Path) -> None:
    at = next_token()
    at.multiselect(key="runs").set_value(["tiny-tied"]).run()
    assert list(bars(at)) == ["tiny-tied"]
    at.query_params.clear()
    at.query_params["run"], at.query_params["other"] = "tiny-tied", "tiny-untied"
    at.run()
    assert list(bars(at)) == ["tiny-tied", "tiny-untied"]


def test_no_model_chosen_is_said(only_tiny_runs: Path) -> None:
    at = next_token()
    at.multiselect(key="runs").set_value([]).run()
    assert not at.exception
    assert [each.value for each in at.info] == [t("next_token.runs.none")]


def test_guess_first_hides_all_that_gives_the_word_away_until_it_is_asked_for(only_tiny_runs: Path) -> None:
    at = next_token(guess="true", guesses="Great, zzz", chosen="great", length="3")
    (strip,) = at.get("plotly_chart")
    assert "surprise" in strip.proto.id, "the prompt itself is no secret"
    assert not [each.value for each in at.markdown if "comes first" in each.value]
    at.button(key="guess_show").click().run()
    assert not at.exception
    assert list(bars(at)) == ["tiny-untied", "tiny-tied"]
    (scores,) = [each.value for each in at.markdown if each.value.startswith(f"| {t('next_token.guess.word')}")]
    frame = prediction.next_tokens(load(only_tiny_runs / "tiny-untied"), PROMPT).set_index("word")
    cell = t(
        "next_token.guess.cell", share=as_text(f"{frame['probability']['great']:.1%}"), rank=frame["rank"]["great"]
    )
    assert f"| **Great** | {cell} |" in scores and t("next_token.absent") in scores.splitlines()[3]
    at.text_area(key="prompt").set_value("the cast").run()
    assert len(at.get("plotly_chart")) == 1, "another prompt is another riddle"


def test_a_continuation_is_in_the_link_and_grows_word_by_word(only_tiny_runs: Path) -> None:
    at = next_token(length="3", seed="7")
    run = load(only_tiny_runs / "tiny-untied")
    expected = list(continue_prompt(run, PROMPT, 5, 7)["word"])

    def shown() -> list[str]:
        (line,) = [
            each.value for each in at.markdown if each.value.startswith(":gray[") and "-background[" in each.value
        ][:1]
        return [word.replace("\\", "") for word in re.findall(r"-background\[((?:\\.|[^\]\\])*)\]", line)]

    assert shown() == expected[:3]
    at.button(key="draw_one").click().run()
    assert shown() == expected[:4] and at.slider(key="length").value == 4
    at.button(key="draw_again").click().run()
    assert not at.exception
    assert at.number_input(key="seed").value == 8
    assert shown() == list(continue_prompt(run, PROMPT, 4, 8)["word"])


def test_no_words_are_drawn_unasked(only_tiny_runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reprlearn.ui.loaders.continuation", lambda *_: pytest.fail("nobody asked"))
    next_token()


def test_the_alternatives_are_those_for_the_chosen_position(only_tiny_runs: Path) -> None:
    at = next_token(position="3")
    reading = prediction.read_prompt(load(only_tiny_runs / "tiny-untied"), PROMPT)
    own = prediction.alternatives_from(reading)
    here = own.loc[own["position"] == 2]
    before = prediction.next_tokens(load(only_tiny_runs / "tiny-untied"), "the story").head(5)
    assert list(here["word"]) == list(before["word"]), "what was expected after the two words before it"
    assert said(at, t("next_token.surprise.place", word="is", position=3)) == 1
    (table,) = [each.value for each in at.markdown if each.value.startswith("| tiny")]
    for line, word in zip(table.splitlines()[3:], here["word"], strict=True):
        assert as_text(word) in line.split("|")[1]
    at.number_input(key="position").set_value(None).run()
    surprisal = prediction.surprisal_from(reading)["surprisal_bits"].to_numpy()
    other = prediction.surprisal(load(only_tiny_runs / "tiny-tied"), PROMPT)["surprisal_bits"].to_numpy()
    most = int((surprisal + other).argmax())
    token = as_text(reading.tokens[most])
    assert said(at, t("next_token.surprise.place", word=token, position=most + 1)) == 1


def test_a_position_beyond_the_prompt_is_no_error(only_tiny_runs: Path) -> None:
    for position in ("99", "-3", "x"):
        at = next_token(position=position)
        assert at.number_input(key="position").value is None
    at = next_token(position="6")
    at.text_area(key="prompt").set_value("the cast").run()
    assert not at.exception


def test_where_a_model_cannot_look_back_so_far_it_is_said(
    only_tiny_runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = prediction.read_prompt
    monkeypatch.setattr(prediction, "read_prompt", lambda run, prompt: replace(read(run, prompt), context_length=5))
    at = next_token()
    n = f"{len(PROMPT.split()) - 5}"
    assert [each.value for each in at.info] == [
        t("next_token.context", run=as_text(name), n=n, limit="5") for name in ("tiny-untied", "tiny-tied")
    ]


def test_unknown_words_of_the_prompt_are_marked(only_tiny_runs: Path) -> None:
    at = next_token(prompt="the zebra is *great* zebra")
    lines = [each.value for each in at.markdown if ":red-badge[zebra" in each.value]
    assert len(lines) == 1 and lines[0].count("zebra") == 1, "once, for both models together"
    at.text_area(key="prompt").set_value(PROMPT).run()
    assert not [each.value for each in at.markdown if ":red-badge[" in each.value]


def test_the_surprise_of_a_word_stands_over_that_word(only_tiny_runs: Path) -> None:
    at = next_token()
    figure = figure_of(at, 1)
    expected = prediction.surprisal(load(only_tiny_runs / "tiny-untied"), PROMPT)
    assert figure["layout"]["xaxis"]["ticktext"] == list(expected["token"])
    assert _numbers(figure["data"][0]["y"]) == pytest.approx(list(expected["surprisal_bits"]), rel=1e-3)


@pytest.mark.parametrize("prompt", ["", "   ", "?!", "word " * 1100, "日本 🦈 <b>", "a\tb\nc"])
def test_any_prompt_is_answered(only_tiny_runs: Path, prompt: str) -> None:
    at = next_token()
    at.text_area(key="prompt").set_value(prompt).run()
    assert not at.exception
    assert len(at.get("plotly_chart")) >= 1


def test_a_link_that_asks_for_too_much_is_answered_and_says_so(only_tiny_runs: Path) -> None:
    at = next_token(prompt="word " * 1300, temperature="99", top_k="-3", shown="x")
    warnings = [each.value for each in at.warning]
    assert t("next_token.prompt.cut", n=6000) in warnings
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
    colours = [trace["marker"]["color"] for trace in figures[0]["data"] if "text" in trace]
    assert colours[0] != colours[1]
    assert [trace["marker"]["color"] for trace in figures[1]["data"][:2]] == colours, "and by the same in the strip"


def test_a_run_that_cannot_be_read_is_said_and_stops_nothing_else(only_tiny_runs: Path) -> None:
    weights = only_tiny_runs / "tiny-untied" / "words.parquet"
    weights.write_bytes(b"not a table")
    at = next_token()
    assert len(at.error) == 1 and "tiny" in at.error[0].value
    assert list(bars(at)) == ["tiny-tied"]


def test_without_a_model_that_predicts_the_page_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REPRLEARN_RUNS", str(tmp_path / "none yet"))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    at = next_token()
    assert [code.value for code in at.code] == ["python -m reprlearn train quick-demo"]
