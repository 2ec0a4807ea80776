"""Every page in Korean: by the link, by the switch, by the browser; and never in the language of another visitor."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import plotly.graph_objects as go
import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from reprlearn.runs.store import SHIPPED
from reprlearn.ui.frame import PAGES, Page
from reprlearn.ui.text import t
from reprlearn.ui.text.languages import speaking
from tests.mapped_runs import write_mapped_runs

APP = str(Path(__file__).parents[2] / "app.py")
HANGUL = re.compile("[가-힣]")
SOFT = "synthetic-soft-one-hot"
TINY = ["tiny-untied", "tiny-tied"]
LINKS: dict[str, dict[str, Any]] = {
    "embedding_space": {"run": "demo-untied", "map": "pca2", "colour": "norm", "word": "w17"},
    "next_token": {"runs": TINY, "chosen": "film"},
    "tied_vs_untied": {"runs": TINY, "part": "sizes"},
    "soft_one_hot": {"run": SOFT},
}
Visit = Callable[..., AppTest]


@pytest.fixture(scope="module")
def runs(tiny_runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs of every kind, so that every page has something to show."""
    root = tmp_path_factory.mktemp("every kind")
    shutil.copytree(tiny_runs, root, dirs_exist_ok=True)
    shutil.copytree(SHIPPED / SOFT, root / SOFT)
    return write_mapped_runs(root)


@pytest.fixture
def visit(runs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Visit:
    """`visit(name, **query)` opens a page as a new visitor of the one server."""
    monkeypatch.setenv("REPRLEARN_RUNS", str(runs))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")

    def open_page(name: str, **query: Any) -> AppTest:
        at = AppTest.from_file(APP, default_timeout=90)
        path = next(page.path for page in PAGES if page.name == name)
        if path != "app.py":
            at.switch_page(path)
        for key, value in (LINKS.get(name, {}) | query).items():
            at.query_params[key] = value
        at.run()
        assert not at.exception
        return at

    return open_page


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[go.Figure]:
    """The figures that were given to the maps, which send the browser an address of theirs only."""
    figures: list[go.Figure] = []

    def kept(figure: go.Figure, place: str) -> str:
        figures.append(figure)
        return f"/media/{place}"

    monkeypatch.setattr("reprlearn.ui.linked_maps.component.figure_url", kept)
    return figures


def read(at: AppTest, drawn: list[go.Figure]) -> list[str]:
    """All that a visitor was sent as text: of the page, of its charts, and of its maps, which are taken out of `drawn`."""
    said = [*_texts(at.main), *_texts(at.sidebar)]
    while drawn:
        said += _strings(json.loads(str(drawn.pop().to_json())))
    # The switch itself calls each language by its own name.
    return [text for text in said if t("frame.language.name") not in text]


def _texts(block: Any) -> Iterator[str]:
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from _texts(child)
        proto = getattr(child, "proto", None)
        if proto is None:
            continue
        if hasattr(proto, "spec"):
            yield from _strings(json.loads(proto.spec))
        for field, value in proto.ListFields():
            if field.type == field.TYPE_STRING and field.name != "spec":
                yield from [value] if isinstance(value, str) else ["\n".join(value)]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def links(at: AppTest) -> dict[str, dict[str, list[str]]]:
    return {link.label: parse_qs(link.proto.query_string) for link in at.sidebar.page_link}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_in_the_language_of_its_visitor_whoever_came_before(
    visit: Visit, drawn: list[go.Figure], page: Page
) -> None:
    english = read(visit(page.name), drawn)
    at = visit(page.name, lang="ko")
    korean = read(at, drawn)
    third = visit(page.name)
    again = read(third, drawn)
    with speaking("ko"):
        titles = [each.title for each in PAGES]
    assert all(HANGUL.search(title) for title in titles)
    assert [*links(at)] == titles and [*links(third)] == [each.title for each in PAGES]
    assert not [text for text in english + again if HANGUL.search(text)], "English holds Korean"
    assert sum(bool(HANGUL.search(text)) for text in korean) > 20
    assert sorted(again) == sorted(english)


def switch(at: AppTest, before: str, after: str) -> None:
    # What the browser holds are the words it shows, which AppTest works out here, where there is no visitor.
    with speaking(before):
        at.button_group(key="language").set_value(after).run()
    assert not at.exception
    assert said(at)["lang"] == [after]


def said(at: AppTest) -> dict[str, list[str]]:
    """What the link says."""
    return {key: [value] if isinstance(value, str) else list(value) for key, value in at.query_params.items()}


def test_the_switch_changes_the_language_and_nothing_else(visit: Visit) -> None:
    at = visit("next_token", order="own", top_k="10", tau="2", temperature="1.5")
    before = _choices(at)
    switch(at, "en", "ko")
    with speaking("ko"):
        assert at.select_slider(key="top_k").label == t("next_token.top_k")
        assert at.text_input(key="chosen").label == t("next_token.chosen")
        assert [*links(at)] == [page.title for page in PAGES]
    assert _choices(at) == before
    assert all(query["lang"] == ["ko"] for query in links(at).values()), "the sidebar's links keep the language"
    followed = visit("next_token", **{key: value for key, value in said(at).items() if key != "lang"})
    assert _choices(followed) == before, "a link made in Korean opens in English"
    switch(at, "ko", "en")
    assert _choices(at) == before
    assert [*links(at)] == [page.title for page in PAGES]


def _choices(at: AppTest) -> list[Any]:
    sliders = [at.select_slider(key=key).value for key in ("top_k", "tau")]
    return [*sliders, at.button_group(key="order").value, at.slider(key="temperature").value, at.multiselect[0].value]


def test_choices_of_a_map_stay_when_the_language_changes(visit: Visit, drawn: list[go.Figure]) -> None:
    at = visit("embedding_space")
    at.selectbox(key="map").set_value("umap2").run()
    for before, after in (("en", "ko"), ("ko", "en")):
        switch(at, before, after)
        assert (at.selectbox(key="map").value, at.selectbox(key="colour").value) == ("umap2", "norm")
        with speaking(after):
            assert t("embedding_space.map.umap2") in at.selectbox(key="map").options
    assert {key: said(at)[key] for key in ("colour", "word")} == {"colour": ["norm"], "word": ["w17"]}


def test_the_browser_is_asked_only_where_the_link_says_nothing(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def title(browser: str | None, **query: str) -> str:
        monkeypatch.setattr(ContextProxy, "locale", property(lambda self: browser))
        return visit("home", **query).title[0].value

    with speaking("ko"):
        korean = t("home.title")
    for browser in ("ko", "ko-KR"):
        assert title(browser) == korean
        assert title(browser, lang="en") == title(browser, lang="fr") == title(browser, lang="") == t("home.title")
    for browser in ("en-US", "fr-FR", "kok-IN", None):
        assert title(browser) == t("home.title") and title(browser, lang="ko") == korean


def test_a_client_cannot_choose_a_language_there_is_not(visit: Visit) -> None:
    at = visit("home", lang="../../ko<script>")
    assert at.title[0].value == t("home.title")
    assert all(query["lang"] == ["en"] for query in links(at).values())
