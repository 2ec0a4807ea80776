"""Context: what the page shows is what the analysis says of the very sentences, and it says what is missing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.analysis.attention import habit_of, habits, read_attention
from reprlearn.analysis.blanks import fill, fill_by_counts, neighbour_counts
from reprlearn.analysis.context_pairs import apart
from reprlearn.analysis.context_spread import stored_spread
from reprlearn.analysis.context_vectors import agreement, by_similarity, occurrence_vectors
from reprlearn.analysis.occurrences import Occurrences, find_occurrences, sentences_around, words_read
from reprlearn.analysis.texts import Texts, read_texts
from reprlearn.analysis.typed import read_typed
from reprlearn.runs import Run
from reprlearn.ui.context.controls import MAX_CHARACTERS
from reprlearn.ui.text import as_text, t
from tests.contextual_runs import BERT, CONTEXT_LENGTH, ELMO, GPT, WORD2VEC
from tests.pages.opening import opened, out_of_reach

SENTENCE = "the film was moving and i loved it ."


@pytest.fixture
def runs(contextual_runs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A copy of the four runs, and no others, as the runs there are."""
    copy = tmp_path / "runs"
    shutil.copytree(contextual_runs, copy)
    monkeypatch.setenv("REPRLEARN_RUNS", str(copy))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    return copy


def visit(**query: str) -> AppTest:
    return opened("context", **query)


def said(at: AppTest) -> str:
    return "\n".join(each.value for each in (*at.markdown, *at.info, *at.warning, *at.error, *at.subheader))


def figures(at: AppTest) -> list[dict[str, Any]]:
    return [json.loads(each.proto.spec) for each in at.get("plotly_chart")]


def numbers(values: Any) -> np.ndarray:
    if isinstance(values, dict):
        import base64

        found = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"])
        return found.reshape([int(n) for n in str(values["shape"]).split(",")]) if "shape" in values else found
    return np.asarray(values, dtype=float)


def found_in(run: Run, word: str, split: str = "train") -> tuple[Texts, Occurrences, np.ndarray]:
    texts = read_texts(run, split)
    found = find_occurrences(texts, run.vocabulary.id(word), words_read(run))
    return texts, found, occurrence_vectors(run, found)


# ------------------------------------------------------------------------------------------------------ one word


@pytest.mark.parametrize("name", [ELMO, BERT, GPT])
def test_a_word_s_occurrences_are_counted_sampled_and_drawn_in_every_layer(runs: Path, name: str) -> None:
    at = visit(run=name, word="is")
    _, found, vectors = found_in(Run(runs / name), "is")
    alike = agreement(vectors[-1], found.table["before"], found.table["document_id"])
    values = {
        "n": len(found),
        "found": found.n_found,
        "texts": t("context.texts.train"),
        "word": "is",
        "run": as_text(name),
    }
    key = "context.seen.sampled" if len(found) < found.n_found else "context.seen"
    assert t(key, layer=len(vectors) - 1, **values) in said(at)
    assert alike is not None and as_text(f"{alike.share:.0%}") in said(at)
    (strip,) = figures(at)
    drawn = [trace for trace in strip["data"] if len(numbers(trace["x"])) == len(found)]
    assert len(drawn) == len(vectors)


def test_a_layer_that_has_read_no_context_has_one_point_and_says_so(runs: Path) -> None:
    at = visit(run=ELMO, word="is", layer="0")
    assert t("context.title.one") in said(at)
    assert not numbers(figures(at)[0]["data"][0]["x"]).any()


def test_a_chosen_occurrence_is_read_beside_those_nearest_to_it(runs: Path) -> None:
    run = Run(runs / BERT)
    texts, found, vectors = found_in(run, "film", "test")
    row = found.table.iloc[7]
    at = visit(run=BERT, word="film", texts="test", layer="1", at=f"{row['document_id']}:{row['token']}")
    assert at.selectbox(key="at").value == 7
    around = sentences_around(texts, found)
    before, word, after = around[7]
    assert f"{as_text(before)} **{word}** {as_text(after)}" in said(at)
    near = by_similarity(vectors[1], 7)
    lines = [each.value for each in at.markdown if each.value.startswith(":small[")]
    shown = [line for line in lines if "**film**" in line]
    expected = [*near["cosine"].head(5), near["cosine"].iloc[-1]]
    assert [line.split()[0].removeprefix(":small[") for line in shown] == [
        as_text(f"{cosine:.2f}") for cosine in expected
    ]
    assert as_text(str(around[int(near["occurrence"].iloc[0])][2]).strip()) in shown[0]


