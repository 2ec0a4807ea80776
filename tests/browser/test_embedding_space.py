"""The Embedding space page in a real browser: what only a browser can show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reprlearn.ui.text import t
from tests.mapped_runs import FAR_OFF, write_mapped_events, write_mapped_runs

pytestmark = pytest.mark.browser

N_WORDS = 240
VIEW = "() => { const {xaxis, yaxis} = document.querySelector('.linked-map')._fullLayout; return [...xaxis.range, ...yaxis.range]; }"
SELECTED = "() => [...document.querySelectorAll('.linked-map')].map(e => (e._fullData[0].selectedpoints ?? []).length)"
# A point away from others and from the highlight, in pixels of the window: [word, x, y].
LONELY_POINT = """() => {
  const e = document.querySelector('.linked-map'), {xaxis, yaxis, _size} = e._fullLayout, {x, y, text} = e._fullData[0];
  const box = e.getBoundingClientRect(), places = [...x].map((v, i) => [xaxis.d2p(v), yaxis.d2p(y[i])]);
  const notes = [...e.querySelectorAll('.annotation')].map(a => a.getBoundingClientRect());
  let best = null;
  places.forEach(([px, py], i) => {
    if (px < 20 || py < 20 || px > xaxis._length - 20 || py > yaxis._length - 20) return;
    const [wx, wy] = [box.left + _size.l + px, box.top + _size.t + py];
    if (notes.some(n => wx > n.left - 8 && wx < n.right + 8 && wy > n.top - 8 && wy < n.bottom + 8)) return;
    const room = Math.min(...places.map(([qx, qy], j) => j === i ? 1e9 : Math.hypot(px - qx, py - qy)));
    if (!best || room > best[3]) best = [text[i], wx, wy, room];
  });
  return best;
}"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_mapped_events(write_mapped_runs(tmp_path_factory.mktemp("mapped"), N_WORDS))


@pytest.fixture
def visit(page: Any, serve: Callable[[Path], str], runs: Path) -> Callable[..., Any]:
    def go(query: str = "", n_maps: int = 1, run: str = "demo-untied") -> Any:
        page.goto(f"{serve(runs)}/embedding_space?run={run}&other=demo-tied&{query}")
        page.wait_for_function(
            f"document.querySelectorAll('.linked-map[data-drawn]').length === {n_maps}", timeout=60_000
        )
        settle(page)
        return page

    return go


def settle(page: Any) -> None:
    """Until the server has answered and the maps have stopped drawing."""
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidgetRunningIcon], [data-stale=true]')")
    drawn = "[...document.querySelectorAll('.linked-map')].map(e => e.dataset.drawn).join()"
    last = None
    for _ in range(20):
        page.wait_for_timeout(250)
        now = page.evaluate(drawn)
        if now == last:
            return
        last = now


