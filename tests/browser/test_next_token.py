"""Next token in a real browser: type, slide, click a word, guess, draw words, share the link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from reprlearn.ui.text import t
from tests.browser.conftest import changed, settled

pytestmark = pytest.mark.browser
BOTH = "next_token?run=tiny-untied&other=tiny-tied"


def labels(page: Any, which: int) -> list[str]:
    return page.locator(".js-plotly-plot").nth(which).locator(".yaxislayer-above text, .ytick text").all_text_contents()


def columns(page: Any) -> list[str]:
    """The models, as the columns of the first chart are called."""
    found = page.locator(".js-plotly-plot").first.locator(
        ".annotation-text tspan.line:first-child, .annotation-text:not(:has(tspan.line))"
    )
    return found.all_text_contents()


def query(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def in_url(page: Any, text: str) -> None:
    page.wait_for_function("text => location.search.includes(text)", arg=text)
    settled(page)


def click_bar(page: Any, chart: int, number: int, *, x: float | None = None) -> None:
    """Click a bar of a chart, or beside it `x` of the way along its trace."""
    bar = page.locator(".js-plotly-plot").nth(chart).locator(".point path").nth(number)
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    page.mouse.move(box["x"] + 3, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + (box["width"] * x if x else box["width"] / 2), box["y"] + box["height"] / 2)


def test_two_models_answer_a_typed_prompt_and_the_link_keeps_it(visit: Callable) -> None:
    page = visit(BOTH)
    box = page.get_by_role("textbox", name=t("next_token.prompt"))
    box.fill("the story is zyx")
    box.press("Control+Enter")
    in_url(page, "zyx")
    assert page.locator(".js-plotly-plot").count() == 2
    assert page.get_by_text("zyx", exact=True).first.is_visible(), "the unknown word is named"
    assert query(page)["prompt"] == ["the story is zyx"]
    first = labels(page, 0)
    again = visit(page.url.split("/", 3)[3])
    assert again.get_by_role("textbox", name=t("next_token.prompt")).input_value() == "the story is zyx"
    assert labels(again, 0) == first and len(first) >= 8


def test_a_slider_moves_the_bars_and_the_url(visit: Callable) -> None:
    page = visit(BOTH)
    main = "() => document.querySelector('[data-testid=stMain]').innerText"
    before = page.evaluate(main)
    assert "bits ≈" in before
    page.get_by_role("slider", name=t("next_token.temperature")).press("ArrowRight")
    in_url(page, "temperature=1.1")
    changed(page, main, before)


def test_models_are_taken_out_and_put_in_and_the_link_holds_them(visit: Callable) -> None:
    page = visit(BOTH)
    assert columns(page) == ["tiny-untied", "tiny-tied"]
    page.get_by_role("button", name="Remove tiny-untied").click()
    in_url(page, "runs=tiny-tied")
    assert query(page)["runs"] == ["tiny-tied"]
    assert columns(page) == ["tiny-tied"]
    page.get_by_role("combobox", name=t("next_token.runs")).click()
    page.get_by_role("option", name="tiny-untied").click()
    in_url(page, "tiny-untied")
    again = visit(page.url.split("/", 3)[3])
    assert columns(again) == query(page)["runs"] == ["tiny-tied", "tiny-untied"]


def test_a_click_on_a_bar_or_beside_it_chooses_the_word(visit: Callable) -> None:
    page = visit(f"{BOTH}&shown=8")
    words = labels(page, 0)
    # A row is two bars: the one that is seen, and over it the one that is clicked, along the whole column.
    click_bar(page, 0, len(words) + 2, x=0.9)
    page.wait_for_function("location.search.includes('chosen=')")
    settled(page)
    (chosen,) = query(page)["chosen"]
    assert chosen == words[2]
    assert page.get_by_role("heading", name=t("next_token.candidate", word=chosen)).is_visible()
    assert page.get_by_role("textbox", name=t("next_token.chosen")).input_value() == chosen
    opacity = (
        page.locator(".js-plotly-plot").first.locator(".point path").first.evaluate("e => getComputedStyle(e).opacity")
    )
    assert float(opacity) == 1, "the other bars do not fade"
    click_bar(page, 0, 4)
    page.wait_for_function("word => new URLSearchParams(location.search).get('chosen') === word", arg=words[4])


def test_the_rows_and_the_settings_of_the_loss_are_in_the_link(visit: Callable) -> None:
    page = visit(f"{BOTH}&chosen=great")
    page.get_by_role("radio", name=t("next_token.order.own")).or_(
        page.get_by_role("button", name=t("next_token.order.own"))
    ).first.click()
    in_url(page, "order=own")
    title = page.get_by_text("costs").first.text_content()
    for key in ("tau", "gain"):
        page.get_by_role("slider", name=t(f"next_token.{key}")).press("End")
        in_url(page, f"{key}=")
    assert query(page)["tau"] == ["50"] and query(page)["gain"] == ["2"]
    assert page.get_by_text("costs").first.text_content() != title
    again = visit(page.url.split("/", 3)[3])
    assert query(again) == query(page), "and a link with all of it keeps all of it"


def test_guess_first_hides_and_shows(visit: Callable) -> None:
    page = visit(BOTH)
    page.get_by_text(t("next_token.guess"), exact=True).click()
    in_url(page, "guess=true")
    assert page.locator(".js-plotly-plot").count() == 1
    page.get_by_role("textbox", name=t("next_token.guess.words")).fill("great, slow")
    page.get_by_role("textbox", name=t("next_token.guess.words")).press("Enter")
    in_url(page, "guesses=")
    page.get_by_role("button", name=t("next_token.guess.show")).click()
    page.get_by_role("cell", name="great").first.wait_for()
    settled(page)
    assert page.locator(".js-plotly-plot").count() == 2


def test_words_are_drawn_one_by_one_and_the_link_repeats_them(visit: Callable) -> None:
    page = visit(BOTH)
    assert "length" not in query(page)
    for n in ("1", "2"):
        page.get_by_role("button", name=t("next_token.continuation.next")).click()
        in_url(page, f"length={n}")
    page.get_by_role("button", name=t("next_token.continuation.more", n=10)).click()
    in_url(page, "length=12")
    page.get_by_role("button", name=t("next_token.continuation.again")).click()
    in_url(page, "seed=1")
    drawn = page.locator(".stMarkdown", has_text="Mean surprisal").all_text_contents()[:2]
    again = visit(page.url.split("/", 3)[3])
    assert again.locator(".stMarkdown", has_text="Mean surprisal").all_text_contents()[:2] == drawn
    again.get_by_text(t("next_token.continuation.table")).click()
    again.get_by_role("cell", name="12", exact=True).wait_for()
    settled(again)


def test_a_click_in_the_strip_shows_what_was_expected_there(visit: Callable) -> None:
    page = visit(f"{BOTH}&prompt=the+story+is+slow+but+the+director")
    click_bar(page, 1, 2)
    in_url(page, "position=3")
    said = t("next_token.surprise.place", word="is", position=3)
    assert page.get_by_text(said).is_visible()
    page.get_by_role("spinbutton", name="Word number").fill("5")
    page.get_by_role("spinbutton", name="Word number").press("Enter")
    in_url(page, "position=5")
    assert page.get_by_text(t("next_token.surprise.place", word="but", position=5)).is_visible()


def test_the_first_bars_are_on_a_small_screen_without_scrolling(visit: Callable) -> None:
    page = visit(BOTH, scheme="dark")
    bar = page.locator(".js-plotly-plot").first.locator(".point path").first.bounding_box()
    assert bar is not None and bar["y"] + bar["height"] < 720
    text = page.locator(".js-plotly-plot").first.locator(".ytick text").first
    colour = text.evaluate("element => getComputedStyle(element).fill")
    light = sum(int(part) for part in colour[4:-1].split(",")[:3]) > 3 * 128
    assert light, f"text of a figure is {colour} on a dark page"
