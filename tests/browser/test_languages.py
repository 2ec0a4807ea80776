"""The language switch in a real browser: it changes the page, stays on the way to the next one, and keeps what was chosen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from reprlearn.ui.frame import PAGES
from reprlearn.ui.text import t
from reprlearn.ui.text.languages import speaking
from tests.browser.conftest import settled

pytestmark = pytest.mark.browser
PAGE = {page.name: page for page in PAGES}


def in_link(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def switch(page: Any, name: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("radio", name=name).or_(
        page.get_by_test_id("stSidebar").get_by_role("button", name=name)
    ).first.click()


def test_the_switch_and_the_sidebar_keep_the_language(visit: Callable[..., Any]) -> None:
    page = visit("next_token?order=own&top_k=10")
    switch(page, "한국어")
    page.wait_for_function("location.search.includes('lang=ko')")
    settled(page)
    with speaking("ko"):
        tab, surprise = t("frame.tab", page=PAGE["next_token"].title), t("next_token.surprise")
        home_title, home = t("home.title"), PAGE["home"].title
        order = t("next_token.order.own")
    assert page.title() == tab
    assert page.get_by_role("heading", name=surprise).is_visible()
    assert page.get_by_text(order, exact=True).is_visible()
    assert in_link(page) == {"order": ["own"], "top_k": ["10"], "lang": ["ko"]} | {
        key: value for key, value in in_link(page).items() if key == "runs"
    }
    page.get_by_test_id("stSidebar").get_by_role("link", name=re.compile(home)).first.click()
    page.get_by_role("heading", name=home_title).wait_for()
    settled(page)
    assert in_link(page)["lang"] == ["ko"]
    page.go_back()
    page.get_by_role("heading", name=surprise).wait_for()
    settled(page)
    page.goto(page.url.replace("lang=ko", "lang=en"))
    settled(page)
    assert page.get_by_role("heading", name=t("next_token.surprise")).is_visible(), (
        "a link made in Korean opens in English"
    )
    assert in_link(page)["lang"] == ["en"]


@pytest.mark.parametrize("path", ["", "embedding_space", "tied_vs_untied?part=sizes"])
def test_korean_is_not_cut_off(visit: Callable[..., Any], path: str) -> None:
    page = visit(path + ("&" if "?" in path else "?") + "lang=ko")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")
    cut = page.evaluate(
        """() => [...document.querySelectorAll('p, label, h1, h2, h3, [data-testid="stMetricValue"]')]
        .filter(e => e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).overflow !== 'visible' && e.clientWidth)
        .map(e => e.innerText)"""
    )
    assert cut == []
