"""Tied vs untied: any runs can be compared, every part opens from its link, and no title says what the numbers do not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.analysis import sizes, small_model, subspace, twins_benchmark
from reprlearn.runs import Run, load
from reprlearn.ui.text import as_text, t
from reprlearn.ui.text.numbers import compact
from reprlearn.ui.tied_vs_untied import controls, panels, seeds, similarity
from reprlearn.ui.tied_vs_untied import small_model as panel
from tests.analysis.test_small_model import cells, write_qualities
from tests.analysis.test_twins_benchmark import stored
from tests.pages.opening import opened
from tests.tied_runs import ALL, AUGMENTED, GPT, OTHER_WORDS, TIED, UNTIED, write_tied_runs


@pytest.fixture(scope="module")
def trained(tiny_runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tied_runs(tiny_runs, tmp_path_factory.mktemp("tied"))


@pytest.fixture
def runs(trained: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """These runs and no others, a copy to change; and no results of the benchmark over seeds."""
    copy = tmp_path / "runs"
    shutil.copytree(trained, copy)
    monkeypatch.setenv("REPRLEARN_RUNS", str(copy))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    for module in (twins_benchmark, small_model, subspace):
        monkeypatch.setattr(module, "RESULTS", tmp_path / "no results")
    return copy


def visit(runs: tuple[str, ...] = (), **query: str) -> AppTest:
    return opened("tied_vs_untied", **({"runs": list(runs)} if runs else {}), **query)


def figures(at: AppTest) -> dict[str, Any]:
    """{key: figure} of all that is drawn."""
    return {chart.proto.id.rsplit("-", 1)[-1]: json.loads(chart.proto.spec) for chart in at.get("plotly_chart")}


def said(at: AppTest) -> str:
    return "\n".join(each.value for each in (*at.markdown, *at.subheader, *at.info, *at.warning))


def test_it_opens_on_the_twins_and_the_answer(runs: Path) -> None:
    at = visit()
    assert set(at.multiselect(key="runs").value) == {UNTIED, TIED, AUGMENTED, GPT}, "the one of other words has no twin"
    at = visit(run=TIED)
    assert set(at.multiselect(key="runs").value) == {UNTIED, TIED, AUGMENTED}
    assert as_text(UNTIED) in said(at), "differences are to the untied one without the augmented loss"


def test_the_order_of_a_link_is_kept(runs: Path) -> None:
    at = visit((TIED, AUGMENTED, UNTIED))
    assert at.multiselect(key="runs").value == [TIED, AUGMENTED, UNTIED]
    assert not at.warning


LINKS = (*({"part": part} for part in controls.PARTS), *({"part": "matrices", "look": look} for look in panels.LOOKS))
every_view = pytest.mark.parametrize("link", LINKS, ids=lambda link: "-".join(link.values()))


@every_view
@pytest.mark.parametrize("chosen", [(UNTIED, TIED), ALL, (TIED, GPT), (OTHER_WORDS, GPT)], ids="+".join)
def test_every_view_opens_for_runs_of_any_kind(runs: Path, link: dict[str, str], chosen: tuple[str, ...]) -> None:
    at = visit(chosen, **link, film_map="pca")  # the aligned UMAP compiles for half a minute
    part = link["part"]
    assert at.button_group(key="part").value == part
    if "look" in link:
        assert at.button_group(key="look").value == link["look"]
    assert not at.error
    if part in ("answer", "matrices", "sizes"):
        titles = [figure["layout"]["title"]["text"] for figure in figures(at).values()]
        assert titles
    if part == "answer" and OTHER_WORDS in chosen:
        assert t("tied.corpora") in said(at)
    else:
        assert t("tied.corpora") not in said(at) or OTHER_WORDS in chosen


@every_view
def test_a_run_s_name_is_text_and_nothing_else(runs: Path, link: dict[str, str]) -> None:
    name = "a*b*[c](d) <i>x"
    shutil.copytree(runs / TIED, runs / name)
    at = visit((UNTIED, name), **link, film_map="pca")
    assert at.multiselect(key="runs").value == [UNTIED, name]
    for each in (*at.markdown, *at.subheader, *at.info, *at.warning, *at.caption):
        assert name not in each.value, each.value
    for key, figure in figures(at).items():
        titles = [figure["layout"]["title"]["text"], *(trace.get("name") or "" for trace in figure["data"])]
        assert not any("<i>" in title for title in titles), key


def test_one_run_is_not_enough_and_a_lost_one_is_named(runs: Path) -> None:
    at = visit((TIED,))
    assert t("tied.runs.more") in said(at) and not figures(at)
    at = visit((TIED, "gone", UNTIED))
    assert at.multiselect(key="runs").value == [TIED, UNTIED]
    assert "gone" in " ".join(each.value for each in at.warning)
    at.multiselect(key="runs").set_value([TIED, UNTIED, GPT]).run()
    assert not at.exception and figures(at)


def test_alone_a_run_is_told_how_to_get_a_twin(runs: Path) -> None:
    for name in ALL:
        if name != TIED:
            shutil.rmtree(runs / name)
    at = visit()
    assert t("tied.runs.one", run=as_text(TIED)) in said(at)


def test_without_any_run_the_page_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REPRLEARN_RUNS", str(tmp_path / "none yet"))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    assert len(visit().code) == 1


def test_the_reference_is_the_first_plain_untied_run_or_else_the_first(runs: Path) -> None:
    def reference(*names: str) -> str:
        return controls.reference_of([load(runs / name) for name in names]).name

    assert reference(TIED, AUGMENTED, UNTIED) == UNTIED
    assert reference(AUGMENTED, TIED) == AUGMENTED
    assert reference(TIED, GPT) == TIED


def test_a_run_that_a_link_brings_along_is_compared_with_its_like(runs: Path) -> None:
    there = [load(runs / name) for name in ALL]
    assert controls.start(there, TIED) == [UNTIED, TIED, AUGMENTED]
    assert set(controls.start(there, GPT)) == {UNTIED, TIED, AUGMENTED, GPT}, "no other of its architecture"
    assert OTHER_WORDS in controls.start(there, OTHER_WORDS) and len(controls.start(there, OTHER_WORDS)) >= 2
    shipped = [*there, *(_renamed(there[0], name) for name in ("lstm-tied", "lstm-untied"))]
    assert controls.start(shipped, None) == controls.start(shipped, "lstm-tied") == ["lstm-untied", "lstm-tied"]
    assert controls.start(shipped, "no such run") == ["lstm-untied", "lstm-tied"]
    assert TIED in controls.start(shipped, TIED)
    many = [_renamed(there[0], f"copy {i}") for i in range(9)]
    found = controls.start([*there, *many], "copy 8")
    assert "copy 8" in found and len(found) == controls.MOST
    alone = [there[0], _renamed(there[-1], "copy")]
    assert controls.start(alone, "copy") == ["copy", UNTIED]


def _renamed(run: Run, name: str) -> Any:
    class Named:
        card = run.card

    named: Any = Named()
    named.name = name
    return named


def test_sliders_say_what_tying_saves_there(runs: Path) -> None:
    at = visit((UNTIED, TIED), part="sizes", words="50000", width="512")
    model = Run(runs / UNTIED).recipe.model
    rows = sizes.sizes(model, [50_000], [512])["n_parameters"].tolist()  # type: ignore[arg-type]
    assert [metric.value.split(" ")[0] for metric in at.metric] == [compact(n) for n in (*rows, rows[0] - rows[1])]
    share = f"{1 - rows[1] / rows[0]:.0%}"
    assert share in figures(at)["sizes"]["layout"]["title"]["text"]
    at.select_slider(key="words").set_value(1_000).run()
    assert not at.exception and at.query_params["words"] in ("1000", ["1000"])
    assert share not in figures(at)["sizes"]["layout"]["title"]["text"]
    marks = {trace["name"]: trace["y"] for trace in figures(at)["sizes"]["data"] if trace.get("mode") == "markers"}
    assert set(marks) == {UNTIED, TIED}


def test_sizes_start_at_the_reference_and_ignore_what_is_no_size(runs: Path) -> None:
    at = visit((UNTIED, TIED), part="sizes", words="abc", width="-3")
    assert at.select_slider(key="width").value == 12
    assert at.select_slider(key="words").value == Run(runs / UNTIED).card.corpus.n_words
    assert at.metric[0].value.startswith(compact(Run(runs / UNTIED).card.n_parameters))


def test_of_two_architectures_one_is_sized_at_a_time(runs: Path) -> None:
    at = visit((UNTIED, GPT), part="sizes", architecture="gpt", width="650")
    assert "GPT" in figures(at)["sizes"]["layout"]["title"]["text"]
    at.button_group(key="architecture").set_value("LSTM").run()
    assert not at.exception
    assert "LSTM" in figures(at)["sizes"]["layout"]["title"]["text"]


def measured(monkeypatch: pytest.MonkeyPatch, folder: Path, effects: dict[str, float]) -> None:
    folder.mkdir()
    monkeypatch.setattr(twins_benchmark, "RESULTS", stored(folder, effects))


def test_over_seeds_the_title_is_the_verdict_and_flips_with_it(
    runs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    measured(monkeypatch, tmp_path / "a", {"AL": 0.05, "RE": -0.05, "REAL": 0.0})
    at = visit((UNTIED, TIED), part="seeds")
    title = figures(at)["seeds"]["layout"]["title"]["text"]
    assert title.startswith("Better than plain: tied; worse: AL; no clear difference: tied + AL")
    assert t("tied.seeds.confirmed", forms="tied") in said(at)
    assert t("tied.seeds.not_confirmed", forms="AL and tied + AL") in said(at)
    table = at.dataframe[0].value
    worse = twins_benchmark.results("made up", tmp_path / "a").set_index("form").loc["AL", "difference"]
    assert table[t("tied.seeds.column.difference")].tolist()[1] == f"{np.expm1(worse):+.1%}"
    measured(monkeypatch, tmp_path / "b", {"AL": -0.05, "RE": 0.05, "REAL": 0.0})
    title = figures(visit((UNTIED, TIED), part="seeds"))["seeds"]["layout"]["title"]["text"]
    assert title.startswith("Better than plain: AL; worse: tied; no clear difference: tied + AL")


def test_over_seeds_both_together_is_held_against_tying_alone(
    runs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    measured(monkeypatch, tmp_path / "a", {"AL": 0.0, "RE": -0.1, "REAL": -0.02})
    drawn = figures(visit((UNTIED, TIED), part="seeds"))["seeds"]
    label = t("tied.seeds.row", form=t("tied.seeds.form.REAL"), other=t("tied.seeds.form.RE"))
    assert drawn["layout"]["yaxis"]["ticktext"][-1] == label
    from tests.pages.test_next_token import _numbers as numbers

    assert numbers(drawn["data"][-1]["x"])[-1] == pytest.approx(0.08, abs=0.01)


def test_a_choice_of_texts_is_offered_where_several_were_trained(
    runs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    measured(monkeypatch, tmp_path / "a", {"AL": 0.05})
    folder = tmp_path / "a"
    for name, read, write in (
        (twins_benchmark.CELLS, pd.read_csv, lambda table, path: table.to_csv(path, index=False)),
        (twins_benchmark.BLOCKS, pd.read_parquet, lambda table, path: table.to_parquet(path)),
    ):
        table = read(folder / name)
        write(pd.concat([table, table.assign(corpus="another")]), folder / name)
    at = visit((UNTIED, TIED), part="seeds", corpus="another")
    assert "another" in figures(at)["seeds"]["layout"]["title"]["text"]
    at.button_group(key="corpus").set_value("made up").run()
    assert not at.exception and "made up" in figures(at)["seeds"]["layout"]["title"]["text"]


def test_without_results_over_seeds_the_page_says_how_to_get_them(runs: Path) -> None:
    assert t("tied.seeds.none") in said(visit((UNTIED, TIED), part="seeds"))


def test_verdicts_of_one_kind_are_one_list() -> None:
    judged = [{"form": form, "verdict": "better"} for form in ("AL", "RE", "REAL")]
    assert seeds.title_of(judged, "<b>", 5) == "Better than plain: AL, tied and tied + AL (&lt;b&gt;, 5 seeds)"
    assert "not" not in seeds.claims(judged).lower().replace("published", "")


def keep(folder: Path, monkeypatch: pytest.MonkeyPatch, run: Run, losses: dict[str, float]) -> None:
    """Results as the benchmarks leave them: the run's curve, a peer, and what each ingredient's training came to."""
    folder.mkdir()
    small_model.curve_of(run).to_csv(folder / small_model.CURVE, index=False)
    write_qualities(folder, [150, 119])
    whole = [("nothing", seed, 4.5 + seed / 1000) for seed in range(3)]
    cells(*whole, *((name, 0, loss) for name, loss in losses.items())).to_csv(
        folder / small_model.INGREDIENTS, index=False
    )
    monkeypatch.setattr(small_model, "RESULTS", folder)


def test_the_small_model_says_what_its_training_came_to_and_which_ingredient_is_missed(
    runs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keep(tmp_path / "a", monkeypatch, Run(runs / TIED), {"untied": 4.9, "no_dropout": 4.3, "some_day": 4.5})
    at = visit((UNTIED, TIED), part="small")
    drawn = figures(at)
    best = np.exp(Run(runs / TIED).curves["valid_loss"].min())
    assert f"validation perplexity of {best:.1f}" in drawn["small_model"]["layout"]["title"]["text"].replace(
        "<br>", " "
    )
    assert t("small.peer") in " ".join(trace.get("name") or "" for trace in drawn["small_model"]["data"])
    assert f"in {0.5 / 2:.0%} of the time" in said(at)
    assert t("small.left_out.untied") in drawn["ingredients"]["layout"]["title"]["text"]
    assert "some_day" in drawn["ingredients"]["layout"]["yaxis"]["ticktext"], (
        "one this program does not know keeps its name"
    )
    at.button_group(key="cost").set_value("operations").run()
    assert not at.exception
    assert figures(at)["small_model"]["layout"]["xaxis"]["title"]["text"] == t("curves.axis.operations")
    keep(tmp_path / "b", monkeypatch, Run(runs / UNTIED), {"untied": 4.3, "no_dropout": 4.9})
    drawn = figures(visit((UNTIED, TIED), part="small"))
    assert t("small.left_out.no_dropout") in drawn["ingredients"]["layout"]["title"]["text"]
    assert UNTIED in drawn["small_model"]["layout"]["title"]["text"]


def test_the_small_model_may_miss_nothing_and_never_reach_its_peer() -> None:
    row = {"instead": "untied", "difference": 0.1, "low": -0.1, "high": 0.3}
    assert panel.ingredients_title([row]) == t("small.ingredients.title.nothing")
    assert "tying" in panel.ingredients_title([{**row, "low": float("nan")}]), "one training: by its value"
    found = {
        "n_epochs": 10,
        "peer_perplexity": 108.0,
        "peer_minutes": 20.0,
        "minutes": float("nan"),
        "perplexity": 110.0,
    }
    assert "does not get there" in panel.quality(found) and "25%" in panel.quality({**found, "minutes": 5.0})


def test_without_a_training_of_the_small_model_the_page_says_how_to_get_one(runs: Path) -> None:
    assert t("small.none") in said(visit((UNTIED, TIED), part="small"))


def agreement(values: dict[str, float], n: int = 700) -> pd.DataFrame:
    rows = [(run, "input", "simlex999", value, value - 0.07, value + 0.07, n, 0.7) for run, value in values.items()]
    return pd.DataFrame(rows, columns=["run", "matrix", "set", "value", "low", "high", "n", "coverage"])


def test_who_agrees_best_with_people_flips_with_the_numbers_and_may_be_nobody() -> None:
    ahead, behind = agreement({"a": 0.4, "b": 0.1}), agreement({"a": 0.1, "b": 0.4})
    assert "a agrees best with people on SimLex-999 (0.40)" in similarity.headline(ahead)
    assert "b agrees best with people on SimLex-999 (0.40)" in similarity.headline(behind)
    for near in (agreement({"a": 0.4, "b": 0.38}), agreement({"a": 0.4, "b": 0.4})):
        assert "agrees best" not in similarity.headline(near) and "No model" in similarity.headline(near)


def test_several_may_be_ahead_of_the_others_together() -> None:
    said = similarity.headline(agreement({"a": 0.4, "b": 0.1, "c": 0.42}))
    assert "c, a agree best with people on SimLex-999 (0.42, 0.40)" in said
    between = similarity.headline(agreement({"a": 0.4, "b": 0.3, "c": 0.2}))
    assert "agree" not in between, "b can be told from neither"


def test_what_cards_say_of_similarity_is_shown_and_what_they_lack_is_named(runs: Path) -> None:
    path = runs / UNTIED / "card.json"
    fields = json.loads(path.read_text())
    sets = {"wordsim353": {"n": 211.0, "coverage": 0.6, "spearman": -0.25}, "simlex999": {"n": 2.0, "coverage": 0.0},
            "analogies": {"n": 4000.0, "coverage": 0.2, "accuracy": 0.05}}  # fmt: skip
    path.write_text(json.dumps({**fields, "similarity": {"input": sets, "output": sets}}))
    at = visit((UNTIED, TIED))
    table = next(frame.value for frame in at.dataframe if "WordSim-353" in frame.value.columns)
    assert table["WordSim-353"].str.startswith("−0.25").tolist() == [True, True]
    assert table["SimLex-999"].tolist() == [t("number.none")] * 2
    assert table["analogies"].str.startswith("5.0%").all()
    assert t("tied.similarity.lacking", runs=as_text(TIED)) in said(at)


def test_the_sidebar_takes_the_runs_along(runs: Path) -> None:
    at = visit((TIED, UNTIED))
    links = {link.proto.page: link.proto.query_string for link in at.sidebar.get("page_link")}
    assert any("runs" in query for query in links.values()), links
