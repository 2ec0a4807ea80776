"""Train in a real browser: a text of one's own from the upload to the map of its model, whatever happens to browser and server;
and every control in the link."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlparse

import pytest

from reprlearn.jobs.job import Job
from reprlearn.recipes import QUICK_DEMO
from reprlearn.ui.text import t
from tests.browser.conftest import settled

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
SETTINGS = 'quick-demo:fit.epochs=140;fit.batch_size=4;model.width=8;data.n_words=100;data.max_train_tokens=null;fit.precision="fp32"'
WAIT = 240_000  # milliseconds; a busy machine takes its time
# Of the longest trace; what plotly has read knows its length, whichever way it was sent.
N_POINTS = """() => Math.max(0, ...[...document.querySelectorAll('.js-plotly-plot')]
  .flatMap(plot => (plot._fullData || []).map(trace => trace._length || 0)))"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store for these tests alone, with two trainings that once stopped."""
    root = tmp_path_factory.mktemp("store") / "runs"
    for i, name in enumerate(("older", "newer")):
        job = Job(name=name, status="stopped", recipe=QUICK_DEMO.to_dict(), created=i, queued=i, started=i)
        folder = root / ".jobs" / name
        folder.mkdir(parents=True)
        (folder / "job.json").write_text(job.model_dump_json())
    return root


@pytest.fixture
def opened(page: Any, serve: Callable[[Path], str], runs: Path) -> Callable[[str], Any]:
    """Opens a path of the dashboard on this store, cold."""

    def go(path: str) -> Any:
        page.goto(f"{serve(runs)}/{path}", wait_until="domcontentloaded")
        page.get_by_role("heading", name=t("frame.train")).wait_for(timeout=WAIT)
        return settled(page)

    return go


def query(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def novel(n_paragraphs: int = 400) -> bytes:
    """A made-up text."""
    draw = random.Random(0)
    who, what, how = (
        ("the king", "the queen", "a knight"),
        ("is", "was", "seems"),
        ("brave", "old", "kind", "lost", "tired"),
    )
    lines = (
        f"{draw.choice(who)} {draw.choice(what)} {draw.choice(how)} and {draw.choice(how)} in chapter {i} ."
        for i in range(n_paragraphs)
    )
    return "\n\n".join(lines).encode()


def test_a_text_is_sent_and_trained_on_though_the_server_is_killed_and_its_model_opened(
    opened: Callable[[str], Any], serve: Callable[..., str], runs: Path
) -> None:
    page = opened(f"train?set={quote(SETTINGS)}")
    page.get_by_role("radio", name=t("train.data.own")).or_(
        page.get_by_role("button", name=t("train.data.own"))
    ).first.click()
    page.wait_for_function("location.search.includes('data=own')")
    settled(page)
    assert page.get_by_role("button", name=t("train.start.go")).is_disabled()
    page.locator('input[type="file"]').set_input_files(
        {"name": "novel.txt", "mimeType": "text/plain", "buffer": novel()}
    )
    page.get_by_text(t("train.upload.split")).wait_for(timeout=WAIT)
    settled(page)
    page.get_by_text(t("train.start.maps")).click()
    page.get_by_role("textbox", name=t("train.start.name")).fill("my-novel")
    page.get_by_role("textbox", name=t("train.start.name")).press("Enter")
    settled(page)
    page.get_by_role("button", name=t("train.start.go")).click()

    page.wait_for_function("location.search.includes('job=my-novel')", timeout=WAIT)
    page.get_by_text(re.compile(r"^Step [\d,]+ of")).wait_for(timeout=WAIT)
    page.wait_for_function(f"({N_POINTS})() >= 2", timeout=WAIT)
    before = page.evaluate(N_POINTS)
    page.wait_for_function(f"({N_POINTS})() > {before}", timeout=WAIT)
    assert page.get_by_text("before training:").first.is_visible(), "words and their neighbours"

    page.reload(wait_until="domcontentloaded")
    page.get_by_text(re.compile(r"^Step [\d,]+ of")).wait_for(timeout=WAIT)
    job = runs / ".jobs" / "my-novel" / "job.json"
    page.goto("about:blank")
    serve(runs, killed=True)
    assert Job.model_validate_json(job.read_text()).status == "running", "the training did not notice"
    page = opened("train?part=watch&job=my-novel")
    done = page.get_by_text("Trained to a test perplexity")
    page.get_by_text(re.compile(r"^Step [\d,]+ of")).or_(done).first.wait_for(timeout=WAIT)
    done.wait_for(timeout=WAIT)
    settled(page)
    assert page.evaluate(N_POINTS) > before
    page.get_by_test_id("stMain").locator('a[href*="embedding_space"][href*="my-novel"]:visible').click()
    page.wait_for_url(re.compile(r"/embedding_space\?.*run=my-novel"), timeout=WAIT)
    page.get_by_role("heading", name=re.compile("my-novel")).first.wait_for(timeout=WAIT)
    page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached", timeout=WAIT)


def test_a_training_is_chosen_by_the_link_and_deleted_after_a_second_thought(opened: Callable[[str], Any]) -> None:
    page = opened("train?part=watch&job=older")
    box = page.get_by_role("combobox", name=t("train.job"))
    assert query(page)["job"] == ["older"]
    box.click()
    page.get_by_role("option", name="newer").click()
    page.wait_for_function("location.search.includes('job=newer')")
    page = opened(f"train?{urlparse(page.url).query}")
    assert query(page)["job"] == ["newer"]
    page.get_by_role("button", name=t("train.delete"), exact=True).click()
    page.get_by_text(t("train.delete.sure", name="newer").replace("*", "")).wait_for(timeout=WAIT)
    page.get_by_role("button", name=t("train.delete.yes")).click()
    page.wait_for_function("!location.search.includes('job=newer')", timeout=WAIT)
    settled(page)
    assert query(page)["job"] != ["newer"]


def test_what_is_set_is_in_the_link_until_it_is_put_back(opened: Callable[[str], Any]) -> None:
    page = opened("train")
    epochs = page.get_by_role("spinbutton", name=t("train.field.epochs"))
    epochs.fill("7")
    epochs.press("Enter")
    page.wait_for_function("new URLSearchParams(location.search).get('set') === 'quick-demo:fit.epochs=7'")
    page = opened(f"train?{urlparse(page.url).query}")
    assert page.get_by_role("spinbutton", name=t("train.field.epochs")).input_value() == "7"
    page.get_by_role("button", name=t("train.settings.reset")).click()
    page.wait_for_function("!location.search.includes('set=')")
    settled(page)
    assert page.get_by_role("spinbutton", name=t("train.field.epochs")).input_value() == str(QUICK_DEMO.fit.epochs)
