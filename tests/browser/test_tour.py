"""The guided tour in a real browser: taken whole by keyboard in presentation mode, without scrolling.

Here on a large screen; on a small one `test_journey` takes it, in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from reprlearn.ui.text import t
from reprlearn.ui.text.languages import speaking
from reprlearn.ui.tour.steps import STEPS
from tests.browser.conftest import settled

pytestmark = pytest.mark.browser
FITS = """() => {
  const block = document.querySelector('[data-testid="stMainBlockContainer"]');
  const bar = document.querySelector('.st-key-tour_bar').getBoundingClientRect();
  const main = document.querySelector('[data-testid="stMain"]');
  return {
    down: main.scrollHeight - main.clientHeight, page: document.documentElement.scrollHeight - innerHeight,
    right: document.documentElement.scrollWidth - innerWidth, bar: bar.bottom - innerHeight, block: block.scrollHeight - innerHeight,
  };
}"""


def fits(page: Any) -> None:
    """All of the step is in the window."""
    over = page.evaluate(FITS)
    assert all(px <= 1 for px in over.values()), (page.url, over)


def test_the_tour_is_taken_by_keyboard_in_presentation_mode(visit: Callable[..., Any]) -> None:
    page = visit("tour?present=true&lang=en", width=1920, height=1080)
    page.wait_for_timeout(600)  # the window's size is told once the page stands
    presses = ["ArrowRight", "PageDown"]
    for i, step in enumerate(STEPS):
        with speaking("en"):
            title, reveal = t(f"tour.title.{step.name}"), t("tour.reveal")
        page.get_by_role("heading", name=title, exact=True).wait_for()
        settled(page)
        fits(page)
        if page.get_by_role("button", name=reveal).count():
            page.keyboard.press(presses[i % 2])
            page.locator(".js-plotly-plot").wait_for()
            settled(page)
            fits(page)
        assert page.locator(".js-plotly-plot").count() == 1
        assert not page.get_by_test_id("stSidebar").is_visible() and not page.get_by_test_id("stHeader").is_visible()
        page.keyboard.press(presses[(i + 1) % 2])
    page.keyboard.press("PageUp")
    with speaking("en"):
        page.get_by_role("heading", name=t(f"tour.title.{STEPS[-2].name}"), exact=True).wait_for()


def test_escape_leaves_and_keys_that_are_typed_stay_in_their_field(visit: Callable[..., Any]) -> None:
    page = visit("tour?present=true&step=soft-target&lang=en")
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("location.search.includes('tour_tau')")
    settled(page)
    assert "step=soft-target" in page.url, "the arrow moved the slider, not the tour"
    page.keyboard.press("Escape")
    page.wait_for_function("!location.search.includes('present')")
    settled(page)
    assert page.get_by_test_id("stSidebar").is_visible()
    page.get_by_test_id("stSidebar").get_by_text(t("frame.present")).click()
    page.wait_for_function("location.search.includes('present=true')")
    settled(page)
    page.get_by_role("link", name=re.compile(t("tour.soft_target.try"))).click()
    page.wait_for_function("location.pathname.endsWith('tied_vs_untied')")
    settled(page)
    assert "present=true" in page.url and "lang=en" in page.url
    assert not page.get_by_test_id("stSidebar").is_visible()
