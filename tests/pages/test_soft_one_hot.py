"""Soft one-hot: what the page shows is what the analysis says of the run, the scalar, the event that were asked for."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.analysis import bucket_axis, bucket_edges, buckets, encoding_benchmark
from reprlearn.analysis.what_if import next_types
from reprlearn.runs import load
from reprlearn.ui.soft_one_hot.value_control import steps
from reprlearn.ui.text import as_text, t
from tests.event_runs import N_BUCKETS, write_event_runs
from tests.pages.opening import opened
from tests.pages.test_next_token import _numbers as numbers

SOFT, TRIPS = "synthetic-soft-one-hot", "trips-soft-one-hot"


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_event_runs(tmp_path_factory.mktemp("events"))


@pytest.fixture
def runs(trained: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The event runs and no others, a copy to change; and no results of the benchmark."""
    copy = tmp_path / "runs"
    shutil.copytree(trained, copy)
    monkeypatch.setenv("REPRLEARN_RUNS", str(copy))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    monkeypatch.setattr(encoding_benchmark, "RESULTS", tmp_path / "no results")
    return copy


def visit(**query: str) -> AppTest:
    return opened("soft_one_hot", **query)


def figure(at: AppTest, key: str) -> dict[str, Any]:
    """The figure drawn under this key."""
    for chart in at.get("plotly_chart"):
        if chart.proto.id.endswith(f"-{key}") or f"-{key}-" in chart.proto.id:
            return json.loads(chart.proto.spec)
    raise AssertionError(f"no figure {key!r} among {[chart.proto.id for chart in at.get('plotly_chart')]}")


def said(at: AppTest) -> str:
    return "\n".join(each.value for each in (*at.markdown, *at.subheader, *at.caption, *at.latex))


def trips(runs: Path) -> Any:
    """The event log of the run on a table."""
    return load(runs / TRIPS).recipe.data.load()


def offered(at: AppTest, key: str) -> list[str]:
    return [option.content for option in at.button_group(key=key).proto.options]


def weights_shown(at: AppTest, key: str = "weights") -> list[float]:
    return numbers(figure(at, key)["data"][-1]["y"])


def test_the_first_soft_one_hot_is_shown_where_the_link_asks_for_none(runs: Path) -> None:
    at = visit()
    assert at.selectbox(key="run").value == SOFT
    assert "synthetic-none" not in at.selectbox(key="run").options, "a run that reads no scalar is not offered"
    assert at.selectbox(key="scalar").options == ["duration"]
    assert t("soft_one_hot.about.synthetic.duration") in said(at)
    assert not at.warning


def test_the_bars_and_the_formula_are_the_weights_at_the_value(runs: Path) -> None:
    at = visit(value="12.5")
    reading = buckets.read_value(load(runs / SOFT), "duration", 12.5)
    assert weights_shown(at) == pytest.approx(reading.weights.tolist(), abs=1e-5)
    formula = at.latex[0].value
    assert f"n &= {reading.channels[0]:.2f}" in formula
    assert f"s_{{{reading.heaviest}}} = {reading.weights.max():.3f}" in formula
    assert rf"{reading.weights.max():.2f}\,E_{{{reading.heaviest}}}" in formula


def test_the_slider_and_the_number_move_each_other(runs: Path) -> None:
    at = visit()
    stops = steps(bucket_axis.scalar_of(load(runs / SOFT), "duration"))
    at.select_slider(key="value_slider").set_value(stops[10]).run()
    assert at.number_input(key="value").value == stops[10]
    at.number_input(key="value").set_value(33.333).run()
    assert at.select_slider(key="value_slider").value == 33.333, "the slider stands at the exact value, not near it"
    reading = buckets.read_value(load(runs / SOFT), "duration", 33.333)
    assert weights_shown(at) == pytest.approx(reading.weights.tolist(), abs=1e-5)


def test_a_missing_value_lies_in_no_bucket(runs: Path) -> None:
    at = visit(run=TRIPS, scalar="delay")
    at.toggle(key="value_missing").set_value(True).run()
    assert not at.exception
    assert weights_shown(at) == [0.0] * N_BUCKETS
    assert t("soft_one_hot.formula.missing.help") in said(at)


def test_temperature_hardens_the_weights_and_leaves_the_edges(runs: Path) -> None:
    at = visit(value="12.5")
    soft = max(weights_shown(at))
    at.select_slider(key="bucket_temperature").set_value(0.05).run()
    assert not at.exception
    assert max(weights_shown(at)) > soft
    learned = bucket_edges.handovers(load(runs / SOFT), "duration")["value"].to_numpy()
    ticks = [trace for trace in figure(at, "area")["data"] if trace.get("yaxis") == "y3"]
    rows = {trace["text"][0].split(":")[0]: numbers(trace["x"]) for trace in ticks}
    assert rows[t("soft_one_hot.edges.learned")] == pytest.approx(np.arcsinh(learned), abs=1e-4)


