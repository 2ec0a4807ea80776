"""The frame: every page is in the list, opens with it, and leads to every other one."""

from __future__ import annotations

import ast
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.ui.frame import PAGES

ROOT = Path(__file__).parents[2]


def test_the_list_of_pages_is_the_folder_of_pages() -> None:
    files = {"app.py", *(f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py"))}
    assert {page.path for page in PAGES} == files


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_opens_with_its_frame(page) -> None:
    """Anything drawn earlier would stand above the page config, or without links on a cold deep link."""
    body = ast.parse((ROOT / page.path).read_text(encoding="utf-8")).body
    calls = [node for statement in body for node in ast.walk(statement) if isinstance(node, ast.Call)]
    streamlit = [call for call in calls if ast.unparse(call.func).startswith(("st.", "frame.", "widgets."))]
    first = min(streamlit, key=lambda call: call.lineno)
    assert ast.unparse(first) == f"frame.page('{page.name}')"


def test_the_sidebar_leads_everywhere_and_carries_the_chosen_runs(only_tiny_runs: Path) -> None:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.query_params["run"] = "tiny-tied"
    at.query_params["prompt"] = "not carried"
    at.run()
    assert not at.exception
    links = at.sidebar.page_link
    assert [link.label for link in links] == [page.title for page in PAGES]
    for page, link in zip(PAGES, links, strict=True):
        # A page that has no use for a language model is not sent one.
        carried = {} if page.needs in ("EncodesScalars", "Classifies", "Contextual") else {"run": ["tiny-tied"]}
        assert parse_qs(link.proto.query_string) == carried, page.name
