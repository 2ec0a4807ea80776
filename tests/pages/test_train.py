"""Train: what stands in the form is what is trained, what is sent is said, and whatever goes wrong is one line."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from reprlearn import jobs
from reprlearn.data.config import TextData
from reprlearn.data.event_config import EventData
from reprlearn.jobs import estimates, processes, uploads
from reprlearn.jobs.job import Job, write
from reprlearn.recipes import QUICK_DEMO, RECIPES, Recipe, find_recipe
from reprlearn.recipes.fields import fields_of
from reprlearn.ui.text import TEXTS, as_text, t
from reprlearn.ui.train.field import key_of, label_of
from reprlearn.ui.train.table import treatment_key
from tests.pages.opening import opened

TEXT = "\n\n".join(f"This is paragraph {i}, and it has a few <b>words</b>." for i in range(60)).encode()
EVIL = "<img src=x onerror=alert(1)> [a](javascript:b) **c** :material/home: $d$"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty store, in which nothing starts by itself."""
    monkeypatch.setenv("REPRLEARN_RUNS", str(tmp_path / "runs"))
    monkeypatch.delenv("REPRLEARN_READONLY", raising=False)
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    monkeypatch.setattr("reprlearn.jobs.tend", lambda: None)
    monkeypatch.setattr("reprlearn.jobs.queue.tend", lambda: None)
    yield tmp_path / "runs"


def train(**query: str) -> AppTest:
    return opened("train", **query)


