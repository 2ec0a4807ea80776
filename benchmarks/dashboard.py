"""How long a visitor waits for the map: from navigation to drawn points, for another colour, for another word.

    make app                                                  # in one terminal
    python -m benchmarks.dashboard http://localhost:8501      # in another

Opens the embedding space page in headless Chromium (Debian's `chromium`, playwright), warms the server with one visit,
and prints the median and the slowest of ten waits. Each ends when the browser has drawn the answer.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

ROUNDS = 10
PATH = "embedding_space?run={run}"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
DRAWN = "document.querySelector('.linked-map[data-drawn]')"
NOTE_POINTS = """
new MutationObserver((_, observer) => {
  if (!document.querySelector('.linked-map[data-points]')) return;
  window.pointsDrawn = performance.now();
  observer.disconnect();
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-points'] });
"""
COLOURS = ("Frequency", "Vector length", "Groups")
WORDS = ("wonderful", "terrible", "actor", "1", "he", "paris", "blue", "watched", "zombie", "score", "never")


def main() -> int:
    if len(sys.argv) not in (2, 3):
        print(__doc__)
        return 2
    url, run = sys.argv[1].rstrip("/"), (sys.argv[2] if len(sys.argv) == 3 else "lstm-tied")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        target = f"{url}/{PATH.format(run=run)}"
        new = [_context(browser) for _ in range(ROUNDS + 1)]
        _navigation(new[0], target)  # warms the server
        waits = {"new visitor, drawn points": [_navigation(context, target) for context in new[1:]]}
        waits["returning, drawn points"] = [_navigation(new[0], target) for _ in range(ROUNDS)]
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(target)
        page.wait_for_selector(".linked-map[data-drawn]")
        page.wait_for_timeout(2000)
        n_points = page.locator(".linked-map").first.get_attribute("data-points")
        waits["another colour"] = [_colour(page, COLOURS[i % len(COLOURS)]) for i in range(ROUNDS)]
        waits["another word"] = [_word(page, WORDS[i]) for i in range(ROUNDS)]
        browser.close()
    print(f"{run}, {n_points} points, seconds over {ROUNDS}")
    for name, seconds in waits.items():
        print(f"{name:<28} median {statistics.median(seconds):.2f}   slowest {max(seconds):.2f}")
    return 0


def _context(browser: Any) -> Any:
    """A visitor with a browser cache of their own, empty at first."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.add_init_script(NOTE_POINTS)
    return context


def _navigation(context: Any, target: str) -> float:
    """Seconds until the points are drawn, by the page's own clock, which starts with the navigation."""
    page = context.new_page()
    page.goto(target, wait_until="commit")
    page.wait_for_function("window.pointsDrawn", timeout=60_000)
    milliseconds = page.evaluate("window.pointsDrawn")
    page.close()
    return milliseconds / 1000


def _colour(page: Any, colour: str) -> float:
    page.get_by_role("combobox", name="Colour").click()
    option = page.get_by_role("option", name=colour, exact=True)
    option.wait_for()
    return _until_redrawn(page, option.click)


def _word(page: Any, word: str) -> float:
    search = page.get_by_role("combobox", name="Word")
    search.fill(word)
    page.get_by_role("option", name=word, exact=True).first.wait_for()
    return _until_redrawn(page, lambda: search.press("Enter"))


def _until_redrawn(page: Any, act: Callable[[], object]) -> float:
    before = page.evaluate(f"{DRAWN}.dataset.drawn")
    start = time.perf_counter()
    act()
    page.wait_for_function(f"{DRAWN}.dataset.drawn !== '{before}'", timeout=30_000)
    seconds = time.perf_counter() - start
    page.wait_for_timeout(700)
    return seconds


if __name__ == "__main__":
    sys.exit(main())
