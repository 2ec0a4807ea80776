"""The Report page: what was pinned on other pages is there, as it was, and its file holds it all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.ui import files, pins
from reprlearn.ui.report import building
from reprlearn.ui.text import as_text, t
from tests.pages.opening import opened

EVIL = "<img src=x onerror=alert(1)> **b** [a](javascript:c) :material/home:"


@pytest.fixture(autouse=True)
def runs(only_tiny_runs: Path) -> Path:
    return only_tiny_runs


def visit(page: str, **query: str) -> AppTest:
    return opened(page, **query)


def go(at: AppTest, page: str, **query: str) -> AppTest:
    at.switch_page(f"pages/{page}.py")
    for key in list(at.query_params):
        del at.query_params[key]
    for key, value in query.items():
        at.query_params[key] = value
    return ran(at)


def ran(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception
    return at


def click(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    return ran(at)


def pinned(**query: str) -> AppTest:
    """A visit in which what the models expect was pinned, and then the other figure of the page."""
    at = visit("next_token", prompt="the film was", temperature="0.5", **query)
    return click(click(at, "pin_expected"), "pin_surprise_0")


def held(at: AppTest) -> list[pins.Pin]:
    return at.session_state[pins.KEY]


def texts(at: AppTest) -> str:
    return "\n".join(each.value for each in (*at.markdown, *at.subheader, *at.caption))


def test_an_empty_report_says_what_to_do() -> None:
    at = visit("report")
    assert t("report.none") in [each.value for each in at.subheader] and not at.text_input
    assert [link.label for link in at.main.page_link] == [
        t(f"frame.{name}") for name in ("embedding_space", "next_token", "tied_vs_untied")
    ]


def test_a_pin_keeps_the_figure_its_runs_and_the_way_back() -> None:
    at = pinned()
    first, second = held(at)
    drawn = {chart.proto.id.rsplit("-", 1)[-1]: json.loads(chart.proto.spec) for chart in at.get("plotly_chart")}
    assert json.loads(first.view.figures[0])["data"] == drawn["expected"]["data"]
    assert json.loads(second.view.figures[0])["data"] == drawn["surprise_0"]["data"]
    assert set(first.view.runs) == {"tiny-tied", "tiny-untied"} and first.page == "next_token"
    assert first.query == {"prompt": ["the film was"], "temperature": ["0.5"], "runs": ["tiny-tied", "tiny-untied"]}
    assert "tiny-" in first.view.title and "\\" not in first.view.title and "**" not in first.view.title
    at = go(at, "report")
    assert [each.value for each in at.text_input][1:] == [first.view.title, second.view.title]
    back = [link for link in at.main.page_link if link.label == t("report.view.open")]
    assert len(back) == 2 and back[0].proto.page_script_hash and "temperature=0.5" in back[0].proto.query_string
    assert len(at.get("plotly_chart")) == 1, "one is looked at, the others are not drawn"


def test_views_are_moved_renamed_written_about_and_taken_out() -> None:
    at = go(pinned(), "report")
    first, second = held(at)
    click(at, f"pin_down_{first.id}")
    assert [pin.id for pin in held(at)] == [second.id, first.id]
    at.text_input(key=f"pin_title_{first.id}").set_value(EVIL)
    ran(at)
    at.text_area(key=f"pin_note_{first.id}").set_value(EVIL)
    ran(at)
    click(at, f"pin_look_{first.id}")
    assert held(at)[1].view.title == EVIL and held(at)[1].view.note == EVIL
    assert texts(at).count(as_text(EVIL)) == 2 and EVIL not in texts(at)
    assert not any(element.proto.allow_html for element in at.markdown)
    click(at, f"pin_remove_{second.id}")
    click(at, f"pin_remove_{first.id}")
    assert t("report.none") in [each.value for each in at.subheader]


def test_the_file_holds_the_views_and_the_cards(monkeypatch: pytest.MonkeyPatch, runs: Path) -> None:
    made: dict[str, Any] = {}

    def kept(label: str, data: Any, name: str, mime: str, key: str, **_: Any) -> None:
        made.update({"file": data(), "name": name})

    monkeypatch.setattr(building, "download", kept)
    at = go(pinned(), "report", lang="ko")
    at.text_input(key=building.TITLE).set_value("Zum <Thema>")
    ran(at)
    page = made["file"].decode()
    assert made["name"] == "Zum-Thema.html" and "<h1>Zum &lt;Thema&gt;</h1>" in page and '<html lang="ko">' in page
    card = json.loads((runs / "tiny-tied" / "card.json").read_text(encoding="utf-8"))
    assert f"{card['metrics']['test']['perplexity']:,.2f}" in page and "tiny-untied" in page
    for pin in held(at):
        assert page.count(f'id="view-{held(at).index(pin)}"') == 1
    assert "<h4>레시피</h4>" in page and "tied" in page


def test_a_run_that_is_gone_is_said(runs: Path) -> None:
    import shutil

    at = pinned()
    shutil.rmtree(runs / "tiny-tied")
    at = go(at, "report")
    assert t("report.cards.gone", names=as_text("tiny-tied")) in texts(at)


def test_another_visitor_has_pins_of_their_own() -> None:
    pinned()
    assert pins.KEY not in visit("next_token").session_state


def test_the_same_view_is_pinned_once_and_a_table_as_it_is_read() -> None:
    at = visit("tied_vs_untied")
    click(click(at, "pin_twin_table"), "pin_twin_table")
    (pin,) = held(at)
    assert t("take.refused.twice") in [toast.value for toast in at.toast]
    assert pin.view.table[0][:1] == (t("twins.column.run"),) and {row[0] for row in pin.view.table[1:]} == {
        "tiny-tied",
        "tiny-untied",
    }
    at = go(at, "report")
    assert at.dataframe[0].value.shape[0] == 2


@pytest.mark.parametrize("parts", [("a", "../../etc"), ("<b>", "x" * 300), ("", " "), ("CON", "한국어")])
def test_names_of_files_are_safe(parts: tuple[str, ...]) -> None:
    name = files.file_name(*parts)
    assert name and len(name) <= files.MOST_CHARACTERS and name.isascii()
    assert all(letter.isalnum() or letter in "-_" for letter in name)