def test_a_chosen_occurrence_stays_when_the_model_changes_and_goes_with_the_word(runs: Path) -> None:
    at = visit(run=BERT, word="film", texts="test")
    at.selectbox(key="at").select_index(3).run()
    (chosen,) = at.query_params["at"] if isinstance(at.query_params["at"], list) else [at.query_params["at"]]
    at.selectbox(key="run").select(GPT).run()
    assert not at.exception and at.selectbox(key="at").value == 3 and chosen in str(at.query_params["at"])
    at.selectbox(key="word").select("story").run()
    assert not at.exception and at.selectbox(key="at").value is None and "at" not in at.query_params


def test_layers_are_those_the_model_has(runs: Path) -> None:
    at = visit(run=GPT, word="film", layer="2")
    assert at.segmented_control(key="layer").options == ["0", "1", "2"]
    at.segmented_control(key="layer").set_value(2).run()
    at.selectbox(key="run").select(ELMO).run()
    assert not at.exception and at.segmented_control(key="layer").options == ["0", "1"]
    assert at.segmented_control(key="layer").value == 1


@pytest.mark.parametrize("by", ["before", "after", "label", "position"])
def test_every_colour_opens_and_one_that_the_texts_lack_is_named(runs: Path, by: str) -> None:
    at = visit(run=GPT, word="film", colour_by=by)
    assert (t("context.no_labels") in said(at)) == (by == "label")
    assert at.selectbox(key="colour_by").value == by


@pytest.mark.parametrize(
    "word", ["zyxwv", "<script>alert(1)</script>", "**bold** $x$ :red[no]", "w" * 5000, "'; drop", "\u202eabc"]
)
def test_an_unknown_or_hostile_word_gets_one_clear_line(runs: Path, word: str) -> None:
    at = visit(run=GPT, word=word)
    (warning,) = at.warning
    assert as_text(word.strip()[:60]) in warning.value and not at.error and not figures(at)


def test_words_that_stand_nowhere_are_said_to(runs: Path) -> None:
    at = visit(run=GPT, word="<eos>")
    assert at.info[0].value == t("context.no_word", word=as_text("<eos>"))
    at = visit(run=GPT, word="<unk>", texts="valid")  # the made-up sentences hold no unknown word
    assert at.info[0].value == t("context.nowhere", word=as_text("<unk>"), texts=t("context.texts.valid"))


def test_one_or_two_occurrences_are_read_without_a_map(runs: Path) -> None:
    run = Run(runs / GPT)
    found = {}
    for split in ("valid", "test"):
        counts = np.bincount(read_texts(run, split).stream, minlength=len(run.vocabulary))
        found |= {(run.vocabulary.words[i], split): int(counts[i]) for i in np.flatnonzero((counts > 0) & (counts < 3))}
    (word, split), n = next(iter(found.items()))
    at = visit(run=GPT, word=word, texts=split)
    assert t("context.few", n=n, word=as_text(word), texts=t(f"context.texts.{split}")) in said(at)
    assert said(at).count(f"**{word}**") == n and not figures(at)


def test_the_neighbours_of_one_vector_stand_beside_those_of_the_layer(runs: Path) -> None:
    at = visit(run=GPT, word="and")
    table = next(each.value for each in at.markdown if each.value.startswith(f"| {WORD2VEC}"))
    assert table.splitlines()[0].count("|") == 3
    measured = set(stored_spread(Run(runs / GPT)).table["word"])  # type: ignore[union-attr]
    for line in table.splitlines()[2:]:
        words = [
            cell.strip().rsplit(" ", 1)[0].replace("\\", "") for cell in line.strip("|").split("|") if cell.strip()
        ]
        assert set(words) <= measured - {"and"}
    at = visit(run=ELMO, word="and")
    assert "python \\-m reprlearn context tinyelmo" in said(at), "and where nothing was measured it says how to"


