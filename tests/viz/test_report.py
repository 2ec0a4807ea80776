"""Reports: everything in them is text, nothing runs but what is meant to, and what was gathered is there, in its order."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import plotly.graph_objects as go
import pytest

from reprlearn.viz.html import DRAW, document, in_script, plotly_script, standalone_html
from reprlearn.viz.report import RunCard, View, report_html

EVIL = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<!--<script>",
    '"><img src=x onerror=alert(3)>',
    "' onmouseover='alert(4)",
    "</title></style><svg onload=alert(5)>",
    "</h2></section><iframe src='javascript:alert(6)'></iframe>",
    "&lt;b&gt; & \u2028 \x00",
    "javascript:alert(7)",
)
NOW = datetime(2026, 1, 9, 8, 30, tzinfo=UTC)
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "nav", "ol", "ul", "li", "section", "article", "div", "p", "h1",
    "h2", "h3", "h4", "dl", "dt", "dd", "a", "table", "thead", "tbody", "tr", "th", "td", "script", "noscript",
}  # fmt: skip
ATTRIBUTES = {
    "id", "class", "lang", "charset", "name", "content", "http-equiv", "href", "rel", "role", "aria-label", "style", "scope", "type",
    "data-figure", "data-name", "data-zoom",
}  # fmt: skip


class Page(HTMLParser):
    """What a browser finds in the page: elements with their attributes, and the text of each kind of element."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.comments: list[str] = []
        self.scripts: list[str] = []
        self.text = ""
        self.feed(page.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] == "script" and self.cdata_elem == "script":
            self.scripts[-1] += data
        else:
            self.text += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def figure(text: str = "a") -> str:
    drawn = go.Figure(go.Scatter(x=[1, 2], y=[3, 4], text=[text, "b"], name=text))
    return str(drawn.update_layout(title_text=text).to_json())


def view(text: str = "A finding", **more: object) -> View:
    return replace(View(text, f"alt {text}", NOW, figures=(figure(text),), runs=("lstm-tied",)), **more)  # type: ignore[arg-type]


def report(*views: View, cards: tuple[RunCard, ...] = (), title: str = "Title", **more: str) -> bytes:
    return report_html(views, cards, title, NOW, **more)


@pytest.mark.parametrize("evil", EVIL)
def test_whatever_comes_from_outside_is_text(evil: str) -> None:
    hostile = view(
        evil, note=f"{evil}\n{evil}", runs=(evil,), link=evil, theme=evil,
    )  # fmt: skip
    rows = View(evil, evil, NOW, table=((evil, "b"), ("c", evil)), runs=(evil,), link=f"https://x/?word={evil}")
    card = RunCard(evil, evil, {evil: [(evil, evil)]})
    written = report(hostile, rows, cards=(card,), title=evil, language=evil)
    page = Page(written)
    assert {tag for tag, _ in page.elements} <= TAGS
    assert {name for _, attributes in page.elements for name in attributes} <= ATTRIBUTES
    links = [attributes["href"] or "" for tag, attributes in page.elements if tag == "a"]
    assert links and all(link.startswith(("#", "https://x/?word=")) for link in links)
    assert not page.comments
    data, plotly, draw = page.scripts
    assert json.loads(data) == json.loads(figure(evil)), "a figure is what it was"
    assert (plotly, draw) == (plotly_script([data]), DRAW), "and the scripts are those of the project"
    assert page.text.count(evil) >= 8


def test_only_the_scripts_that_are_named_may_run() -> None:
    page = Page(report(view()))
    policy = next(a["content"] or "" for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy and "http" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1]
    run = [script for script in page.scripts if not script.startswith("{")]
    hashes = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in run}
    assert hashes == set(re.findall(r"'sha256-([^']+)'", policy)) and len(hashes) == 2


def test_views_stand_in_their_order_with_the_way_back_and_the_cards_of_their_runs() -> None:
    card = RunCard("lstm-tied", "A summary", {"Model": [("width", "200")]})
    first = view("First", link="https://here.org/tied_vs_untied?runs=lstm-tied&part=words", note="one\ntwo")
    page = Page(report(first, view("Second", runs=("gone",)), cards=(card,)))
    text = page.text
    assert text.index("First") < text.index("Second") < text.index("A summary") < text.index("200")
    links = [attributes.get("href") for tag, attributes in page.elements if tag == "a"]
    assert first.link in links and "#run-0" in links and "#view-1" in links
    assert "gone (no longer there)" in text and "one" in text and "two" in text
    assert [a["data-figure"] for _, a in page.elements if "data-figure" in a] == ["figure-0-0", "figure-1-0"]
    assert all(a["aria-label"] for _, a in page.elements if a.get("role") == "img")


def test_plotly_is_there_once_and_no_larger_than_it_has_to_be() -> None:
    lines = report(view(), view("b"))
    bars = report(view(), replace(view(), figures=(str(go.Figure(go.Bar(x=[1], y=[2])).to_json()),)))
    assert lines.count(b"* plotly.js") == bars.count(b"* plotly.js") == 1
    assert len(lines) < 2_000_000 < len(bars) < 6_000_000
    words = report(View("Words", "", NOW, table=(("word",), ("cat",)), n_left_out=3))
    assert len(words) < 10_000 and b"<script" not in words and b"3 more rows" in words
    assert b"script-src 'none'" in words


def test_a_figure_is_as_high_as_it_was_within_reason() -> None:
    page = report(view(heights=(640,)), view(heights=(10**9,)), view(heights=(None,))).decode()
    assert re.findall(r'style="height:(\d+)px"', page) == ["640", "2000", "460"]


def test_a_broken_character_breaks_nothing() -> None:
    assert b"<h2>half ?</h2>" in report(view("half \ud83d", figures=()))


def test_an_unknown_theme_is_an_error() -> None:
    with pytest.raises(ValueError, match="pink"):
        report(view(), theme="pink")
    assert b"color-scheme: dark" in report(view(), theme="dark")


def test_a_figure_alone_is_a_page_too() -> None:
    page = Page(standalone_html(go.Figure(go.Scatter(x=[1], y=[2], text=[EVIL[1]])), EVIL[5], "dark", "ko"))
    assert {tag for tag, _ in page.elements} <= TAGS and page.elements[0] == ("html", {"lang": "ko"})
    assert json.loads(page.scripts[0])["data"][0]["text"] == [EVIL[1]]


def test_json_in_a_script_reads_as_the_same_json() -> None:
    for evil in EVIL:
        written = in_script(json.dumps({evil: [evil, 1.5]}, ensure_ascii=False))
        assert json.loads(written) == {evil: [evil, 1.5]} and not set("<>&\u2028") & set(written)
    assert b"<script" not in document("t", "<p>x</p>", "", {})
