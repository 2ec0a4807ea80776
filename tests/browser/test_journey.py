"""The whole way of a new visitor: the tour before a room in both languages, then a model of their own, from its text to its map."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reprlearn.recipes import QUICK_DEMO
from reprlearn.ui.text import t
from reprlearn.ui.text.languages import speaking
from reprlearn.ui.tour.steps import STEPS
from tests.browser.conftest import settled
from tests.browser.test_tour import fits
from tests.browser.test_train import N_POINTS, WAIT, novel

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


def test_from_an_empty_browser_to_the_map_of_ones_own_model(
    page: Any, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    """On the shipped runs, as whoever opens the dashboard has them, with a folder of their own for what they train."""
    page.goto(serve(tmp_path / "runs"), wait_until="domcontentloaded")
    settled(page)
    page.get_by_test_id("stMain").locator('a[href*="tour"]').first.click()
    page.wait_for_url(re.compile("/tour"), timeout=WAIT)
    settled(page)
    page.get_by_test_id("stSidebar").get_by_text(t("frame.present")).click()
    page.wait_for_function("location.search.includes('present=true')", timeout=WAIT)
    for lang in ("en", "ko"):
        page.goto(f"{page.url.split('?')[0]}?present=true&lang={lang}", wait_until="domcontentloaded")
        take_the_tour(page, lang)
    page.keyboard.press("Escape")
    page.wait_for_function("!location.search.includes('present')", timeout=WAIT)
    page.goto(f"{page.url.split('/tour')[0]}/train?lang=en", wait_until="domcontentloaded")
    train_on_ones_own_text(page)


def take_the_tour(page: Any, lang: str) -> None:
    """Through all steps by the keys of a presenter's clicker, none of which is to be scrolled; what is asked is revealed."""
    with speaking(lang):
        titles = [t(f"tour.title.{step.name}") for step in STEPS]
        reveal = t("tour.reveal")
    for title in titles:
        page.get_by_role("heading", name=title, exact=True).wait_for(timeout=WAIT)
        settled(page)
        fits(page)
        if page.get_by_role("button", name=reveal).count():
            page.keyboard.press("PageDown")
            page.get_by_role("button", name=reveal).wait_for(state="detached", timeout=WAIT)
            settled(page)
            fits(page)
        page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached", timeout=WAIT)
        page.keyboard.press("PageDown")


def train_on_ones_own_text(page: Any) -> None:
    """quick-demo as it is, watched to its end, and its map opened."""
    page.get_by_role("heading", name=t("frame.train")).wait_for(timeout=WAIT)
    settled(page)
    assert page.get_by_text(QUICK_DEMO.name).count(), "the recipe that is chosen at first"
    page.get_by_role("radio", name=t("train.data.own")).or_(
        page.get_by_role("button", name=t("train.data.own"))
    ).first.click()
    page.wait_for_function("location.search.includes('data=own')")
    settled(page)
    page.locator('input[type="file"]').set_input_files(
        {"name": "novel.txt", "mimeType": "text/plain", "buffer": novel(4_000)}
    )
    page.get_by_text(t("train.upload.split")).wait_for(timeout=WAIT)
    settled(page)
    page.get_by_role("textbox", name=t("train.start.name")).fill("my-novel")
    page.get_by_role("textbox", name=t("train.start.name")).press("Enter")
    settled(page)
    page.get_by_role("button", name=t("train.start.go")).click()
    page.wait_for_function("location.search.includes('job=my-novel')", timeout=WAIT)
    page.wait_for_function(f"({N_POINTS})() >= 2", timeout=WAIT)
    page.get_by_text("Trained to a test perplexity").wait_for(timeout=WAIT)
    settled(page)
    page.get_by_test_id("stMain").locator('a[href*="embedding_space"][href*="my-novel"]:visible').click()
    page.wait_for_url(re.compile(r"/embedding_space\?.*run=my-novel"), timeout=WAIT)
    page.get_by_role("heading", name=re.compile("my-novel")).first.wait_for(timeout=WAIT)
    page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached", timeout=WAIT)
    page.wait_for_function(f"({N_POINTS})() > 20", timeout=WAIT)
