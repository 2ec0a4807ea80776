"""Every page in Korean: by the link, by the switch, by the browser; and never in the language of another visitor."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from string import Formatter
from typing import Any
from urllib.parse import parse_qs

import plotly.graph_objects as go
import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from reprlearn.analysis import transfer
from reprlearn.data.vectors.recognise import recognise
from reprlearn.jobs.job import Job, write
from reprlearn.recipes import QUICK_DEMO
from reprlearn.runs.imported import import_run
from reprlearn.runs.store import SHIPPED
from reprlearn.ui.frame import PAGES
from reprlearn.ui.text import en, ko, t
from reprlearn.ui.text.languages import speaking
from tests import vector_files
from tests.classifier_runs import write_classifiers
from tests.contextual_runs import BERT, GPT
from tests.mapped_runs import write_mapped_runs
from tests.pages.opening import opened
from tests.transfer_results import texts, write_results

HANGUL = re.compile("[가-힣]")
SOFT = "synthetic-soft-one-hot"
TINY = ["tiny-untied", "tiny-tied"]
LINKS: dict[str, dict[str, Any]] = {
    "embedding_space": {"run": "demo-untied", "map": "pca2", "colour": "norm", "word": "w17"},
    "next_token": {"runs": TINY, "chosen": "film"},
    "tied_vs_untied": {"runs": TINY, "part": "sizes"},
    "soft_one_hot": {"run": SOFT},
    "context": {"run": GPT, "word": "is"},
}
PARTS: dict[str, Sequence[dict[str, Any]]] = {
    "context": [
        {},
        {"part": "pair", "a": "the film is slow .", "b": "it is funny , this film ."},
        {"part": "spread"},
        {"part": "attention"},
        {"part": "blank", "run": BERT},
    ],
    "transfer": [{}, {"part": "try"}, {"part": "wrong"}],
    "train": [
        {},
        {"recipe": "bert-sentences"},
        {"recipe": "flights-soft-one-hot"},
        {"part": "watch", "job": "tiny-tied"},
    ],
}
"""What else a page can show; a page without an entry is opened once."""
VISITS = [(page.name, query) for page in PAGES for query in PARTS.get(page.name, [{}])]
Visit = Callable[..., AppTest]


@pytest.fixture(scope="module")
def runs(tiny_runs: Path, contextual_runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs of every kind and a training, so that every page has something to show."""
    root = tmp_path_factory.mktemp("every kind")
    for folder in (tiny_runs, contextual_runs):
        shutil.copytree(folder, root, dirs_exist_ok=True)
    shutil.copytree(SHIPPED / SOFT, root / SOFT)
    files = {"vectors.txt": vector_files.glove(*vector_files.places_and_foods())}
    import_run(recognise(vector_files.write(root / ".files", files)), root / "from-elsewhere")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPRLEARN_RUNS", str(root))
        recipe = QUICK_DEMO.to_dict() | {"fit": QUICK_DEMO.to_dict()["fit"] | {"epochs": 3}}
        job = Job(name="tiny-tied", status="done", recipe=recipe, created=1.0, queued=1.0, started=1.0)
        job.folder.mkdir(parents=True)
        write(job)
    return write_classifiers(write_mapped_runs(root))


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tasks = {task: texts(120, task) for task in ("sentences", "reviews")}
    return write_results(tmp_path_factory.mktemp("results"), tasks, budgets=(100, 300))


@pytest.fixture
def visit(runs: Path, measured: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Visit:
    """`visit(name, **query)` opens a page as a new visitor of the one server."""
    monkeypatch.setenv("REPRLEARN_RUNS", str(runs))
    monkeypatch.setenv("REPRLEARN_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("REPRLEARN_READONLY", raising=False)
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")
    monkeypatch.setattr("reprlearn.jobs.tend", lambda: None)
    monkeypatch.setattr(transfer, "RESULTS", measured)

    def open_page(name: str, **query: Any) -> AppTest:
        return opened(name, **(LINKS.get(name, {}) | query))

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
            # A file that is made when its button is pressed has a number of its own each time.
            if field.type == field.TYPE_STRING and field.name not in ("spec", "deferred_file_id"):
                yield from [value] if isinstance(value, str) else ["\n".join(value)]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def links(at: AppTest) -> dict[str, dict[str, list[str]]]:
    return {link.label: parse_qs(link.proto.query_string) for link in at.sidebar.page_link}


def pieces() -> dict[str, str]:
    """{key: the longest part of an English text between its fields and its code}, where Korean does not say the very same."""
    found = {}
    in_korean = "\n".join([*ko.TEXTS.values(), *ko.PHRASES.values()])
    for key, english in [*en.TEXTS.items(), *((phrase, phrase) for phrase in ko.PHRASES)]:
        fixed = [part for said, *_ in Formatter().parse(english) for part in re.split(r"`[^`]*`", said)]
        piece = max(fixed, key=len, default="").strip()
        if len(piece.split()) > 2 and piece not in in_korean:
            found[key] = piece
    return found


def left_in_english(korean: list[str]) -> list[str]:
    """The keys of texts that a Korean page says in English: sentences anywhere, and names of controls as a whole."""
    said = "\n".join(korean).replace("\\", "").replace("\u2060", "")
    whole = set(korean)
    names = {key: text for key, text in en.TEXTS.items() if re.match("[A-Z]", text) and ko.TEXTS[key] != text}
    return [key for key, piece in pieces().items() if piece in said] + [key for key in names if names[key] in whole]


@pytest.mark.parametrize(("name", "query"), VISITS, ids=[f"{name} {'&'.join(query)}" for name, query in VISITS])
def test_a_page_is_in_the_language_of_its_visitor_whoever_came_before(
    visit: Visit, drawn: list[go.Figure], name: str, query: dict[str, Any]
) -> None:
    english = read(visit(name, **query), drawn)
    at = visit(name, **query, lang="ko")
    korean = read(at, drawn)
    third = visit(name, **query)
    again = read(third, drawn)
    with speaking("ko"):
        titles = [each.title for each in PAGES]
    assert all(HANGUL.search(title) for title in titles)
    assert [*links(at)] == titles and [*links(third)] == [each.title for each in PAGES]
    assert not [text for text in english + again if HANGUL.search(text)], "English holds Korean"
    assert sum(bool(HANGUL.search(text)) for text in korean) > 20
    assert not left_in_english(korean)
    assert len(left_in_english(english)) > 20, "what would be found in Korean is found in English"
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