def choose(page: Any, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def lasso(page: Any) -> None:
    """Around the left of the first map."""
    first = page.locator(".linked-map").first
    first.hover()
    first.locator("[data-val=lasso]").click()
    box = first.bounding_box()
    left, top = box["x"] + 60, box["y"] + 90
    right, bottom = box["x"] + box["width"] * 0.5, box["y"] + box["height"] - 60
    page.mouse.move(left, top)
    page.mouse.down()
    for x, y in ((right, top), (right, bottom), (left, bottom), (left, top)):
        page.mouse.move(x, y, steps=4)
    page.mouse.up()


def test_all_points_are_drawn_and_described(visit: Callable[..., Any]) -> None:
    page = visit("word=w17")
    first = page.locator(".linked-map")
    assert first.get_attribute("data-points") == str(N_WORDS)
    assert "w17" in first.get_attribute("aria-label")
    # Something other than the background is on the canvas that holds the points.
    shot = first.screenshot()
    assert len(set(shot[1000:])) > 50 and first.locator("canvas").count() >= 1
    assert first.locator(".annotation-text", has_text="w17").count() >= 1


def test_a_clicked_point_becomes_the_searched_word(visit: Callable[..., Any]) -> None:
    page = visit("colour=log_frequency")
    word, x, y, _ = page.evaluate(LONELY_POINT)
    page.mouse.move(x, y)
    page.wait_for_timeout(300)
    page.mouse.click(x, y)
    page.wait_for_function(f"new URLSearchParams(location.search).get('word') === '{word}'")
    assert page.get_by_role("combobox", name=t("embedding_space.word")).input_value() == word


def test_a_lasso_shows_in_both_maps_and_lists_its_words(visit: Callable[..., Any]) -> None:
    page = visit("compare=true", n_maps=2)
    lasso(page)
    page.wait_for_function(f"({SELECTED})().every(n => n > 0)")
    first, second = page.evaluate(SELECTED)
    assert first == second and 0 < first < N_WORDS
    page.get_by_text(t("embedding_space.selection", n=f"{first:,}")).wait_for()
    choose(page, t("embedding_space.colour"), t("embedding_space.colour.norm"))
    settle(page)
    assert page.evaluate(SELECTED) == [first, first], "a change of colour keeps the selection"
    page.locator(".linked-map").first.focus()
    page.keyboard.press("Escape")
    page.get_by_text(t("embedding_space.selection", n=f"{first:,}")).wait_for(state="detached")
    assert page.evaluate(SELECTED) == [0, 0]


def test_a_selection_is_there_and_listed_after_a_visit_to_another_page(visit: Callable[..., Any]) -> None:
    page = visit("word=w5")
    lasso(page)
    settle(page)
    n_selected = page.evaluate(SELECTED)[0]
    title = t("embedding_space.selection", n=n_selected)
    page.get_by_role("heading", name=title).wait_for()
    links = page.locator("[data-testid=stSidebar]")
    links.get_by_role("link", name=t("frame.home")).first.click()
    page.get_by_text(t("home.gallery")).first.wait_for()
    links.get_by_role("link", name=t("frame.embedding_space")).first.click()
    page.wait_for_selector(".linked-map[data-drawn]")
    page.get_by_role("heading", name=title).wait_for(timeout=20_000)
    assert page.evaluate(SELECTED) == [n_selected]


def test_zoom_survives_a_colour_and_a_word(visit: Callable[..., Any]) -> None:
    page = visit()
    opened = page.evaluate(VIEW)
    box = page.locator(".linked-map").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.wheel(0, -400)
    page.wait_for_function(f"JSON.stringify(({VIEW})()) !== '{opened!r}'.replaceAll(' ', '')")
    page.wait_for_timeout(500)
    zoomed = page.evaluate(VIEW)
    assert zoomed != opened
    choose(page, t("embedding_space.colour"), t("embedding_space.colour.log_frequency"))
    settle(page)
    assert page.evaluate(VIEW) == pytest.approx(zoomed, abs=0.01 * (zoomed[1] - zoomed[0]))
    page.get_by_role("combobox", name=t("embedding_space.word")).fill("w42")
    page.keyboard.press("Enter")
    page.locator(".annotation-text", has_text="w42").first.wait_for()
    settle(page)
    assert page.evaluate(VIEW) == pytest.approx(zoomed, abs=0.01 * (zoomed[1] - zoomed[0]))


def test_a_link_reopens_the_view(visit: Callable[..., Any], page: Any) -> None:
    visit()
    for label, option in (("map", "umap3"), ("colour", "norm")):
        choose(page, t(f"embedding_space.{label}"), t(f"embedding_space.{label}.{option}"))
        # The link is written by the server for these and by the browser for the word: one after the other.
        page.wait_for_function(f"new URLSearchParams(location.search).get('{label}') === '{option}'")
        settle(page)
    page.get_by_role("combobox", name=t("embedding_space.word")).fill("w42")
    page.keyboard.press("Enter")
    page.wait_for_function("new URLSearchParams(location.search).get('word') === 'w42'")
    settle(page)
    page.goto(page.url)
    page.wait_for_function("document.querySelector('.linked-map[data-drawn]')?._fullLayout.scene", timeout=60_000)
    # The map may be drawn before the controls beside it have come.
    settle(page)
    assert page.get_by_role("combobox", name=t("embedding_space.word")).input_value() == "w42"
    assert t("embedding_space.colour.norm").lower() in page.locator(".linked-map").get_attribute("aria-label")


def test_a_link_says_its_choices_in_names_of_no_language(visit: Callable[..., Any], page: Any) -> None:
    def in_link(name: str) -> str:
        return f"new URLSearchParams(location.search).getAll('{name}').join()"

    visit("compare=true&colour=overlap&matrix=output&map=pca2", n_maps=2)
    shown = page.get_by_role("combobox", name=t("embedding_space.colour"))
    assert shown.input_value() == t("embedding_space.colour.overlap")
    assert page.get_by_role("combobox", name=t("embedding_space.map")).input_value() == t("embedding_space.map.pca2")
    asked = {"colour": "overlap", "matrix": "output", "map": "pca2"}
    assert {name: page.evaluate(in_link(name)) for name in asked} == asked
    choose(page, t("embedding_space.colour"), t("embedding_space.colour.norm"))
    page.wait_for_function(f"{in_link('colour')} === 'norm'")
    settle(page)
    page.go_back()
    page.wait_for_function(f"{in_link('colour')} === 'overlap'")
    settle(page)
    assert shown.input_value() == t("embedding_space.colour.overlap")
    choose(page, t("embedding_space.colour"), t("embedding_space.colour.cluster"))
    page.wait_for_function(f"{in_link('colour')} === ''")


def test_a_2d_map_waits_for_a_small_plotly_and_a_3d_map_gets_the_full_one(visit: Callable[..., Any], page: Any) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.rsplit("/", 1)[-1].partition("?")[0]))
    visit("word=w5")
    assert "plotly-2d.min.js" in loaded and "plotly.min.js" not in loaded
    choose(page, t("embedding_space.map"), t("embedding_space.map.pca3"))
    page.wait_for_function("document.querySelector('.linked-map[data-drawn]')?._fullLayout.scene", timeout=60_000)
    settle(page)
    assert "plotly.min.js" in loaded
    choose(page, t("embedding_space.map"), t("embedding_space.map.pca2"))
    page.wait_for_function("document.querySelector('.linked-map[data-drawn]')?._fullLayout.xaxis", timeout=60_000)
    settle(page)
    assert page.locator(".annotation-text", has_text="w5").count() >= 1
    assert loaded.count("plotly-2d.min.js") == loaded.count("plotly.min.js") == 1


