"""How long a visitor waits for the slider of the Soft one-hot page: from the key pressed to the figures redrawn.

    make app                                                     # in one terminal
    python -m benchmarks.soft_one_hot http://localhost:8501      # in another

Opens the page in headless Chromium (Debian's `chromium`, playwright), warms the server with one visit and a few steps, and
prints the median and the slowest of ten waits. A wait begins when the key goes down on the slider and ends when the browser
has drawn the bars (the weights at the value), and the area with its mark; both by the page's own clock. In between lies
the page's own delay before it sends what a slider is dragged over, and the fragment that answers; whether anything but that
fragment ran on the server is printed too.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from typing import Any

ROUNDS, WARMING = 10, 3
PATH = "soft_one_hot?run={run}&scalar={scalar}"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
FIGURES = ("bars", "area")
# After a key, each frame looks whether the first two figures of the page show something else than before it.
LISTEN = """() => {
  const shown = () => [...document.querySelectorAll('.js-plotly-plot')].slice(0, 2).map(plot => plot._fullLayout &&
    JSON.stringify([[...plot._fullData.at(-1).y], (plot._fullLayout.shapes ?? []).map(shape => shape.x0)]));
  document.addEventListener('keydown', () => {
    const pressed = performance.now(), before = shown();
    window.waits = [null, null];
    const look = () => {
      shown().forEach((now, i) => {
        if (now && now !== before[i]) window.waits[i] ??= (performance.now() - pressed) / 1000;
      });
      if (window.waits.includes(null)) requestAnimationFrame(look);
    };
    look();
  }, true);
}"""


def main() -> int:
    if len(sys.argv) not in (2, 3, 4):
        print(__doc__)
        return 2
    url, run, scalar = (*sys.argv[1:], *("flights-soft-one-hot", "departure delay")[len(sys.argv) - 2 :])
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        runs = whole_runs(page)
        page.goto(f"{url.rstrip('/')}/{PATH.format(run=run, scalar=scalar)}")
        page.wait_for_function("document.querySelectorAll('.js-plotly-plot .main-svg').length > 3", timeout=60_000)
        page.wait_for_timeout(3000)
        page.evaluate(LISTEN)
        slider = page.get_by_role("slider").first
        for _ in range(WARMING):
            _step(page, slider)
        n_before = len(runs)
        waits = [_step(page, slider) for _ in range(ROUNDS)]
        n_whole = len(runs) - n_before
        browser.close()
    print(f"{run}, {scalar}: seconds over {ROUNDS} steps of the slider, {n_whole} reruns of the whole page")
    for i, name in enumerate(FIGURES):
        seconds = [wait[i] for wait in waits]
        print(f"{name:<28} median {statistics.median(seconds):.2f}   slowest {max(seconds):.2f}")
    return 0


def whole_runs(page: Any) -> list[bool]:
    """A list that grows by an entry each time the server runs the whole page, and not a fragment alone."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    found: list[bool] = []

    def received(payload: object) -> None:
        if not isinstance(payload, bytes):
            return
        message = ForwardMsg()
        message.ParseFromString(payload)
        if (
            message.WhichOneof("type") == "script_finished"
            and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        ):
            found.append(True)

    page.on("websocket", lambda socket: socket.on("framereceived", received))
    return found


def _step(page: Any, slider: Any) -> list[float]:
    """Seconds until each of the figures stood redrawn."""
    slider.press("ArrowRight")
    page.wait_for_function("window.waits?.every(wait => wait !== null)", timeout=30_000)
    page.wait_for_timeout(600)
    return page.evaluate("window.waits")


if __name__ == "__main__":
    sys.exit(main())
