"""Taking views away, in a real browser: pictures, a page, numbers, and a report in which nothing runs that came from outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reprlearn.ui.text import t
from tests.browser.conftest import settled

pytestmark = pytest.mark.browser

EVIL = "</script><img src=x onerror=alert(1)><svg onload=alert(2)>"
# Contrast of an element's text to what lies beneath it, as WCAG counts it.
CONTRAST = """element => {
  const parse = (colour) => { const c = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    c.fillStyle = colour; c.fillRect(0, 0, 1, 1); const d = c.getImageData(0, 0, 1, 1).data; return [d[0], d[1], d[2], d[3] / 255]; };
  const stack = [];
  for (let e = element; e; e = e.parentElement) stack.unshift(parse(getComputedStyle(e).backgroundColor));
  const under = stack.reduce((low, [r, g, b, a]) => [r, g, b].map((v, i) => v * a + low[i] * (1 - a)), [255, 255, 255]);
  const light = (rgb) => rgb.slice(0, 3).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const [a, b] = [light(parse(getComputedStyle(element).color)), light(under)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}"""


def saved(page: Any, press: Callable[[], None], folder: Path) -> Path:
    with page.expect_download() as waiting:
        press()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_a_view_is_saved_and_a_report_runs_nothing_foreign(visit: Callable, browser: Any, tmp_path: Path) -> None:
    page = visit("next_token?run=tiny-untied&other=tiny-tied&prompt=the+film")
    files = {}
    for label in ("linked_maps.png", "linked_maps.svg", "take.html", "take.csv"):
        button = page.get_by_role("button", name=t(label))
        for _ in range(5):  # a picture closes what it was asked for in, a moment later
            page.wait_for_timeout(1_000)
            if button.is_visible():
                break
            page.locator(".st-key-save_expected button").first.click()
        files[label] = saved(page, button.click, tmp_path)
    assert files["linked_maps.png"].read_bytes()[:4] == b"\x89PNG" and b"<svg" in files["linked_maps.svg"].read_bytes()
    assert files["take.csv"].read_text(encoding="utf-8-sig").startswith("series,")
    assert all(path.name.startswith("expected-tiny-") for path in files.values())
    page.keyboard.press("Escape")
    page.locator(".st-key-pin_expected button").first.click()
    page.get_by_text(t("take.pinned", n=1)).wait_for()
    page.get_by_test_id("stSidebar").get_by_role("link", name=t("frame.report")).click()
    page.wait_for_url("**/report*")
    settled(page)
    for label in (t("report.title"), t("report.view.title", n=1), t("report.view.note")):
        page.get_by_label(label, exact=True).fill(EVIL)
        page.keyboard.press("Control+Enter" if label == t("report.view.note") else "Enter")
        settled(page)
    report = saved(page, page.get_by_role("button", name=t("report.download")).click, tmp_path)
    _opens_alone(browser, report, n_figures=1)
    _opens_alone(browser, files["take.html"], n_figures=1)


def _opens_alone(browser: Any, path: Path, n_figures: int) -> None:
    """From the disk, without a network: the figures are drawn, nothing foreign runs, nothing is asked for."""
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: (errors.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda request: errors.append(request.url) if not request.url.startswith(("file:", "data:", "blob:")) else None,
    )
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_function(f"document.querySelectorAll('[data-figure] .main-svg').length >= {n_figures}")
    page.wait_for_timeout(300)
    assert page.locator("img, iframe, object, embed").count() == 0
    assert page.locator("main svg:not([data-figure] svg)").count() == 0
    context.close()
    assert errors == []


def test_a_report_of_a_map_draws_with_webgl_under_its_policy(browser: Any, tmp_path: Path) -> None:
    import plotly.graph_objects as go

    from reprlearn.viz.html import standalone_html

    for name, trace in (("2d", go.Scattergl(x=[1, 2], y=[3, 4])), ("3d", go.Scatter3d(x=[1, 2], y=[3, 4], z=[5, 6]))):
        path = tmp_path / f"{name}.html"
        path.write_bytes(standalone_html(go.Figure(trace), name))
        context = browser.new_context()
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
        page.on(
            "console",
            lambda message, errors=errors: errors.append(message.text) if "Policy" in message.text else None,
        )
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_function("document.querySelector('[data-figure] canvas')")
        page.wait_for_timeout(300)
        context.close()
        assert errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_chosen_can_be_read(visit: Callable, scheme: str) -> None:
    page = visit("tied_vs_untied", scheme=scheme)
    chosen = page.locator(".stButtonGroup button[data-selected='true'] p:visible")
    assert chosen.count() >= 2
    assert all(each.evaluate(CONTRAST) >= 4.5 for each in chosen.all())
