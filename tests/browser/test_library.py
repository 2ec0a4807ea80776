"""Library in a real browser: a small GloVe text is uploaded, stays its visitor's over a reload, and is published to everybody."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reprlearn.ui.text import t
from tests import vector_files as made
from tests.browser.conftest import settled

pytestmark = pytest.mark.browser


@pytest.fixture
def visitor(
    browser: Any, serve: Callable[[Path], str], tiny_runs: Path, tmp_path: Path
) -> Iterator[Callable[[], Callable[[str], Any]]]:
    """`visitor()` is a new browser; called with a path it opens it there, cold. The runs are a copy that may change."""
    runs = tmp_path / "runs"
    shutil.copytree(tiny_runs / "tiny-tied", runs / "tiny-tied")
    url, contexts = serve(runs), []

    def arrive() -> Callable[[str], Any]:
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        contexts.append(context)

        def open_path(path: str) -> Any:
            page = context.new_page()
            page.goto(f"{url}/{path}", wait_until="domcontentloaded")
            return settled(page)

        return open_path

    yield arrive
    for context in contexts:
        context.close()


def test_from_a_file_to_everybody(visitor: Callable[[], Callable[[str], Any]], tmp_path: Path) -> None:
    (file,) = made.write(tmp_path, {"my glove <b>.txt": made.glove(*made.places_and_foods())})
    owner, stranger = visitor(), visitor()
    page = owner("library")
    page.locator('input[type="file"]').set_input_files(file)
    name = page.get_by_role("textbox", name=t("library.name"))
    name.wait_for()
    settled(page)
    assert name.input_value() == "my-glove-b"
    page.get_by_role("button", name=t("library.add.button"), exact=True).click()
    page.get_by_text(t("library.private")).last.wait_for()

    # Another page of the same visitor, cold: the browser is known again.
    space = owner("embedding_space?run=my-glove-b&word=rome")
    space.get_by_role("heading", name=re.compile("my.glove.b")).wait_for()
    space.locator(".js-plotly-plot").first.wait_for()
    stranger("embedding_space?run=my-glove-b").get_by_text(re.compile("which is not here")).wait_for()

    page = settled(page)
    page.get_by_role("button", name=t("library.publish")).click()
    page.get_by_text(re.compile("is published")).wait_for()
    page.get_by_text(t("library.private")).first.wait_for(state="detached")
    seen = stranger("embedding_space?run=my-glove-b&word=rome")
    assert seen.get_by_text(re.compile("which is not here")).count() == 0
    seen.get_by_role("heading", name=re.compile("my.glove.b")).wait_for()


def test_a_file_that_lies_is_refused_in_words(visitor: Callable[[], Callable[[str], Any]], tmp_path: Path) -> None:
    (file,) = made.write(tmp_path, {"<img src=x onerror=alert(1)>.txt": b"a 1 2\nb 3\n"})
    page = visitor()("library")
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message) or dialog.dismiss())
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_role("button", name=t("library.add.button"), exact=True).click()
    page.get_by_text(re.compile("1 number, however the first vector has 2")).wait_for()
    assert settled(page).locator("img[src=x]").count() == 0 and not dialogs


@pytest.mark.parametrize("width", [1280, 1920])
def test_nothing_is_cut_off_and_nothing_scrolls_sideways(
    visitor: Callable[[], Callable[[str], Any]], width: int
) -> None:
    page = visitor()("library")
    page.set_viewport_size({"width": width, "height": width * 9 // 16})
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")
