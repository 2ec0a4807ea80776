"""The Embedding space page on runs of events: event types instead of words, and, where they are places, the globe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.analysis.places import geography
from reprlearn.runs import Run
from reprlearn.ui.text import as_text, t
from tests.mapped_runs import write_mapped_events, write_mapped_runs
from tests.pages.opening import opened
from tests.pages.test_embedding_space import said, table

Visit = Callable[..., AppTest]


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_mapped_events(write_mapped_runs(tmp_path_factory.mktemp("events"), 60))


@pytest.fixture
def visit(mapped: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Visit:
    monkeypatch.setenv("REPRLEARN_RUNS", str(mapped))
    monkeypatch.setenv("REPRLEARN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "none")

    def open_page(run: str, **query: str) -> AppTest:
        return opened("embedding_space", run=run, **query)

    return open_page


def maps_offered(at: AppTest) -> list[str]:
    return list(at.selectbox(key="map").options)


@pytest.mark.parametrize("typed", ["P7", "p7", "Place number 7", "place number 7 (p7)"])
def test_an_event_type_is_found_by_name_or_code(visit: Visit, typed: str) -> None:
    at = visit("demo-air", word=typed)
    assert t("embedding_space.nearest", word=as_text("Place number 7 (P7)")) in said(at)
    assert len(table(at, "word", "cosine")) == 10
    assert t("embedding_space.shown.all.events", n="41") in said(at)
    assert not [button for button in at.button if button.key and button.key.startswith("sentences")]


def test_a_text_has_sentences_and_no_globe(visit: Visit) -> None:
    at = visit("demo-untied", word="w7")
    assert [button for button in at.button if button.key and button.key.startswith("sentences")]
    assert t("embedding_space.map.places") not in maps_offered(at)
    assert t("embedding_space.map.places") not in maps_offered(visit("demo-few"))


def test_the_globe_stands_beside_the_map_with_what_geography_there_is(visit: Visit, mapped: Path) -> None:
    at = visit("demo-air", map="places")
    assert at.query_params["map"] in ("places", ["places"]) and not at.warning
    found = geography(Run(mapped / "demo-air"))
    assert found.correlation > 0.3 and found.p_value < 0.01
    finding = t("embedding_space.places.strong")
    assert f"**{found.correlation:.2f}**" in said(at) and finding in said(at)
    assert t("embedding_space.places.unknown", n="1") in said(at), "what has no place is not dropped in silence"
    assert t("embedding_space.word.none.events") in said(at)


def test_comparing_takes_the_globes_place(visit: Visit) -> None:
    at = visit("demo-air", map="places")
    at.toggle(key="compare").set_value(True).run()
    assert not at.exception
    assert at.selectbox(key="map").value == "umap2" and t("embedding_space.map.places") not in maps_offered(at)
    at.toggle(key="compare").set_value(False).run()
    assert not at.exception and t("embedding_space.map.places") in maps_offered(at)


def test_a_link_to_the_globe_of_a_run_without_places_is_answered(visit: Visit) -> None:
    at = visit("demo-few", map="places")
    assert at.selectbox(key="map").value == "umap2"
    assert as_text("map=places") in at.warning[0].value


def test_four_types_are_shown_and_compared(visit: Visit) -> None:
    at = visit("demo-few", word="a")
    assert len(table(at, "word", "cosine")) == 3
    both = visit("demo-few", compare="true", other="demo-few", other_matrix="output", word="a")
    frame = table(both, "word", "overlap", "neighbours_a")
    assert len(frame) == 4 and set(frame["overlap"]) <= {0.0, 1.0}, "the nearest one of three"


def test_runs_that_share_nothing_are_said_to(visit: Visit) -> None:
    at = visit("demo-air", compare="true", other="demo-tied")
    assert t("embedding_space.nothing_shared", a=as_text("demo-air"), b=as_text("demo-tied")) in said(at)


def test_a_near_spelling_of_a_name_is_offered(visit: Visit) -> None:
    at = visit("demo-air", word="Plaec number 12")
    assert as_text("Place number 12 (P12)") in [button.label for button in at.button]