def test_another_scalar_starts_in_the_middle_of_its_own_data(runs: Path) -> None:
    at = visit(run=TRIPS, scalar="delay", value="100")
    assert at.number_input(key="value").value == 100
    at.selectbox(key="scalar").set_value("size").run()
    assert not at.exception
    assert 1 <= float(at.number_input(key="value").value or 0) <= 9
    at.selectbox(key="run").set_value(SOFT).run()
    assert not at.exception
    assert at.selectbox(key="scalar").value == "duration"
    assert float(at.number_input(key="value").value or 0) > 9


@pytest.mark.parametrize("value", ["1e300", "nan", "-5", "inf", "word", ""])
def test_any_value_in_a_link_is_answered(runs: Path, value: str) -> None:
    at = visit(value=value)
    assert sum(weights_shown(at)) == pytest.approx(1, abs=1e-4)


def test_a_value_no_training_event_had_is_said_to_be_one(runs: Path) -> None:
    assert t("soft_one_hot.outside") in said(visit(value="5000"))
    assert t("soft_one_hot.outside") not in said(visit(value="50"))


@pytest.mark.parametrize("run", ["synthetic-concat", "synthetic-quantile"])
def test_other_encodings_say_what_they_are_and_show_what_they_have(runs: Path, run: str) -> None:
    at = visit(run=run, value="12.5")
    assert t(f"soft_one_hot.encoding.{run.removeprefix('synthetic-')}") in said(at)
    assert not at.latex, "the formula is that of the soft one-hot"
    if run.endswith("quantile"):
        shown = weights_shown(at)
        assert sorted(shown) == [0.0] * (len(shown) - 1) + [1.0]


@pytest.mark.parametrize("name", ["truth", "edges", "heatmap", "effective", "path", "similarity"])
def test_every_closer_look_opens_from_a_link(runs: Path, name: str) -> None:
    at = visit(closer=name)
    if name == "edges":
        table = at.dataframe[0].value
        learned = bucket_edges.handovers(load(runs / SOFT), "duration")
        assert len(table) == len(learned)
    else:
        assert figure(at, name)["data"]


def test_the_true_ranges_are_only_shown_where_the_truth_is_known(runs: Path) -> None:
    assert t("soft_one_hot.closer.truth") in offered(visit(), "closer")
    assert t("soft_one_hot.closer.truth") not in offered(visit(run=TRIPS), "closer")


def test_two_models_of_one_log_are_compared(runs: Path) -> None:
    at = visit(part="two", run=SOFT, other="synthetic-quantile")
    assert set(at.selectbox(key="other").options) == {SOFT, "synthetic-quantile", "synthetic-concat"}
    for i in range(2):
        assert figure(at, f"similarity_{i}")["data"] and figure(at, f"path_{i}")["data"]
    one, other = (figure(at, f"similarity_{i}") for i in range(2))
    assert one["layout"]["xaxis"]["range"] == other["layout"]["xaxis"]["range"], "one axis for both"


def test_a_run_that_is_alone_on_its_log_says_so(runs: Path) -> None:
    at = visit(part="two", run=TRIPS)
    assert [each.value for each in at.info] == [t("soft_one_hot.two.none", run=as_text(TRIPS))]


def test_what_if_shows_the_expected_types_and_what_moving_a_scalar_does(runs: Path) -> None:
    run, log = load(runs / TRIPS), trips(runs)
    name = log.splits["test"].names[1]
    at = visit(part="what_if", run=TRIPS, scalar="size", sequence=name, position="3")
    own = float(log.splits["test"].scalars[log.splits["test"].events_of(1).start + 2, 2])
    assert at.number_input(key="moved").value == own, "the control starts at what happened"
    assert len(figure(at, "next_types")["data"]) == 1, "nothing moved: one set of bars"
    at.number_input(key="moved").set_value(own + 4).run()
    assert not at.exception
    shown = figure(at, "next_types")["data"]
    expected = next_types(run, log, "test", name, 2, {"size": own + 4}).set_index("word")
    for trace, column in zip(shown, ("probability", "moved_probability"), strict=True):
        for probability, (word, *_) in zip(numbers(trace["x"]), trace["customdata"], strict=True):
            assert probability == pytest.approx(expected.loc[word, column], abs=1e-5)
    before, after = (buckets.read_value(run, "size", value).weights for value in (own, own + 4))
    assert weights_shown(at, "moved_weights") == pytest.approx(after.tolist(), abs=1e-5)
    assert numbers(figure(at, "moved_weights")["data"][0]["y"]) == pytest.approx(before.tolist(), abs=1e-5)