def ran(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception, at.exception
    return at


def click(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    return ran(at)


def said(at: AppTest) -> str:
    return "\n".join(each.value for each in (*at.markdown, *at.error, *at.warning, *at.info, *at.subheader))


def asked_for(name: str) -> Recipe:
    return find_recipe(str(jobs.read(name).folder / "recipe.json"))


def send(at: AppTest, kind: str, name: str, content: bytes) -> AppTest:
    at.file_uploader(key=f"train_file_{kind}_0").upload(name, content)
    return ran(at)


def put(name: str, status: str, **fields: Any) -> Job:
    """A training in the store, as it might stand there."""
    given = {"recipe": QUICK_DEMO.to_dict(), "created": 1.0, "queued": 1.0, "started": 1.0, **fields}
    job = Job(name=name, status=status, **given)  # type: ignore[arg-type]
    job.folder.mkdir(parents=True)
    return write(job)


def test_one_click_on_the_first_state_trains_the_quick_demo() -> None:
    at = train()
    name = at.text_input(key="train_name").proto.placeholder
    click(at, "start")
    (job,) = jobs.read_all()[0]
    assert (job.name, job.status, job.data, job.maps) == (name, "queued", None, True)
    assert asked_for(name) == QUICK_DEMO
    assert at.query_params["part"] == "watch" and at.selectbox(key="job").value == name
    assert t("train.stage.next") in [bar.text for bar in at.progress]


@pytest.mark.parametrize(
    "name", ["quick-demo", "gpt-tied", "skip-gram", "elmo", "bert", "ptb-small", "flights-soft-one-hot"]
)
def test_a_recipe_is_a_form_of_all_its_fields_and_trains_as_it_stands(name: str) -> None:
    at = train(recipe=name)
    recipe = RECIPES[name]
    drawn = {widget.key: widget for kind in (at.number_input, at.toggle, at.selectbox) for widget in kind}
    hidden = {"data.time_unit", "data.as_is"}
    for field in fields_of(recipe):
        if field.path in hidden:
            continue
        widget = drawn[key_of(recipe, field)]
        assert widget.value == field.value, field.path
        assert widget.proto.help == as_text(field.help) and widget.label == label_of(field.path)
    assert as_text(recipe.summary) in said(at)
    click(at, "start")
    (job,) = jobs.read_all()[0]
    expected = replace(recipe, data=replace(recipe.data, as_is=False)) if isinstance(recipe.data, TextData) else recipe
    assert asked_for(job.name) == expected


def test_every_field_of_every_recipe_is_called_something() -> None:
    for recipe in RECIPES.values():
        for field in fields_of(recipe):
            assert f"train.field.{field.name}" in TEXTS, f"{recipe.name}: {field.path}"


def test_what_is_changed_is_trained_and_told_afterwards() -> None:
    at = train()
    at.number_input(key="quick-demo.fit.epochs").set_value(2)
    at.number_input(key="quick-demo.model.width").set_value(32)
    at.toggle(key="quick-demo.model.tied").set_value(False)
    at.number_input(key="quick-demo.data.max_train_tokens").set_value(None)
    at.text_input(key="train_name").set_value("my.run-1")
    ran(at)
    click(at, "start")
    recipe = asked_for("my.run-1")
    assert (recipe.fit.epochs, recipe.model.width, getattr(recipe.model, "tied", None)) == (2, 32, False)
    assert getattr(recipe.data, "max_train_tokens", 0) is None
    line = t("train.asked.field", label=label_of("model.width"), value="32", default="100")
    assert line in said(at)


def test_a_recipe_keeps_its_values_while_another_is_looked_at_and_gives_them_back_on_demand() -> None:
    at = train()
    at.number_input(key="quick-demo.fit.epochs").set_value(9)
    ran(at)
    at.selectbox(key="recipe").select("lstm-tied")
    ran(at)
    assert at.number_input(key="lstm-tied.fit.epochs").value == 3
    at.selectbox(key="recipe").select("quick-demo")
    ran(at)
    assert at.number_input(key="quick-demo.fit.epochs").value == 9
    assert at.query_params["set"] == "quick-demo:fit.epochs=9"
    click(at, "reset_settings")
    assert at.number_input(key="quick-demo.fit.epochs.1").value == 5 and "set" not in at.query_params


def test_a_link_opens_the_form_as_it_was_left_and_says_what_of_it_means_nothing() -> None:
    at = train()
    at.number_input(key="quick-demo.fit.epochs").set_value(2)
    at.toggle(key="quick-demo.model.tied").set_value(False)
    at.selectbox(key="quick-demo.data.corpus").select("reviews-full")
    at.number_input(key="quick-demo.data.max_train_tokens").set_value(None)
    ran(at)
    again = train(set=at.query_params["set"])
    assert again.query_params["set"] == at.query_params["set"] and not again.warning
    click(again, "start")
    recipe = asked_for(jobs.read_all()[0][0].name)
    assert (recipe.fit.epochs, getattr(recipe.model, "tied", None)) == (2, False)
    assert isinstance(recipe.data, TextData) and (recipe.data.corpus, recipe.data.max_train_tokens) == (
        "reviews-full",
        None,
    )
    odd = train(set='quick-demo:fit.epochs=7;fit.epochs=<script>;data.folder="/etc";model.width=1e99;nothing')
    (warning,) = odd.warning
    assert odd.number_input(key="quick-demo.fit.epochs").value == 7
    assert as_text("fit.epochs=<script>") in warning.value and as_text('data.folder="/etc"') in warning.value
    assert odd.number_input(key="quick-demo.model.width").value == 2048, (
        "what is too much for this machine is cut to the most"
    )


def test_settings_that_do_not_go_together_are_said_and_cannot_be_started() -> None:
    at = train(recipe="gpt-tied")
    at.number_input(key="gpt-tied.model.n_heads").set_value(7)
    ran(at)
    assert as_text("n_heads") in "".join(warning.value for warning in at.warning)
    assert at.button(key="start").disabled and not jobs.read_all()[0]


@pytest.mark.parametrize("name", ["../../x", "<script>", "CON"])
def test_a_name_that_cannot_be_is_said_as_it_is_typed(name: str) -> None:
    at = train()
    at.text_input(key="train_name").set_value(name)
    ran(at)
    (error,) = at.error
    assert as_text(repr(name)) in error.value and at.button(key="start").disabled
    assert name not in said(at).replace(error.value, ""), "and stands nowhere else"


def test_a_text_of_ones_own_is_split_shown_and_taken_along(store: Path) -> None:
    at = train(data="own")
    assert at.button(key="start").disabled and t("train.upload.none") in said(at)
    send(at, "text", EVIL.replace("/", "") + ".txt", TEXT)
    assert not at.error
    shown = said(at)
    assert t("train.upload.split") in shown and EVIL.replace("/", "") not in shown
    assert "paragraphs" in shown and as_text("<b>words</b>") in shown
    key = at.query_params["upload"]
    again = train(data="own", upload=key)
    assert t("train.upload.split") in said(again), "a reload finds it"
    click(again, "start")
    (job,) = jobs.read_all()[0]
    data = asked_for(job.name).data
    assert isinstance(data, TextData) and data.folder is not None and data.folder.is_relative_to(job.folder)
    assert (data.folder / "valid.txt").exists() and job.data == uploads.find(key).name


def test_a_text_may_be_taken_away_again() -> None:
    at = send(train(data="own"), "text", "novel.txt", TEXT)
    key = at.query_params["upload"]
    click(at, "remove_upload")
    assert "upload" not in at.query_params and at.button(key="start").disabled
    with pytest.raises(jobs.JobError):
        uploads.find(key)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"caf\xe9\n", "is not UTF-8"),
        ("a.zip", b"PK\x03\x04cut", "no sound zip"),
        ("a.txt", b"too short", "paragraph"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_nothing_is_kept(
    store: Path, name: str, content: bytes, expected: str
) -> None:
    at = send(train(data="own"), "text", name, content)
    (error,) = at.error
    assert as_text(expected) in error.value and at.button(key="start").disabled
    ran(at)
    assert [error.value for error in at.error] == [error.value], "it is said for as long as the file stands there"
    assert not [path for path in store.rglob("*") if path.is_file() and path.name != ".lock"]


def test_an_upload_that_is_gone_is_said() -> None:
    at = train(data="own", upload="../../etc")
    assert any("is not here" in warning.value for warning in at.warning)


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A table, and its description without a process of its own."""
    from reprlearn.data.events.describing import describe_table

    monkeypatch.setattr(uploads, "described", describe_table)
    draw = random.Random(0)
    rows = [
        f"c{draw.randrange(30)},{draw.randrange(900)},{draw.choice('ABCD')},{i},{i % 24}" for i in range(300)
    ]  # fmt: skip
    return "\n".join(["customer,hours,product,**amount** <b>,clock", *rows]).encode()


def test_a_table_of_ones_own_has_its_columns_named(orders: bytes) -> None:
    at = send(train(recipe="flights-soft-one-hot", data="own"), "events", "orders.csv", orders)
    key = at.query_params["upload"]
    assert len(at.dataframe[0].value) == 8
    roles = {role: at.selectbox(key=f"role_{role}_{key}").value for role in ("sequence", "time", "type")}
    assert roles == {"sequence": "customer", "time": "hours", "type": "product"}
    at.selectbox(key=f"unit_{key}").select("days")
    at.multiselect(key=f"scalars_{key}").set_value(["**amount** <b>", "clock"])
    at.session_state[treatment_key(key, ["**amount** <b>", "clock"])] = {
        "edited_rows": {0: {"transform": "asinh"}, 1: {"transform": "cyclic", "period": 24.0, "ahead": True}},
        "added_rows": [], "deleted_rows": [],
    }  # fmt: skip
    ran(at)
    assert not at.error and not at.warning
    click(at, "start")
    (job,) = jobs.read_all()[0]
    data = asked_for(job.name).data
    assert isinstance(data, EventData) and data.time_unit == "days" and data.table is not None
    assert data.table.is_relative_to(job.folder) and data.type_column == "product"
    amount, clock = data.scalars
    assert (amount.column, amount.transform, amount.known_ahead) == ("**amount** <b>", "asinh", False)
    assert (clock.name, clock.transform, clock.period, clock.known_ahead) == ("next clock", "cyclic", 24.0, True)
    assert len(data.load().types) == 5


def test_roles_that_do_not_go_together_are_said(orders: bytes) -> None:
    at = send(train(recipe="flights-soft-one-hot", data="own"), "events", "orders.csv", orders)
    key = at.query_params["upload"]
    at.selectbox(key=f"role_type_{key}").select("customer")
    ran(at)
    assert any("two roles" in warning.value for warning in at.warning) and at.button(key="start").disabled


def test_a_file_of_another_kind_than_the_recipe_reads_is_said(orders: bytes) -> None:
    at = send(train(data="own"), "text", "novel.txt", TEXT)
    at.selectbox(key="recipe").select("flights-soft-one-hot")
    ran(at)
    assert t("train.upload.other", name=as_text("novel.txt")) in said(at) and at.button(key="start").disabled


def test_size_and_time_are_measured_on_demand_by_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, ...]] = []

    def start(*arguments: str, **options: Any) -> Any:
        started.append(arguments)
        return type("Process", (), {"pid": os.getpid()})()

    monkeypatch.setattr(estimates.processes, "start", start)
    at = train()
    assert not started, "nothing is computed unasked"
    click(at, "measure")
    assert started[0][:2] == ("reprlearn.jobs", "probe") and t("train.start.measuring") in said(at)
    folder = Path(started[0][2])
    assert find_recipe(str(folder / "recipe.json")) == QUICK_DEMO
    found = {
        "n_parameters": 585_800,
        "n_train": 199_354,
        "steps_per_epoch": 178,
        "seconds_per_epoch": 20.0,
        "seconds_besides": 9.0,
    }
    (folder / "found.json").write_text(json.dumps({"estimate": found}))
    ran(at)
    assert t("train.start.size", parameters="586k", steps="890") in said(at)
    assert t("train.start.time", duration="1.8 min") in said(at)
    at.number_input(key="quick-demo.fit.epochs").set_value(10)
    ran(at)
    assert t("train.start.size", parameters="586k", steps="1,780") in said(at), "epochs are counted, not measured again"
    (folder / "found.json").write_text(json.dumps({"error": f"{EVIL}: too short"}))
    ran(at)
    assert as_text(f"{EVIL}: too short") in said(at)


def test_read_only_explains_itself_and_offers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    put("there", "stopped")
    monkeypatch.setenv("REPRLEARN_READONLY", "1")
    at = train()
    assert t("train.readonly") in said(at)
    assert not at.button and not at.file_uploader and not at.number_input
    watching = train(part="watch")
    assert t("train.readonly") in said(watching) and t("train.stopped") in said(watching)
    assert not watching.button


def test_a_click_that_comes_all_the_same_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    at = train()
    at.button(key="start").click()
    monkeypatch.setattr("reprlearn.jobs.readonly", lambda: False)  # as if the page had been drawn before
    monkeypatch.setenv("REPRLEARN_READONLY", "1")
    ran(at)
    assert any(as_text("read-only") in error.value for error in at.error) and not jobs.read_all()[0]


def test_an_empty_store_says_what_to_do() -> None:
    at = train(part="watch")
    assert t("train.none.help") in said(at)
    click(at, "to_new")
    assert at.button(key="start") and not at.selectbox(key="recipe").disabled


@pytest.fixture
def running() -> Job:
    """A training that runs, in the person of this process, with some records behind it."""
    job = put("mine", "running", pid=os.getpid(), process=processes.identity(os.getpid()))
    fields = {
        "total_steps": 890,
        "epoch": 1,
        "learning_rate": 0.1,
        "tokens_per_second": 9_000.0,
        "elapsed_seconds": 20.0,
    }
    rows = [
        {**fields, "step": n, "tokens": n * 1120, "train_loss": 6.0 - n / 400, "valid_loss": None}
        for n in (50, 100, 150)
    ]
    rows.append({**fields, "step": 178, "tokens": 199_000, "train_loss": 5.5, "valid_loss": 5.6, "epoch": 1})
    names = ("input_gradient_norm", "output_gradient_norm")
    (job.folder / "records.jsonl").write_text("\n".join(json.dumps({**dict.fromkeys(names), **row}) for row in rows))
    now = {
        "stage": "steps",
        "step": 200,
        "total_steps": 890,
        "loss": 5.4,
        "seconds_left": 95.0,
        "tokens_per_second": 8_765.0,
    }
    (job.folder / "now.json").write_text(json.dumps({**now, "at": 9e9}))
    job.log.write_text(f"-- started 2026: train\nreading the data\n{EVIL}\n")
    return job


def test_a_training_is_watched(running: Job) -> None:
    at = train()
    assert t("train.under_way", name="mine", share="22%") in said(at)
    click(at, "show_running")
    assert at.query_params["job"] == "mine"
    (bar,) = at.progress
    assert bar.value == 22 and "200 of 890" in bar.text and "epoch 2 of 5" in bar.text and "1.6 min left" in bar.text
    assert [metric.value for metric in at.metric] == ["5.500", "270.4", "8,765", "20 s"]
    (chart,) = at.get("plotly_chart")
    assert t("train.curve.perplexity", value="270.4", epoch=1) in chart.proto.spec
    assert EVIL in at.code[0].value and not any(element.proto.allow_html for element in at.markdown)


def test_it_is_stopped_from_any_tab_and_the_list_follows(running: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[tuple[int | None, bool]] = []
    monkeypatch.setattr("reprlearn.jobs.queue.processes.end", lambda pid, known, at_once: ended.append((pid, at_once)))
    here, there = train(part="watch"), train(part="watch", job="mine")
    click(here, "job_stop")
    assert ended == [(os.getpid(), False)] and jobs.read("mine").stopping
    ran(there)
    assert t("train.status.stopping") in said(there)
    click(there, "job_stop.now")
    assert ended[-1] == (os.getpid(), True)
    write(running.but(status="stopped", pid=None, process=None))
    ran(there)
    assert t("train.stopped") in said(there)
    click(there, "job_resume")
    assert jobs.read("mine").status == "queued"


def test_a_failure_says_why_as_text_and_shows_its_log() -> None:
    job = put("wrong", "failed", reason=EVIL)
    job.log.write_text(f"error: {EVIL}\n")
    at = train(part="watch")
    assert t("train.failed", reason=as_text(EVIL)) in said(at)
    assert EVIL in at.code[0].value and at.button(key="job_resume") and at.button(key="job_delete")


def test_a_training_is_deleted_and_so_is_a_broken_one() -> None:
    put("old", "stopped")
    broken = put("broken", "stopped")
    (broken.folder / "job.json").write_text("{")
    at = train(part="watch", job="broken")
    assert t("train.broken", name="broken") in said(at)
    click(at, "job_delete")
    assert jobs.read_all()[1] == [] and at.selectbox(key="job").value == "old"
    click(at, "job_delete")
    assert jobs.read_all() == ([], []) and t("train.none.help") in said(at)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "../../etc", "gone"])
def test_a_training_that_is_not_here_is_said(name: str) -> None:
    put("mine", "stopped")
    at = train(part="watch", job=name)
    assert t("train.job.gone", name=as_text(name)) in said(at) and at.selectbox(key="job").value == "mine"
    assert at.query_params["job"] == "mine"


def test_what_waits_says_for_what(running: Job) -> None:
    put("later", "queued", queued=2.0)
    put("last", "queued", queued=3.0)
    at = train(part="watch", job="last")
    assert t("train.stage.queued", n=2) in [bar.text for bar in at.progress]
    assert t("train.queue", names="later, last") in said(at)


def test_a_finished_training_leads_to_the_pages_of_its_run(only_tiny_runs: Path) -> None:
    put("tiny-tied", "done", recipe=json.loads((only_tiny_runs / "tiny-tied" / "card.json").read_text())["recipe"])
    at = train(part="watch")
    card = json.loads((only_tiny_runs / "tiny-tied" / "card.json").read_text())
    perplexity = f"{card['metrics']['test']['perplexity']:,.1f}"
    assert t("train.done.test", value=perplexity) in said(at)
    links = [(link.label, link.proto.query_string) for link in at.main.page_link]
    assert (t("frame.embedding_space"), "run=tiny-tied") in links and (t("frame.next_token"), "run=tiny-tied") in links
    assert "nearest of a word were so" in said(at), "the words of its snapshots are there"


def test_a_run_that_was_removed_by_hand_is_said() -> None:
    put("lost", "done")
    assert t("train.done.gone") in said(train(part="watch"))


def test_home_sends_an_unfinished_training_here(store: Path) -> None:
    put("mine", "stopped")
    (store / "mine.partial").mkdir()
    at = opened()
    assert (t("train.home"), "part=watch&job=mine") in [
        (link.label, link.proto.query_string) for link in at.main.page_link
    ]
