"""Transfer in a real browser: every control changes what is shown, a typed review is answered, and a link opens it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlparse

import pytest

from reprlearn.data.labelled import labelled_reviews
from reprlearn.runs.store import SHIPPED
from reprlearn.ui.text import t
from reprlearn.ui.transfer.words import way_name
from tests.browser.conftest import settled
from tests.classifier_runs import SENTENCES, write_classifiers
from tests.transfer_results import write_results

pytestmark = pytest.mark.browser
TITLE = "document.querySelector('.js-plotly-plot')._fullLayout.title.text"
RESULTS = "import pathlib, reprlearn.analysis.transfer as transfer; transfer.RESULTS = pathlib.Path({folder!r})"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_classifiers(tmp_path_factory.mktemp("classifiers"))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tasks = {
        task: labelled_reviews(task)["test"].iloc[:200].reset_index(drop=True) for task in ("sentences", "reviews")
    }
    return write_results(tmp_path_factory.mktemp("results"), tasks, budgets=(100, 300, 1_000, 6_830))


@pytest.fixture
def visit(browser: Any, serve: Callable[..., str], runs: Path, results: Path) -> Iterator[Callable[..., Any]]:
    contexts: list[Any] = []
    errors: list[str] = []

    def go(scheme: str = "light", **query: str) -> Any:
        context = browser.new_context(viewport={"width": 1280, "height": 720}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        address = serve(runs, RESULTS.format(folder=str(results)))
        page.goto(f"{address}/transfer?{urlencode(query)}", wait_until="domcontentloaded")
        return settled(page)

    yield go
    for context in contexts:
        context.close()
    assert not errors, errors


def in_link(page: Any) -> dict[str, str]:
    return {key: values[-1] for key, values in parse_qs(urlparse(page.url).query).items()}


def choose(page: Any, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).or_(
        page.get_by_role("button", name=name, exact=True)
    ).first.click()
    settled(page)


def test_labels_task_and_panels_change_the_figure_and_stay_in_the_link(visit: Callable[..., Any]) -> None:
    page = visit()
    assert page.evaluate(TITLE).startswith("With 300 labels")
    choose(page, "1,000")
    page.wait_for_function(f"{TITLE}.startsWith('With 1,000 labels')")
    choose(page, t("transfer.panels.model"))
    choose(page, t("transfer.task.reviews"))
    assert in_link(page) == {"labels": "1000", "panels": "model", "task": "reviews"}
    shown = page.evaluate(TITLE)
    assert visit(**in_link(page)).evaluate(TITLE) == shown


def test_a_typed_review_is_answered_with_the_words_that_moved_it(visit: Callable[..., Any]) -> None:
    page = visit(part="try")
    shipped = [path for task in ("sentences", "reviews") for path in SHIPPED.glob(f"*-{task}")]
    answers = page.get_by_test_id("stMetricValue")
    before = answers.all_inner_texts()
    assert len(before) == 2 + len(shipped), "those of these runs, and those that come with the project"
    box = page.get_by_role("textbox", name=t("transfer.try.review"))
    box.fill("A terrible waste of time <b>zzyzx</b>")
    box.press("Control+Enter")
    page.wait_for_function("location.search.includes('zzyzx')")
    settled(page)
    after = answers.all_inner_texts()
    assert after != before and page.locator(".js-plotly-plot").count() == len(before)
    assert page.get_by_text("zzyzx").first.is_visible() and page.locator("b", has_text="zzyzx").count() == 0
    assert visit(**in_link(page)).get_by_test_id("stMetricValue").all_inner_texts() == after
    choose(page, t("transfer.try.examples.irony"))
    assert box.input_value() == t("transfer.try.example.irony")


def test_a_mistake_is_handed_to_the_classifiers(visit: Callable[..., Any]) -> None:
    page = visit(part="wrong", labels="100")
    page.get_by_role("combobox", name=t("transfer.wrong.way")).click()
    page.get_by_role("option", name=way_name("word2vec-features"), exact=True).click()
    page.wait_for_function("location.search.includes('way=word2vec-features')")
    settled(page)
    assert page.get_by_text(way_name("word2vec-features")).first.is_visible()
    page.get_by_role("button", name=t("transfer.wrong.read")).first.click()
    page.wait_for_function("location.search.includes('part=try')")
    settled(page)
    box = page.get_by_role("textbox", name=t("transfer.try.review"))
    assert len(box.input_value()) > 10 and page.get_by_text(SENTENCES, exact=True).first.is_visible()


def test_the_figure_is_on_a_small_screen_without_scrolling(visit: Callable[..., Any]) -> None:
    page = visit("dark")
    box = page.locator(".js-plotly-plot").first.bounding_box()
    assert box is not None and box["y"] + box["height"] <= 725
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")
