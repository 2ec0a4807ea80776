"""Next token in a real browser: type, slide, share the link."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

import pytest

from reprlearn.ui.text import t
from tests.browser.conftest import settled

pytestmark = pytest.mark.browser
BOTH = "next_token?run=tiny-untied&other=tiny-tied"


def labels(page, which: int) -> list[str]:
    return page.locator(".js-plotly-plot").nth(which).locator(".yaxislayer-above text, .ytick text").all_inner_texts()


def test_two_models_answer_a_typed_prompt_and_the_link_keeps_it(visit: Callable) -> None:
    page = visit(BOTH)
    box = page.get_by_role("textbox", name=t("next_token.prompt"))
    box.fill("the story is zyx")
    box.press("Control+Enter")
    settled(page)
    assert page.locator(".js-plotly-plot").count() == 3
    assert page.get_by_text("zyx", exact=True).first.is_visible(), "the unknown word is named"
    assert parse_qs(urlparse(page.url).query)["prompt"] == ["the story is zyx"]
    first = labels(page, 0)
    again = visit(page.url.split("/", 3)[3])
    assert again.get_by_role("textbox", name=t("next_token.prompt")).input_value() == "the story is zyx"
    assert labels(again, 0) == first and len(first) >= 10


def test_a_slider_moves_the_bars_and_the_url(visit: Callable) -> None:
    page = visit(BOTH)
    before = page.get_by_text("bits: as if between").first.inner_text()
    page.get_by_role("slider", name=t("next_token.temperature")).press("ArrowRight")
    page.wait_for_function("location.search.includes('temperature=1.1')")
    settled(page)
    assert page.get_by_text("bits: as if between").first.inner_text() != before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_bars_are_on_a_small_screen_without_scrolling(visit: Callable, scheme: str) -> None:
    page = visit(BOTH, scheme=scheme)
    bar = page.locator(".js-plotly-plot").first.locator(".point path").first.bounding_box()
    assert bar is not None and bar["y"] + bar["height"] < 720
    text = page.locator(".js-plotly-plot").first.locator(".ytick text").first
    colour = text.evaluate("element => getComputedStyle(element).fill")
    light = sum(int(part) for part in colour[4:-1].split(",")[:3]) > 3 * 128
    assert light == (scheme == "dark"), f"text of a figure is {colour} on a {scheme} page"