def test_texts_that_are_gone_are_named_in_one_line(runs: Path) -> None:
    card = json.loads((runs / GPT / "card.json").read_text())
    card["corpus"]["content_hash"] = "0" * 64
    (runs / GPT / "card.json").write_text(json.dumps(card))
    at = visit(run=GPT, word="film")
    (error,) = at.error
    assert "not what tinygpt was trained on any more" in error.value


# -------------------------------------------------------------------------------------------------- two sentences


def test_the_lines_are_the_cosines_of_every_model(runs: Path) -> None:
    a, b = "this film is moving and i loved it .", "the story was moving but too long ."
    at = visit(part="pair", run=BERT, a=a, b=b, same="moving")
    (figure,) = figures(at)
    lines = {trace["name"]: numbers(trace["y"]) for trace in figure["data"] if trace["mode"] == "lines+markers"}
    assert set(lines) == {BERT, GPT, ELMO}
    for name, shown in lines.items():
        run = Run(runs / name)
        expected = apart(run, read_typed(run, a), read_typed(run, b), run.vocabulary.id("moving"))["cosine"]
        assert shown == pytest.approx(expected.to_numpy(), abs=1e-6)
    last = lines[BERT][-1]
    assert f"{last:.2f}" in said(at) and "this film is **moving**" in said(at)


@pytest.mark.parametrize(("part", "name"), [("pair", GPT), ("word", WORD2VEC)])
def test_of_another_run_that_cannot_be_fetched_it_is_said_and_the_page_stands(
    runs: Path, monkeypatch: pytest.MonkeyPatch, part: str, name: str
) -> None:
    out_of_reach(monkeypatch, name)
    at = visit(part=part, run=BERT, word="film", a="the film is moving", b="the film was good", same="film")
    told = said(at)
    assert as_text(name) in told and as_text("its root is out of reach") in told and figures(at)


def test_what_is_usual_for_the_word_is_held_against_the_pair(runs: Path) -> None:
    at = visit(part="pair", run=GPT, a="the film and the story", b="and i loved it", same="and")
    stored = stored_spread(Run(runs / GPT))
    assert stored is not None
    row = stored.of_layer(2).set_index("word").loc["and"]
    assert f"{row['low']:.2f}" in said(at) and f"{row['high']:.2f}" in said(at)
    names = [trace["name"] for trace in figures(at)[0]["data"]]
    assert t("context.lines.band", run=GPT) in names and t("context.lines.reference", run=GPT) in names


def test_sentences_without_a_word_in_common_and_empty_ones_are_answered(runs: Path) -> None:
    for a, b in (("film", "story"), ("", "film"), ("zyx", "zyx"), ("<script>", "**film**")):
        at = visit(part="pair", run=BERT, a=a, b=b)
        assert t("context.pair.none", run=BERT) in said(at) and not figures(at)


def test_another_word_may_be_chosen_and_goes_with_the_sentences(runs: Path) -> None:
    at = visit(part="pair", run=BERT, a="the film is moving", b="the film was moving")
    assert {option.replace("\\", "") for option in at.pills(key="same").options} == {"the", "film", "moving"}
    at.text_input(key="b").set_value("a moving story").run()
    assert not at.exception and at.pills(key="same").options == ["moving"]


def test_unread_words_are_said_to_be(runs: Path) -> None:
    long = "the film is zyx and " * 4
    at = visit(part="pair", run=BERT, a=long, b="the film is good")
    assert t("context.unknown", run=BERT, words=":red-badge[zyx]") in said(at)
    assert t("context.sentence.read", run=BERT, n=CONTEXT_LENGTH, cut=20 - CONTEXT_LENGTH) in said(at)


# ------------------------------------------------------------------------------------------------ which words spread