def test_another_event_starts_with_its_own_value(runs: Path) -> None:
    log = trips(runs)
    own = log.splits["test"].scalars[:, 2]
    at = visit(part="what_if", run=TRIPS, scalar="size", position="2")
    at.number_input(key="moved").set_value(77.0).run()
    at.slider(key="position").set_value(4).run()
    assert not at.exception
    assert at.number_input(key="moved").value == own[3]


def test_an_unknown_sequence_is_answered_with_close_ones(runs: Path) -> None:
    at = visit(part="what_if", run=TRIPS, sequence="t999")
    assert any("t999" in warning.value for warning in at.warning)
    assert not any(chart.proto.id.endswith("timeline") for chart in at.get("plotly_chart"))


def test_many_sequences_are_asked_only_when_the_visitor_wants_it(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reprlearn.analysis import partial_dependence

    asked, really = [], partial_dependence.partial_dependence
    monkeypatch.setattr(
        partial_dependence, "partial_dependence", lambda *given, **more: asked.append(1) or really(*given, **more)
    )
    at = visit(part="what_if", run=SOFT)
    assert not asked
    at.toggle(key="many").set_value(True).run()
    assert not at.exception and asked == [1]
    assert figure(at, "dependence")["data"]
    at.select_slider(key="moved_slider").set_value(at.select_slider(key="moved_slider").value).run()
    assert asked == [1], "once for all values"


def test_a_table_that_is_gone_is_said_and_the_buckets_still_open(
    runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = runs / TRIPS / "card.json"
    fields = json.loads(card.read_text(encoding="utf-8"))
    fields["recipe"]["data"]["table"] = str(tmp_path / "gone.csv")
    card.write_text(json.dumps(fields), encoding="utf-8")
    at = visit(part="what_if", run=TRIPS)
    assert any("gone" in warning.value for warning in at.warning)
    assert figure(visit(run=TRIPS), "weights")["data"]


def test_the_results_are_offered_where_there_are_any(
    runs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert t("soft_one_hot.part.proof") not in offered(visit(), "part")
    folder = tmp_path / "results"
    folder.mkdir()
    rows, losses = [], []
    for encoding, level in (("soft-one-hot", 1.8), ("concat", 2.0), ("ple", 1.8), ("quantile", 1.7)):
        for seed in range(3):
            metrics = {"loss": level, "accuracy": 0.3, "map_at_5": 0.5, "mrr": 0.5, "n_parameters": 100}
            rows.append({"log": "synthetic", "encoding": encoding, "seed": seed, **metrics})
            for sequence in range(6):
                jitter = 0.02 * np.sin(7 * sequence + 3 * seed + len(encoding))
                losses.append(
                    {"log": "synthetic", "encoding": encoding, "seed": seed, "sequence": sequence, "n_events": 10,
                     "loss": 10 * (level + jitter)}
                )  # fmt: skip
    pd.DataFrame(rows).to_csv(folder / encoding_benchmark.CELLS, index=False)
    pd.DataFrame(losses).to_parquet(folder / encoding_benchmark.SEQUENCES)
    monkeypatch.setattr(encoding_benchmark, "RESULTS", folder)
    at = visit(part="proof")
    assert t("soft_one_hot.proof.beats", names="**concat**") in said(at)
    assert t("soft_one_hot.proof.ties", names="**ple**") in said(at)
    assert t("soft_one_hot.proof.loses", names="**quantile**") in said(at), "where it loses, the page says so"
    assert len(at.dataframe[0].value) == 4 and figure(at, "differences")["data"]
    assert t("soft_one_hot.part.proof") in offered(at, "part")
    assert t("soft_one_hot.part.proof") not in offered(visit(run=TRIPS), "part"), "nobody measured that log"


def test_foreign_names_are_shown_as_they_stand(runs: Path) -> None:
    events = runs / TRIPS / "events.json"
    evil = "<b>*x*</b> $d$ :red[y]"
    text = events.read_text(encoding="utf-8").replace('"name": "size"', f'"name": "{evil}"')
    events.write_text(text, encoding="utf-8")
    at = visit(run=TRIPS, scalar=evil)
    assert not any(re.search(r"(?<!\\)<b>\*x", each.value) for each in at.markdown)
    assert not any(element.proto.allow_html for element in at.markdown)


def test_without_a_model_that_reads_scalars_the_page_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REPRLEARN_RUNS", str(tmp_path / "none yet"))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    assert len(visit().code) == 1
