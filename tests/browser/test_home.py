"""Home in a real browser: cold, light and dark, and on the way to the other pages with a model chosen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from reprlearn.ui.frame import PAGES
from reprlearn.ui.text import t
from tests.browser.conftest import settled

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1920)])
def test_nothing_is_cut_off_and_nothing_scrolls_sideways(visit: Callable, scheme: str, width: int) -> None:
    page = visit(scheme=scheme, width=width, height=width * 9 // 16)
    assert page.get_by_role("heading", name=t("home.title")).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")
    cut = page.evaluate(
        """() => [...document.querySelectorAll('p, label, h1, h2, h3, [data-testid="stMetricValue"]')]
        .filter(e => e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).overflow !== 'visible' && e.clientWidth)
        .map(e => e.innerText)"""
    )
    assert cut == []


@pytest.mark.parametrize("target", PAGES, ids=lambda page: page.name)
def test_a_cold_deep_link_has_the_whole_frame(visit: Callable, target) -> None:
    page = visit("" if target.path == "app.py" else target.name)
    links = page.get_by_test_id("stSidebar").get_by_test_id("stPageLink")
    assert [text.split("\n")[-1] for text in links.all_inner_texts()] == [each.title for each in PAGES]
    assert page.title() == t("frame.tab", page=target.title)


def test_a_card_leads_to_a_page_with_its_model_chosen(visit: Callable) -> None:
    page = visit()
    # A link with a tooltip stands twice in the page; people see one of them, once its card is open.
    link = page.locator('a[href*="next_token"][href*="tiny-tied"]:visible')
    for card in page.get_by_role("button", name=t("home.card.open")).all():
        card.click()
        page.wait_for_timeout(300)
        if link.count():
            break
        page.keyboard.press("Escape")
    link.first.click()
    page.wait_for_url(re.compile(r"/next_token\?.*run=tiny-tied"))
    settled(page)
    chosen = page.get_by_role("button", name=re.compile("^Remove "))
    assert chosen.first.get_attribute("aria-label") == "Remove tiny-tied"


def test_the_compared_cards_are_in_the_url(visit: Callable) -> None:
    page = visit("?card_a=tiny-tied&card_b=tiny-untied")
    table = page.locator("table").first
    assert "tied\tyes\tno" in table.inner_text()
    box = page.get_by_role("combobox", name=t("home.compare.b"))
    box.click()
    box.fill("tiny-tied")
    box.press("Enter")
    page.wait_for_function("location.search.includes('card_b=tiny-tied')")
    settled(page)
    assert page.get_by_text(t("home.compare.equal")).is_visible()