def test_the_table_and_the_title_are_what_was_measured(runs: Path) -> None:
    at = visit(part="spread", run=GPT, layer="1")
    stored = stored_spread(Run(runs / GPT))
    assert stored is not None
    expected = stored.of_layer(1)
    shown = at.dataframe[0].value
    assert shown["word"].tolist() == expected["word"].tolist()
    assert shown["corrected"].tolist() == pytest.approx(expected["corrected"].tolist())
    first, last = expected.iloc[0], expected.iloc[-1]
    for row in (first, last):
        word = {
            "word": as_text(row["word"]),
            "value": f"{row['corrected']:.2f}",
            "error": f"{1.96 * row['standard_error']:.2f}",
        }
        assert t("context.spread.word", **word) in said(at)
    at.segmented_control(key="spread_order").set_value("least").run()
    assert at.dataframe[0].value["word"].tolist() == expected["word"].tolist()[::-1]


def test_a_run_that_was_not_measured_says_how_to(runs: Path) -> None:
    at = visit(part="spread", run=BERT)
    assert "python \\-m reprlearn context tinybert" in said(at) and not figures(at) and not at.dataframe


# ----------------------------------------------------------------------------------------------------- attention


@pytest.mark.parametrize("name", [GPT, BERT])
def test_the_head_on_screen_is_the_one_that_was_asked_for_and_its_title_is_measured(runs: Path, name: str) -> None:
    at = visit(part="attention", run=name, sentence=SENTENCE, head="2.1")
    run = Run(runs / name)
    reading = read_attention(run, read_typed(run, SENTENCE))
    overview, large = figures(at)
    assert numbers(large["data"][0]["z"]) == pytest.approx(reading.weights[1, 0], abs=1e-6)
    assert large["layout"]["yaxis"]["ticktext"] == SENTENCE.split()
    assert len(overview["data"][1]["customdata"]) == 4
    habit = habit_of(habits(reading), 2, 1)
    if habit.name is not None:
        assert as_text(f"{habit.share:.0%}") in said(at)
    else:
        assert "no plain habit here" in said(at)
    at.selectbox(key="head").select((1, 2)).run()
    assert numbers(figures(at)[1]["data"][0]["z"]) == pytest.approx(reading.weights[0, 1], abs=1e-6)
    assert at.query_params["head"] == "1.2"


@pytest.mark.parametrize(
    ("text", "figures_shown"),
    [("", 0), ("film", 0), ("film .", 2), ("<img src=x onerror=alert(1)>", 2), ("x " * 300, 2)],
)
def test_any_sentence_is_answered(runs: Path, text: str, figures_shown: int) -> None:
    at = visit(part="attention", run=GPT, sentence=text)
    assert len(figures(at)) == figures_shown and not at.error
    if text.startswith("x "):
        assert any(
            t("context.sentence.read", run=as_text(GPT), n=CONTEXT_LENGTH, cut=300 - CONTEXT_LENGTH) == info.value
            for info in at.info
        )


def test_a_link_with_an_overlong_sentence_is_cut_and_says_so(runs: Path) -> None:
    at = visit(part="attention", run=GPT, sentence="film " * 2000)
    assert t("context.sentence.cut", n=MAX_CHARACTERS) in said(at)


# ---------------------------------------------------------------------------------------------------------- blank


def test_the_bars_are_the_model_s_and_the_counts_words_and_the_right_one_is_ranked(runs: Path) -> None:
    at = visit(part="blank", run=BERT, sentence="the film was moving .", blank="3")
    run = Run(runs / BERT)
    typed = read_typed(run, "the film was moving .")
    counts = fill_by_counts(run, neighbour_counts(run), typed, 2).frame()
    own = fill(run, typed, 2).frame()
    bars = [trace for trace in figures(at)[0]["data"] if "text" in trace]
    for trace, frame in zip(bars, (own, counts), strict=True):
        words = [data[0] for data in trace["customdata"]]
        assert words[:10] == frame["word"].head(10).tolist() and "was" in words
        assert numbers(trace["x"])[:10] == pytest.approx(frame["probability"].head(10).to_numpy(), rel=1e-4)
        rank = int(frame.loc[frame["word"] == "was", "rank"].iloc[0])
        assert rank == 1 or f"the right “was” is number {rank}" in said(at)
    assert at.pills(key="blank").options == ["the", "film", "was", "moving", "\\."]


