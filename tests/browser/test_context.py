"""Context in a real browser: click an occurrence, a head, a word to take out; every choice is in the link, which opens it again."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlparse

import pytest

from reprlearn.analysis.context_spread import stored_spread
from reprlearn.runs import Run
from reprlearn.ui.text import t
from tests.browser.conftest import settled
from tests.contextual_runs import BERT, ELMO, GPT

pytestmark = pytest.mark.browser
# Of each point of a trace, what its customdata says and where it lies in the window.
PLACES = """([selector, trace]) => {
  const e = document.querySelector(selector), {xaxis, yaxis} = e._fullLayout, {x, y, customdata} = e._fullData[trace];
  const {left, top} = e.getBoundingClientRect();
  return [...x].map((v, i) => [[customdata[i]].join('.').replace(',', '.'), left + xaxis._offset + xaxis.d2p(v),
                               top + yaxis._offset + yaxis.d2p(y[i])]);
}"""
MAP, OVERVIEW = [".linked-map", 0], [".js-plotly-plot", 1]


@pytest.fixture
def visit(browser: Any, serve: Callable[[Path], str], contextual_runs: Path) -> Iterator[Callable[..., Any]]:
    contexts: list[Any] = []
    errors: list[str] = []

    def go(**query: str) -> Any:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{serve(contextual_runs)}/context?{urlencode(query)}", wait_until="domcontentloaded")
        settled(page)
        if query.get("part", "occurrences") == "occurrences":
            page.wait_for_selector(".linked-map[data-drawn]", timeout=60_000)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not errors, errors


def in_link(page: Any) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlparse(page.url).query).items()}


def until_in_link(page: Any, key: str, value: str | None = None) -> str:
    """Wait until the link says `key` (as `value`), and the page has followed."""
    wanted = """([key, value]) => {
      const said = new URLSearchParams(location.search).get(key);
      return said !== null && (value === null || said === value);
    }"""
    page.wait_for_function(wanted, arg=[key, value], timeout=30_000)
    settled(page)
    return in_link(page)[key]


def text_of(page: Any) -> str:
    return page.locator("[data-testid=stMain]").inner_text()


def test_a_clicked_point_is_read_and_the_link_opens_it_again(visit: Callable[..., Any]) -> None:
    page = visit(run=BERT, word="film", texts="test")
    number, x, y = page.evaluate(PLACES, MAP)[4]
    page.mouse.move(x, y)
    page.wait_for_timeout(300)
    page.mouse.click(x, y)
    name = until_in_link(page, "at")
    document = name.split(":")[0]
    assert document.startswith("test-") and t(
        "context.from", document=document, texts=t("context.texts.test")
    ) in text_of(page)
    assert page.locator(".linked-map .annotation-text").count() >= 3, "the chosen one and those near it are named"
    again = visit(**in_link(page))
    assert in_link(again)["at"] == name
    shown = [each.get_by_role("combobox", name=t("context.at")).input_value() for each in (page, again)]
    assert shown[0] == shown[1] and "film" in shown[0].lower()
    row = page.evaluate("() => document.querySelector('.linked-map')._fullData[0].text[4]")
    assert number == "4" and shown[0] == html.unescape(row)


def test_layer_texts_and_colour_are_in_the_link_and_redraw_the_map(visit: Callable[..., Any]) -> None:
    page = visit(run=GPT, word="is", texts="test")
    before = page.evaluate(PLACES, MAP)
    page.get_by_role("radio", name="1", exact=True).or_(page.get_by_role("button", name="1", exact=True)).first.click()
    until_in_link(page, "layer", "1")
    settled(page)
    for _ in range(40):
        if page.evaluate(PLACES, MAP) != before:
            break
        page.wait_for_timeout(250)
    assert page.evaluate(PLACES, MAP) != before
    for label, option, key in (("colour_by", "position", "colour_by"), ("texts", "valid", "texts")):
        page.get_by_role("combobox", name=t(f"context.{label}"), exact=True).click()
        page.get_by_role("option", name=t(f"context.{label}.{option}"), exact=True).click()
        until_in_link(page, key, option)
    again = visit(**in_link(page))
    assert in_link(again) == in_link(page) and text_of(again) == text_of(page)


def test_a_lasso_lists_its_sentences_and_another_word_forgets_it(visit: Callable[..., Any]) -> None:
    page = visit(run=ELMO, word="is", texts="test")
    chart = page.locator(".linked-map")
    chart.hover()
    chart.locator("[data-val=select]").click()
    box = chart.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + box["height"] * 0.7, steps=6)
    page.mouse.up()
    listed = page.get_by_text("selected", exact=False).and_(page.locator("strong"))
    listed.first.wait_for(timeout=20_000)
    search = page.get_by_role("combobox", name=t("embedding_space.word"), exact=True)
    search.fill("was")
    page.get_by_role("option", name="was", exact=True).click()
    until_in_link(page, "word", "was")
    page.wait_for_selector(".linked-map[data-drawn]")
    page.wait_for_timeout(800)
    settled(page)
    assert listed.count() == 0


def test_two_typed_sentences_move_the_lines(visit: Callable[..., Any]) -> None:
    page = visit(part="pair", run=BERT, a="this film is moving", b="the film was moving")
    before = text_of(page)
    box = page.get_by_role("textbox", name=t("context.b"))
    box.fill("i loved the moving film and it is great .")
    box.press("Enter")
    until_in_link(page, "b", "i loved the moving film and it is great .")
    assert text_of(page) != before
    page.get_by_role("radio", name="film", exact=True).or_(
        page.get_by_role("button", name="film", exact=True)
    ).first.click()
    until_in_link(page, "same", "film")
    assert "“film”" in text_of(page)
    assert text_of(visit(**in_link(page))) == text_of(page)


def test_a_row_of_the_table_leads_to_the_word(visit: Callable[..., Any], contextual_runs: Path) -> None:
    page = visit(part="spread", run=GPT)
    table = page.locator("[data-testid=stDataFrame]").first
    table.scroll_into_view_if_needed()
    stored = stored_spread(Run(contextual_runs / GPT))
    assert stored is not None
    word = stored.of_layer(2)["word"].iloc[0]
    page.wait_for_timeout(1000)  # the table is drawn a moment after its frame
    box = table.bounding_box()
    page.mouse.click(box["x"] + 18, box["y"] + 35 + 17)
    until_in_link(page, "word", word)
    assert "part" not in in_link(page)
    page.wait_for_selector(".linked-map[data-drawn]", timeout=60_000)
    assert f"“{word}”" in text_of(page)


def test_a_small_picture_chooses_its_head(visit: Callable[..., Any]) -> None:
    page = visit(part="attention", run=GPT, sentence="the film was moving and i loved it .")
    shown = page.get_by_role("combobox", name=t("context.head")).input_value()
    page.wait_for_timeout(1000)  # a scroll bar that comes late moves the figure
    name, x, y = next(
        each for each in page.evaluate(PLACES, OVERVIEW) if f"layer {each[0][0]}, head {each[0][2]}" not in shown
    )
    page.mouse.move(x, y)
    page.wait_for_timeout(300)
    page.mouse.click(x, y)
    until_in_link(page, "head", name)
    assert f"layer {name[0]}, head {name[2]}" in page.get_by_role("combobox", name=t("context.head")).input_value()
    assert text_of(visit(**in_link(page))) == text_of(page)


def test_a_word_is_taken_out_with_a_click(visit: Callable[..., Any]) -> None:
    page = visit(part="blank", run=BERT, sentence="the film was moving .")
    page.get_by_role("radio", name="was", exact=True).or_(
        page.get_by_role("button", name="was", exact=True)
    ).first.click()
    until_in_link(page, "blank", "3")
    assert "the film ? moving ." in " ".join(text_of(page).split())
    again = visit(**in_link(page))
    assert text_of(again) == text_of(page)
