"""The catalogue holds every word a visitor reads: none missing, none left over, none written on a page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprlearn.ui.text import TEXTS, as_text, en, t
from reprlearn.ui.text.numbers import compact, day, decimal, duration

ROOT = Path(__file__).parents[2]
SOURCES = [
    ROOT / "app.py",
    *(ROOT / "pages").glob("*.py"),
    *(path for path in (ROOT / "reprlearn" / "ui").rglob("*.py") if not path.name.startswith(("en", "ko"))),
]
TREES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
# Streamlit calls whose words a visitor reads, by their first argument, and the arguments of any call that are read.
DISPLAY = {
    *(
        "badge",
        "button",
        "caption",
        "checkbox",
        "code",
        "download_button",
        "error",
        "expander",
        "header",
        "info",
        "markdown",
    ),
    *(
        "metric",
        "multiselect",
        "number_input",
        "page_link",
        "pills",
        "popover",
        "radio",
        "segmented_control",
        "selectbox",
    ),
    *(
        "select_slider",
        "slider",
        "spinner",
        "status",
        "subheader",
        "success",
        "tabs",
        "text",
        "text_area",
        "text_input",
    ),
    *("title", "toast", "toggle", "warning", "write"),
}
READ_ARGUMENTS = {"help", "placeholder", "label", "alt", "page_title"}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def pattern(text: ast.JoinedStr) -> str:
    """A regular expression for what an f-string may become."""
    return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.-]+" for part in text.values)


def looked_up() -> list[tuple[str, ast.Call]]:
    return [(name, call) for name, tree in TREES.items() for call in calls(tree) if called(call) == "t" and call.args]


def test_every_text_looked_up_exists_and_is_given_its_values() -> None:
    for name, call in looked_up():
        key = call.args[0]
        if isinstance(key, ast.Constant):
            assert key.value in TEXTS, f"{name}:{call.lineno} looks up {key.value!r}"
            fields = {field for _, field, _, _ in Formatter().parse(TEXTS[key.value]) if field}
            given_values = {keyword.arg for keyword in call.keywords}
            # t(key, **values) cannot be judged without running it.
            assert None in given_values or fields == given_values, (
                f"{name}:{call.lineno} {key.value}: {fields} and {given_values}"
            )
        elif isinstance(key, ast.JoinedStr):
            found = [each for each in TEXTS if re.fullmatch(pattern(key), each)]
            assert found, f"{name}:{call.lineno} looks up keys like {pattern(key)}, of which there is none"


def test_every_text_is_used() -> None:
    written = {
        node.value
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    patterns = [pattern(call.args[0]) for _, call in looked_up() if isinstance(call.args[0], ast.JoinedStr)]
    unused = {key for key in TEXTS if key not in written and not any(re.fullmatch(each, key) for each in patterns)}
    assert not unused, f"texts nobody looks up: {sorted(unused)}"


def test_no_text_is_defined_twice() -> None:
    keys = [key for part in en.PARTS for key in part.TEXTS]
    assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)


def test_no_text_is_looked_up_before_there_is_a_visitor() -> None:
    """What a module looks up when it is imported is in the language of whoever came first, for everyone after them."""
    for name, tree in TREES.items():
        early = [call for call in at_import(tree) if called(call) in ("t", "said", "small", "phrase", "say")]
        # A page is a script, which is imported by nobody and run for each visitor.
        assert not early or not name.startswith("reprlearn/"), f"{name}:{early[0].lineno}"


def at_import(node: ast.AST) -> Iterator[ast.Call]:
    """The calls that run when a module is imported: not those in the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child
        if isinstance(child, ast.Lambda):
            continue
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for part in (*child.decorator_list, child.args):
                yield from at_import(part)
            continue
        yield from at_import(child)


def test_pages_write_no_words_of_their_own() -> None:
    for name, tree in TREES.items():
        for call in calls(tree):
            read = call.args[:1] if called(call) in DISPLAY else []
            read += [keyword.value for keyword in call.keywords if keyword.arg in READ_ARGUMENTS]
            for node in read:
                for text in _literals(node):
                    literal = re.sub(r":[\w-]+\[|:material/\w+:", "", text)
                    assert not re.search(r"[^\W\d_]", literal), f"{name}:{call.lineno} writes {text!r} itself"


def _literals(node: ast.AST) -> list[str]:
    """The text a string or f-string writes itself; what stands in its braces is not its own."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def test_a_missing_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        t("no.such.text")


@given(st.text())
def test_foreign_text_is_shown_as_it_stands(text: str) -> None:
    shown = as_text(text)
    assert re.sub(r"\\(.)", r"\1", shown).replace("\u2060", "") == " ".join(text.split()).replace("\u2060", "")
    bare = re.sub(r"\\.", "", shown)
    assert not re.search(r"[\\`*_{}\[\]()<>#|~$^&]", bare), "a character of Markdown is left unprotected"
    assert not re.search(r":(?!\u2060)", shown), "a colon may begin an icon or a colour"
    assert "\n" not in shown


def test_numbers_read_as_people_write_them() -> None:
    assert (compact(4_653_200), compact(2_650_000), compact(999_900), compact(7)) == ("4.65M", "2.65M", "1M", "7")
    assert (decimal(1234.56), decimal(None)) == ("1,234.6", "–")
    assert (duration(2.2), duration(130), duration(40 * 60), duration(5400)) == ("2 s", "2.2 min", "40 min", "1.5 h")
    assert (day("2026-11-22T15:20:00Z"), day("<b>")) == ("2026-11-22", "<b>")