@pytest.mark.parametrize("image", ["png", "svg"])
def test_the_small_plotly_downloads_the_map_as_an_image(visit: Callable[..., Any], page: Any, image: str) -> None:
    visit("word=w5")
    page.locator(".linked-map").hover()
    with page.expect_download() as download:
        page.locator(f".modebar-btn[data-title='{t(f'linked_maps.{image}')}']").click()
    assert download.value.suggested_filename.endswith(f".{image}")
    assert Path(download.value.path()).stat().st_size > 5_000


def test_places_are_drawn_on_the_globe_beside_the_map_and_share_the_selection(
    visit: Callable[..., Any], page: Any
) -> None:
    visit(run="demo-air")
    choose(page, t("embedding_space.map"), t("embedding_space.map.places"))
    page.wait_for_function("document.querySelectorAll('.linked-map[data-drawn]').length === 2", timeout=60_000)
    settle(page)
    assert page.evaluate("new URLSearchParams(location.search).get('map')") == "places"
    globe = page.locator(".linked-map").nth(1)
    assert (page.locator(".linked-map").first.get_attribute("data-points"), globe.get_attribute("data-points")) == (
        "41",
        "40",
    )
    # A unit is as many pixels in both directions, and what lies far off is outside the view.
    x, y, outside = globe.evaluate(
        """e => { const {xaxis, yaxis} = e._fullLayout, {x, y, customdata} = e._fullData[0];
        const px = axis => axis._length / (axis.range[1] - axis.range[0]);
        const out = [...x].map((v, i) => [customdata[i], v < xaxis.range[0] || v > xaxis.range[1] || y[i] > yaxis.range[1]]);
        return [px(xaxis), px(yaxis), out.filter(each => each[1]).map(each => `P${each[0]}`)]; }"""
    )
    assert x == pytest.approx(y, rel=0.02) and set(outside) <= set(FAR_OFF) and outside
    lasso(page)
    page.wait_for_function(f"({SELECTED})().every(n => n > 0)")
    on_map, on_globe = page.evaluate(SELECTED)
    assert on_map - on_globe in (0, 1), "all that are places are selected on the globe too"
    page.get_by_text(t("embedding_space.selection.events", n=on_map)).wait_for()
    field = page.get_by_role("combobox", name=t("embedding_space.word.events"))
    field.fill("number 12")
    page.get_by_role("option", name="Place number 12 (P12)").click()
    globe.locator(".annotation-text", has_text="Place number 12 (P12)").wait_for()
    page.get_by_text(t("embedding_space.places.km")).first.wait_for()


def test_a_near_spelling_is_one_click_away(visit: Callable[..., Any], page: Any) -> None:
    visit("word=w1717")
    page.get_by_role("button", name="w171", exact=True).click()
    page.wait_for_function("new URLSearchParams(location.search).get('word') === 'w171'")
    page.locator(".annotation-text", has_text="w171").first.wait_for()


def test_without_webgl_the_page_says_so_and_goes_on(
    visit: Callable[..., Any], page: Any, serve: Callable[[Path], str], runs: Path
) -> None:
    page.add_init_script(
        "const get = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...more) {"
        "  return /webgl/.test(kind) ? null : get.call(this, kind, ...more); };"
    )
    page.goto(f"{serve(runs)}/embedding_space?run=demo-untied&word=w17")
    page.get_by_text(t("linked_maps.no_webgl")).wait_for()
    page.get_by_test_id("stDataFrame").first.wait_for()