def test_an_unknown_word_has_no_right_answer(runs: Path) -> None:
    at = visit(part="blank", run=BERT, sentence="the zyx was moving", blank="2")
    assert t("context.blank.title.unknown", word="zyx") in said(at)


def test_without_the_training_text_the_model_still_answers(runs: Path) -> None:
    card = json.loads((runs / BERT / "card.json").read_text())
    card["corpus"]["content_hash"] = "0" * 64
    (runs / BERT / "card.json").write_text(json.dumps(card))
    at = visit(part="blank", run=BERT, sentence="the film was moving")
    assert len(figures(at)) == 1 and "is not to be had" in said(at)


# -------------------------------------------------------------------------------------- when some kinds are missing


def test_only_a_gpt_opens_what_it_can_and_says_what_is_missing(runs: Path) -> None:
    for name in (ELMO, BERT, WORD2VEC):
        shutil.rmtree(runs / name)
    at = visit(part="occurrences", word="film")
    assert at.selectbox(key="run").value == GPT and len(figures(at)) == 1
    for kind in ("elmo", "bert", "skip-gram"):
        assert f"`python -m reprlearn train {kind}`" in said(at)
    assert f"`python -m reprlearn train {GPT}`" not in said(at)
    for part in ("pair", "spread", "attention"):
        assert not visit(part=part).error
    at = visit(part="blank")
    assert t("context.none.FillsBlanks") in said(at) and at.code[0].value == "python -m reprlearn train bert"


def test_without_any_of_them_the_page_says_how_to_train_each(runs: Path) -> None:
    for name in (ELMO, BERT, GPT):
        shutil.rmtree(runs / name)
    at = visit()
    assert t("context.none.Contextual") in said(at)
    assert [line.rsplit(" ", 1)[0] for line in at.code[0].value.splitlines()] == ["python -m reprlearn train"] * 3


def test_a_link_to_a_part_that_its_run_has_no_use_for_opens_another_run(runs: Path) -> None:
    at = visit(part="attention", run=ELMO)
    assert not at.warning and at.selectbox(key="run").value == BERT
    assert t("context.replaced.Attends", run=ELMO, shown=BERT) in said(at)


def test_a_run_without_attention_gives_way_and_comes_back(runs: Path) -> None:
    at = visit(run=ELMO, word="film")
    at.segmented_control(key="part").set_value("attention").run()
    assert not at.exception and not at.warning
    stand_in = at.selectbox(key="run").value
    assert stand_in == BERT and t("context.replaced.Attends", run=ELMO, shown=BERT) in said(at)
    at.run()
    assert t("context.replaced.Attends", run=ELMO, shown=BERT) in said(at)
    at.segmented_control(key="part").set_value("occurrences").run()
    assert not at.exception and at.selectbox(key="run").value == ELMO and at.query_params["run"] == ELMO
    at.segmented_control(key="part").set_value("attention").run()
    at.selectbox(key="run").select(GPT).run()
    at.segmented_control(key="part").set_value("pair").run()
    assert not at.exception and at.selectbox(key="run").value == GPT, "a run that was chosen meanwhile stays"


@pytest.mark.parametrize(
    "query", [{"part": "x"}, {"layer": "99"}, {"texts": "../.."}, {"at": "nowhere:1"}, {"colour_by": "<b>"}]
)
def test_what_a_link_says_in_vain_is_named(runs: Path, query: dict[str, str]) -> None:
    at = visit(run=GPT, word="film", **query)
    ((key, value),) = query.items()
    assert t("link.ignored", values=as_text(f"{key}={value}")) in said(at)
    assert len(figures(at)) == 1


def test_a_link_to_a_run_that_is_gone_says_so(runs: Path) -> None:
    at = visit(run="nobody", word="film")
    assert t("run.gone", name="nobody", shown=as_text(at.selectbox(key="run").value)) in said(at)
