"""A real browser and a real server. Without a browser these tests skip and say how to get one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reprlearn.cache import cache_folder

APP = Path(__file__).parents[2] / "app.py"
START_SECONDS = 120
SETTLED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app || app.getAttribute('data-test-script-state') !== 'notRunning') return false;
  if (document.querySelector('[data-testid="stSkeleton"]')) return false;
  return ![...document.querySelectorAll('.js-plotly-plot')].some(plot => !plot.querySelector('.main-svg'));
}"""
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, headless."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium here; get it with: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api", reason="no Playwright; pip install -r requirements-dev.txt")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh visitor at 1280 x 720. An uncaught error in the page's JavaScript fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, accept_downloads=True)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert not errors, errors


@pytest.fixture
def visit(browser: Any, serve: Callable[[Path], str], tiny_runs: Path) -> Iterator[Callable[..., Any]]:
    """`visit(path, scheme=, width=, height=)` opens a path of the dashboard on the tiny runs as a new visitor does, cold,
    and waits until it stands still. An uncaught error in the page's JavaScript fails the test."""
    contexts: list[Any] = []
    errors: list[str] = []

    def open_path(path: str = "", *, scheme: str = "light", width: int = 1280, height: int = 720) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        opened = context.new_page()
        opened.on("pageerror", lambda error: errors.append(str(error)))
        opened.goto(f"{serve(tiny_runs)}/{path}", wait_until="domcontentloaded")
        return settled(opened)

    yield open_path
    for context in contexts:
        context.close()
    assert not errors, errors


def settled(page: Any) -> Any:
    """The page, once its script has run and its charts are drawn; it must not show an exception."""
    # A click takes a moment to reach the server; until then the page still stands as it was.
    page.wait_for_timeout(300)
    page.wait_for_function(SETTLED, timeout=START_SECONDS * 1000)
    assert page.locator('[data-testid="stException"]').count() == 0
    return page


def changed(page: Any, script: str, before: Any) -> Any:
    """What the script says once that is no longer `before`. Charts and tables are drawn a moment after a page has settled."""
    settled(page).wait_for_function(f"before => ({script})() !== before", arg=before)
    return settled(page).evaluate(script)


def shows(page: Any, script: str, expected: Any) -> None:
    """Wait until the script says so."""
    page.wait_for_function(f"expected => ({script})() === expected", arg=expected)


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """`serve(runs)` starts the dashboard on a folder of runs, once for each folder, and returns its address.

    `serve(runs, before)`: with Python that the server's process runs first.
    `serve(runs, killed=True)`: another one, after the one so far was killed as a crash or the system does it.
    """
    servers: dict[tuple[Path, str], tuple[subprocess.Popen[bytes], str]] = {}

    def start(runs: Path, before: str = "", *, killed: bool = False) -> str:
        if killed:
            process, _ = servers.pop((runs, before))
            process.kill()
            process.wait()
        if (runs, before) not in servers:
            servers[runs, before] = _start(runs, tmp_path_factory.mktemp("server"), before)
        return servers[runs, before][1]

    yield start
    for process, _ in servers.values():
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _start(runs: Path, folder: Path, before: str) -> tuple[subprocess.Popen[bytes], str]:
    port = _free_port()
    log, cache = folder / "server.log", folder / "cache"
    cache.mkdir()
    corpora = cache_folder("corpora")  # a corpus is cut into words once for all servers and tests
    corpora.mkdir(parents=True, exist_ok=True)
    (cache / "corpora").symlink_to(corpora)
    environment = {
        **os.environ,
        "REPRLEARN_RUNS": str(runs),
        "REPRLEARN_CACHE": str(cache),
        "OMP_NUM_THREADS": "1",
    }
    streamlit = ["-c", f"{before}\nfrom streamlit.web.cli import main; main()"] if before else ["-m", "streamlit"]
    command = [sys.executable, *streamlit, "run", str(APP), "--server.port", str(port), "--server.headless", "true",
               "--server.address", "127.0.0.1"]  # fmt: skip
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=APP.parent, env=environment, stdout=file, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    for _ in range(START_SECONDS * 5):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return process, url
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    process.kill()
    raise RuntimeError(f"the server did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
