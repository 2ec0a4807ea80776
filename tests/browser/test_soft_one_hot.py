"""Soft one-hot in a real browser: the slider moves the figures and nothing else, runs change, an event is moved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from benchmarks.soft_one_hot import whole_runs
from reprlearn.ui.frame import PAGES
from reprlearn.ui.text import t
from tests.browser.conftest import settled
from tests.event_runs import write_event_runs

pytestmark = pytest.mark.browser
SOFT, TRIPS = "synthetic-soft-one-hot", "trips-soft-one-hot"
BARS = "[...document.querySelectorAll('.js-plotly-plot')[0]._fullData.at(-1).y].join()"
MARK = "document.querySelectorAll('.js-plotly-plot')[1]._fullLayout.shapes[0].x0"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_event_runs(tmp_path_factory.mktemp("events"))


@pytest.fixture
def visit(browser: Any, serve: Callable[[Path], str], runs: Path) -> Any:
    contexts: list[Any] = []
    errors: list[str] = []

    def go(query: str = "", *, scheme: str = "light", watched: Callable[[Any], Any] | None = None) -> Any:
        context = browser.new_context(viewport={"width": 1280, "height": 720}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        if watched is not None:
            watched(page)
        page.goto(f"{serve(runs)}/soft_one_hot?{query}", wait_until="domcontentloaded")
        return settled(page)

    yield go
    for context in contexts:
        context.close()
    assert not errors, errors


def in_link(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def slider(page: Any, label: str) -> Any:
    return page.get_by_role("slider", name=label)


def test_the_slider_moves_bars_mark_and_number_without_a_rerun_of_the_page(visit: Callable[..., Any]) -> None:
    counted: list[list[bool]] = []
    page = visit(f"run={SOFT}", watched=lambda each: counted.append(whole_runs(each)))
    whole, bars, mark = len(counted[0]), page.evaluate(BARS), page.evaluate(MARK)
    assert whole >= 1
    handle = slider(page, t("soft_one_hot.value", name="duration"))
    for _ in range(3):
        handle.press("ArrowRight")
        page.wait_for_timeout(400)
    settled(page)
    assert page.evaluate(BARS) != bars and page.evaluate(MARK) > mark
    number = page.get_by_role("spinbutton", name=t("soft_one_hot.number", unit="min")).input_value()
    assert in_link(page)["value"] == [number]
    assert len(counted[0]) == whole, "the slider ran the whole page again"


def test_a_typed_value_moves_the_slider_and_a_link_reopens_it(visit: Callable[..., Any]) -> None:
    page = visit(f"run={SOFT}")
    number = page.get_by_role("spinbutton", name=t("soft_one_hot.number", unit="min"))
    number.fill("77.7")
    number.press("Enter")
    page.wait_for_function("location.search.includes('value=77.7')")
    settled(page)
    assert page.get_by_text("77.7 min", exact=True).first.is_visible()
    bars = page.evaluate(BARS)
    again = visit(urlparse(page.url).query)
    assert again.evaluate(BARS) == bars


def test_another_run_and_scalar_are_chosen_and_kept_in_the_link(visit: Callable[..., Any]) -> None:
    page = visit(f"run={SOFT}")
    box = page.get_by_role("combobox", name=t("run.label"), exact=True)
    box.fill(TRIPS)
    box.press("Enter")
    settled(page)
    page.get_by_role("combobox", name=t("soft_one_hot.scalar")).click()
    page.get_by_role("option", name="next hour", exact=True).click()
    page.wait_for_function("location.search.includes('scalar=')")
    settled(page)
    assert in_link(page)["run"] == [TRIPS]
    assert (
        slider(page, t("soft_one_hot.value", name="next hour")).count()
        or slider(page, t("soft_one_hot.value", name="hour")).count()
    )
    assert page.locator(".katex").first.is_visible()


def test_moving_a_scalar_of_an_event_shifts_what_is_expected(visit: Callable[..., Any]) -> None:
    page = visit(f"run={TRIPS}&scalar=size&part=what_if&position=3")
    assert page.locator(".js-plotly-plot").count() >= 4
    shown = "document.querySelectorAll('.js-plotly-plot')[1]._fullData.length"
    assert page.evaluate(shown) == 1
    handle = slider(page, "Move size")
    handle.press("End")
    page.wait_for_function(f"{shown} === 2")
    settled(page)
    assert "moved" in in_link(page)
    again = visit(urlparse(page.url).query)
    assert again.evaluate(shown) == 2, "a link reopens the event as it was moved"


def test_slider_bars_and_area_are_on_a_small_screen_without_scrolling(visit: Callable[..., Any]) -> None:
    page = visit(f"run={SOFT}", scheme="dark")
    for place in (slider(page, t("soft_one_hot.value", name="duration")), page.locator(".js-plotly-plot").nth(0)):
        box = place.bounding_box()
        assert box is not None and box["y"] + box["height"] <= 725
    area = page.locator(".js-plotly-plot").nth(1).bounding_box()
    assert area is not None and area["y"] + area["height"] <= 725
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")


def test_the_way_there_and_back_keeps_to_runs_that_a_page_can_show(visit: Callable[..., Any]) -> None:
    page = visit(f"run={TRIPS}")
    links = page.get_by_test_id("stSidebar").get_by_test_id("stPageLink")
    assert links.count() == len(PAGES)
    links.get_by_role("link", name=t("frame.embedding_space")).first.click()
    page.wait_for_url("**/embedding_space**")
    settled(page)
    links.get_by_role("link", name=t("frame.soft_one_hot")).first.click()
    page.wait_for_url("**/soft_one_hot**")
    settled(page)
    assert page.get_by_role("combobox", name=t("run.label"), exact=True).input_value() == TRIPS
    assert page.get_by_role("alert").count() == 0, "nothing of the way was called into question"
