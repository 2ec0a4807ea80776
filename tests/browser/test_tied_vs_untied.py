"""Tied vs untied in a real browser: every control changes what is shown, and a link opens it again as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlparse

import pytest

from reprlearn.ui.frame import PAGES
from reprlearn.ui.text import t
from reprlearn.ui.tied_vs_untied.tiedness import IN_LINK
from tests.browser.conftest import changed, settled, shows
from tests.tied_runs import AUGMENTED, GPT, TIED, UNTIED, write_tied_runs

pytestmark = pytest.mark.browser
FIGURES = """() => JSON.stringify([...document.querySelectorAll('.js-plotly-plot')].map(plot =>
  [plot._fullLayout.title.text, ...plot._fullData.map(trace => [trace.name, [...trace.x], [...trace.y]])]))"""
# The tables are drawn on a canvas, beside which stands an ordinary table for screen readers.
TABLES = "() => [...document.querySelectorAll('[data-testid=stDataFrame] table')].map(table => table.innerText).join()"
TEXT = "() => document.querySelector('[data-testid=stMain]').innerText"


@pytest.fixture(scope="module")
def runs(tiny_runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tied_runs(tiny_runs, tmp_path_factory.mktemp("tied"))


@pytest.fixture
def visit(browser: Any, serve: Callable[[Path], str], runs: Path) -> Iterator[Callable[..., Any]]:
    contexts: list[Any] = []
    errors: list[str] = []

    def go(*chosen: str, scheme: str = "light", size: tuple[int, int] = (1280, 720), **query: str | list[str]) -> Any:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        contexts.append(context)
        context.on("weberror", lambda found: errors.append(str(found.error)))
        page = context.new_page()
        parameters = urlencode({"runs": chosen or (UNTIED, TIED), **query}, doseq=True)
        page.goto(f"{serve(runs)}/tied_vs_untied?{parameters}", wait_until="domcontentloaded")
        return settled(page)

    yield go
    for context in contexts:
        context.close()
    assert not errors, errors


def in_link(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def again(page: Any) -> Any:
    """The page as its link opens it in a new tab, which to the server is a new visitor."""
    tab = page.context.new_page()
    tab.goto(page.url, wait_until="domcontentloaded")
    return settled(tab)


def choose(page: Any, name: str) -> None:
    """One of the options that stand side by side."""
    page.get_by_role("radio", name=name, exact=True).or_(
        page.get_by_role("button", name=name, exact=True)
    ).first.click()


def written(page: Any, parameter: str) -> None:
    """Wait until the link says so, and the page has settled."""
    page.wait_for_function(
        "text => decodeURIComponent(location.search.replaceAll('+', ' ')).includes(text)", arg=parameter
    )
    settled(page)


def pick(page: Any, label: str, option: str) -> None:
    """An option of a box that opens."""
    page.get_by_role("combobox", name=label, exact=True).fill(option)  # a long list is drawn only where it is looked at
    page.get_by_role("option", name=option, exact=True).click()


def opened(page: Any, label: str) -> Any:
    """The box of this name, with its options shown. A list closes where the page moves beneath it, so it is scrolled to first."""
    box = page.get_by_role("combobox", name=label)
    box.scroll_into_view_if_needed()
    settled(page)
    box.click()
    page.get_by_role("option").first.wait_for()
    return box


def test_models_are_taken_off_and_added_and_the_link_follows(visit: Callable[..., Any]) -> None:
    page = visit(UNTIED, TIED, AUGMENTED)
    first = page.evaluate(FIGURES)
    page.get_by_role("button", name=f"Remove {AUGMENTED}").click()
    page.wait_for_function(f"!location.search.includes('{AUGMENTED}')")
    fewer = changed(page, FIGURES, first)
    assert AUGMENTED in first and AUGMENTED not in fewer
    page.get_by_role("button", name=f"Remove {TIED}").click()
    page.get_by_text(t("tied.runs.more")).wait_for()
    pick(page, t("tied.runs"), GPT)
    written(page, f"runs={GPT}")
    shown = changed(page, FIGURES, fewer)
    assert GPT in shown and TIED not in shown
    shows(again(page), FIGURES, shown)


def test_every_part_and_view_is_a_click_away_and_in_the_link(visit: Callable[..., Any]) -> None:
    page = visit(film_map="pca")  # an aligned film takes half a minute to lay out
    shown = page.evaluate(TEXT)
    for part in ("words", "film", "seeds", "sizes", "small", "matrices"):
        choose(page, t(f"tied.part.{part}"))
        written(page, f"part={part}")
        shown = changed(page, TEXT, shown)
    shown = page.evaluate(FIGURES)
    for look in ("spectrum", "norms", "placed", "updates"):
        choose(page, t(f"tied.look.{look}"))
        written(page, f"look={look}")
        shown = changed(page, FIGURES, shown)
    page.go_back()
    page.wait_for_function("location.search.includes('look=placed')")
    assert t("tied.placed.fewest") in settled(page).evaluate(TEXT)


def test_the_sizes_follow_the_sliders_and_the_architecture(visit: Callable[..., Any]) -> None:
    page = visit(UNTIED, GPT, part="sizes")
    for label in (t("tied.sizes.words"), t("tied.sizes.width")):
        before = page.evaluate(FIGURES)
        page.get_by_role("slider", name=label).press("End")
        changed(page, FIGURES, before)
    assert in_link(page)["words"] == ["200000"] and in_link(page)["width"] == ["1500"]
    before = page.evaluate(FIGURES)
    choose(page, "GPT")
    written(page, "architecture=gpt")
    shown = changed(page, FIGURES, before)
    shows(again(page), FIGURES, shown)


def test_the_film_plays_to_its_end_and_others_are_chosen(visit: Callable[..., Any]) -> None:
    page = visit(part="film", film_map="pca")
    places = "() => JSON.stringify([...document.querySelector('.js-plotly-plot')._fullData[0].x])"
    end = page.evaluate(places)
    page.locator(".updatemenu-button", has_text=t("tied.film.play")).click()
    page.wait_for_function(f"end => ({places})() !== end", arg=end)
    page.wait_for_function(f"end => ({places})() === end", arg=end)
    before = page.evaluate(FIGURES)
    opened(page, t("tied.film.film"))
    page.get_by_role("option", name=f"{UNTIED}, output").click()
    written(page, f"film={UNTIED}-output")
    before = changed(page, FIGURES, before)
    opened(page, t("tied.film.beside"))
    page.get_by_role("option", name=t("tied.film.alone")).click()
    written(page, "beside=none")
    shown = changed(page, FIGURES, before)
    shows(again(page), FIGURES, shown)


def test_the_small_model_s_training_over_what_it_cost(visit: Callable[..., Any]) -> None:
    page = visit(part="small")
    before = page.evaluate(FIGURES)
    choose(page, t("curves.against.operations"))
    written(page, "cost=operations")
    shown = changed(page, FIGURES, before)
    shows(again(page), FIGURES, shown)


def test_a_run_that_was_not_scored_is_scored_on_request(visit: Callable[..., Any], runs: Path) -> None:
    shutil.rmtree(runs / AUGMENTED / "scores", ignore_errors=True)
    page = visit(UNTIED, AUGMENTED)
    before = page.locator(".js-plotly-plot").count()
    page.get_by_role("button", name=t("scores.make", run=AUGMENTED)).first.click()
    page.wait_for_function(f"document.querySelectorAll('.js-plotly-plot').length > {before}", timeout=60_000)
    settled(page)
    assert (runs / AUGMENTED / "scores").is_dir()
    assert page.get_by_role("button", name=t("scores.make", run=AUGMENTED)).count() == 0


def test_another_right_word_has_other_neighbours(visit: Callable[..., Any]) -> None:
    page = visit(part="words")
    before = page.evaluate(TEXT)
    opened(page, t("neighbours.word"))
    option = page.get_by_role("option").nth(1)
    word = option.inner_text()
    option.click()
    written(page, f"near={word}")
    changed(page, TEXT, before)
    assert again(page).get_by_role("combobox", name=t("neighbours.word")).input_value() == word


def test_the_dial_turns_the_target_and_the_loss_and_nothing_else(visit: Callable[..., Any]) -> None:
    page = visit(part="words")
    others = "() => document.querySelectorAll('.js-plotly-plot')[0]"
    page.evaluate(f"({others})().dataset.untouched = 'yes'")
    for name, key in ((t("dial.context"), "dial_context"), (t("dial.word"), "dial_word")):
        before = page.evaluate(FIGURES)
        field = page.get_by_role("textbox", name=name)
        field.fill("the story was" if key == "dial_context" else "music")
        field.press("Enter")
        page.wait_for_function(f"location.search.includes('{key}=')")
        changed(page, FIGURES, before)
    for name, key in ((t("dial.temperature"), "dial_tau"), (t("dial.gain"), "dial_gain")):
        before = page.evaluate(FIGURES)
        page.get_by_role("slider", name=name).press("End")
        page.wait_for_function(f"location.search.includes('{key}=')")
        changed(page, FIGURES, before)
    before = page.evaluate(FIGURES)
    pick(page, t("dial.run"), TIED)
    written(page, f"dial_run={TIED}")
    shown = changed(page, FIGURES, before)
    assert page.evaluate(f"({others})().dataset.untouched") == "yes", "the figure above was drawn again"
    shows(again(page), FIGURES, shown)


def test_how_tied_is_measured_in_other_ways(visit: Callable[..., Any]) -> None:
    page = visit(part="matrices")
    shown = page.evaluate(FIGURES)
    for measure in ("procrustes_cosine", "cka", "subspace_distance"):
        choose(page, t(f"tied.tiedness.measure.{measure}"))
        written(page, f"agreement={IN_LINK[measure]}")
        shown = changed(page, FIGURES, shown)
    shows(again(page), FIGURES, shown)


def test_the_mean_vector_is_taken_off_the_spectrum(visit: Callable[..., Any]) -> None:
    page = visit(part="matrices", look="spectrum")
    before = page.evaluate(FIGURES)
    page.get_by_text(t("tied.spectrum.centred"), exact=True).click()
    written(page, "centred=true")
    shown = changed(page, FIGURES, before)
    shows(again(page), FIGURES, shown)


def test_the_lengths_show_the_words_of_another_matrix(visit: Callable[..., Any]) -> None:
    page = visit(part="matrices", look="norms")
    before = page.evaluate(FIGURES)
    opened(page, t("tied.norms.points"))
    page.get_by_role("option").nth(1).click()
    page.wait_for_function("location.search.includes('points=')")
    shown = changed(page, FIGURES, before)
    shows(again(page), FIGURES, shown)


def test_words_placed_differently_by_pair_order_and_frequency(visit: Callable[..., Any]) -> None:
    page = visit(part="matrices", look="placed")
    before = page.evaluate(TABLES)
    choose(page, t("tied.placed.order.alike"))
    written(page, "order=alike")
    alike = changed(page, TABLES, before)
    page.get_by_role("slider", name=t("tied.placed.fewest")).press("Home")
    page.wait_for_function("location.search.includes('fewest=')")
    changed(page, TABLES, alike)
    figure = page.evaluate(FIGURES)
    opened(page, t("tied.placed.pair"))
    page.get_by_role("option").nth(1).click()
    page.wait_for_function("location.search.includes('pair=')")
    shown = changed(page, FIGURES, figure)
    shows(again(page), FIGURES, shown)


def test_rows_are_counted_when_asked_and_hardly_trained_words_by_matrix(visit: Callable[..., Any]) -> None:
    page = visit(part="matrices", look="updates")
    before = page.evaluate(FIGURES) + page.evaluate(TEXT)
    page.get_by_role("button", name=t("tied.updates.count")).click()
    changed(page, f"() => ({FIGURES})() + ({TEXT})()", before)
    table = page.evaluate(TABLES)
    box = page.get_by_role("combobox", name=t("tied.under_trained.matrix"))
    if box.count():  # tiny runs may have but one matrix whose reserved words were pulled anywhere
        opened(page, t("tied.under_trained.matrix"))
        page.get_by_role("option").nth(1).click()
        page.wait_for_function("location.search.includes('hardly=')")
        changed(page, TABLES, table)


@pytest.mark.parametrize(("scheme", "size"), [("light", (1280, 720)), ("dark", (1920, 1080))])
def test_the_answer_is_in_the_first_view_and_nothing_is_cut_off(
    visit: Callable[..., Any], scheme: str, size: tuple[int, int]
) -> None:
    page = visit(scheme=scheme, size=size)
    table = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert table["y"] + table["height"] <= size[1], "the table of the twins is the first thing seen"
    sideways = "document.querySelector('[data-testid=stMain]').scrollWidth - document.querySelector('[data-testid=stMain]').clientWidth"
    assert page.evaluate(sideways) <= 1
    cut = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
      const box = plot.getBoundingClientRect(), title = plot.querySelector('.gtitle')?.getBoundingClientRect();
      return title && (title.right > box.right + 1 || title.top < box.top - 1) ? [plot._fullLayout.title.text] : [];
    })"""
    assert page.evaluate(cut) == []


def test_the_runs_go_along_to_the_next_token_page_and_back(visit: Callable[..., Any]) -> None:
    page = visit(TIED, GPT, part="sizes")
    titles = {each.name: each.title for each in PAGES}
    for name in ("next_token", "tied_vs_untied"):
        page.get_by_test_id("stSidebar").get_by_role("link", name=titles[name]).first.click()
        page.wait_for_url(f"**/{name}**")
        for run in (TIED, GPT):
            page.get_by_role("button", name=f"Remove {run}").wait_for()
        settled(page)
        assert page.get_by_role("button", name="Remove ").count() == 2
        page.mouse.move(900, 600)  # off the link, whose help would lie over the others
